//! The interface of a module: the output of an extractor, and the input of an
//! emitter.
//!
//! Plain data with public fields, serialised in this order. It comes from an
//! extractor or from [`Idl::from_json`](crate::Idl::from_json), and contains no
//! rules of any language. A value's type has two descriptions: `type`,
//! `type_alias` and `dimensions` are what a host passes to load an entity, and
//! `tree` is the type as a person names it.

use std::collections::BTreeMap;

use metaffi_entity_path::EntityPath;
use serde::Serialize;

use crate::literal::Literal;
use crate::tree::TypeTree;
use crate::types::{Base, Type};

/// Information for the source's language only, sorted by name so that the
/// output is stable. Other languages' emitters must not need it.
pub type Tags = BTreeMap<String, String>;

/// The interface of one source, which may have several modules.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Idl {
    /// The stem of every file written from it: an identifier, such as
    /// `log4j_api`.
    pub idl_source: String,
    /// The source's suffix with its dot; empty for a folder.
    pub idl_extension: String,
    /// The source's file name.
    pub idl_filename_with_extension: String,
    /// The source's full path.
    pub idl_full_path: String,
    /// The module that a host loads: `hello_MetaFFIGuest`, or the jars.
    pub metaffi_guest_lib: String,
    /// The language that the source is written in.
    pub target_language: String,
    /// Whether arrays of text and arrays of arrays may contain null even though
    /// their types do not allow it.
    #[serde(skip_serializing_if = "is_false")]
    pub has_null_elements: bool,
    /// The function that returns the `id` of an object's class, for objects
    /// with a less specific type. It takes the object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class_of: Option<Function>,
    /// The function that returns the ids of all classes that an object is an
    /// instance of, nearest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supertypes_of: Option<Function>,
    /// The functions for these operations on any object of any class: text,
    /// equality, hash.
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
    /// Language-specific information.
    pub tags: Tags,
    /// Free functions.
    pub functions: Vec<Function>,
    /// Classes, interfaces, structs, enums.
    pub classes: Vec<Class>,
    /// Variables and constants.
    pub globals: Vec<Global>,
    /// Whether it is external: the source refers to classes of it, which are
    /// therefore described, but its functions do not belong to the source.
    #[serde(skip_serializing_if = "is_false")]
    pub is_external: bool,
    /// Type aliases.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Alias>,
    /// Additional files that the module needs at run time.
    pub external_resources: Vec<String>,
}

/// A function that can be called.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Function {
    /// The name in its own language.
    pub name: String,
    /// Documentation.
    pub comment: String,
    /// Language-specific information.
    pub tags: Tags,
    /// The path that loads it.
    #[serde(serialize_with = "crate::json::entity_path")]
    pub entity_path: EntityPath,
    /// The parameters, without the receiver.
    pub parameters: Vec<Parameter>,
    /// The results, without errors.
    pub return_values: Vec<Parameter>,
    /// 0, 1, … among the functions of the same name in the same place.
    pub overload_index: u32,
    /// The name and the parameter types, which distinguish this function from
    /// its overloads in every version of the library.
    /// [`Idl::complete`](crate::Idl::complete) sets it if empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub overload_id: String,
    /// Its own type parameters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub type_parameters: Vec<TypeParameter>,
    /// The exceptions that it declares.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub raises: Vec<TypeTree>,
    /// Whether it is asynchronous; the results are those after awaiting.
    #[serde(skip_serializing_if = "is_false")]
    pub is_async: bool,
    /// The deprecation message, which may be empty.
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
    /// Whether implementations of the class must provide it.
    #[serde(skip_serializing_if = "is_false")]
    pub is_abstract: bool,
}

/// A class, interface, struct or enum.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Class {
    /// The name within its module.
    pub name: String,
    /// The documentation.
    pub comment: String,
    /// Language-specific information.
    pub tags: Tags,
    /// What the entity paths of its members start with.
    #[serde(serialize_with = "crate::json::entity_path")]
    pub entity_path: EntityPath,
    /// Constructors; each returns a handle.
    pub constructors: Vec<Function>,
    /// The method that releases an object before it is collected, if there is
    /// one.
    pub release: Option<Method>,
    /// Methods, including static ones.
    pub methods: Vec<Method>,
    /// Fields and properties.
    pub fields: Vec<Field>,
    /// The name that types refer to it by: the `class` of its entity path, or
    /// else its name. [`Idl::complete`](crate::Idl::complete) sets it if empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// The kind of class.
    #[serde(skip_serializing_if = "ClassKind::is_class")]
    pub kind: ClassKind,
    /// Its type parameters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub type_parameters: Vec<TypeParameter>,
    /// Its base classes and interfaces, the superclass first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bases: Vec<TypeTree>,
    /// The `id` of the enclosing class.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outer: Option<String>,
    /// Whether only derived classes can be instantiated.
    #[serde(skip_serializing_if = "is_false")]
    pub is_abstract: bool,
    /// What it can be used as, in terms of its own type parameters: a function
    /// (a functional interface, a named function type), a list, a map, a set,
    /// an iterator, an iterable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub behaves_as: Option<TypeTree>,
    /// The methods, by `overload_id`, for operations that every language has a
    /// notation for. Derived classes inherit them.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub operations: BTreeMap<Operation, String>,
    /// The members of an enum, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Member>,
    /// The deprecation message, which may be empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<String>,
}

