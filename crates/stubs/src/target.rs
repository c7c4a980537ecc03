//! The properties of a host language that stubs depend on.

use metaffi_idl::{Base, DefaultValue};

use crate::shape::Shape;

/// How objects inherit members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inheritance {
    /// Not at all: a class lists all members of its objects.
    None,
    /// A name refers to the members of the nearest class that has it, and these
    /// hide those of all other classes. Classes are searched in linearization
    /// order (C3), and a base that has no place in it is dropped.
    ByName,
    /// Overloads of several classes coexist: a class lists its own.
    BySignature,
}

/// A host language, as far as stubs depend on it.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// The name of a class as an identifier; equal names give equal
    /// identifiers.
    pub class_name: fn(&str) -> String,
    /// The name of a function, member or parameter as an identifier.
    pub member_name: fn(&str) -> String,
    /// Names of members that every stub class already has.
    pub reserved_members: &'static [&'static str],
    /// How members are inherited.
    pub inheritance: Inheritance,
    /// The scalar type that the language uses for a type; equal for types that
    /// it does not distinguish.
    pub scalar: fn(Base) -> Base,
    /// A default value in the language's syntax, if it can be expressed.
    pub default_value: fn(&DefaultValue) -> Option<String>,
    /// Whether a call cannot distinguish arguments of these two shapes.
    pub are_indistinguishable: fn(&Shape, &Shape) -> bool,
}
