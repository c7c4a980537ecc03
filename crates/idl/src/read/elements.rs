//! Reads each element of the model.
//!
//! `*_FIELDS` are the names of the fields that an element may have. A flattened
//! element combines the lists of its parts.

use std::collections::BTreeMap;

use metaffi_entity_path::EntityPath;

use super::fields::{Fields, Reader, text};
use super::place::Place;
use super::trees::{MAX_RANK, literal, tree};
use crate::json::VERSION;
use crate::model::{
    Alias, Class, ClassKind, DefaultValue, Field, Function, Global, Idl, Member, Method, Module,
    Operation, Parameter, Passing, TypeParameter,
};
use crate::tree::TypeTree;
use crate::types::{Base, Type};

const IDL_FIELDS: &[&str] = &[
    "version",
    "idl_source",
    "idl_extension",
    "idl_filename_with_extension",
    "idl_full_path",
    "metaffi_guest_lib",
    "target_language",
    "has_null_elements",
    "class_of",
    "supertypes_of",
    "object_operations",
    "modules",
];
const MODULE_FIELDS: &[&str] = &[
    "name",
    "comment",
    "tags",
    "functions",
    "classes",
    "globals",
    "is_external",
    "aliases",
    "external_resources",
];
const FUNCTION_FIELDS: &[&str] = &[
    "name",
    "comment",
    "tags",
    "entity_path",
    "parameters",
    "return_values",
    "overload_index",
    "overload_id",
    "type_parameters",
    "raises",
    "is_async",
    "deprecated",
];
const METHOD_FIELDS: &[&str] = &["instance_required", "is_abstract"];
const CLASS_FIELDS: &[&str] = &[
    "name",
    "comment",
    "tags",
    "entity_path",
    "constructors",
    "release",
    "methods",
    "fields",
    "id",
    "kind",
    "type_parameters",
    "bases",
    "outer",
    "is_abstract",
    "behaves_as",
    "operations",
    "members",
    "deprecated",
];
const VALUE_FIELDS: &[&str] = &[
    "name",
    "type",
    "type_alias",
    "comment",
    "tags",
    "dimensions",
    "is_optional",
    "tree",
    "passing",
    "default",
    "accepts",
];
const VARIABLE_FIELDS: &[&str] = &["getter", "setter", "constant"];

pub(super) fn idl(reader: &Reader, place: &Place<'_>) -> Idl {
    let Some(fields) = reader.object(place, &[IDL_FIELDS]) else { return Idl::default() };
    let idl = Idl {
        idl_source: fields.name("idl_source"),
        idl_extension: fields.text("idl_extension"),
        idl_filename_with_extension: fields.text("idl_filename_with_extension"),
        idl_full_path: fields.text("idl_full_path"),
        metaffi_guest_lib: fields.text("metaffi_guest_lib"),
        target_language: fields.name("target_language"),
        has_null_elements: fields.flag("has_null_elements"),
        class_of: fields.element("class_of", function),
        supertypes_of: fields.element("supertypes_of", function),
        object_operations: each_operation(&fields, "object_operations", |fields, name| {
            fields.find(name).map(|place| function(fields.reader, &place))
        }),
        modules: fields
            .require("modules")
            .map(|_| fields.list("modules", module))
            .unwrap_or_default(),
    };
    check_stem(&fields, &idl.idl_source);
    idl
}

/// The version of the document; 1 if it has none.
pub(super) fn version(reader: &Reader, place: &Place<'_>) -> u32 {
    let found = place.value.get("version").map(|value| place.field("version", value));
    let Some(found) = found else { return 1 };
    // JSON schema also accepts 2.0 as an integer.
    let number = found.value.as_f64();
    let known = [1, VERSION].into_iter().find(|known| number == Some(f64::from(*known)));
    known.unwrap_or_else(|| {
        let value = found.value;
        reader.report(
            &found,
            format_args!("must be {VERSION} (or 1), but is {value}: was it written by another version of metaffi?"),
        );
        VERSION
    })
}

