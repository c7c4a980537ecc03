//! How generated code writes types.
//!
//! A name of Rust's prelude is written with its path if a class of the module has the
//! same name.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use metaffi_idl::{Base, TypeParameter};
use metaffi_stubs::{ClassId, Classes, Names, Shape};

use crate::names;

/// The names of the standard library that generated code uses.
const STANDARD: &[(&str, &str)] = &[
    ("Box", "std::boxed::Box"),
    ("Fn", "std::ops::Fn"),
    ("Into", "std::convert::Into"),
    ("Option", "std::option::Option"),
    ("Result", "std::result::Result"),
    ("Send", "std::marker::Send"),
    ("String", "std::string::String"),
    ("Sync", "std::marker::Sync"),
    ("Vec", "std::vec::Vec"),
];

/// The names of one file.
pub(crate) struct Spelling<'c, 'a> {
    pub(crate) classes: &'c Classes<'a>,
    taken: HashSet<String>,
}

/// The type parameters that a signature may use, with their names in Rust, and those that it
/// does use.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    names: BTreeMap<String, String>,
    used: RefCell<BTreeSet<String>>,
}

impl Scope {
    /// A scope with the type parameters of a class, and of a function in it.
    pub(crate) fn of(spelling: &Spelling<'_, '_>, all: &[&[TypeParameter]]) -> Scope {
        let mut given = Names::new(names::class).without(spelling.taken.iter().map(String::as_str));
        let mut scope = Scope::default();
        for own in all.iter().copied().flatten() {
            let name = given.give(&own.name);
            scope.names.insert(own.name.clone(), name);
        }
        scope
    }

    /// The Rust name of a type parameter.
    pub(crate) fn name(&self, variable: &str) -> Option<&str> {
        let name = self.names.get(variable)?;
        self.used.borrow_mut().insert(variable.to_owned());
        Some(name)
    }

    /// Removes those of `own` that were not used so far, and returns the names of the others.
    pub(crate) fn settle(&mut self, own: &[TypeParameter]) -> Vec<String> {
        let used = self.used.borrow();
        let mut kept = Vec::new();
        for parameter in own {
            if used.contains(&parameter.name) {
                kept.extend(self.names.get(&parameter.name).cloned());
            } else {
                self.names.remove(&parameter.name);
            }
        }
        kept
    }

    /// A name for a type parameter that the guest does not have.
    pub(crate) fn fresh(&mut self, spelling: &Spelling<'_, '_>, wanted: &str) -> String {
        let is_free = |name: &String| {
            !spelling.taken.contains(name) && !self.names.values().any(|other| other == name)
        };
        let numbered = (2..).map(|number| format!("{wanted}{number}"));
        let mut all = std::iter::once(wanted.to_owned()).chain(numbered);
        let name = all.find(is_free).unwrap_or_else(|| wanted.to_owned());
        self.names.insert(format!("<{name}>"), name.clone());
        name
    }
}

impl<'c, 'a> Spelling<'c, 'a> {
    pub(crate) fn new(classes: &'c Classes<'a>) -> Spelling<'c, 'a> {
        let taken = classes.ids().map(|id| classes.get(id).name.clone()).collect();
        Spelling { classes, taken }
    }

    /// A name of the standard library.
    pub(crate) fn std(&self, name: &str) -> String {
        let path = STANDARD.iter().find(|(known, _)| *known == name).map(|(_, path)| *path);
        match path.filter(|_| self.taken.contains(name)) {
            Some(path) => path.to_owned(),
            None => name.to_owned(),
        }
    }

    pub(crate) fn option(&self, of: &str) -> String {
        format!("{}<{of}>", self.std("Option"))
    }

    pub(crate) fn vec(&self, of: &str) -> String {
        format!("{}<{of}>", self.std("Vec"))
    }

    pub(crate) fn result(&self, of: &str) -> String {
        format!("{}<{of}, stubs::Error>", self.std("Result"))
    }

    /// A class with its type arguments, or without them if none is known.
    pub(crate) fn class(&self, id: ClassId, arguments: &[Shape], scope: &Scope) -> String {
        let info = self.classes.get(id);
        let count = info.class.type_parameters.len();
        if self.is_choice(id) || self.classes.is_value(id) || count == 0 {
            return info.name.clone();
        }
        let spelled = |at| {
            arguments.get(at).map_or("stubs::Value".to_owned(), |one| self.element(one, scope))
        };
        let all: Vec<String> = (0..count).map(spelled).collect();
        if all.iter().all(|one| one == "stubs::Value") {
            return info.name.clone();
        }
        format!("{}<{}>", info.name, all.join(", "))
    }

    /// Whether a class is an enum with members.
    pub(crate) fn is_choice(&self, id: ClassId) -> bool {
        !crate::classes::members(self.classes.get(id).class).is_empty()
    }

    /// A scalar; empty if Rust's type cannot be an element of arrays.
    pub(crate) fn scalar(base: Base) -> &'static str {
        match base {
            Base::Bool => "bool",
            Base::Int8 => "i8",
            Base::Int16 => "i16",
            Base::Int32 => "i32",
            Base::Int64 => "i64",
            Base::Uint8 => "u8",
            Base::Uint16 => "u16",
            Base::Uint32 => "u32",
            Base::Uint64 => "u64",
            Base::Size => "usize",
            Base::Float32 => "f32",
            Base::Float64 => "f64",
            Base::Char8 | Base::Char16 | Base::Char32 => "char",
            _ => "stubs::Value",
        }
    }

    /// A value on its own: an element of a collection, an argument of a closure.
    pub(crate) fn element(&self, shape: &Shape, scope: &Scope) -> String {
        match shape {
            Shape::Scalar(Base::Size) => "u64".to_owned(),
            Shape::Scalar(base) => Self::scalar(*base).to_owned(),
            Shape::Text => self.std("String"),
            Shape::Bytes => self.vec("u8"),
            Shape::Object(id, arguments) => self.class(*id, arguments, scope),
            Shape::Value(id, _) => self.classes.get(*id).name.clone(),
            Shape::Handle => "stubs::Reference".to_owned(),
            Shape::Variable(name) => match scope.name(name) {
                Some(name) => name.to_owned(),
                None => "stubs::Value".to_owned(),
            },
            Shape::Optional(of) => match self.element(of, scope) {
                text if text == "stubs::Value" => text,
                text => self.option(&text),
            },
            Shape::Items(of, Some(class)) => self.class(*class, &[(**of).clone()], scope),
            Shape::Entries(key, value, Some(class)) => {
                self.class(*class, &[(**key).clone(), (**value).clone()], scope)
            }
            Shape::Array(of) | Shape::Packed(of) if is_plain_element(of) => {
                self.vec(&self.element(of, scope))
            }
            _ => "stubs::Value".to_owned(),
        }
    }
}

/// Whether an array of these elements is a single value.
fn is_plain_element(shape: &Shape) -> bool {
    match shape {
        Shape::Scalar(base) => !matches!(base, Base::Size | Base::Char8 | Base::Char16),
        Shape::Text => true,
        _ => false,
    }
}
