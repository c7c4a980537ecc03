//! Reads the fields of one object, each as its expected type.
//!
//! An invalid field is reported and read as its default, so that reading
//! continues.

use std::cell::RefCell;
use std::fmt;

use metaffi_entity_path::EntityPath;
use serde_json::{Map, Value};

use super::IdlDiagnostic;
use super::place::Place;
use crate::model::Tags;

/// Collects the problems of one document.
#[derive(Default)]
pub(super) struct Reader {
    diagnostics: RefCell<Vec<IdlDiagnostic>>,
}

impl Reader {
    pub(super) fn into_diagnostics(self) -> Vec<IdlDiagnostic> {
        self.diagnostics.into_inner()
    }

    pub(super) fn report(&self, place: &Place<'_>, message: impl fmt::Display) {
        let diagnostic = IdlDiagnostic { path: place.to_string(), message: message.to_string() };
        self.diagnostics.borrow_mut().push(diagnostic);
    }

    /// The object at `place`, which may only have the fields `known`.
    pub(super) fn object<'a>(
        &'a self,
        place: &'a Place<'a>,
        known: &[&[&str]],
    ) -> Option<Fields<'a>> {
        let Value::Object(map) = place.value else {
            self.report(place, format_args!("must be an object, but is {}", place.kind()));
            return None;
        };
        for (name, value) in map {
            if !known.iter().any(|names| names.contains(&name.as_str())) {
                let known = known.concat().join(", ");
                self.report(
                    &place.field(name, value),
                    format_args!("unknown field: an element of this kind has {known}"),
                );
            }
        }
        Some(Fields { reader: self, place, map })
    }
}

/// An object that is being read.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    pub(super) reader: &'a Reader,
    place: &'a Place<'a>,
    map: &'a Map<String, Value>,
}

impl<'a> Fields<'a> {
    /// The place of the field `name`, if it exists.
    pub(super) fn find(&self, name: &'a str) -> Option<Place<'a>> {
        self.map.get(name).map(|value| self.place.field(name, value))
    }

    /// Like [`find`](Self::find), but reports a missing field.
    pub(super) fn require(&self, name: &'a str) -> Option<Place<'a>> {
        let found = self.find(name);
        if found.is_none() {
            self.reader.report(self.place, format_args!("'{name}' is missing"));
        }
        found
    }

    /// An optional string.
    pub(super) fn text(&self, name: &'a str) -> String {
        self.find(name).map(|place| self.text_at(&place)).unwrap_or_default()
    }

    /// A required, non-empty string.
    pub(super) fn name(&self, name: &'a str) -> String {
        let Some(place) = self.require(name) else { return String::new() };
        if place.value == "" {
            self.reader.report(&place, "must not be empty");
        }
        self.text_at(&place)
    }

    /// An optional boolean, false by default.
    pub(super) fn flag(&self, name: &'a str) -> bool {
        let Some(place) = self.find(name) else { return false };
        place.value.as_bool().unwrap_or_else(|| {
            self.reader
                .report(&place, format_args!("must be true or false, but is {}", place.kind()));
            false
        })
    }

    /// An optional string that is one of `names`; returns its index.
    pub(super) fn choice(&self, name: &'a str, names: &[&str]) -> Option<usize> {
        let place = self.find(name)?;
        let found = place.value.as_str().and_then(|text| names.iter().position(|n| *n == text));
        if found.is_none() {
            let (value, names) = (place.value, names.join(", "));
            self.reader.report(&place, format_args!("must be one of {names}, but is {value}"));
        }
        found
    }

    /// An optional string; `None` if missing.
    pub(super) fn optional_text(&self, name: &'a str) -> Option<String> {
        self.find(name).map(|place| self.text_at(&place))
    }

    /// An optional integer from `low` to `high`.
    pub(super) fn integer(&self, name: &'a str, low: i64, high: i64) -> Option<i64> {
        let place = self.find(name)?;
        // JSON schema also accepts 2.0 as an integer.
        let whole = place.value.as_f64().filter(|number| number.fract() == 0.0);
        let number = place.value.as_i64().or(whole.map(|number| number as i64));
        let fitting = number.filter(|number| (low..=high).contains(number));
        if fitting.is_none() {
            self.reader.report(
                &place,
                format_args!("must be an integer from {low} to {high}, but is {}", place.value),
            );
        }
        fitting
    }

    /// An optional list, whose items are read by `read`.
    pub(super) fn list<T>(&self, name: &'a str, read: impl Fn(&Reader, &Place<'_>) -> T) -> Vec<T> {
        let Some(place) = self.find(name) else { return Vec::new() };
        let Value::Array(items) = place.value else {
            self.reader.report(&place, format_args!("must be an array, but is {}", place.kind()));
            return Vec::new();
        };
        let read = |(index, item)| read(self.reader, &place.item(index, item));
        items.iter().enumerate().map(read).collect()
    }

    /// An element that may be `null` or missing.
    pub(super) fn element<T>(
        &self,
        name: &'a str,
        read: impl Fn(&Reader, &Place<'_>) -> T,
    ) -> Option<T> {
        let place = self.find(name)?;
        (!place.value.is_null()).then(|| read(self.reader, &place))
    }

    /// An optional map of strings.
    pub(super) fn tags(&self) -> Tags {
        self.strings("tags").into_iter().collect()
    }

    /// An optional entity path.
    pub(super) fn entity_path(&self) -> EntityPath {
        let mut path = EntityPath::new();
        for (key, value) in self.strings("entity_path") {
            match path.clone().try_with(&key, &value) {
                Ok(longer) => path = longer,
                Err(error) => self.entity_path_error(&key, error.kind()),
            }
        }
        path
    }

    fn entity_path_error(&self, key: &str, kind: &metaffi_entity_path::ParseErrorKind) {
        let place = self.place.field("entity_path", self.place.value);
        self.reader.report(&place.field(key, place.value), kind);
    }

    /// The entries of a map of strings, in order.
    fn strings(&self, name: &'a str) -> Vec<(String, String)> {
        let Some(place) = self.find(name) else { return Vec::new() };
        let Value::Object(map) = place.value else {
            self.reader.report(&place, format_args!("must be an object, but is {}", place.kind()));
            return Vec::new();
        };
        let entry = |(key, value): (&String, &Value)| {
            let text = self.text_at(&place.field(key, value));
            value.is_string().then(|| (key.clone(), text))
        };
        map.iter().filter_map(entry).collect()
    }

    fn text_at(&self, place: &Place<'_>) -> String {
        text(self.reader, place)
    }
}

/// The string at `place`.
pub(super) fn text(reader: &Reader, place: &Place<'_>) -> String {
    let text = place.value.as_str().map(str::to_owned);
    text.unwrap_or_else(|| {
        reader.report(place, format_args!("must be a string, but is {}", place.kind()));
        String::new()
    })
}
