//! How generated code writes the names of classes that it does not define.
//!
//! A class of the JDK or the API is imported, unless the stubs have a class or a type parameter of
//! the same name: then the name is written in full. There is one table for each file.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashSet};

/// The names of one file.
pub(crate) struct Spelling<'p> {
    /// The names of all classes of the stubs, including nested ones.
    taken: &'p HashSet<String>,
    imports: RefCell<BTreeSet<String>>,
}

impl<'p> Spelling<'p> {
    pub(crate) fn new(taken: &'p HashSet<String>) -> Spelling<'p> {
        Spelling { taken, imports: RefCell::default() }
    }

    /// A class by its fully qualified name.
    pub(crate) fn of(&self, full: &str) -> String {
        let (package, simple) = full.rsplit_once('.').unwrap_or(("", full));
        if self.taken.contains(simple) {
            return full.to_owned();
        }
        if package != "java.lang" {
            self.imports.borrow_mut().insert(full.to_owned());
        }
        simple.to_owned()
    }

    /// A class of `java.lang`.
    pub(crate) fn lang(&self, simple: &str) -> String {
        self.of(&format!("java.lang.{simple}"))
    }

    /// A class of `java.util`.
    pub(crate) fn util(&self, simple: &str) -> String {
        self.of(&format!("java.util.{simple}"))
    }

    /// A class of `metaffi.stubs`.
    pub(crate) fn stubs(&self, simple: &str) -> String {
        self.of(&format!("metaffi.stubs.{simple}"))
    }

    /// The imports, in order.
    pub(crate) fn imports(&self) -> Vec<String> {
        self.imports.borrow().iter().cloned().collect()
    }
}
