//! The fields that hold the called entities: one for each entity of a class.
//!
//! A class sets its fields in its static initializer, whose size Java limits. Large modules keep
//! some of their fields in nested classes.

use std::collections::{HashMap, HashSet};

use metaffi_stubs::{Names, Request};

use crate::javadoc::Comment;
use crate::literals::quote;
use crate::names::{constant, identifier};
use crate::spelling::Spelling;
use crate::view;

/// The maximum length of a field's name, before it is result unique.
const MAX_NAME: usize = 40;

/// The maximum size in bytes of the code that sets fields. Java allows 65,535 bytes, and other code
/// needs some of them.
const MAX_CODE: usize = 40_000;

/// The entities of one class.
pub(crate) struct Entities {
    names: Names,
    known: HashMap<Request, String>,
    /// Each with the number of the nested class that contains it, or 0.
    list: Vec<(Request, String, usize)>,
    /// The prefix of a field's name where it is used: `Instance.`
    prefix: String,
    /// The name of the nested classes, if nested classes are allowed.
    within: Option<String>,
    /// The number of nested classes.
    count: usize,
    /// The size in bytes of the code that sets the fields of the last one.
    size: usize,
}

impl Entities {
    pub(crate) fn new(prefix: String, taken: impl IntoIterator<Item = String>) -> Entities {
        let taken: Vec<String> = taken.into_iter().collect();
        let names = Names::new(identifier).without(taken.iter().map(String::as_str));
        let (known, list) = (HashMap::new(), Vec::new());
        Entities { names, known, list, prefix, within: None, count: 0, size: 0 }
    }

    /// The same, with nested classes for the fields that exceed the limit. Only classes can hide
    /// nested classes, so interfaces have none.
    pub(crate) fn split(mut self, taken: &HashSet<String>) -> Entities {
        let mut name = "Entities".to_owned();
        while taken.iter().any(|one| one.starts_with(&name)) {
            name.push('_');
        }
        self.within = Some(name);
        self
    }

    /// The field of an entity.
    pub(crate) fn field(&mut self, preferred: &str, request: Request) -> String {
        if let Some(field) = self.known.get(&request) {
            return field.clone();
        }
        let preferred: String = preferred.chars().take(MAX_NAME).collect();
        let name = self.names.give(&constant(&preferred));
        let size = code_size(&request);
        if self.within.is_some() && self.size + size > MAX_CODE {
            self.count += 1;
            self.size = 0;
        }
        self.size += size;
        let field = match &self.within {
            Some(within) if self.count > 0 => format!("{within}{}.{name}", self.count),
            _ => format!("{}{name}", self.prefix),
        };
        self.list.push((request.clone(), name, self.count));
        self.known.insert(request, field.clone());
        field
    }

    /// The class's own fields with their values.
    pub(crate) fn fields(
        &self,
        module: &str,
        access: &str,
        spelling: &Spelling<'_>,
    ) -> Vec<String> {
        self.fields_of(0, module, access, spelling)
    }

    fn fields_of(
        &self,
        class: usize,
        module: &str,
        access: &str,
        spelling: &Spelling<'_>,
    ) -> Vec<String> {
        let entity = spelling.stubs("Entity");
        let field = |(request, name, _): &(Request, String, usize)| {
            let result = entity_of(module, request, spelling);
            format!("{access}static final {entity} {name} = {result}")
        };
        self.list.iter().filter(|(_, _, of)| *of == class).map(field).collect()
    }

    /// The nested classes with the other fields.
    pub(crate) fn classes(&self, module: &str, spelling: &Spelling<'_>) -> Vec<view::Class> {
        let within = self.within.as_deref().unwrap_or_default();
        let class = |number: usize| view::Class {
            doc: Comment::plain("More entities.").lines(),
            annotations: Vec::new(),
            declaration: format!("private static final class {within}{number}"),
            fields: self
                .fields_of(number, module, "", spelling)
                .into_iter()
                .map(view::Field::plain)
                .collect(),
            methods: Vec::new(),
            nested: Vec::new(),
        };
        (1..=self.count).map(class).collect()
    }
}

/// The maximum size in bytes of the code that sets the field of an entity.
fn code_size(request: &Request) -> usize {
    30 + 9 * (request.parameters.len() + request.results.len())
}

/// `Json.MODULE.entity("callable=dumps", …)`.
pub(crate) fn entity_of(module: &str, request: &Request, spelling: &Spelling<'_>) -> String {
    let (parameters, results) =
        (string_array(&request.parameters, spelling), string_array(&request.results, spelling));
    format!("{module}.entity({}, {parameters}, {results})", quote(&request.path))
}

/// `new String[] {"int64"}`.
pub(crate) fn string_array(all: &[String], spelling: &Spelling<'_>) -> String {
    let string = spelling.lang("String");
    if all.is_empty() {
        return format!("new {string}[0]");
    }
    let quoted: Vec<String> = all.iter().map(|one| quote(one)).collect();
    format!("new {string}[] {{{}}}", quoted.join(", "))
}
