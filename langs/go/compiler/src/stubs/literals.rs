//! Values as Go writes them.

use metaffi_idl::{Base, Literal};
use metaffi_stubs::Shape;

/// A constant expression of the type of a shape, if there is one.
pub(super) fn constant(value: &Literal, shape: &Shape) -> Option<String> {
    let shape = match shape {
        Shape::Value(_, of) => of,
        shape => shape,
    };
    match (value, shape) {
        (Literal::Bool(value), Shape::Scalar(Base::Bool)) => Some(value.to_string()),
        (Literal::Integer(digits), Shape::Scalar(base)) => integer(digits, *base),
        (Literal::Float(value), Shape::Scalar(Base::Float32 | Base::Float64)) => float(*value),
        (Literal::Text(text), Shape::Text) => Some(quote(text)),
        (Literal::Text(text), Shape::Scalar(Base::Char32)) => character(text),
        _ => None,
    }
}

fn integer(digits: &str, base: Base) -> Option<String> {
    let value: i128 = digits.parse().ok()?;
    let (least, most): (i128, i128) = match base {
        Base::Int8 => (i8::MIN.into(), i8::MAX.into()),
        Base::Int16 => (i16::MIN.into(), i16::MAX.into()),
        Base::Int32 => (i32::MIN.into(), i32::MAX.into()),
        Base::Int64 => (i64::MIN.into(), i64::MAX.into()),
        Base::Uint8 => (0, u8::MAX.into()),
        Base::Uint16 => (0, u16::MAX.into()),
        Base::Uint32 | Base::Char32 => (0, u32::MAX.into()),
        Base::Uint64 => (0, u64::MAX.into()),
        Base::Float32 | Base::Float64 => (i128::MIN, i128::MAX),
        _ => return None,
    };
    (least..=most).contains(&value).then(|| digits.to_owned())
}

fn float(value: f64) -> Option<String> {
    let is_expressible = value.is_finite() && !(value == 0.0 && value.is_sign_negative());
    is_expressible.then(|| format!("{value:?}"))
}

fn character(text: &str) -> Option<String> {
    let mut chars = text.chars();
    let only = chars.next().filter(|_| chars.next().is_none())?;
    Some(format!("{:#x}", u32::from(only)))
}

/// A string literal in gofmt's format.
pub(super) fn quote(text: &str) -> String {
    let mut literal = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => literal.extend(['\\', c]),
            '\n' => literal.push_str("\\n"),
            '\t' => literal.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}') => {
                literal.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => literal.push(c),
        }
    }
    literal + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_are_of_their_type_or_none() {
        let of = |value: Literal, base| constant(&value, &Shape::Scalar(base));
        assert_eq!(of(Literal::integer(-128), Base::Int8).as_deref(), Some("-128"));
        assert_eq!(of(Literal::integer(128), Base::Int8), None);
        assert_eq!(of(Literal::Float(1.0), Base::Float64).as_deref(), Some("1.0"));
        assert_eq!(of(Literal::Float(f64::NAN), Base::Float64), None);
        assert_eq!(of(Literal::Float(-0.0), Base::Float64), None);
        assert_eq!(of(Literal::Text("ü".into()), Base::Char32).as_deref(), Some("0xfc"));
        let text = constant(&Literal::Text("a\"\\\n".into()), &Shape::Text);
        assert_eq!(text.as_deref(), Some("\"a\\\"\\\\\\n\""));
    }
}
