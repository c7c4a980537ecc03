//! The data that the templates print. It is plain data: everything is already decided.

use serde::Serialize;

/// A source file.
#[derive(Debug, Serialize)]
pub(crate) struct File {
    /// What the stubs are generated from, and by which version.
    pub(crate) origin: String,
    pub(crate) package: String,
    pub(crate) imports: Vec<String>,
    pub(crate) class: Class,
}

/// A class or an interface.
#[derive(Debug, Serialize)]
pub(crate) struct Class {
    pub(crate) doc: Vec<String>,
    pub(crate) annotations: Vec<String>,
    /// `public class Shop extends GuestObject`.
    pub(crate) declaration: String,
    pub(crate) fields: Vec<Field>,
    pub(crate) methods: Vec<Method>,
    pub(crate) nested: Vec<Class>,
}

/// A field with its value.
#[derive(Debug, Serialize)]
pub(crate) struct Field {
    pub(crate) doc: Vec<String>,
    /// Without the semicolon.
    pub(crate) text: String,
    /// Calls chained to the value, one on each line.
    pub(crate) chain: Vec<String>,
}

/// A method or a constructor.
#[derive(Debug, Serialize)]
pub(crate) struct Method {
    pub(crate) doc: Vec<String>,
    pub(crate) annotations: Vec<String>,
    pub(crate) declaration: String,
    /// Statements, indented.
    pub(crate) body: Vec<String>,
}

impl Field {
    pub(crate) fn plain(text: String) -> Field {
        Field { doc: Vec::new(), text, chain: Vec::new() }
    }
}
