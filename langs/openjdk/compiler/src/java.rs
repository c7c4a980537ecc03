//! Classes as in Java: names with dots, types without descriptors.
//!
//! Plain data between the class-file reader and the IDL; makes no decisions.

use std::borrow::Cow;

use metaffi_idl::{ClassKind, Literal};
use noak::AccessFlags;

use crate::annotations::ClassMarks;
use crate::generic::{Generic, JavaValue, JavaVariable, Substitution};

/// A class, interface, enum, record or annotation.
#[derive(Clone, Debug)]
pub(crate) struct JavaClass {
    /// The binary name: `java.util.Map$Entry`.
    pub(crate) name: String,
    /// For a nested class the flags that its source declares.
    pub(crate) flags: AccessFlags,
    pub(crate) nesting: Nesting,
    pub(crate) marks: ClassMarks,
    pub(crate) variables: Vec<JavaVariable>,
    pub(crate) superclass: Option<Generic>,
    pub(crate) interfaces: Vec<Generic>,
    pub(crate) is_deprecated: bool,
    /// The permitted subclasses of a sealed class.
    pub(crate) permits: Vec<String>,
    /// Whether its package is not exported by its module of the JDK.
    pub(crate) is_internal: bool,
    pub(crate) fields: Vec<JavaField>,
    pub(crate) methods: Vec<JavaMethod>,
}

/// Where a class is declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Nesting {
    /// In a file.
    TopLevel,
    /// In a class, with a name of its own.
    Member { outer: String, is_inner: bool },
    /// In a method, or without a name: no other code can name it.
    Local,
}

#[derive(Clone, Debug)]
pub(crate) struct JavaField {
    pub(crate) name: String,
    pub(crate) flags: AccessFlags,
    pub(crate) value: JavaValue,
    pub(crate) is_deprecated: bool,
    /// The value of a compile-time constant.
    pub(crate) constant: Option<Literal>,
}

/// A method, or a constructor (named `<init>`).
#[derive(Clone, Debug)]
pub(crate) struct JavaMethod {
    pub(crate) name: String,
    pub(crate) flags: AccessFlags,
    pub(crate) variables: Vec<JavaVariable>,
    pub(crate) parameters: Vec<JavaParameter>,
    /// `None` for void.
    pub(crate) result: Option<JavaValue>,
    pub(crate) throws: Vec<Generic>,
    pub(crate) is_deprecated: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct JavaParameter {
    pub(crate) name: String,
    pub(crate) value: JavaValue,
}

/// A type, possibly an array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct JavaType {
    pub(crate) base: JavaBase,
    /// 0 for no array.
    pub(crate) dimensions: u8,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum JavaBase {
    Boolean,
    Byte,
    Short,
    Int,
    Long,
    Float,
    Double,
    Char,
    /// The binary name.
    Class(String),
}

impl JavaClass {
    /// The package, empty for the unnamed one.
    pub(crate) fn package(&self) -> &str {
        self.name.rsplit_once('.').map_or("", |(package, _)| package)
    }

    /// The class that it is a member of.
    pub(crate) fn outer(&self) -> Option<&str> {
        match &self.nesting {
            Nesting::Member { outer, .. } => Some(outer),
            Nesting::TopLevel | Nesting::Local => None,
        }
    }

    /// The type of `this` in it.
    pub(crate) fn this(&self) -> Generic {
        Generic::this(&self.name, &self.variables)
    }

    pub(crate) fn superclass_name(&self) -> Option<&str> {
        self.superclass.as_ref().and_then(Generic::class_name)
    }

    /// The names of the superclass and of the interfaces.
    pub(crate) fn parents(&self) -> impl Iterator<Item = &str> {
        self.superclass.iter().chain(&self.interfaces).filter_map(Generic::class_name)
    }

    /// The name within the package: `Map$Entry`.
    pub(crate) fn name_in_package(&self) -> &str {
        self.name.rsplit_once('.').map_or(&self.name, |(_, name)| name)
    }

    /// The kind of class that its source declares.
    pub(crate) fn kind(&self) -> ClassKind {
        if self.flags.contains(AccessFlags::INTERFACE) {
            ClassKind::Interface
        } else if self.flags.contains(AccessFlags::ENUM) {
            ClassKind::Enum
        } else if self.superclass_name() == Some("java.lang.Record") {
            ClassKind::Record
        } else {
            ClassKind::Class
        }
    }
}

impl JavaMethod {
    pub(crate) fn is_constructor(&self) -> bool {
        self.name == "<init>"
    }

    /// Whether one of the two overrides or hides the other.
    pub(crate) fn same_signature(&self, other: &JavaMethod) -> bool {
        self.name == other.name && self.types().eq(other.types())
    }

    /// The same method with the class's variables replaced.
    pub(crate) fn substitute(&self, with: &Substitution) -> JavaMethod {
        let mut with = Cow::Borrowed(with);
        if self.variables.iter().any(|own| with.contains_key(&own.name)) {
            with.to_mut().retain(|name, _| self.variables.iter().all(|own| own.name != *name));
        }
        let bounds = |own: &JavaVariable| own.bounds.iter().map(|b| b.substitute(&with)).collect();
        let variable =
            |own: &JavaVariable| JavaVariable { name: own.name.clone(), bounds: bounds(own) };
        let parameter = |own: &JavaParameter| JavaParameter {
            name: own.name.clone(),
            value: own.value.substitute(&with),
        };
        JavaMethod {
            name: self.name.clone(),
            flags: self.flags,
            variables: self.variables.iter().map(variable).collect(),
            parameters: self.parameters.iter().map(parameter).collect(),
            result: self.result.as_ref().map(|result| result.substitute(&with)),
            throws: self.throws.iter().map(|thrown| thrown.substitute(&with)).collect(),
            is_deprecated: self.is_deprecated,
        }
    }

    /// The JVM's types of the parameters.
    pub(crate) fn types(&self) -> impl Iterator<Item = &JavaType> {
        self.parameters.iter().map(|parameter| &parameter.value.ty)
    }
}

impl JavaField {
    /// The same field with the class's variables replaced.
    pub(crate) fn substitute(&self, with: &Substitution) -> JavaField {
        JavaField { value: self.value.substitute(with), ..self.clone() }
    }
}

impl JavaType {
    /// The number of local variables of the JVM that a parameter of this type takes.
    pub(crate) fn slots(&self) -> u16 {
        match (&self.base, self.dimensions) {
            (JavaBase::Long | JavaBase::Double, 0) => 2,
            _ => 1,
        }
    }
}
