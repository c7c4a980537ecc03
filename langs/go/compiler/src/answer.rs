//! The answer of the extractor: the model that the glue is generated from.
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
    /// The functions that return the class of an object, and operate on any object.
    #[serde(default)]
    pub(crate) class_of: serde_json::Value,
    #[serde(default)]
    pub(crate) object_operations: serde_json::Value,
    /// The prefixes of class names, by the paths of packages.
    #[serde(default)]
    pub(crate) prefixes: BTreeMap<String, String>,
    pub(crate) warnings: Option<Vec<Problem>>,
    pub(crate) errors: Option<Vec<Problem>>,
    pub(crate) left_out: Option<Vec<Loss>>,
    /// How many instances of generic names were not requested.
    #[serde(default)]
    pub(crate) unrequested: u32,
    /// Whether a package may read the environment of the process.
    #[serde(default)]
    pub(crate) sees_environment: bool,
    /// The folder of the Go API's package native; empty if it is not imported.
    #[serde(default)]
    pub(crate) api: PathBuf,
}

/// The Go module of the packages.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct GoModule {
    pub(crate) path: String,
    pub(crate) dir: PathBuf,
}

/// A package of the guest.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Package {
    /// The import path.
    pub(crate) path: String,
    pub(crate) name: String,
    pub(crate) dir: PathBuf,
    /// Every name at package level.
    pub(crate) names: Vec<String>,
    /// The names of imports in any of its files.
    pub(crate) file_names: Vec<String>,
    pub(crate) has_main: bool,
    pub(crate) has_asm: bool,
    pub(crate) entries: Vec<Entry>,
    /// The interfaces that foreign objects may implement.
    pub(crate) implementable: Vec<Implementable>,
}

/// An interface that a foreign object may implement.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Implementable {
    /// The interface as an expression.
    pub(crate) go: String,
    pub(crate) methods: Vec<ImplementedMethod>,
}

/// A method, and its func type.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct ImplementedMethod {
    pub(crate) name: String,
    pub(crate) func: GoType,
}

/// The names that a package must not use for anything else if cgo writes code for it.
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
    /// Whether C files can be added to it.
    pub(crate) fn holds_c(&self) -> bool {
        !self.has_asm && !self.names.iter().any(|name| NAMES_OF_CGO.contains(&name.as_str()))
    }
}

/// Something that can be called.
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
    /// The entries that a dispatch chooses from.
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
    /// An entry of xcall itself, with that name.
    Builtin,
}

/// A type as the glue treats it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub(crate) struct GoType {
    /// The type as an expression, with packages as `{path}.`; empty if the glue cannot name it.
    pub(crate) go: String,
    pub(crate) kind: Kind,
    /// Whether it is not the basic type itself, but one derived from it.
    pub(crate) named: bool,
    /// Whether a parameter also takes an object of the type.
    #[serde(default)]
    pub(crate) either: bool,
    /// How an argument's memory is passed; for parameters.
    #[serde(default)]
    pub(crate) memory: Memory,
    /// The elements of slices and arrays.
    pub(crate) elem: Option<Box<GoType>>,
    /// The length of arrays.
    pub(crate) len: u64,
    /// The signature of functions; one that is nested in itself has only its name.
    pub(crate) func: Option<GoFunc>,
}

/// How the memory of an argument is passed to the function, by what Go's compiler knows about the
/// parameter.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Memory {
    /// Copied.
    #[default]
    Copied,
    /// Borrowed: it is neither kept nor written to.
    Lent,
    /// Borrowed, if it may be written to: it is not kept.
    Filled,
    /// Copied, and copied back.
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
