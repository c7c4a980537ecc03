//! The interface of a module: what an extractor finds and an emitter reads.
//!
//! Plain data with public fields, serialised in the order written here. It
//! comes from an extractor or from [`Idl::from_json`](crate::Idl::from_json),
//! and holds no rule of any language. How a value crosses stands beside what
//! it is: `type`, `type_alias` and `dimensions` are what a host passes to load
//! an entity, `tree` is what a person calls the type.

use std::collections::BTreeMap;

use metaffi_entity_path::EntityPath;
use serde::Serialize;

use crate::literal::Literal;
use crate::tree::TypeTree;
use crate::types::{Base, Type};

/// What belongs to the source's language alone, sorted by name so that output
/// is stable. Nothing that another language's emitter needs is here.
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
    /// Whether arrays of text and arrays of arrays may hold null, though their
    /// types do not say it.
    #[serde(skip_serializing_if = "is_false")]
    pub has_null_elements: bool,
    /// What tells the `id` of the class of an object whose type says less: it
    /// takes the object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class_of: Option<Function>,
    /// What tells the ids of all classes that an object is of, nearest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supertypes_of: Option<Function>,
    /// What does these on any object, whatever its class: text, equality, hash.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub object_operations: BTreeMap<Operation, Function>,
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
    /// Whether it lies elsewhere: the source refers to classes of it, which are
    /// described for that, and its functions are not the source's.
    #[serde(skip_serializing_if = "is_false")]
    pub is_external: bool,
    /// Other names of types.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Alias>,
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
    /// The name and the parameters' types: what tells this function from its
    /// overloads in every version of the library. Made by
    /// [`Idl::complete`](crate::Idl::complete) where empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub overload_id: String,
    /// Type parameters of its own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub type_parameters: Vec<TypeParameter>,
    /// What it says that it raises.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub raises: Vec<TypeTree>,
    /// Whether its result comes later: the results are those to await.
    #[serde(skip_serializing_if = "is_false")]
    pub is_async: bool,
    /// Why it should not be used any more; may be empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<String>,
}

/// A function of a class.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Method {
    /// The function itself.
    #[serde(flatten)]
    pub function: Function,
    /// Whether the object is passed as the first argument.
    pub instance_required: bool,
    /// Whether whoever implements the class must bring it.
    #[serde(skip_serializing_if = "is_false")]
    pub is_abstract: bool,
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
    /// What types refer to it by: the `class` of its entity path, else its
    /// name. Made by [`Idl::complete`](crate::Idl::complete) where empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// What sort of class it is.
    #[serde(skip_serializing_if = "ClassKind::is_class")]
    pub kind: ClassKind,
    /// Its type parameters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub type_parameters: Vec<TypeParameter>,
    /// What it derives from, the superclass first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bases: Vec<TypeTree>,
    /// The `id` of the class that it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outer: Option<String>,
    /// Whether there are no objects of it but those of derived classes.
    #[serde(skip_serializing_if = "is_false")]
    pub is_abstract: bool,
    /// What it can be used as, in terms of its own type parameters: a function
    /// (a functional interface, a named function type), a list, a map, a set,
    /// an iterator, an iterable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub behaves_as: Option<TypeTree>,
    /// Which of its methods, by `overload_id`, do what every language has a
    /// notation for. Derived classes inherit them.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub operations: BTreeMap<Operation, String>,
    /// The members of an enum, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Member>,
    /// Why it should not be used any more; may be empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<String>,
}

/// What every language has a notation for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// The object as text.
    Text,
    /// Whether it equals another one.
    Equal,
    /// A number that equal objects share.
    Hash,
    /// Less than 0, 0, or more than 0 when it is less than, equal to or greater
    /// than another one.
    Compare,
    /// How many elements it has.
    Length,
    /// An iterator over its elements.
    Iterate,
    /// Whether an iterator has another element.
    HasNext,
    /// The next element of an iterator.
    Next,
    /// Whether it holds an element, or a map a key.
    Contains,
    /// The element at an index, or the value of a key.
    GetItem,
    /// Changes it.
    SetItem,
    /// Takes it out.
    DeleteItem,
    /// The keys of a map: something to iterate over.
    Keys,
    /// Calls it as a function.
    Call,
    /// Ends its use: closes what it holds open.
    Close,
    /// The message of an exception.
    Message,
}

impl Operation {
    /// Every operation with its name.
    pub const ALL: &[(&str, Operation)] = &[
        ("text", Operation::Text),
        ("equal", Operation::Equal),
        ("hash", Operation::Hash),
        ("compare", Operation::Compare),
        ("length", Operation::Length),
        ("iterate", Operation::Iterate),
        ("has_next", Operation::HasNext),
        ("next", Operation::Next),
        ("contains", Operation::Contains),
        ("get_item", Operation::GetItem),
        ("set_item", Operation::SetItem),
        ("delete_item", Operation::DeleteItem),
        ("keys", Operation::Keys),
        ("call", Operation::Call),
        ("close", Operation::Close),
        ("message", Operation::Message),
    ];
}

/// What sort of class a class is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ClassKind {
    /// An ordinary class, or a named type with methods.
    #[default]
    Class,
    /// What classes implement, and say so.
    Interface,
    /// What classes implement by having its methods.
    Protocol,
    /// A fixed number of named values.
    Enum,
    /// Named fields that do not change.
    Record,
    /// Named fields.
    Struct,
    /// What can be raised.
    Exception,
    /// A named type of functions.
    Function,
    /// Only its name is known: it is referred to, and described elsewhere.
    Opaque,
}

