//! Java types in the IDL's words.
//!
//! | Java | IDL |
//! |---|---|
//! | primitives | the number of that width, `bool`, `char16` |
//! | `String` | `string8` |
//! | `Object` | `any` |
//! | boxes, `Number`, `CharSequence`, `Comparable`, `Serializable` | `any`, with the class as alias |
//! | any other class | `handle`, with the class as alias |
//! | an array of these | the array of it, with as many dimensions |
//!
//! A box may be null, and a caller passes numbers and strings where Java takes
//! one of these interfaces: a handle would refuse both.

use metaffi_idl::{Base, Parameter, Type};

use crate::java::{JavaBase, JavaType};

/// Classes that a number, a boolean, a character or a string is an instance of.
const OF_PLAIN_VALUES: &[&str] = &[
    "java.io.Serializable",
    "java.lang.Boolean",
    "java.lang.Byte",
    "java.lang.CharSequence",
    "java.lang.Character",
    "java.lang.Comparable",
    "java.lang.Double",
    "java.lang.Float",
    "java.lang.Integer",
    "java.lang.Long",
    "java.lang.Number",
    "java.lang.Short",
    "java.lang.constant.Constable",
    "java.lang.constant.ConstantDesc",
];

/// A parameter, result or field of type `ty`.
pub(crate) fn parameter(name: &str, ty: &JavaType) -> Parameter {
    let (base, alias) = base(&ty.base);
    let array = Type::array(base).filter(|_| ty.dimensions > 0);
    Parameter::of(name, array.unwrap_or(base.into()), ty.dimensions.into()).alias(alias)
}

/// The type of one element, and its alias.
fn base(java: &JavaBase) -> (Base, &str) {
    match java {
        JavaBase::Boolean => (Base::Bool, ""),
        JavaBase::Byte => (Base::Int8, ""),
        JavaBase::Short => (Base::Int16, ""),
        JavaBase::Int => (Base::Int32, ""),
        JavaBase::Long => (Base::Int64, ""),
        JavaBase::Float => (Base::Float32, ""),
        JavaBase::Double => (Base::Float64, ""),
        JavaBase::Char => (Base::Char16, ""),
        JavaBase::Class(name) => match name.as_str() {
            "java.lang.String" => (Base::String8, ""),
            "java.lang.Object" => (Base::Any, ""),
            plain if OF_PLAIN_VALUES.contains(&plain) => (Base::Any, plain),
            other => (Base::Handle, other),
        },
    }
}
