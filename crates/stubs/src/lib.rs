//! Code shared by the emitters of all hosts.
//!
//! The steps from an IDL to the input of a host's templates are the same for
//! every host: [`Classes`] is the class graph, with names and bound type
//! parameters; [`Shape`] is a value's type as a host sees it; [`Candidate`] is
//! a function as a host calls it, and [`arrange`] sorts overloads; [`Members`]
//! and [`functions_of`] list what there is under which name; [`Request`] is
//! what resolves an entity; [`Documentation`] is a comment in parts. The
//! differences between hosts are described by a [`Target`].
//!
//! An emitter uses them to decide on signatures and calls, and prints those.
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
pub use members::{Beside, Group, Members, NamedField, OperationMethod};
pub use names::Names;
pub use overloads::{Argument, Candidate, Returned, arrange};
pub use request::{Request, type_text};
pub use selected::selected;
pub use shape::{Bindings, Shape};
pub use simplified::{Simplified, Writes, Written, simplified};
pub use suffix::{plainest, suffix, suffixes};
pub use target::{Inheritance, Target};
