//! Classes as Java sees them: names with dots, types without descriptors.
//!
//! Plain data between the class-file reader and the IDL; decides nothing.

use metaffi_idl::{ClassKind, Literal};
use noak::AccessFlags;

/// A class, interface, enum, record or annotation.
#[derive(Clone, Debug)]
pub(crate) struct JavaClass {
    /// The binary name: `java.util.Map$Entry`.
    pub(crate) name: String,
    /// For a nested class those that its source declares.
    pub(crate) flags: AccessFlags,
    pub(crate) nesting: Nesting,
    pub(crate) superclass: Option<String>,
    pub(crate) interfaces: Vec<String>,
    pub(crate) notes: Notes,
    pub(crate) fields: Vec<JavaField>,
    pub(crate) methods: Vec<JavaMethod>,
}

/// Where a class is declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Nesting {
    /// In a file.
    TopLevel,
    /// In a class, with a name of its own.
    Member { outer: String },
    /// In a method, or without a name: nobody else can name it.
    Local,
}

/// What every declaration may have.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notes {
    pub(crate) is_deprecated: bool,
    /// The generic signature, in the class file's own notation.
    pub(crate) signature: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct JavaField {
    pub(crate) name: String,
    pub(crate) flags: AccessFlags,
    pub(crate) ty: JavaType,
    pub(crate) notes: Notes,
    /// The value of a compile-time constant.
    pub(crate) constant: Option<Literal>,
}

/// A method, or a constructor (named `<init>`).
#[derive(Clone, Debug)]
pub(crate) struct JavaMethod {
    pub(crate) name: String,
    pub(crate) flags: AccessFlags,
    pub(crate) parameters: Vec<JavaParameter>,
    /// `None` for void.
    pub(crate) result: Option<JavaType>,
    pub(crate) throws: Vec<String>,
    pub(crate) notes: Notes,
}

#[derive(Clone, Debug)]
pub(crate) struct JavaParameter {
    pub(crate) name: String,
    pub(crate) ty: JavaType,
}

/// A type, possibly an array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct JavaType {
    pub(crate) base: JavaBase,
    /// 0 for no array.
    pub(crate) dimensions: u8,
}

#[derive(Clone, Debug, PartialEq, Eq)]
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
            Nesting::Member { outer } => Some(outer),
            Nesting::TopLevel | Nesting::Local => None,
        }
    }

    /// The name within the package: `Map$Entry`.
    pub(crate) fn name_in_package(&self) -> &str {
        self.name.rsplit_once('.').map_or(&self.name, |(_, name)| name)
    }

    /// What the word that declares it in a source says.
    pub(crate) fn kind(&self) -> ClassKind {
        if self.flags.contains(AccessFlags::INTERFACE) {
            ClassKind::Interface
        } else if self.flags.contains(AccessFlags::ENUM) {
            ClassKind::Enum
        } else if self.superclass.as_deref() == Some("java.lang.Record") {
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
        let types = |method: &JavaMethod| -> Vec<JavaType> {
            method.parameters.iter().map(|parameter| parameter.ty.clone()).collect()
        };
        self.name == other.name
            && self.parameters.len() == other.parameters.len()
            && types(self) == types(other)
    }
}

impl JavaType {
    /// How many local variables of the JVM a parameter of this type takes.
    pub(crate) fn slots(&self) -> u16 {
        match (&self.base, self.dimensions) {
            (JavaBase::Long | JavaBase::Double, 0) => 2,
            _ => 1,
        }
    }
}
