//! What stubs depend on in a host's language.

use metaffi_idl::{Base, DefaultValue};

use crate::shape::Shape;

/// How objects come by the members of what their class derives from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inheritance {
    /// Not at all: a class lists all that its objects have.
    None,
    /// A name stands for what the nearest class has under it, which hides all
    /// that others have. Classes are asked in an order of their own (C3), and
    /// a base that cannot be put in order is left out.
    ByName,
    /// Overloads of several classes stand side by side: a class lists its own.
    BySignature,
}

/// A host's language, as far as stubs depend on it.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// The name of a class as an identifier; the same for the same name.
    pub class_name: fn(&str) -> String,
    /// The name of a function, a member or a parameter as an identifier.
    pub member_name: fn(&str) -> String,
    /// Names of members that every stub class has already.
    pub reserved_members: &'static [&'static str],
    /// How members are inherited.
    pub inheritance: Inheritance,
    /// What the language sees of a scalar type: one for all that are one to it.
    pub scalar: fn(Base) -> Base,
    /// A default as the language writes it, if it can.
    pub default_value: fn(&DefaultValue) -> Option<String>,
    /// Whether a call cannot tell arguments of these two apart.
    pub are_one: fn(&Shape, &Shape) -> bool,
}
