//! The foundation of generated stubs: modules that are bound to code, entities
//! that load at their first call, classes whose values are guest objects.
//!
//! Programs use some of it: functions take [`Is`]; [`Null`] stands for any
//! object; [`Reference::cast`] casts an object to another class; [`OrNone`]
//! accepts null where a type does not allow it. The rest, and the macros, are
//! for generated code. Stubs declare the [`VERSION`] that they are written for.

mod awaited;
mod choices;
mod classes;
mod collections;
mod entity;
mod functions;
mod iterate;
mod module;
mod optional;

pub use awaited::Awaited;
pub use choices::Choice;
pub use classes::{
    Is, Null, Object, Reference, adopt_all, compare, display, equal, hash, object, raises,
    references, to_value, upcast, values,
};
pub use collections::{
    Collection, Element, Items, Map, Mapping, Sequence, all, any, array, entries, lift, lift_all,
};
pub use entity::Entity;
pub use functions::{Returns, function, implementation};
pub use iterate::{Iter, Steps};
pub use metaffi_value::{
    Callable, Char8, Char16, Converted, Error, Handle, Instance, Item, Lift, Lower, Type, TypeInfo,
    Value,
};
pub use module::{Does, Module, Operation};
pub use optional::{Arguments, Given, OrNone, rest};

pub use crate::{
    __stub_arguments as arguments, __stub_call as call, __stub_choices as choices,
    __stub_class as class, __stub_closure as closure, __stub_interface as interface,
    __stub_iterate as iterate, __stub_module as module, __stub_ordered as ordered,
    __stub_pass as pass, __stub_value as value, __stub_walk as walk, callable,
};

/// The version of the stubs that this crate supports.
pub const VERSION: u32 = 1;
