//! Functions as values: foreign functions in Java, and Java functions in other runtimes.
//!
//! Java calls a foreign function: a proxy of a functional interface → [`outward`], by a plan for
//! the interface's method. Another runtime calls a Java function: its `metaffi_callable` →
//! [`inward`], by a plan like that of a loaded entity. Plans are made once for each method and
//! never freed, and neither is what they hold: classes whose methods are passed stay loaded.
//!
//! Any thread may enter, even while another thread is in the same function.

mod boxes;
mod default_method;
mod group;
mod inward;
mod natives;
mod next;
mod numbers;
mod outward;

pub(crate) use inward::JavaFunction;
pub(crate) use natives::{boxes, register_natives};