/// Files are named after the stem, so it must not leave their folder.
fn check_stem(fields: &Fields<'_>, stem: &str) {
    let starts = stem.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let identifier = starts && stem.chars().all(|c| c.is_alphanumeric() || c == '_');
    if let Some(place) = fields.find("idl_source").filter(|_| !stem.is_empty() && !identifier) {
        fields.reader.report(&place, format_args!("must be an identifier, but is '{stem}'"));
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
        is_external: fields.flag("is_external"),
        aliases: fields.list("aliases", alias),
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
        overload_id: fields.text("overload_id"),
        type_parameters: fields.list("type_parameters", type_parameter),
        raises: fields.list("raises", tree),
        is_async: fields.flag("is_async"),
        deprecated: fields.optional_text("deprecated"),
    }
}

fn type_parameter(reader: &Reader, place: &Place<'_>) -> TypeParameter {
    let Some(fields) = reader.object(place, &[&["name", "bounds"]]) else {
        return TypeParameter::default();
    };
    TypeParameter { name: fields.name("name"), bounds: fields.list("bounds", tree) }
}

/// The entity path of something that a host loads, which must not be empty.
fn loadable_path(fields: Fields<'_>) -> EntityPath {
    let is_empty = |place: &Place<'_>| place.value.as_object().is_some_and(|map| map.is_empty());
    if let Some(place) = fields.require("entity_path").filter(is_empty) {
        fields.reader.report(&place, "must not be empty: it is what a host loads");
    }
    fields.entity_path()
}

fn method(reader: &Reader, place: &Place<'_>) -> Method {
    let Some(fields) = reader.object(place, &[FUNCTION_FIELDS, METHOD_FIELDS]) else {
        return Method::default();
    };
    Method {
        function: function_of(fields),
        instance_required: fields.flag("instance_required"),
        is_abstract: fields.flag("is_abstract"),
    }
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
        id: fields.text("id"),
        kind: class_kind(fields),
        type_parameters: fields.list("type_parameters", type_parameter),
        bases: fields.list("bases", tree),
        outer: fields.optional_text("outer"),
        is_abstract: fields.flag("is_abstract"),
        behaves_as: fields.find("behaves_as").map(|place| tree(fields.reader, &place)),
        operations: operations(fields),
        members: fields.list("members", member),
        deprecated: fields.optional_text("deprecated"),
    }
}

fn operations(fields: Fields<'_>) -> BTreeMap<Operation, String> {
    each_operation(&fields, "operations", |fields, name| fields.optional_text(name))
}

/// A map from operations, whose values are read by `read`.
fn each_operation<T>(
    fields: &Fields<'_>,
    field: &'static str,
    read: impl Fn(&Fields<'_>, &'static str) -> Option<T>,
) -> BTreeMap<Operation, T> {
    let Some(place) = fields.find(field) else { return BTreeMap::new() };
    let names: Vec<&str> = Operation::ALL.iter().map(|(name, _)| *name).collect();
    let Some(fields) = fields.reader.object(&place, &[&names]) else { return BTreeMap::new() };
    let found = |(name, operation): &(&'static str, Operation)| {
        read(&fields, name).map(|value| (*operation, value))
    };
    Operation::ALL.iter().filter_map(found).collect()
}

fn class_kind(fields: Fields<'_>) -> ClassKind {
    let names: Vec<&str> = ClassKind::ALL.iter().map(|(name, _)| *name).collect();
    fields.choice("kind", &names).map_or_else(ClassKind::default, |index| ClassKind::ALL[index].1)
}

fn member(reader: &Reader, place: &Place<'_>) -> Member {
    let Some(fields) = reader.object(place, &[&["name", "comment", "value"]]) else {
        return Member { name: String::new(), comment: String::new(), value: None };
    };
    Member {
        name: fields.name("name"),
        comment: fields.text("comment"),
        value: fields.find("value").map(|place| literal(fields.reader, &place)),
    }
}

fn alias(reader: &Reader, place: &Place<'_>) -> Alias {
    let Some(fields) = reader.object(place, &[&["name", "tree", "comment"]]) else {
        return Alias { name: String::new(), tree: TypeTree::Any, comment: String::new() };
    };
    let named = fields.require("tree").map(|place| tree(fields.reader, &place));
    Alias {
        name: fields.name("name"),
        tree: named.unwrap_or(TypeTree::Any),
        comment: fields.text("comment"),
    }
}

