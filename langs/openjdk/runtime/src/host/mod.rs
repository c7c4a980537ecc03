//! Java as host: the native methods of `metaffi.api.jar`.
//!
//! Call path: `NativeCallee.java` checks the arguments → [`call`] makes slots of
//! them → the entity's own function → the results become Java's. Numbers cross
//! as bits: such a call looks nothing up and calls nothing in Java.
//!
//! Any Java thread may enter; no lock of ours is held while a guest runs.

mod call;
mod callee;
mod life;
mod load;
mod lower;
mod natives;
mod raise;
mod start;

pub(crate) use natives::{enter, register};
