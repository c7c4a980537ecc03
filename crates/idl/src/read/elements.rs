//! What each element of the model consists of.
//!
//! `*_FIELDS` are the names that an element may have; flattened elements join
//! the lists of their parts.

use metaffi_entity_path::EntityPath;

use super::fields::{Fields, Reader, text};
use super::place::Place;
use crate::model::{Class, Field, Function, Global, Idl, Method, Module, Parameter};
use crate::types::{Base, Type};

const IDL_FIELDS: &[&str] = &[
    "idl_source",
    "idl_extension",
    "idl_filename_with_extension",
    "idl_full_path",
    "metaffi_guest_lib",
    "target_language",
    "modules",
];
const MODULE_FIELDS: &[&str] =
    &["name", "comment", "tags", "functions", "classes", "globals", "external_resources"];
const FUNCTION_FIELDS: &[&str] =
    &["name", "comment", "tags", "entity_path", "parameters", "return_values", "overload_index"];
const METHOD_FIELDS: &[&str] = &["instance_required"];
const CLASS_FIELDS: &[&str] =
    &["name", "comment", "tags", "entity_path", "constructors", "release", "methods", "fields"];
const PARAMETER_FIELDS: &[&str] =
    &["name", "type", "type_alias", "comment", "tags", "dimensions", "is_optional"];
const VARIABLE_FIELDS: &[&str] = &["getter", "setter"];

/// The ABI counts an array's rank in one byte.
const MAX_DIMENSIONS: i64 = u8::MAX as i64;

pub(super) fn idl(reader: &Reader, place: &Place<'_>) -> Idl {
    let Some(fields) = reader.object(place, &[IDL_FIELDS]) else { return Idl::default() };
    let idl = Idl {
        idl_source: fields.name("idl_source"),
        idl_extension: fields.text("idl_extension"),
        idl_filename_with_extension: fields.text("idl_filename_with_extension"),
        idl_full_path: fields.text("idl_full_path"),
        metaffi_guest_lib: fields.text("metaffi_guest_lib"),
        target_language: fields.name("target_language"),
        modules: fields
            .require("modules")
            .map(|_| fields.list("modules", module))
            .unwrap_or_default(),
    };
    check_stem(&fields, &idl.idl_source);
    idl
}

/// Files are named after the stem, so it must not lead out of their folder.
fn check_stem(fields: &Fields<'_>, stem: &str) {
    let starts = stem.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let identifier = starts && stem.chars().all(|c| c.is_alphanumeric() || c == '_');
    if let Some(place) = fields.find("idl_source").filter(|_| !stem.is_empty() && !identifier) {
        fields.reader.fault(&place, format_args!("must be an identifier, and is '{stem}'"));
    }
}

fn module(reader: &Reader, place: &Place<'_>) -> Module {
    let Some(fields) = reader.object(place, &[MODULE_FIELDS]) else { return Module::default() };
    Module {
        name: fields.name("name"),
        comment: fields.text("comment"),
        tags: fields.tags(),
        functions: fields.list("functions", function),
        classes: fields.list("classes", class),
        globals: fields.list("globals", global),
        external_resources: fields.list("external_resources", text),
    }
}

fn function(reader: &Reader, place: &Place<'_>) -> Function {
    reader.object(place, &[FUNCTION_FIELDS]).map(function_of).unwrap_or_default()
}

fn function_of(fields: Fields<'_>) -> Function {
    Function {
        name: fields.name("name"),
        comment: fields.text("comment"),
        tags: fields.tags(),
        entity_path: loadable_path(fields),
        parameters: fields.list("parameters", parameter),
        return_values: fields.list("return_values", parameter),
        overload_index: fields.integer("overload_index", 0, u32::MAX.into()).unwrap_or(0) as u32,
    }
}

