//! Python literals: strings with any content, and defaults from a source.

use metaffi_idl::{Base, DefaultValue, Literal};
use metaffi_stubs::Shape;

/// `text` as a string literal, with the quotes that a formatter would choose.
pub(crate) fn quote(text: &str) -> String {
    let (quote, other) = ('"', '\'');
    let quote = if text.contains(quote) && !text.contains(other) { other } else { quote };
    let mut literal = String::from(quote);
    for c in text.chars() {
        match c {
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\t' => literal.push_str("\\t"),
            '\r' => literal.push_str("\\r"),
            c if c == quote => literal.extend(['\\', c]),
            c if is_invisible(c) => literal.push_str(&escaped(c)),
            c => literal.push(c),
        }
    }
    literal.push(quote);
    literal
}

/// Control characters, and those that change how the rest is displayed.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{feff}')
}

/// A character as an escape sequence.
pub(crate) fn escaped(c: char) -> String {
    match u32::from(c) {
        code @ 0..=0xff => format!("\\x{code:02x}"),
        code => format!("\\u{code:04x}"),
    }
}

/// A default that Python can express: a value, or a source's literal.
pub(crate) fn of_default(default: &DefaultValue) -> Option<String> {
    match default {
        DefaultValue::Value(value) => of_value(value),
        DefaultValue::Source(text) => from_source(text),
    }
}

/// A value as a Python literal.
pub(crate) fn of_value(value: &Literal) -> Option<String> {
    Some(match value {
        Literal::Null => "None".to_owned(),
        Literal::Bool(true) => "True".to_owned(),
        Literal::Bool(false) => "False".to_owned(),
        Literal::Integer(digits) => digits.clone(),
        Literal::Float(value) if value.is_finite() => float(*value),
        Literal::Float(_) => return None,
        Literal::Text(text) => quote(text),
        Literal::Bytes(bytes) => bytes_literal(bytes),
    })
}

/// The shape of such a literal, and the name of its type.
pub(crate) fn shape(literal: &str) -> (Shape, &'static str) {
    match literal.as_bytes() {
        b"None" => (Shape::Null, "None"),
        b"True" | b"False" => (Shape::Scalar(Base::Bool), "bool"),
        [b'b', b'"', ..] => (Shape::Bytes, "bytes"),
        [b'"' | b'\'', ..] => (Shape::Text, "str"),
        digits if digits.iter().all(|c| matches!(c, b'-' | b'0'..=b'9')) => {
            (Shape::Scalar(Base::Int64), "int")
        }
        _ => (Shape::Scalar(Base::Float64), "float"),
    }
}

/// In a formatter's notation: `3.25`, `1e300`.
fn float(value: f64) -> String {
    format!("{value:?}").replace(".0e", "e")
}

fn bytes_literal(bytes: &[u8]) -> String {
    let text: String = bytes.iter().map(|byte| byte.escape_ascii().to_string()).collect();
    format!("b\"{}\"", text.replace("\\'", "'"))
}

/// A default as its source writes it, if it is a Python literal that a formatter does
/// not change.
pub(crate) fn from_source(text: &str) -> Option<String> {
    let text = text.trim();
    let is_literal = matches!(text, "None" | "True" | "False") || is_number(text);
    if is_literal { Some(text.to_owned()) } else { unquoted(text).map(quote) }
}

fn is_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let whole = |part: &str| digits(part) && (part == "0" || !part.starts_with('0'));
    let text = text.strip_prefix('-').unwrap_or(text);
    match text.split_once('.') {
        Some((before, after)) => whole(before) && digits(after),
        None => whole(text),
    }
}

/// The content of a string without escapes.
fn unquoted(text: &str) -> Option<&str> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
    (!inner.contains([quote, '\\', '\n'])).then_some(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_quoted_as_a_formatter_does() {
        for (text, literal) in [
            ("plain", r#""plain""#),
            (r#"say "hi""#, r#"'say "hi"'"#),
            ("it's", r#""it's""#),
            (r#"'"'"#, r#""'\"'""#),
            ("a\\b\n\0\u{202e}", r#""a\\b\n\x00\u202e""#),
            ("größe", "\"größe\""),
        ] {
            assert_eq!(quote(text), literal);
        }
    }

    #[test]
    fn values_are_written_as_python_prints_them() {
        for (value, literal) in [
            (Literal::Float(0.1), "0.1"),
            (Literal::Float(1e300), "1e300"),
            (Literal::Float(1.5e-7), "1.5e-7"),
            (Literal::integer(-3), "-3"),
            (Literal::Bytes(b"a'\"\\\n\0".to_vec()), r#"b"a'\"\\\n\x00""#),
        ] {
            assert_eq!(of_value(&value).as_deref(), Some(literal));
        }
        assert_eq!(of_value(&Literal::Float(f64::NAN)), None);
    }

    #[test]
    fn only_literals_are_taken_over() {
        for text in ["None", "-5", "0", "3.25"] {
            assert_eq!(from_source(text).as_deref(), Some(text));
        }
        assert_eq!(from_source("'x'").as_deref(), Some("\"x\""));
        for text in ["f()", "007", "1_000", "0x1F", "[]", "'a\\n'", "'a' 'b'", "1.", "", "-"] {
            assert_eq!(from_source(text), None, "{text}");
        }
    }
}
