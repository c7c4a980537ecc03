//! The JSON schema accepts exactly what the reader accepts.
//!
//! Thousands of variants are made from one complete IDL; the schema and the
//! reader must agree on each.

use jsonschema::Validator;
use metaffi_idl::{Idl, SCHEMA, Type};
use serde_json::{Value, json};

const FULL: &str = include_str!("samples/full.json");

fn schema() -> Validator {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    jsonschema::draft202012::new(&schema).unwrap()
}

fn full() -> Value {
    serde_json::from_str(FULL).unwrap()
}

/// JSON pointers to every value below `value`, starting with `value` itself.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, &format!("{at}/{index}"), found);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                pointers(field, &format!("{at}/{name}"), found);
            }
        }
        _ => {}
    }
}

/// The values that each value is replaced with.
fn replacements() -> Vec<Value> {
    let mut values = vec![
        Value::Null,
        json!(true),
        json!(0),
        json!(1.0),
        json!(1.5),
        json!(-1),
        json!(-2),
        json!(256),
        json!(4_294_967_296_u64),
        json!(""),
        json!(" x"),
        json!("a,b"),
        json!("größe"),
        json!("9"),
        json!("false"),
        json!([]),
        json!({}),
        json!({ "callable": "f" }),
        json!(2),
        json!(3),
        json!({ "kind": "any" }),
        json!({ "kind": "list" }),
        json!({ "kind": "array", "of": { "kind": "text" }, "rank": 0 }),
        json!({ "kind": "class", "id": "shop.Article" }),
        json!({ "bytes": "0" }),
        json!({ "bytes": "00" }),
        json!({ "float": "inf" }),
        json!({ "integer": "007" }),
        json!({ "value": null }),
        json!({ "value": 1, "source": "1" }),
        json!({ "getter": "true", "setter": "true" }),
        json!({ "getter": "true", "setter": "false" }),
        json!({ "a=b": "c" }),
    ];
    values.extend(Type::all().map(|ty| Value::from(ty.to_string())));
    values
}

/// A schema cannot check references: it accepts a document whose only problems
/// are unresolved references.
fn assert_agree(schema: &Validator, document: &Value, what: &str) -> bool {
    let read = Idl::from_json(&document.to_string()).err().unwrap_or_default();
    let is_read = read.iter().all(|report| report.message.starts_with("no class here has the id"));
    let valid = schema.is_valid(document);
    assert_eq!(valid, is_read, "{what}: schema says {valid}, reader says {read:?}");
    valid
}

fn parent(pointer: &str) -> (&str, &str) {
    pointer.rsplit_once('/').expect("not the root")
}

#[test]
fn schema_and_reader_accept_the_samples_of_both_versions() {
    assert!(assert_agree(&schema(), &full(), "the full sample"));
    let old = serde_json::from_str(include_str!("samples/version1.json")).unwrap();
    assert!(assert_agree(&schema(), &old, "the sample of version 1"));
}

#[test]
fn schema_and_reader_agree_on_every_replaced_value() {
    let (schema, mut document) = (schema(), full());
    let (mut places, mut accepted, mut refused) = (Vec::new(), 0, 0);
    pointers(&document, "", &mut places);
    for place in &places {
        let original = document.pointer(place).unwrap().clone();
        for value in replacements() {
            let what = format!("{place} = {value}");
            *document.pointer_mut(place).unwrap() = value;
            let judged = assert_agree(&schema, &document, &what);
            *(if judged { &mut accepted } else { &mut refused }) += 1;
        }
        *document.pointer_mut(place).unwrap() = original;
    }
    assert!(accepted > 1000 && refused > 5000, "{accepted} accepted, {refused} refused");
}

#[test]
fn schema_and_reader_agree_on_every_missing_field() {
    let (schema, document) = (schema(), full());
    let mut places = Vec::new();
    pointers(&document, "", &mut places);
    for place in &places[1..] {
        let (above, name) = parent(place);
        let mut document = document.clone();
        if let Some(Value::Object(fields)) = document.pointer_mut(above) {
            fields.remove(name);
            assert_agree(&schema, &document, &format!("without {place}"));
        }
    }
}

#[test]
fn schema_and_reader_agree_on_every_additional_field() {
    let (schema, document) = (schema(), full());
    let mut places = Vec::new();
    pointers(&document, "", &mut places);
    for place in &places {
        for (name, value) in
            [("nonsense", json!("x")), ("comment", json!("x")), ("getter", json!("true"))]
        {
            let mut document = document.clone();
            if let Some(Value::Object(fields)) = document.pointer_mut(place) {
                fields.insert(name.to_owned(), value);
                assert_agree(&schema, &document, &format!("{place}/{name}"));
            }
        }
    }
}

#[test]
fn printed_models_are_valid() {
    let schema = schema();
    let idl = Idl::from_json(FULL).unwrap();
    let printed: Value = serde_json::from_str(&idl.to_json()).unwrap();
    assert!(schema.is_valid(&printed));
}
