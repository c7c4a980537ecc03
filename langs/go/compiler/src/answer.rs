//! What the extractor answers: the model that the glue is written from.
//!
//! Plain data, field for field that of `extractor/model.go`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use metaffi_compiler::{Loss, Problem};
use serde::Deserialize;

#[derive(Deserialize)]
pub(crate) struct Answer {
    pub(crate) module: Option<GoModule>,
    pub(crate) modules: Option<Vec<serde_json::Value>>,
    pub(crate) packages: Option<Vec<Package>>,
    /// What tells the class of an object, and what is done to any object.
    #[serde(default)]
    pub(crate) class_of: serde_json::Value,
    #[serde(default)]
    pub(crate) object_operations: serde_json::Value,
    /// What the names of classes begin with, by the paths of packages.
    #[serde(default)]
    pub(crate) prefixes: BTreeMap<String, String>,
    pub(crate) warnings: Option<Vec<Problem>>,
    pub(crate) errors: Option<Vec<Problem>>,
    pub(crate) left_out: Option<Vec<Loss>>,
    /// How many instances of generic names nobody asked for.
    #[serde(default)]
    pub(crate) unasked: u32,
    /// A package may look at the environment of the process.
    #[serde(default)]
    pub(crate) sees_environment: bool,
    /// The folder of the Go API's package native; empty when it is not imported.
    #[serde(default)]
    pub(crate) api: PathBuf,
}

/// The Go module that the packages belong to.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct GoModule {
    pub(crate) path: String,
    pub(crate) dir: PathBuf,
}

/// A package that the guest consists of.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Package {
    /// The import path.
    pub(crate) path: String,
    pub(crate) name: String,
    pub(crate) dir: PathBuf,
    /// Every name on the package's level.
    pub(crate) names: Vec<String>,
    /// The names of imports in any of its files.
    pub(crate) file_names: Vec<String>,
    pub(crate) has_main: bool,
    pub(crate) has_asm: bool,
    pub(crate) entries: Vec<Entry>,
    /// The interfaces that foreign objects may implement.
    pub(crate) implementable: Vec<Implementable>,
}

/// An interface whose methods a foreign object may have.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Implementable {
    /// The interface as an expression.
    pub(crate) go: String,
    pub(crate) methods: Vec<ImplementedMethod>,
}

/// A method, and the func type that it has.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct ImplementedMethod {
    pub(crate) name: String,
    pub(crate) func: GoType,
}

/// What a package may not call anything else when cgo writes code for it.
const NAMES_OF_CGO: &[&str] = &[
    "C",
    "bool",
    "byte",
    "complex128",
    "complex64",
    "error",
    "false",
    "float32",
    "float64",
    "int",
    "int16",
    "int32",
    "int64",
    "int8",
    "nil",
    "rune",
    "string",
    "syscall",
    "true",
    "uint",
    "uint16",
    "uint32",
    "uint64",
    "uint8",
    "uintptr",
    "unsafe",
];

impl Package {
    /// Whether files of C can be added to it.
    pub(crate) fn holds_c(&self) -> bool {
        !self.has_asm && !self.names.iter().any(|name| NAMES_OF_CGO.contains(&name.as_str()))
    }
}

/// One thing that can be called.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Entry {
    pub(crate) id: u32,
    pub(crate) kind: EntryKind,
    /// How Go calls it: `SayHello`, `Max[int]`, a method, a field, a type.
    pub(crate) name: String,
    pub(crate) signature: String,
    pub(crate) receiver: Option<GoType>,
    pub(crate) params: Vec<GoType>,
    pub(crate) results: Vec<GoType>,
    pub(crate) variadic: bool,
    /// Of a dispatch: the entries that it chooses from.
    pub(crate) cases: Vec<Case>,
}

/// An instance's type as an expression, and its entry.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Case {
    pub(crate) go: String,
    pub(crate) id: u32,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EntryKind {
    Function,
    Method,
    GetField,
    SetField,
    GetGlobal,
    SetGlobal,
    Empty,
    Dispatch,
    /// An entry that xcall itself has, of that name.
    Builtin,
}

/// A type as the glue has to treat it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub(crate) struct GoType {
    /// The type as an expression, packages as `{path}.`; empty when the glue
    /// cannot name it.
    pub(crate) go: String,
    pub(crate) kind: Kind,
    /// It is not the basic type itself, but one made from it.
    pub(crate) named: bool,
    /// A parameter takes an object of the type, too.
    #[serde(default)]
    pub(crate) either: bool,
    /// Of parameters: how an argument's memory reaches it.
    #[serde(default)]
    pub(crate) memory: Memory,
    /// Of slices and arrays.
    pub(crate) elem: Option<Box<GoType>>,
    /// Of arrays.
    pub(crate) len: u64,
    /// Of functions; of one that is within itself only its name is told.
    pub(crate) func: Option<GoFunc>,
}

/// How the memory of an argument reaches the function, by what Go's compiler knows of
/// the parameter.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Memory {
    /// Copied.
    #[default]
    Copied,
    /// As it is: it is neither kept nor written.
    Lent,
    /// As it is, where it may be written: it is not kept.
    Filled,
    /// Copied, and back.
    CopiedBack,
}

/// The signature of a func type.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub(crate) struct GoFunc {
    pub(crate) params: Vec<GoType>,
    pub(crate) results: Vec<GoType>,
    pub(crate) variadic: bool,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    Int,
    Int8,
    Int16,
    Int32,
    Int64,
    Uint,
    Uint8,
    Uint16,
    Uint32,
    Uint64,
    Uintptr,
    Float32,
    Float64,
    Bool,
    String,
    Any,
    Error,
    Object,
    Struct,
    Func,
    Slice,
    Array,
}