impl ClassKind {
    /// Every kind with its name.
    pub const ALL: &[(&str, ClassKind)] = &[
        ("class", ClassKind::Class),
        ("interface", ClassKind::Interface),
        ("protocol", ClassKind::Protocol),
        ("enum", ClassKind::Enum),
        ("record", ClassKind::Record),
        ("struct", ClassKind::Struct),
        ("exception", ClassKind::Exception),
        ("function", ClassKind::Function),
        ("opaque", ClassKind::Opaque),
    ];

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
    fn is_class(&self) -> bool {
        *self == ClassKind::Class
    }

    /// Whether classes implement it instead of deriving from it.
    pub fn is_interface(self) -> bool {
        matches!(self, ClassKind::Interface | ClassKind::Protocol)
    }
}

/// A type parameter of a class or a function.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TypeParameter {
    /// Its name.
    pub name: String,
    /// What an argument must be, all of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bounds: Vec<TypeTree>,
}

/// A member of an enum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Member {
    /// Its name; the class has a field of this name that reads it.
    pub name: String,
    /// Documentation.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub comment: String,
    /// Its value, where it has one that can be written down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Literal>,
}

/// Another name of a type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alias {
    /// The name.
    pub name: String,
    /// The type.
    pub tree: TypeTree,
    /// Documentation.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub comment: String,
}

/// How an argument is passed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Passing {
    /// By its place, or its name where the host's language has such.
    #[default]
    Ordinary,
    /// By its place alone.
    PositionalOnly,
    /// By its name alone.
    KeywordOnly,
    /// All further arguments by place; the type is that of all together.
    Variadic,
    /// All further arguments by name; the type is that of all together.
    KeywordVariadic,
}

impl Passing {
    /// Every way with its name.
    pub const ALL: &[(&str, Passing)] = &[
        ("ordinary", Passing::Ordinary),
        ("positional_only", Passing::PositionalOnly),
        ("keyword_only", Passing::KeywordOnly),
        ("variadic", Passing::Variadic),
        ("keyword_variadic", Passing::KeywordVariadic),
    ];

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
    fn is_ordinary(&self) -> bool {
        *self == Passing::Ordinary
    }
}

/// How the memory of an argument reaches the guest, where it is not only copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Memory {
    /// It is lent, and only read.
    Lent,
    /// It is lent where it may be written, and may be written.
    Filled,
    /// It is copied, and copied back where the caller wants it filled.
    CopiedBack,
}

/// What stands for an argument that is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DefaultValue {
    /// A value.
    Value(Literal),
    /// An expression, as the source writes it.
    Source(String),
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
    /// Notes.
    pub tags: Tags,
    /// 0 for a scalar, n ≥ 1 for an array, −1 for mixed or unknown.
    pub dimensions: i32,
    /// Whether it may be left out of a call.
    pub is_optional: bool,
    /// The type as its language means it.
    pub tree: TypeTree,
    /// How an argument is passed.
    #[serde(skip_serializing_if = "Passing::is_ordinary")]
    pub passing: Passing,
    /// What stands for an argument that is left out, where that is known.
    #[serde(rename = "default", skip_serializing_if = "Option::is_none")]
    pub default_value: Option<DefaultValue>,
    /// On an `any` with an alias: the types of which plain values are of that
    /// class (`string8` of a `java.lang.CharSequence`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub accepts: Vec<Type>,
}

impl Parameter {
    /// What its tag `memory` says.
    #[must_use]
    pub fn memory(&self) -> Option<Memory> {
        Some(match self.tags.get("memory")?.as_str() {
            "lent" => Memory::Lent,
            "filled" => Memory::Filled,
            "copied_back" => Memory::CopiedBack,
            _ => return None,
        })
    }

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
            tree: TypeTree::of_crossing(ty, dimensions, ""),
            passing: Passing::Ordinary,
            default_value: None,
            accepts: Vec::new(),
        }
    }

    /// A parameter of a type that crosses as it does by itself.
    pub fn typed(name: impl Into<String>, tree: TypeTree) -> Parameter {
        let crossing = tree.crossing();
        let plain = Parameter::of(name, crossing.ty, crossing.dimensions);
        Parameter { type_alias: crossing.alias, tree, ..plain }
    }

    /// The same with the source's own name of the type.
    #[must_use]
    pub fn alias(mut self, alias: impl Into<String>) -> Parameter {
        self.type_alias = alias.into();
        self.tree = TypeTree::of_crossing(self.ty, self.dimensions, &self.type_alias);
        self
    }

    /// The same with a type that says more than how it crosses.
    #[must_use]
    pub fn tree(mut self, tree: TypeTree) -> Parameter {
        self.tree = tree;
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
    /// Its value, if it is the same for ever and can be written down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub constant: Option<Literal>,
}

impl Field {
    /// One that nothing reads and nothing writes, yet.
    pub fn of(value: Parameter) -> Field {
        Field { value, getter: None, setter: None, constant: None }
    }
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
    /// Its value, if it is the same for ever and can be written down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub constant: Option<Literal>,
}

impl Global {
    /// One that nothing reads and nothing writes, yet.
    pub fn of(value: Parameter) -> Global {
        Global { value, getter: None, setter: None, constant: None }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}