/// An operation that every language has a notation for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// The object as text.
    Text,
    /// Whether it equals another object.
    Equal,
    /// A number that equal objects share.
    Hash,
    /// Negative, 0 or positive if it is less than, equal to or greater than
    /// another object.
    Compare,
    /// The number of elements.
    Length,
    /// An iterator over its elements.
    Iterate,
    /// Whether an iterator has another element.
    HasNext,
    /// The next element of an iterator.
    Next,
    /// Whether it contains an element, or a map contains a key.
    Contains,
    /// The element at an index, or the value for a key.
    GetItem,
    /// Sets an element or the value for a key.
    SetItem,
    /// Deletes an element or a key.
    DeleteItem,
    /// The keys of a map, as something iterable.
    Keys,
    /// Calls it as a function.
    Call,
    /// Closes it.
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

/// The kind of a class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ClassKind {
    /// An ordinary class, or a named type with methods.
    #[default]
    Class,
    /// Classes implement it explicitly.
    Interface,
    /// Classes implement it by having its methods.
    Protocol,
    /// A fixed number of named values.
    Enum,
    /// Named fields that cannot be changed.
    Record,
    /// Named fields.
    Struct,
    /// Can be raised.
    Exception,
    /// A named type of functions.
    Function,
    /// Only its name is known: it is referred to here, but described elsewhere.
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

    /// Whether classes implement it rather than derive from it.
    pub fn is_interface(self) -> bool {
        matches!(self, ClassKind::Interface | ClassKind::Protocol)
    }
}

/// A type parameter of a class or a function.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TypeParameter {
    /// Its name.
    pub name: String,
    /// The types that an argument must conform to, all of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bounds: Vec<TypeTree>,
}

/// A member of an enum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Member {
    /// Its name. The class has a field with this name that reads it.
    pub name: String,
    /// Documentation.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub comment: String,
    /// Its value, if it can be written as a literal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Literal>,
}

/// A type alias.
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
    /// By position, or by name if the host's language supports it.
    #[default]
    Ordinary,
    /// By position only.
    PositionalOnly,
    /// By name only.
    KeywordOnly,
    /// All remaining positional arguments; the type is that of all of them
    /// together.
    Variadic,
    /// All remaining named arguments; the type is that of all of them together.
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

/// How the guest uses the memory of an argument, if it is not only copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Memory {
    /// Borrowed, and only read.
    Borrowed,
    /// Borrowed if it is writable, and may be written to.
    Filled,
    /// Copied, and copied back if the caller allows it to be filled.
    CopiedBack,
}

/// The default of an optional argument.
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
    /// The source's own name for the type, or empty.
    pub type_alias: String,
    /// Documentation.
    pub comment: String,
    /// Language-specific information.
    pub tags: Tags,
    /// 0 for a scalar, n ≥ 1 for an array, −1 for mixed or unknown.
    pub dimensions: i32,
    /// Whether a call may omit it.
    pub is_optional: bool,
    /// The type in terms of its language.
    pub tree: TypeTree,
    /// How an argument is passed.
    #[serde(skip_serializing_if = "Passing::is_ordinary")]
    pub passing: Passing,
    /// The default of an optional argument, if known.
    #[serde(rename = "default", skip_serializing_if = "Option::is_none")]
    pub default_value: Option<DefaultValue>,
    /// For an `any` with an alias: the types of plain values that are instances
    /// of that class (`string8` for `java.lang.CharSequence`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub accepts: Vec<Type>,
}

impl Parameter {
    /// The value of its tag `memory`.
    #[must_use]
    pub fn memory(&self) -> Option<Memory> {
        Some(match self.tags.get("memory")?.as_str() {
            "lent" => Memory::Borrowed,
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

    /// A parameter of a type in the type's own way of crossing.
    pub fn typed(name: impl Into<String>, tree: TypeTree) -> Parameter {
        let crossing = tree.crossing();
        let plain = Parameter::of(name, crossing.ty, crossing.dimensions);
        Parameter { type_alias: crossing.alias, tree, ..plain }
    }

    /// The same with the source's own name for the type.
    #[must_use]
    pub fn alias(mut self, alias: impl Into<String>) -> Parameter {
        self.type_alias = alias.into();
        self.tree = TypeTree::of_crossing(self.ty, self.dimensions, &self.type_alias);
        self
    }

    /// The same with a more specific type.
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
    /// Reads it.
    pub getter: Option<Method>,
    /// Writes it.
    pub setter: Option<Method>,
    /// Its value, if it never changes and can be written as a literal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub constant: Option<Literal>,
}

impl Field {
    /// A field without accessors.
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
    /// Reads it.
    pub getter: Option<Function>,
    /// Writes it.
    pub setter: Option<Function>,
    /// Its value, if it never changes and can be written as a literal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub constant: Option<Literal>,
}

impl Global {
    /// A global without accessors.
    pub fn of(value: Parameter) -> Global {
        Global { value, getter: None, setter: None, constant: None }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}