fn parameter(reader: &Reader, place: &Place<'_>) -> Parameter {
    let fields = reader.object(place, &[VALUE_FIELDS]);
    fields.map_or_else(no_parameter, |fields| parameter_of(fields, fields.text("name")))
}

/// A placeholder for a parameter with a reported problem.
fn no_parameter() -> Parameter {
    Parameter::new("", Base::Any)
}

fn parameter_of(fields: Fields<'_>, name: String) -> Parameter {
    let ty = type_of(fields);
    let dimensions = dimensions(fields, ty);
    let ty = ty.unwrap_or(Base::Any.into());
    let type_alias = fields.text("type_alias");
    let value = fields.find("tree").map(|place| tree(fields.reader, &place));
    Parameter {
        name,
        ty,
        comment: fields.text("comment"),
        tags: fields.tags(),
        dimensions,
        is_optional: fields.flag("is_optional"),
        tree: value.unwrap_or_else(|| TypeTree::of_crossing(ty, dimensions, &type_alias)),
        type_alias,
        passing: passing(fields),
        default_value: fields.element("default", default_value).flatten(),
        accepts: fields.list("accepts", accepted).into_iter().flatten().collect(),
    }
}

fn passing(fields: Fields<'_>) -> Passing {
    let names: Vec<&str> = Passing::ALL.iter().map(|(name, _)| *name).collect();
    fields.choice("passing", &names).map_or_else(Passing::default, |index| Passing::ALL[index].1)
}

fn default_value(reader: &Reader, place: &Place<'_>) -> Option<DefaultValue> {
    let fields = reader.object(place, &[&["value", "source"]])?;
    let value = fields.find("value").map(|place| literal(reader, &place));
    let source = fields.optional_text("source");
    match (value, source) {
        (Some(value), None) => Some(DefaultValue::Value(value)),
        (None, Some(source)) => Some(DefaultValue::Source(source)),
        _ => {
            reader.report(place, "must have either 'value' or 'source'");
            None
        }
    }
}

fn accepted(reader: &Reader, place: &Place<'_>) -> Option<Type> {
    match text(reader, place).parse() {
        Ok(ty) => Some(ty),
        Err(unknown) if place.value.is_string() => {
            reader.report(place, unknown);
            None
        }
        Err(_) => None,
    }
}

fn type_of(fields: Fields<'_>) -> Option<Type> {
    let place = fields.require("type")?;
    let parsed = place.value.is_string().then(|| text(fields.reader, &place).parse());
    match parsed {
        Some(Ok(ty)) => return Some(ty),
        Some(Err(unknown)) => fields.reader.report(&place, unknown),
        None => drop(text(fields.reader, &place)),
    }
    None
}

/// If omitted, a typed array has one dimension, and `array` an unknown number.
fn dimensions(fields: Fields<'_>, ty: Option<Type>) -> i32 {
    let value = fields.integer("dimensions", -1, MAX_RANK);
    let (Some(value), Some(ty)) = (value, ty) else {
        return if ty == Some(Type::ARRAY) { -1 } else { ty.is_some_and(Type::is_array).into() };
    };
    let fits = ty.is_array() == (value != 0);
    if let Some(place) = fields.find("dimensions").filter(|_| !fits) {
        let right = if ty.is_array() { "1 or more (-1 for unknown)" } else { "0" };
        fields.reader.report(&place, format_args!("must be {right} for type {ty}, but is {value}"));
    }
    value as i32
}

fn field(reader: &Reader, place: &Place<'_>) -> Field {
    let Some(fields) = reader.object(place, &[VALUE_FIELDS, VARIABLE_FIELDS]) else {
        return Field::of(no_parameter());
    };
    Field {
        value: parameter_of(fields, fields.name("name")),
        getter: fields.element("getter", method),
        setter: fields.element("setter", method),
        constant: fields.find("constant").map(|place| literal(fields.reader, &place)),
    }
}

fn global(reader: &Reader, place: &Place<'_>) -> Global {
    let Some(fields) = reader.object(place, &[VALUE_FIELDS, VARIABLE_FIELDS]) else {
        return Global::of(no_parameter());
    };
    Global {
        value: parameter_of(fields, fields.name("name")),
        getter: fields.element("getter", function),
        setter: fields.element("setter", function),
        constant: fields.find("constant").map(|place| literal(fields.reader, &place)),
    }
}
