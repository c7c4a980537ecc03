//! The interface model of a module and its JSON schema.
//!
//! An extractor turns a jar, a package or a file into an [`Idl`]. Stubs,
//! `metaffi inspect` and loading without declared types are based on it. The
//! crate contains the model, and reads and prints it. It depends on no
//! language, no ABI and no file system. Any thread may enter; nothing here is
//! shared.
//!
//! ```
//! use metaffi_idl::{Base, EntityPath, Function, Idl, Module, Parameter};
//!
//! let hello = Function {
//!     name: "SayHello".into(),
//!     entity_path: EntityPath::new().with("callable", "SayHello"),
//!     parameters: vec![Parameter::new("name", Base::String8)],
//!     return_values: vec![Parameter::new("", Base::String8)],
//!     ..Function::default()
//! };
//! let module = Module { name: "hello".into(), functions: vec![hello], ..Module::default() };
//! let idl = Idl {
//!     idl_source: "hello".into(),
//!     target_language: "go".into(),
//!     modules: vec![module],
//!     ..Idl::default()
//! };
//!
//! let mut idl = idl;
//! idl.complete();
//! assert_eq!(Idl::from_json(&idl.to_json()), Ok(idl.clone()));
//! let callable = idl.callables().next().unwrap();
//! assert_eq!(callable.signature(), "SayHello(name: string8) -> string8");
//! assert_eq!(callable.entity_path().to_string(), "callable=SayHello");
//! ```
#![forbid(unsafe_code)]

mod callables;
mod complete;
mod json;
mod literal;
mod model;
mod read;
mod tree;
mod tree_text;
mod types;
mod walk;

pub use callables::{Callable, Kind};
pub use json::VERSION;
pub use literal::Literal;
pub use metaffi_entity_path::EntityPath;
pub use model::{
    Alias, Class, ClassKind, DefaultValue, Field, Function, Global, Idl, Member, Memory, Method,
    Module, Operation, Parameter, Passing, Tags, TypeParameter,
};
pub use read::IdlDiagnostic;
pub use tree::{Crossing, TypeTree};
pub use types::{Base, Type, UnknownType};

/// The JSON schema (draft 2020-12) of what [`Idl::from_json`] accepts.
pub const SCHEMA: &str = include_str!("../schema/metaffi-idl.schema.json");
