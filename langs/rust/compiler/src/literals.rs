//! Writes values as Rust literals.

use metaffi_idl::{Base, DefaultValue, Literal};

/// A string in quotes.
pub(crate) fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            letter if is_invisible(letter) => {
                quoted.push_str(&letter.escape_unicode().to_string());
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// Whether it is invisible in the code, or changes the order in which text is displayed.
pub(crate) fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A constant's type and value; `None` if it cannot be a Rust constant.
pub(crate) fn constant(literal: &Literal, base: Option<Base>) -> Option<(String, String)> {
    let typed = |ty: &str, value: String| Some((ty.to_owned(), value));
    match literal {
        Literal::Null => None,
        Literal::Bool(value) => typed("bool", value.to_string()),
        Literal::Integer(digits) => integer(digits, base),
        Literal::Float(value) => float(*value, base),
        Literal::Text(text) => match base {
            Some(Base::Char8 | Base::Char16 | Base::Char32) => None,
            _ => typed("&str", quote(text)),
        },
        Literal::Bytes(bytes) => {
            let all: Vec<String> = bytes.iter().map(ToString::to_string).collect();
            typed("&[u8]", format!("&[{}]", all.join(", ")))
        }
    }
}

fn integer(digits: &str, base: Option<Base>) -> Option<(String, String)> {
    let number: i128 = digits.parse().ok()?;
    let (ty, low, high): (&str, i128, i128) = match base {
        Some(Base::Int8) => ("i8", i8::MIN.into(), i8::MAX.into()),
        Some(Base::Int16) => ("i16", i16::MIN.into(), i16::MAX.into()),
        Some(Base::Int32) => ("i32", i32::MIN.into(), i32::MAX.into()),
        Some(Base::Uint8) => ("u8", 0, u8::MAX.into()),
        Some(Base::Uint16) => ("u16", 0, u16::MAX.into()),
        Some(Base::Uint32) => ("u32", 0, u32::MAX.into()),
        Some(Base::Uint64) => ("u64", 0, u64::MAX.into()),
        Some(Base::Size) => ("usize", 0, u32::MAX.into()),
        Some(Base::Float64 | Base::Float32) => return float(digits.parse().ok()?, base),
        _ => ("i64", i64::MIN.into(), i64::MAX.into()),
    };
    let fits = (low..=high).contains(&number);
    fits.then(|| (ty.to_owned(), number.to_string()))
}

fn float(value: f64, base: Option<Base>) -> Option<(String, String)> {
    let ty = if base == Some(Base::Float32) { "f32" } else { "f64" };
    let text = match value {
        value if value.is_nan() => format!("{ty}::NAN"),
        f64::INFINITY => format!("{ty}::INFINITY"),
        f64::NEG_INFINITY => format!("{ty}::NEG_INFINITY"),
        value => format!("{value:?}"),
    };
    Some((ty.to_owned(), text))
}

/// A default as a `Value` in an `Option`: `None` if it is not known.
pub(crate) fn default(default: Option<&DefaultValue>) -> String {
    let value = match default {
        Some(DefaultValue::Value(Literal::Null)) => Some("stubs::Value::Null".to_owned()),
        Some(DefaultValue::Value(Literal::Bool(value))) => {
            Some(format!("stubs::Value::Bool({value})"))
        }
        Some(DefaultValue::Value(Literal::Integer(digits))) if digits.parse::<i64>().is_ok() => {
            Some(format!("stubs::Value::Int64({digits})"))
        }
        Some(DefaultValue::Value(Literal::Float(value))) => {
            float(*value, None).map(|(_, text)| format!("stubs::Value::Float64({text})"))
        }
        Some(DefaultValue::Value(Literal::Text(text))) => Some(format!("{}.into()", quote(text))),
        _ => None,
    };
    value.map_or_else(|| "None".to_owned(), |value| format!("Some({value})"))
}
