//! Numbers, `bool` and `char`: converted directly between slot and Rust.

use metaffi_abi as abi;

use super::{Lift, Lower, mismatch, slot};
use crate::error::{Error, ErrorKind};
use crate::lift::{lift_borrowed, lift_transferred};
use crate::lower::Arena;
use crate::types::{Type, TypeInfo};
use crate::value::Value;

macro_rules! scalars {
    ($($rust:ty, $ty:ident, $field:ident, $variant:ident, $from:expr, $to:expr, $other:expr;)*) => {$(
        impl Lower for $rust {
            type Arg<'a> = $rust;
            fn type_info() -> TypeInfo {
                Type::$ty.into()
            }
            #[inline]
            fn lower(&self, _: &mut impl Arena) -> Result<abi::Value, Error> {
                Ok(slot(Type::$ty, 0, abi::Payload { $field: $from(*self) }))
            }
            #[inline]
            fn give(&self, arena: &mut impl Arena) -> Result<abi::Value, Error> {
                self.lower(arena)
            }
        }
        impl Lift for $rust {
            fn type_info() -> TypeInfo {
                Type::$ty.into()
            }
            fn from_value(value: Value) -> Result<Self, Error> {
                match value {
                    Value::$variant(value) => Ok(value as $rust),
                    other => $other(Type::$ty, other),
                }
            }
            #[inline]
            unsafe fn lift(raw: &abi::Value) -> Result<Self, Error> {
                if raw.ty == Type::$ty.raw() {
                    // SAFETY: the tag selects the union's member.
                    return Ok($to(unsafe { raw.payload.$field }));
                }
                // SAFETY: the caller's promise.
                Self::from_value(unsafe { lift_transferred(raw) }?)
            }
            #[inline]
            unsafe fn lift_argument(raw: &abi::Value) -> Result<Self, Error> {
                if raw.ty == Type::$ty.raw() {
                    // SAFETY: the tag selects the union's member.
                    return Ok($to(unsafe { raw.payload.$field }));
                }
                // SAFETY: the caller's promise.
                Self::from_value(unsafe { lift_borrowed(raw) }?)
            }
        }
    )*};
}
scalars! {
    f64, FLOAT64, f64, Float64, |v| v, |v| v, to_f64;
    f32, FLOAT32, f32, Float32, |v| v, |v| v, mismatched;
    i8, INT8, i64, Int8, i64::from, |v| v as i8, to_integer;
    i16, INT16, i64, Int16, i64::from, |v| v as i16, to_integer;
    i32, INT32, i64, Int32, i64::from, |v| v as i32, to_integer;
    i64, INT64, i64, Int64, |v| v, |v| v, to_integer;
    u8, UINT8, u64, UInt8, u64::from, |v| v as u8, to_integer;
    u16, UINT16, u64, UInt16, u64::from, |v| v as u16, to_integer;
    u32, UINT32, u64, UInt32, u64::from, |v| v as u32, to_integer;
    u64, UINT64, u64, UInt64, |v| v, |v| v, to_integer;
    usize, SIZE, u64, Size, |v| v as u64, |v| v as usize, to_integer;
    bool, BOOL, u64, Bool, u64::from, |v| v != 0, mismatched;
    char, CHAR32, u64, Char32, u64::from,
        |v| char::from_u32(v as u32).unwrap_or(char::REPLACEMENT_CHARACTER), to_char;
}

/// Converts an integer of another width if it fits, since guest functions have
/// their own types.
#[cold]
fn to_integer<T: TryFrom<i128>>(expected: Type, value: Value) -> Result<T, Error> {
    let number: i128 = match value {
        Value::Int8(number) => number.into(),
        Value::Int16(number) => number.into(),
        Value::Int32(number) => number.into(),
        Value::Int64(number) => number.into(),
        Value::UInt8(number) => number.into(),
        Value::UInt16(number) => number.into(),
        Value::UInt32(number) => number.into(),
        Value::UInt64(number) | Value::Size(number) => number.into(),
        other => return mismatched(expected, other),
    };
    T::try_from(number).map_err(|_| {
        let message = format!("{number} is out of the range of {expected}");
        Error::new(ErrorKind::Argument, message)
    })
}

#[cold]
fn to_f64(expected: Type, value: Value) -> Result<f64, Error> {
    match value {
        Value::Float32(number) => Ok(number.into()),
        other => mismatched(expected, other),
    }
}

/// Converts a character of another width. A surrogate becomes U+FFFD.
#[cold]
fn to_char(expected: Type, value: Value) -> Result<char, Error> {
    match value {
        Value::Char8(unit) => Ok(unit.into()),
        Value::Char16(unit) => {
            Ok(char::from_u32(unit.into()).unwrap_or(char::REPLACEMENT_CHARACTER))
        }
        other => mismatched(expected, other),
    }
}

#[cold]
fn mismatched<T>(expected: Type, value: Value) -> Result<T, Error> {
    mismatch(&expected.into(), &value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_another_width_is_accepted_if_it_fits() {
        assert_eq!(i64::from_value(Value::Int32(-7)), Ok(-7));
        assert_eq!(u8::from_value(Value::Int64(255)), Ok(255));
        assert_eq!(i64::from_value(Value::UInt64(7)), Ok(7));
        assert_eq!(f64::from_value(Value::Float32(0.5)), Ok(0.5));
        let message = |value: Value| u8::from_value(value).unwrap_err().into_parts().message;
        assert_eq!(message(Value::Int64(256)), "256 is out of the range of uint8");
        assert_eq!(message(Value::Int8(-1)), "-1 is out of the range of uint8");
        assert_eq!(message(Value::Float64(1.0)), "expected uint8, got float64");
        assert_eq!(message(Value::Bool(true)), "expected uint8, got bool");
    }
}
