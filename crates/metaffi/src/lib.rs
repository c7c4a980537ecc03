//! Call Python, Java and Go modules from Rust, in one process.
//!
//! Load a runtime, a module, an entity by its entity path; call it:
//!
//! ```
//! use metaffi::{Runtime, Type, Value};
//!
//! # fn main() -> Result<(), metaffi::Error> {
//! let module = Runtime::load("loopback")?.module("loopback")?;
//! let add = module.entity(
//!     "callable=add",
//!     &[Type::INT64.into(), Type::INT64.into()],
//!     &[Type::INT64.into()],
//! )?;
//! assert_eq!(add.call(&[Value::Int64(2), Value::Int64(3)])?, [Value::Int64(5)]);
//! # Ok(())
//! # }
//! ```
//!
//! or with the signature as Rust types, which is also the fast way:
//!
//! ```
//! # fn main() -> Result<(), metaffi::Error> {
//! # let module = metaffi::Runtime::load("loopback")?.module("loopback")?;
//! let concat = module.function::<(&str, &str), String>("callable=concat")?;
//! assert_eq!(concat.call(("left, ", "right"))?, "left, right");
//! # Ok(())
//! # }
//! ```
//!
//! Everything here may be used from any thread.
#![allow(unsafe_code)] // calls the hub's C interface

mod function;
mod home;
mod module;
mod runtime;

pub use function::Function;
pub use home::{Hub, home_candidates};
pub use metaffi_value::{
    Array, Callable, Entity, Error, ErrorKind, Handle, Lift, LiftAll, Lower, LowerAll, Owner,
    Signature, Type, TypeInfo, Value,
};
pub use module::Module;
pub use runtime::Runtime;
