//! Call Python, Java and Go modules from Rust, in one process.
//!
//! Each language runs in its own original runtime. The installation is found by
//! `METAFFI_HOME`, else beside the program, in `~/.metaffi` or
//! `/usr/local/metaffi`; nothing is linked.
//!
//! # Load and call
//!
//! Load a runtime (`python3`, `openjdk`, `go`), a module, an entity by its
//! entity path. The signature is given as Rust types, and a call allocates
//! nothing for scalars and borrowed text:
//!
//! ```
//! # fn main() -> Result<(), metaffi::Error> {
//! let runtime = metaffi::Runtime::load("loopback")?;
//! let module = runtime.module("loopback")?;
//! let concat = module.function::<(&str, &str), String>("callable=concat")?;
//! assert_eq!(concat.call(("left, ", "right"))?, "left, right");
//! # Ok(())
//! # }
//! ```
//!
//! | Rust | is |
//! |---|---|
//! | `f64 f32 i8 … u64 usize bool char` | the scalar of that name; `usize` is `size`, `char` `char32` |
//! | `&str`, `String` | `string8` |
//! | [`Handle`], `&Handle` | an object of a guest, [`Callable`] a function |
//! | `Vec<T>`, `&[T]`, `Vec<Vec<T>>`, … | arrays of rank 1, 2, …, ragged and empty too |
//! | `&mut [T]` of numbers, as an argument | such an array, which Go and Java fill |
//! | `Option<T>` | `None` is null |
//! | [`Value`] | `any` |
//! | `()`, `T`, `(A, B, …)` | no result, one, several |
//!
//! Where the types are known only at run time, or need the guest's name of a
//! type, [`Module::entity`] takes and gives [`Value`]s:
//!
//! ```
//! # fn main() -> Result<(), metaffi::Error> {
//! # let module = metaffi::Runtime::load("loopback")?.module("loopback")?;
//! use metaffi::{Type, TypeInfo, Value};
//!
//! let int = TypeInfo::new(Type::INT64);
//! let add = module.entity("callable=add", &[int.clone(), int.clone()], &[int])?;
//! assert_eq!(add.call(&[Value::Int64(2), Value::Int64(3)])?, [Value::Int64(5)]);
//! # Ok(())
//! # }
//! ```
//!
//! # Whatever a module has, by its name
//!
//! An [`Object`] is something of another language: a module, a class, an object,
//! used by the names of what it has. Nothing is declared; what comes is an `Object`
//! again, or a type of Rust by [`Object::lift`]:
//!
//! ```
//! # fn main() -> Result<(), metaffi::Error> {
//! # let module = metaffi::Runtime::load("loopback")?.module("loopback")?;
//! assert_eq!(module.object()?.call("add", (2_i64, 3_i64))?.lift::<i64>()?, 5);
//! let add = module.callable("callable=add")?; // with the types that the module declares
//! assert_eq!(add.call_typed::<(i64, i64), i64>((2, 3))?, 5);
//! # Ok(())
//! # }
//! ```
//!
//! A type of one's own is an argument by [`Lower`], and a result by [`Lift`]:
//!
//! ```
//! # fn main() -> Result<(), metaffi::Error> {
//! # let module = metaffi::Runtime::load("loopback")?.module("loopback")?;
//! use metaffi::{Error, Lift, TypeInfo, Type, Value};
//!
//! struct Percent(f64);
//!
//! impl Lift for Percent {
//!     fn type_info() -> TypeInfo {
//!         Type::FLOAT64.into()
//!     }
//!     fn from_value(value: Value) -> Result<Self, Error> {
//!         f64::from_value(value).map(|part| Percent(part * 100.0))
//!     }
//! }
//! let sum = module.object()?.call("sum", (vec![0.25, 0.5],))?;
//! assert_eq!(sum.lift::<Percent>()?.0, 75.0);
//! # Ok(())
//! # }
//! ```
//!
//! # Objects
//!
//! A [`Handle`] is one counted reference to a guest's object. Cloning adds one,
//! dropping gives it back, on any thread. Passed to its home it is the original
//! object; passed to another language it is a handle there, or that language's own
//! value where it is an [`Exact`] one: [`Handle::exact`] says which large integer,
//! decimal, date or time a handle is, and [`Handle::error`] which exception or
//! error was passed as a value.
//!
//! ```
//! # fn main() -> Result<(), metaffi::Error> {
//! # let module = metaffi::Runtime::load("loopback")?.module("loopback")?;
//! use metaffi::Handle;
//!
//! let new = module.function::<(i64,), Handle>("callable=Counter.new")?;
//! let increment = module.function::<(&Handle,), i64>("callable=Counter.increment")?;
//! let counter = new.call((41,))?;
//! assert_eq!(increment.call((&counter,))?, 42);
//! # Ok(())
//! # }
//! ```
//!
//! # Callbacks
//!
//! [`callable`] makes a closure a value that guests call and keep; a function
//! that a guest returns is a [`Callable`], called by [`Callable::call_typed`]:
//!
//! ```
//! # fn main() -> Result<(), metaffi::Error> {
//! # let module = metaffi::Runtime::load("loopback")?.module("loopback")?;
//! use metaffi::Callable;
//!
//! let make = module.function::<(i64,), Callable>("callable=make_adder")?;
//! let add_five = make.call((5,))?;
//! assert_eq!(add_five.call_typed::<(i64,), i64>((10,))?, 15);
//! # Ok(())
//! # }
//! ```
//!
//! # Errors
//!
//! An [`Error`] has a kind, the guest's message, exception type, stack trace and
//! causes, and the language it came from. After any error the next call works.
//! The error of a closure comes home through all guests as itself:
//!
//! ```
//! # fn main() -> Result<(), metaffi::Error> {
//! # let module = metaffi::Runtime::load("loopback")?.module("loopback")?;
//! use metaffi::{Callable, Value};
//! use std::num::ParseIntError;
//!
//! let parse = metaffi::callable(|text: String| text.parse::<i64>())?;
//! let call = module.function::<(&Callable, Value), Value>("callable=call")?;
//! let error = call.call((&parse, "no number".into())).unwrap_err();
//! assert_eq!(error.language, "rust");
//! assert!(error.downcast_ref::<ParseIntError>().is_some());
//! # Ok(())
//! # }
//! ```
//!
//! # Release
//!
//! Values, entities, modules and runtimes are given back when they are dropped.
//! [`Runtime::release`] ends what was loaded through it: its entities fail from
//! then on. A language's own runtime stays until the process ends. One that ran
//! does not survive a `fork`: a child that calls gets an error, or a Go guest that
//! has just started; spawn processes instead.
//!
//! Everything here may be used from any thread, and several at once.
#![allow(unsafe_code)] // calls the hub's C interface

#[cfg(feature = "bundled")]
mod bundled;
mod callback;
mod function;
mod home;
mod linkage;
mod members;
mod module;
mod object;
mod runtime;
pub mod stubs;

/// The version of this crate, which is that of all of MetaFFI.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

pub use callback::{callable, owner};
pub use function::Function;
pub use home::Hub;
pub use members::forget_types;
#[doc(hidden)]
pub use metaffi_abi::Value as RawValue;
pub use metaffi_value::{
    Answers, Arena, Array, Callable, Callback, Char8, Char16, Converted, Described, Description,
    Entity, Error, ErrorKind, ErrorParts, Exact, ExactKind, GiveAll, Handle, Instance, Item, Lift,
    LiftAll, Lower, LowerAll, ObjectData, Outcome, Owner, Signature, Type, TypeInfo, Value,
    new_answering, new_error_object, new_exact, new_object, object_payload,
};
pub use module::Module;
pub use object::{Named, Object, Objects, named};
pub use runtime::Runtime;