/// The entity path of something that a host loads: it cannot be empty.
fn loadable_path(fields: Fields<'_>) -> EntityPath {
    let is_empty = |place: &Place<'_>| place.value.as_object().is_some_and(|map| map.is_empty());
    if let Some(place) = fields.require("entity_path").filter(is_empty) {
        fields.reader.fault(&place, "must not be empty: it is what a host loads");
    }
    fields.entity_path()
}

fn method(reader: &Reader, place: &Place<'_>) -> Method {
    let Some(fields) = reader.object(place, &[FUNCTION_FIELDS, METHOD_FIELDS]) else {
        return Method::default();
    };
    Method { function: function_of(fields), instance_required: fields.flag("instance_required") }
}

fn class(reader: &Reader, place: &Place<'_>) -> Class {
    let Some(fields) = reader.object(place, &[CLASS_FIELDS]) else { return Class::default() };
    Class {
        name: fields.name("name"),
        comment: fields.text("comment"),
        tags: fields.tags(),
        entity_path: fields.entity_path(),
        constructors: fields.list("constructors", function),
        release: fields.element("release", method),
        methods: fields.list("methods", method),
        fields: fields.list("fields", field),
    }
}

fn parameter(reader: &Reader, place: &Place<'_>) -> Parameter {
    let fields = reader.object(place, &[PARAMETER_FIELDS]);
    fields.map_or_else(no_parameter, |fields| parameter_of(fields, fields.text("name")))
}

/// Stands in for a parameter whose fault is noted.
fn no_parameter() -> Parameter {
    Parameter::new("", Base::Any)
}

fn parameter_of(fields: Fields<'_>, name: String) -> Parameter {
    let ty = type_of(fields);
    let dimensions = dimensions(fields, ty);
    Parameter {
        name,
        ty: ty.unwrap_or(Base::Any.into()),
        type_alias: fields.text("type_alias"),
        comment: fields.text("comment"),
        tags: fields.tags(),
        dimensions,
        is_optional: fields.flag("is_optional"),
    }
}

fn type_of(fields: Fields<'_>) -> Option<Type> {
    let place = fields.require("type")?;
    let parsed = place.value.is_string().then(|| text(fields.reader, &place).parse());
    match parsed {
        Some(Ok(ty)) => return Some(ty),
        Some(Err(unknown)) => fields.reader.fault(&place, unknown),
        None => drop(text(fields.reader, &place)),
    }
    None
}

/// Left out, a typed array has one dimension and `array` an unknown number.
fn dimensions(fields: Fields<'_>, ty: Option<Type>) -> i32 {
    let said = fields.integer("dimensions", -1, MAX_DIMENSIONS);
    let (Some(said), Some(ty)) = (said, ty) else {
        return if ty == Some(Type::ARRAY) { -1 } else { ty.is_some_and(Type::is_array).into() };
    };
    let fits = ty.is_array() == (said != 0);
    if let Some(place) = fields.find("dimensions").filter(|_| !fits) {
        let right = if ty.is_array() { "1 or more (-1 for unknown)" } else { "0" };
        fields.reader.fault(&place, format_args!("must be {right} for type {ty}, and is {said}"));
    }
    said as i32
}

fn field(reader: &Reader, place: &Place<'_>) -> Field {
    let Some(fields) = reader.object(place, &[PARAMETER_FIELDS, VARIABLE_FIELDS]) else {
        return Field { value: no_parameter(), getter: None, setter: None };
    };
    Field {
        value: parameter_of(fields, fields.name("name")),
        getter: fields.element("getter", method),
        setter: fields.element("setter", method),
    }
}

fn global(reader: &Reader, place: &Place<'_>) -> Global {
    let Some(fields) = reader.object(place, &[PARAMETER_FIELDS, VARIABLE_FIELDS]) else {
        return Global { value: no_parameter(), getter: None, setter: None };
    };
    Global {
        value: parameter_of(fields, fields.name("name")),
        getter: fields.element("getter", function),
        setter: fields.element("setter", function),
    }
}
