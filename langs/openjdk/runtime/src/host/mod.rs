//! Java as host: the native methods of `metaffi.api.jar`.
//!
//! Call path: `NativeCallee.java` checks the arguments → [`call`], [`few`] or [`many`] makes slots
//! from them → the entity's own function → the results are lifted to Java. Numbers cross as bits:
//! such a call looks nothing up and makes no calls into Java.
//!
//! Any Java thread may enter; no lock of ours is held while a guest runs.

mod call;
mod callee;
mod few;
mod life;
mod lift;
mod load;
mod lower;
mod many;
pub(crate) mod native_error;
mod natives;
mod natural;
pub(crate) mod raise;
mod start;

pub(crate) use natives::{enter, register};
pub(crate) use start::is_host;
