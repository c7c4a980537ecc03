//! What the emitters of all hosts share.
//!
//! From an IDL to what a host's templates print there are steps that are the
//! same whatever the host: [`Classes`] is the class graph, with names and with
//! what type parameters stand for; [`Shape`] is what a value is to a host;
//! [`Candidate`] is a function as a host calls it, and [`arrange`] puts
//! overloads in order; [`Members`] and [`functions_of`] say what there is under
//! which name; [`Request`] is what loads an entity; [`Documentation`] is a
//! comment in parts. Where hosts differ they say so in a [`Target`].
//!
//! An emitter decides on signatures and calls with that, and prints them.
#![forbid(unsafe_code)]

mod classes;
mod documentation;
mod functions;
mod members;
mod names;
mod overloads;
mod request;
mod selected;
mod shape;
mod simplified;
mod suffix;
mod target;
#[cfg(test)]
mod testing;

pub use classes::{ClassId, ClassInfo, Classes};
pub use documentation::{Documentation, lines_of};
pub use functions::functions_of;
pub use members::{Beside, Doing, Group, Members, NamedField};
pub use names::Names;
pub use overloads::{Argument, Candidate, Returned, arrange};
pub use request::{Request, type_text};
pub use selected::selected;
pub use shape::{Bindings, Shape};
pub use simplified::{Simplified, Writes, Written, simplified};
pub use suffix::{plainest, suffix, suffixes};
pub use target::{Inheritance, Target};
