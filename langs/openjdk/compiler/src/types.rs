//! How Java values are passed: the ABI types by which entities are loaded.
//!
//! | Java | IDL |
//! |---|---|
//! | primitives | the number of that width, `bool`, `char16` |
//! | `String` | `string8` |
//! | `Object` | `any` |
//! | boxes, `Number`, `CharSequence`, `Comparable`, `Serializable` | `any`, with the class as alias |
//! | any other class | `handle`, with the class as alias |
//! | an array of these | the array of it, with as many dimensions; `byte[]` is of `uint8` |
//!
//! A box may be null, and a caller may pass numbers and strings where Java expects one of these
//! interfaces: a handle would reject both. `accepts` lists the values that are instances of the
//! class. A `byte` is a number, but a `byte[]` is raw data, which all languages represent as
//! unsigned bytes.

use metaffi_idl::{Base, Parameter, Type};

use crate::generic::JavaValue;
use crate::java::JavaBase;
use crate::trees::{Trees, Way};

/// Classes that a number, a boolean, a character or a string may be an instance of, with the types
/// of these values.
const OF_PLAIN_VALUES: &[(&str, &str)] = &[
    ("java.io.Serializable", "bool,char16,float64,int64,string8"),
    ("java.lang.Boolean", "bool"),
    ("java.lang.Byte", "int8"),
    ("java.lang.CharSequence", "string8"),
    ("java.lang.Character", "char16"),
    ("java.lang.Comparable", "bool,char16,float64,int64,string8"),
    ("java.lang.Double", "float64"),
    ("java.lang.Float", "float32"),
    ("java.lang.Integer", "int32"),
    ("java.lang.Long", "int64"),
    ("java.lang.Number", "float64,int64"),
    ("java.lang.Short", "int16"),
    ("java.lang.constant.Constable", "bool,char16,float64,int64,string8"),
    ("java.lang.constant.ConstantDesc", "float64,int64,string8"),
];

/// Converts values to parameters and results of the IDL.
#[derive(Clone, Copy)]
pub(crate) struct Values<'s> {
    pub(crate) trees: &'s Trees<'s>,
    /// Whether unannotated types are not null.
    pub(crate) is_null_marked: bool,
}

impl Values<'_> {
    /// A value that a caller passes.
    pub(crate) fn parameter(self, name: &str, value: &JavaValue) -> Parameter {
        self.value(name, value, Way::In)
    }

    /// A value that a caller receives.
    pub(crate) fn result(self, name: &str, value: &JavaValue) -> Parameter {
        self.value(name, value, Way::Out)
    }

    fn value(self, name: &str, value: &JavaValue, way: Way) -> Parameter {
        let tree = self.trees.value(&value.generic, way, self.is_null_marked);
        let ty = &value.ty;
        let (base, alias) = base(&ty.base);
        let dimensions = ty.dimensions.into();
        let crossing = if ty.dimensions > 0 { array_of(base) } else { base.into() };
        let mut parameter = Parameter::of(name, crossing, dimensions).alias(alias).tree(tree);
        let accepted = accepted(alias).into_iter().flat_map(|types| types.split(','));
        parameter.accepts = accepted.filter_map(|name| name.parse().ok()).collect();
        parameter
    }
}

fn array_of(base: Base) -> Type {
    let element = if base == Base::Int8 { Base::Uint8 } else { base };
    Type::array(element).unwrap_or(element.into())
}

/// The plain values that are instances of `class`.
fn accepted(class: &str) -> Option<&'static str> {
    OF_PLAIN_VALUES.iter().find(|(name, _)| *name == class).map(|(_, accepted)| *accepted)
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
            plain if accepted(plain).is_some() => (Base::Any, plain),
            other => (Base::Handle, other),
        },
    }
}
