//! Reads type trees, and the literals in them.

use serde_json::Value;

use super::fields::{Fields, Reader, text};
use super::place::Place;
use crate::literal::Literal;
use crate::tree::TypeTree;
use crate::types::Base;

/// The ABI stores an array's rank in one byte.
pub(super) const MAX_RANK: i64 = u8::MAX as i64;

/// The maximum nesting depth of types, which bounds the recursion.
const MAX_DEPTH: usize = 64;

const OF: &[&str] = &["of"];
const ITEMS: &[&str] = &["items"];

/// Each kind of type with its fields.
const KINDS: &[(&str, &[&str])] = &[
    ("scalar", &["type"]),
    ("text", &[]),
    ("bytes", &[]),
    ("any", &[]),
    ("none", &[]),
    ("optional", OF),
    ("array", &["of", "rank", "packed"]),
    ("list", OF),
    ("map", &["key", "value"]),
    ("set", OF),
    ("iterator", OF),
    ("iterable", OF),
    ("tuple", ITEMS),
    ("function", &["parameters", "results", "raises"]),
    ("class", &["id", "arguments"]),
    ("foreign", &["name", "arguments"]),
    ("variable", &["name"]),
    ("union", ITEMS),
    ("literal", &["values"]),
    ("awaitable", OF),
];

/// The type at `place`; `any` after a problem.
pub(super) fn tree(reader: &Reader, place: &Place<'_>) -> TypeTree {
    if place.depth() > MAX_DEPTH * 2 {
        reader.report(place, format_args!("types nest {MAX_DEPTH} deep at most"));
        return TypeTree::Any;
    }
    let kind = place.value.get("kind").and_then(Value::as_str);
    let known = KINDS.iter().find(|(name, _)| Some(*name) == kind).map(|(_, fields)| *fields);
    let Some(fields) = reader.object(place, &[&["kind"], known.unwrap_or(&[])]) else {
        return TypeTree::Any;
    };
    if known.is_none() {
        fields.require("kind");
        let kinds: Vec<&str> = KINDS.iter().map(|(name, _)| *name).collect();
        fields.choice("kind", &kinds);
        return TypeTree::Any;
    }
    of_kind(kind.unwrap_or_default(), fields)
}

fn of_kind(kind: &str, fields: Fields<'_>) -> TypeTree {
    let of = || Box::new(part(fields, "of"));
    let items = |name| fields.list(name, tree);
    match kind {
        "scalar" => TypeTree::Scalar { base: scalar(fields) },
        "text" => TypeTree::Text,
        "bytes" => TypeTree::Bytes,
        "none" => TypeTree::None,
        "optional" => TypeTree::Optional { of: of() },
        "array" => TypeTree::Array { of: of(), rank: rank(fields), packed: fields.flag("packed") },
        "list" => TypeTree::List { of: of() },
        "map" => TypeTree::Map {
            key: Box::new(part(fields, "key")),
            value: Box::new(part(fields, "value")),
        },
        "set" => TypeTree::Set { of: of() },
        "iterator" => TypeTree::Iterator { of: of() },
        "iterable" => TypeTree::Iterable { of: of() },
        "tuple" => TypeTree::Tuple { items: required(fields, "items") },
        "union" => TypeTree::Union { items: required(fields, "items") },
        "function" => TypeTree::Function {
            parameters: fields.find("parameters").map(|_| items("parameters")),
            results: required(fields, "results"),
            raises: items("raises"),
        },
        "class" => TypeTree::Class { id: fields.name("id"), arguments: items("arguments") },
        "foreign" => TypeTree::Foreign { name: fields.name("name"), arguments: items("arguments") },
        "variable" => TypeTree::Variable { name: fields.name("name") },
        "literal" => {
            fields.require("values");
            TypeTree::Literal { values: fields.list("values", literal) }
        }
        "awaitable" => TypeTree::Awaitable { of: of() },
        _ => TypeTree::Any,
    }
}

fn part(fields: Fields<'_>, name: &'static str) -> TypeTree {
    fields.require(name).map_or(TypeTree::Any, |place| tree(fields.reader, &place))
}

fn required(fields: Fields<'_>, name: &'static str) -> Vec<TypeTree> {
    fields.require(name);
    fields.list(name, tree)
}

fn rank(fields: Fields<'_>) -> i32 {
    fields.require("rank");
    match fields.integer("rank", -1, MAX_RANK) {
        Some(0) => {
            let place = fields.find("rank");
            place.iter().for_each(|place| {
                fields.reader.report(place, "must be 1 or more (-1 for unknown), but is 0");
            });
            1
        }
        value => value.unwrap_or(1) as i32,
    }
}

fn scalar(fields: Fields<'_>) -> Base {
    let names: Vec<&str> = Base::SCALARS.iter().map(|base| base.name()).collect();
    fields.require("type");
    let named = fields.choice("type", &names);
    named.map_or(Base::Int64, |index| Base::SCALARS[index])
}

/// The value at `place`; null after a problem.
pub(super) fn literal(reader: &Reader, place: &Place<'_>) -> Literal {
    match place.value {
        Value::Null => Literal::Null,
        Value::Bool(value) => Literal::Bool(*value),
        Value::String(text) => Literal::Text(text.clone()),
        Value::Number(number) if number.is_f64() => {
            Literal::Float(number.as_f64().unwrap_or_default())
        }
        Value::Number(number) => Literal::Integer(number.to_string()),
        Value::Object(map) if map.len() == 1 => {
            let (name, value) = map.iter().next().unwrap_or_else(|| unreachable!("one entry"));
            spelled(reader, &place.field(name, value), name)
        }
        _ => {
            let kind = place.kind();
            reader.report(
                place,
                format_args!(
                    "must be null, a boolean, a number, a string, or an object with one of \
                     bytes, float and integer, but is {kind}"
                ),
            );
            Literal::Null
        }
    }
}

/// `{"bytes": "00ff"}`, `{"float": "nan"}`, `{"integer": "18446744073709551616"}`.
fn spelled(reader: &Reader, place: &Place<'_>, name: &str) -> Literal {
    let value = text(reader, place);
    let read = match name {
        "bytes" => bytes(&value).map(Literal::Bytes),
        "float" => match value.as_str() {
            "nan" => Some(Literal::Float(f64::NAN)),
            "inf" => Some(Literal::Float(f64::INFINITY)),
            "-inf" => Some(Literal::Float(f64::NEG_INFINITY)),
            _ => None,
        },
        "integer" => Literal::is_integer(&value).then(|| Literal::Integer(value.clone())),
        _ => None,
    };
    read.unwrap_or_else(|| {
        if place.value.is_string() {
            reader.report(
                place,
                "must be \"bytes\" with pairs of lower-case hexadecimal digits, \"float\" with nan, \
                 inf or -inf, or \"integer\" with decimal digits",
            );
        }
        Literal::Null
    })
}

fn bytes(digits: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let pair = |pair: &[u8]| match pair {
        [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
        _ => None,
    };
    digits.as_bytes().chunks(2).map(pair).collect()
}
