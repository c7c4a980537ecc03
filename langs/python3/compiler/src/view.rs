//! The data of the templates: the stub file in the order of its lines.
//!
//! Plain data. Everything is already decided: names are unique, annotations are
//! written, expressions are ready to be joined.

use metaffi_stubs::{Request, Simplified};
use serde::Serialize;

/// A stub file.
#[derive(Debug, Serialize)]
pub(crate) struct File {
    /// The module of the stubs, and the version that made them.
    pub(crate) origin: String,
    /// How `str` is written.
    pub(crate) str: String,
    pub(crate) imports: Vec<String>,
    pub(crate) variables: Option<Variables>,
    /// `__all__`.
    pub(crate) public: Vec<String>,
    /// The arguments of `Module` after the file's names.
    pub(crate) module: Vec<String>,
    pub(crate) constants: Vec<Constant>,
    pub(crate) classes: Vec<Class>,
    pub(crate) functions: Vec<Callable>,
    /// Other names of classes: alias and class.
    pub(crate) aliases: Vec<(String, String)>,
    /// Assignments after the classes: functions that are methods of a class.
    pub(crate) assignments: Vec<(String, String)>,
    pub(crate) entities: Vec<Entity>,
    /// Not printed: the types that Python cannot express.
    #[serde(skip)]
    pub(crate) simplified: Vec<Simplified>,
}

/// Type variables.
#[derive(Debug, Serialize)]
pub(crate) struct Variables {
    pub(crate) names: Vec<String>,
    /// How `TYPE_CHECKING` and `Any` are written.
    pub(crate) checking: String,
    pub(crate) any: String,
}

/// A class.
#[derive(Debug, Serialize)]
pub(crate) struct Class {
    pub(crate) name: String,
    pub(crate) doc: Vec<String>,
    pub(crate) bases: Vec<String>,
    /// The guest's name of it, as a literal.
    pub(crate) id: String,
    pub(crate) constants: Vec<Constant>,
    /// Nested classes: name and annotation.
    pub(crate) nested: Vec<(String, String)>,
    /// `Inner=Outer_Inner, …`: their names here and in the file.
    pub(crate) nested_names: String,
    pub(crate) members: Vec<Member>,
}

/// A member of a class, with the template that prints it.
#[derive(Debug, Serialize)]
#[serde(tag = "template", content = "content")]
pub(crate) enum Member {
    /// A constructor, a method, a getter or a setter.
    #[serde(rename = "method.py.j2")]
    Callable(Callable),
    /// Hides the constructor of a base.
    #[serde(rename = "no_constructor.py.j2")]
    NoConstructor,
    /// A special method for an operation.
    #[serde(rename = "notation.py.j2")]
    Notation(Notation),
    /// A method and a static method with the same name.
    #[serde(rename = "beside.py.j2")]
    Beside(Beside),
    /// Releases an object at the end of its `with` block.
    #[serde(rename = "release.py.j2")]
    Release(Release),
}

/// A special method, line by line.
#[derive(Debug, Serialize)]
pub(crate) struct Notation {
    pub(crate) lines: Vec<String>,
}

/// The names of a method and of a static one, and their common name.
#[derive(Debug, Serialize)]
pub(crate) struct Beside {
    pub(crate) name: String,
    pub(crate) method: String,
    pub(crate) of_class: String,
}

/// A constant: `MOST: ClassVar[int] = 7`.
#[derive(Debug, Serialize)]
pub(crate) struct Constant {
    pub(crate) name: String,
    pub(crate) annotation: String,
    pub(crate) value: String,
    pub(crate) doc: Vec<String>,
}

/// The entity that releases an object.
#[derive(Debug, Serialize)]
pub(crate) struct Release {
    pub(crate) entity: String,
    /// How `object` is written.
    pub(crate) object: String,
}

/// A function, a method or a constructor.
#[derive(Debug, Serialize)]
pub(crate) struct Callable {
    pub(crate) name: String,
    pub(crate) doc: Vec<String>,
    pub(crate) decorators: Vec<String>,
    /// The signatures of overloads, if there are several.
    pub(crate) overloads: Vec<Overload>,
    pub(crate) signature: Signature,
    pub(crate) call: Call,
}

/// One way to call it.
#[derive(Debug, Serialize)]
pub(crate) struct Overload {
    pub(crate) decorators: Vec<String>,
    pub(crate) signature: Signature,
}

/// The signature after `def` and the name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Signature {
    pub(crate) parameters: Vec<String>,
    pub(crate) returns: String,
}

/// A call of an entity.
#[derive(Debug, Serialize)]
pub(crate) struct Call {
    pub(crate) entity: String,
    pub(crate) arguments: Vec<String>,
    pub(crate) becomes: Becomes,
}

/// How the result is used.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "form", rename_all = "snake_case")]
pub(crate) enum Becomes {
    /// There is none.
    Nothing,
    /// It is returned.
    Result,
    /// It is or contains objects of stub classes, and is returned.
    Object,
    /// It is the handle of a new instance.
    #[serde(rename = "self")]
    Own,
}

/// A global that loads what a function calls.
#[derive(Debug, Serialize)]
#[serde(tag = "form", rename_all = "snake_case")]
pub(crate) enum Entity {
    /// One entity.
    Single {
        name: String,
        result: String,
        request: Request,
        /// `lifts="…"`, `wraps="…"`.
        options: Vec<String>,
    },
    /// One of several overloads.
    Overload {
        name: String,
        request: Request,
        /// A tuple, as text.
        takes: String,
        /// `lifts=…`, `lowers=True`, `rest=True`.
        options: Vec<String>,
    },
    /// All overloads of one name.
    Overloads { name: String, label: String, result: String, functions: Vec<String> },
}
