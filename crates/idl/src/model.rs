//! The interface of a module: what an extractor finds and an emitter reads.
//!
//! Plain data with public fields, serialised in the order written here. It
//! comes from an extractor or from [`Idl::from_json`](crate::Idl::from_json),
//! and holds no rule of any language.

use std::collections::BTreeMap;

use metaffi_entity_path::EntityPath;
use serde::Serialize;

use crate::types::{Base, Type};

/// Free notes beside an element, sorted by name so that output is stable.
///
/// Language-neutral ones: `default` (a parameter's default, as the source
/// writes it), `deprecated` (the reason, or empty), `varargs` (on the last
/// parameter), `accepts` (on an `any` with an alias: the types of which plain
/// values are of that type, separated by commas), `class` (on a handle: the
/// `class` of the entity path of the class that it is an object of, where the
/// alias is not that), and on classes `superclass`, `interfaces` and `outer`
/// (each the `class` of an entity path, several separated by commas).
pub type Tags = BTreeMap<String, String>;

/// The interface of one source, possibly of several modules.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Idl {
    /// The stem of every file written from it: an identifier, like `log4j_api`.
    pub idl_source: String,
    /// The source's suffix with its dot, or empty for a folder.
    pub idl_extension: String,
    /// The source's file name.
    pub idl_filename_with_extension: String,
    /// Where the source was found.
    pub idl_full_path: String,
    /// The module that a host loads: `hello_MetaFFIGuest`, or the jars.
    pub metaffi_guest_lib: String,
    /// The language that the source is written in.
    pub target_language: String,
    /// What the source defines.
    pub modules: Vec<Module>,
}

/// A named group of entities: a package, a file, a jar.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Module {
    /// The name in its own language.
    pub name: String,
    /// Documentation.
    pub comment: String,
    /// Notes.
    pub tags: Tags,
    /// Free functions.
    pub functions: Vec<Function>,
    /// Classes, interfaces, structs, enums.
    pub classes: Vec<Class>,
    /// Variables and constants.
    pub globals: Vec<Global>,
    /// Further files that the module needs at run time.
    pub external_resources: Vec<String>,
}

/// Something that can be called.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Function {
    /// The name in its own language.
    pub name: String,
    /// Documentation.
    pub comment: String,
    /// Notes.
    pub tags: Tags,
    /// What loads it.
    #[serde(serialize_with = "crate::json::entity_path")]
    pub entity_path: EntityPath,
    /// Parameters, the receiver left out.
    pub parameters: Vec<Parameter>,
    /// Results, errors left out.
    pub return_values: Vec<Parameter>,
    /// 0, 1, … among those of one name in one place.
    pub overload_index: u32,
}

/// A function of a class.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Method {
    /// The function itself.
    #[serde(flatten)]
    pub function: Function,
    /// Whether the object is passed as the first argument.
    pub instance_required: bool,
}

/// A class, interface, struct or enum.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Class {
    /// The name within its module.
    pub name: String,
    /// Documentation.
    pub comment: String,
    /// Notes.
    pub tags: Tags,
    /// What the paths of its members begin with.
    #[serde(serialize_with = "crate::json::entity_path")]
    pub entity_path: EntityPath,
    /// Constructors; each returns a handle.
    pub constructors: Vec<Function>,
    /// What ends an object's life before it is collected, where there is such.
    pub release: Option<Method>,
    /// Methods, those without an instance too.
    pub methods: Vec<Method>,
    /// Fields and properties.
    pub fields: Vec<Field>,
}

/// A parameter or a result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Parameter {
    /// The source's name for it; may be empty for a result.
    pub name: String,
    /// The type.
    #[serde(rename = "type")]
    pub ty: Type,
    /// The source's own name of the type, or empty.
    pub type_alias: String,
    /// Documentation.
    pub comment: String,
    /// Notes; `default` is the default value.
    pub tags: Tags,
    /// 0 for a scalar, n ≥ 1 for an array, −1 for mixed or unknown.
    pub dimensions: i32,
    /// Whether it may be left out of a call.
    pub is_optional: bool,
}

impl Parameter {
    /// A parameter of a scalar type.
    pub fn new(name: impl Into<String>, base: Base) -> Parameter {
        Parameter::of(name, Type::scalar(base), 0)
    }

    /// A parameter of any type and rank.
    pub fn of(name: impl Into<String>, ty: Type, dimensions: i32) -> Parameter {
        Parameter {
            name: name.into(),
            ty,
            type_alias: String::new(),
            comment: String::new(),
            tags: Tags::new(),
            dimensions,
            is_optional: false,
        }
    }

    /// The same with the source's own name of the type.
    #[must_use]
    pub fn alias(mut self, alias: impl Into<String>) -> Parameter {
        self.type_alias = alias.into();
        self
    }
}

/// A field or property of a class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Name and type.
    #[serde(flatten)]
    pub value: Parameter,
    /// What reads it.
    pub getter: Option<Method>,
    /// What writes it.
    pub setter: Option<Method>,
}

/// A variable or constant of a module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Global {
    /// Name and type.
    #[serde(flatten)]
    pub value: Parameter,
    /// What reads it.
    pub getter: Option<Function>,
    /// What writes it.
    pub setter: Option<Function>,
}
