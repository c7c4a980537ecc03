//! The data of the templates: strings, in the order in which they are printed.

use metaffi_stubs::Simplified;
use serde::Serialize;

/// A file of stubs.
#[derive(Debug, Serialize)]
pub(crate) struct File {
    pub(crate) origin: String,
    pub(crate) name: String,
    pub(crate) version: &'static str,
    pub(crate) docs: Vec<String>,
    /// The operations on any object: a path and types, or `None`.
    pub(crate) operations: Vec<Option<Operation>>,
    pub(crate) constants: Vec<Constant>,
    pub(crate) classes: Vec<Class>,
    pub(crate) functions: Vec<Function>,
    pub(crate) builders: Vec<Builder>,
    /// The names of the standard library.
    pub(crate) std: Standard,
    /// Not printed: the types that Rust cannot express.
    #[serde(skip)]
    pub(crate) simplified: Vec<Simplified>,
}

/// The names of the standard library as this file writes them.
#[derive(Debug, Serialize)]
pub(crate) struct Standard {
    pub(crate) result: String,
    pub(crate) into: String,
    pub(crate) option: String,
    pub(crate) vec: String,
    pub(crate) string: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct Operation {
    pub(crate) path: String,
    pub(crate) parameters: Vec<String>,
    pub(crate) results: Vec<String>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Constant {
    pub(crate) docs: Vec<String>,
    pub(crate) name: String,
    pub(crate) ty: String,
    pub(crate) value: String,
}

/// A class of any kind.
#[derive(Debug, Serialize)]
pub(crate) struct Class {
    pub(crate) docs: Vec<String>,
    pub(crate) deprecated: Vec<String>,
    pub(crate) name: String,
    /// The type parameters' names.
    pub(crate) own: Vec<String>,
    /// The first lines of the `impl` for functions with an object.
    pub(crate) implementation: Vec<String>,
    pub(crate) id: String,
    pub(crate) form: Form,
    pub(crate) constants: Vec<Constant>,
    pub(crate) functions: Vec<Function>,
    /// Functions without an object.
    pub(crate) statics: Vec<Function>,
    pub(crate) iterate: Option<Iterate>,
    pub(crate) ordered: Option<Ordered>,
    pub(crate) interface: Option<Interface>,
}

/// The Rust type of a class.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase", tag = "is")]
pub(crate) enum Form {
    /// A struct around an object.
    Object {
        base: String,
        ancestors: Vec<String>,
        items: Option<String>,
        entries: Option<(String, String)>,
        heirs: Vec<String>,
    },
    /// A struct around a plain value.
    Value { inner: String },
    /// An enum.
    Choice { members: Vec<Member>, ancestors: Vec<String> },
}

#[derive(Debug, Serialize)]
pub(crate) struct Member {
    pub(crate) docs: Vec<String>,
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) text: String,
}

/// How `&Class` is iterated over.
#[derive(Debug, Serialize)]
pub(crate) struct Iterate {
    pub(crate) ty: String,
    pub(crate) element: String,
    pub(crate) iterate: Option<String>,
    pub(crate) has_next: Option<String>,
    pub(crate) next: Option<String>,
}

/// How objects are compared.
#[derive(Debug, Serialize)]
pub(crate) struct Ordered {
    pub(crate) ty: String,
    pub(crate) method: String,
}

/// A trait for Rust values that implement an interface of the guest.
#[derive(Debug, Serialize)]
pub(crate) struct Interface {
    pub(crate) name: String,
    pub(crate) class: String,
    pub(crate) methods: Vec<Required>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Required {
    pub(crate) docs: Vec<String>,
    pub(crate) name: String,
    pub(crate) guest_name: String,
    /// The parameters with their types.
    pub(crate) parameters: String,
    pub(crate) returns: String,
}

/// A function, a method or a constructor.
#[derive(Debug, Serialize)]
pub(crate) struct Function {
    pub(crate) docs: Vec<String>,
    pub(crate) deprecated: Vec<String>,
    /// Whether it gets `#[rustfmt::skip]`.
    pub(crate) is_skipped: bool,
    /// The lines of the signature, including the brace.
    pub(crate) head: Vec<String>,
    pub(crate) body: Vec<String>,
}

/// A builder, which collects optional arguments.
#[derive(Debug, Serialize)]
pub(crate) struct Builder {
    pub(crate) docs: Vec<String>,
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) has_rest: bool,
    pub(crate) has_named: bool,
    pub(crate) by_place: Vec<Place>,
    pub(crate) setters: Vec<Setter>,
    pub(crate) is_skipped: bool,
    pub(crate) call: String,
    /// Whether the call is asynchronous.
    pub(crate) is_async: bool,
    pub(crate) entity_result: String,
    pub(crate) body: Vec<String>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Place {
    pub(crate) name: String,
    pub(crate) default: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct Setter {
    pub(crate) docs: Vec<String>,
    pub(crate) head: Vec<String>,
    pub(crate) body: Vec<String>,
}
