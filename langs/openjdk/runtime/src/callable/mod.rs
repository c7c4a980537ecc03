//! Functions that cross: foreign ones in Java, and Java's for others.
//!
//! Java calls a foreign function: a proxy of a functional interface →
//! [`outward`], by a plan for the interface's method. Others call a Java
//! function: its `metaffi_callable` → [`inward`], by a plan like that of a loaded
//! entity. Plans are made once for each method and never freed, as is what they
//! keep: classes whose methods cross stay loaded.
//!
//! Any thread may enter, also while another is in the same function.

mod boxes;
mod group;
mod inward;
mod natives;
mod next;
mod numbers;
mod outward;
mod own_code;

pub(crate) use inward::JavaFunction;
pub(crate) use natives::{boxes, register_natives};
