//! Java literals.

use metaffi_idl::{Base, Literal};
use metaffi_stubs::Shape;

/// `text` as a string literal.
pub(crate) fn quote(text: &str) -> String {
    let mut literal = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\t' => literal.push_str("\\t"),
            '\r' => literal.push_str("\\r"),
            c if c.is_ascii_graphic() || c == ' ' || c.is_alphanumeric() => literal.push(c),
            c => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    literal.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    literal.push('"');
    literal
}

/// The maximum size in bytes of a literal.
const MAX_LITERAL: usize = 60_000;

/// A value as a Java literal, if it is of this shape.
pub(crate) fn of_value(value: &Literal, shape: &Shape) -> Option<String> {
    let shape = match shape {
        Shape::Value(_, plain) => plain,
        shape => shape,
    };
    match (value, shape) {
        (Literal::Bool(value), Shape::Scalar(Base::Bool)) => Some(value.to_string()),
        (Literal::Integer(digits), Shape::Scalar(base)) => integer(digits, *base),
        (Literal::Float(value), Shape::Scalar(Base::Float64)) => Some(float(*value, "Double")),
        #[expect(clippy::cast_possible_truncation, reason = "the guest's own value is one")]
        (Literal::Float(value), Shape::Scalar(Base::Float32)) => {
            let text = float(f64::from(*value as f32), "Float");
            Some(if text.contains("Float") { text } else { format!("{:?}f", *value as f32) })
        }
        (Literal::Text(text), Shape::Text) if text.len() < MAX_LITERAL => Some(quote(text)),
        _ => None,
    }
}

fn float(value: f64, class: &str) -> String {
    match value {
        // A guest may have a class of that name.
        _ if value.is_nan() => format!("java.lang.{class}.NaN"),
        f64::INFINITY => format!("java.lang.{class}.POSITIVE_INFINITY"),
        f64::NEG_INFINITY => format!("java.lang.{class}.NEGATIVE_INFINITY"),
        value => format!("{value:?}"),
    }
}

/// An integer of a type; unsigned integers keep their bits.
fn integer(digits: &str, base: Base) -> Option<String> {
    let number: i128 = digits.parse().ok()?;
    let fits = |least: i128, most: i128| (least..=most).contains(&number);
    match base {
        Base::Int8 if fits(-128, 127) => Some(format!("(byte) {number}")),
        Base::Uint8 if fits(0, 255) => Some(format!("(byte) {number}")),
        Base::Int16 if fits(-32768, 32767) => Some(format!("(short) {number}")),
        Base::Uint16 if fits(0, 65535) => Some(format!("(short) {number}")),
        Base::Int32 if fits(i32::MIN.into(), i32::MAX.into()) => Some(number.to_string()),
        Base::Uint32 if fits(0, u32::MAX.into()) => {
            Some(u32::try_from(number).ok()?.cast_signed().to_string())
        }
        Base::Char32 if fits(0, 0x10_ffff) => Some(number.to_string()),
        Base::Int64 if fits(i64::MIN.into(), i64::MAX.into()) => Some(format!("{number}L")),
        Base::Uint64 | Base::Size if fits(0, u64::MAX.into()) => {
            Some(format!("{}L", u64::try_from(number).ok()?.cast_signed()))
        }
        Base::Float64 => Some(format!("{:?}", number as f64)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_java_reads_them() {
        let scalar = |base| Shape::Scalar(base);
        for (value, shape, text) in [
            (Literal::integer(7), scalar(Base::Int64), Some("7L")),
            (Literal::integer(255), scalar(Base::Uint8), Some("(byte) 255")),
            (Literal::integer(u64::MAX), scalar(Base::Uint64), Some("-1L")),
            (Literal::integer(u64::MAX), scalar(Base::Int64), None),
            (Literal::Float(f64::NAN), scalar(Base::Float64), Some("java.lang.Double.NaN")),
            (Literal::Float(1e300), scalar(Base::Float64), Some("1e300")),
            (Literal::Float(0.5), scalar(Base::Float32), Some("0.5f")),
            (
                Literal::Text("a\"\\\n\u{7}\u{1f600}".into()),
                Shape::Text,
                Some("\"a\\\"\\\\\\n\\u0007\\ud83d\\ude00\""),
            ),
            (Literal::Null, Shape::Text, None),
        ] {
            assert_eq!(of_value(&value, &shape).as_deref(), text, "{value}");
        }
    }
}
