//! Values in an interface: constants, defaults, enum members.

use std::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};

/// A constant's value.
///
/// The JSON form is `null`, a boolean, a number or a string; `{"bytes":
/// "00ff"}` for bytes, `{"integer": "…"}` for an integer beyond 64 bits and
/// `{"float": "nan"}` (`inf`, `-inf`, `-0.0`) for values that JSON numbers
/// cannot express.
#[derive(Clone, Debug)]
pub enum Literal {
    /// `null`, `None`, `nil`.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer of any size, in decimal digits with an optional `-`.
    Integer(String),
    /// A floating-point number.
    Float(f64),
    /// A string.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// Floats are compared by their bits, so that NaN equals itself.
impl PartialEq for Literal {
    fn eq(&self, other: &Literal) -> bool {
        match (self, other) {
            (Literal::Null, Literal::Null) => true,
            (Literal::Bool(a), Literal::Bool(b)) => a == b,
            (Literal::Integer(a), Literal::Integer(b)) => a == b,
            (Literal::Float(a), Literal::Float(b)) => a.to_bits() == b.to_bits(),
            (Literal::Text(a), Literal::Text(b)) => a == b,
            (Literal::Bytes(a), Literal::Bytes(b)) => a == b,
            _ => false,
        }
    }
}

impl Eq for Literal {}

impl Literal {
    /// An integer.
    pub fn integer(value: impl fmt::Display) -> Literal {
        Literal::Integer(value.to_string())
    }

    /// Whether `digits` is in the form of [`Literal::Integer`].
    pub fn is_integer(digits: &str) -> bool {
        let magnitude = digits.strip_prefix('-').unwrap_or(digits);
        let canonical = magnitude == "0" || !magnitude.starts_with('0');
        !magnitude.is_empty()
            && canonical
            && digits != "-0"
            && magnitude.bytes().all(|byte| byte.is_ascii_digit())
    }
}

impl Serialize for Literal {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Literal::Null => to.serialize_unit(),
            Literal::Bool(value) => to.serialize_bool(*value),
            Literal::Integer(digits) => match (digits.parse::<i64>(), digits.parse::<u64>()) {
                (Ok(value), _) => to.serialize_i64(value),
                (_, Ok(value)) => to.serialize_u64(value),
                _ => entry(to, "integer", digits),
            },
            Literal::Float(value) => match special(*value) {
                Some(name) => entry(to, "float", name),
                None => to.serialize_f64(*value),
            },
            Literal::Text(text) => to.serialize_str(text),
            Literal::Bytes(bytes) => entry(to, "bytes", &hex(bytes)),
        }
    }
}

fn entry<S: Serializer>(to: S, name: &str, value: &str) -> Result<S::Ok, S::Error> {
    let mut map = to.serialize_map(Some(1))?;
    map.serialize_entry(name, value)?;
    map.end()
}

/// The name of a value that JSON numbers cannot express.
fn special(value: f64) -> Option<&'static str> {
    match value {
        _ if value.is_nan() => Some("nan"),
        f64::INFINITY => Some("inf"),
        f64::NEG_INFINITY => Some("-inf"),
        _ => None,
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// For display: strings in quotes, bytes in hexadecimal digits.
impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Literal::Null => f.write_str("null"),
            Literal::Bool(value) => write!(f, "{value}"),
            Literal::Integer(digits) => f.write_str(digits),
            Literal::Float(value) => write!(f, "{value:?}"),
            Literal::Text(text) => write!(f, "{}", serde_json::Value::from(text.as_str())),
            Literal::Bytes(bytes) => write!(f, "0x{}", hex(bytes)),
        }
    }
}
