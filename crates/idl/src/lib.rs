//! The interface model of a module and its JSON schema.
#![forbid(unsafe_code)]

mod json;
mod model;
mod types;

pub use metaffi_entity_path::EntityPath;
pub use model::{Class, Field, Function, Global, Idl, Method, Module, Parameter, Tags};
pub use types::{Base, Type, UnknownType};
