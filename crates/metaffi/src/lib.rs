//! Call Python, Java and Go modules from Rust, in one process.
//!
//! Each language runs in its own original runtime. The installation is found
//! through `METAFFI_HOME`, else beside the program, in `~/.metaffi` or in
//! `/usr/local/metaffi`. Nothing is linked.
//!
//! # Load and call
//!
//! Load a runtime (`python3`, `openjdk`, `go`), a module, and an entity by its
//! entity path. The signature is given as Rust types. A call does not allocate
//! for scalars and borrowed text:
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
//! | `&mut [T]` of numbers, as an argument | such an array, which Go and Java can write to |
//! | `Option<T>` | `None` is null |
//! | [`Value`] | `any` |
//! | `()`, `T`, `(A, B, …)` | no result, one, several |
//!
//! If the types are known only at run time, or need the guest's name for a
//! type, [`Module::entity`] takes and returns [`Value`]s:
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
//! # Use objects by name
//!
//! An [`Object`] is something of another language: a module, a class or an object,
//! whose members are used by name. Nothing is declared. Results are `Object`s
//! again, or Rust types by [`Object::lift`]:
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
//! Your own types can be arguments if they implement [`Lower`], and results if
//! they implement [`Lift`]:
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
//! A [`Handle`] is one counted reference to a guest's object. Cloning adds a
//! reference, and dropping releases it, on any thread. Passed to its own language,
//! it is the original object. Passed to another language, it is a handle there, or
//! that language's own value if it is an [`Exact`] one: [`Handle::exact`] returns
//! the large integer, decimal, date or time, and [`Handle::error`] the exception
//! or error that was passed as a value.
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
//! [`callable`] makes a closure a value that guests can call and keep. A
//! function that a guest returns is a [`Callable`], called with
//! [`Callable::call_typed`]:
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
//! causes, and the language that it came from. After any error the next call
//! works. The original error of a closure can be recovered after it has crossed
//! guests:
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
//! Values, entities, modules and runtimes are released when they are dropped.
//! [`Runtime::release`] also ends what was loaded through it: its entities fail
//! from then on. A language's runtime itself stays loaded until the process ends.
//! Runtimes do not survive a `fork` after they have started: calls in a child
//! fail, except that a Go guest is started again. Spawn processes instead.
//!
//! Everything here may be used from any thread, and from several threads at
//! once.
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

/// The version of this crate, which is the version of MetaFFI.
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
