//! Converts numbers between slots and primitive types, with range checks.
//!
//! The fast paths compare a tag and copy bits; [`coerce`] handles values of another type than
//! declared.

use jni_sys::jvalue;
use metaffi_plugin::abi;
use metaffi_plugin::value::{Error, ErrorKind, Type};

use crate::prim::Prim;

/// A slot of a scalar or null.
#[inline]
pub(crate) const fn scalar(ty: abi::Type, payload: abi::Payload) -> abi::Value {
    abi::Value { ty, dims: 0, ownership: abi::BORROWED, flags: 0, length: 0, payload }
}

/// The slot of null.
pub(crate) const NULL: abi::Value = scalar(abi::NULL, abi::Payload { i64: 0 });

const FLOATS: abi::Type = abi::FLOAT32 | abi::FLOAT64;
const UNSIGNED: abi::Type = abi::UINT8 | abi::UINT16 | abi::UINT32 | abi::UINT64 | abi::SIZE;
const INTEGERS: abi::Type = UNSIGNED | abi::INT8 | abi::INT16 | abi::INT32 | abi::INT64;
const CHARS: abi::Type = abi::CHAR8 | abi::CHAR16 | abi::CHAR32;

/// Whether `tag` is one of the unsigned integers.
pub(crate) const fn is_unsigned(tag: abi::Type) -> bool {
    tag & UNSIGNED != 0
}

/// Whether `tag` is an integer, signed or unsigned.
pub(crate) const fn is_integer(tag: abi::Type) -> bool {
    tag & INTEGERS != 0
}

/// Whether `tag` is one of the floating-point types.
pub(crate) const fn is_float(tag: abi::Type) -> bool {
    tag & FLOATS != 0
}

/// Whether `tag` is a number, a character or `bool`.
pub(crate) const fn is_primitive(tag: abi::Type) -> bool {
    tag & (FLOATS | INTEGERS | CHARS | abi::BOOL) != 0 && tag & abi::ARRAY == 0
}

/// The bits of a scalar, as Java's helpers expect them.
///
/// # Safety
/// `slot` must be a number, a character or `bool`.
#[inline]
pub(crate) unsafe fn raw_bits(slot: &abi::Value) -> i64 {
    // SAFETY: the caller's promise; the tag selects the union member.
    unsafe {
        match slot.ty {
            abi::FLOAT32 => i64::from(slot.payload.f32.to_bits()),
            _ => slot.payload.i64,
        }
    }
}

/// The bits of a slot as `prim`: integers are truncated, which is exact if the slot's type fits,
/// and converted to floating point if `prim` is.
///
/// # Safety
/// `slot` must be a number, a character or `bool`.
#[inline]
pub(crate) unsafe fn bits(slot: &abi::Value, prim: Prim) -> jvalue {
    // SAFETY: the caller's promise; every integer is extended to 64 bits.
    unsafe {
        let int = slot.payload.i64;
        match prim {
            Prim::Boolean => jvalue { z: int != 0 },
            Prim::Byte => jvalue { b: int as i8 },
            Prim::Char => jvalue { c: int as u16 },
            Prim::Short => jvalue { s: int as i16 },
            Prim::Int => jvalue { i: int as i32 },
            Prim::Long => jvalue { j: int },
            Prim::Float => jvalue { f: float(slot) as f32 },
            Prim::Double => jvalue { d: float(slot) },
        }
    }
}

/// # Safety
/// `slot` must be a number.
#[inline]
unsafe fn float(slot: &abi::Value) -> f64 {
    // SAFETY: the tag selects the union member.
    unsafe {
        match slot.ty {
            abi::FLOAT64 => slot.payload.f64,
            abi::FLOAT32 => f64::from(slot.payload.f32),
            tag if is_unsigned(tag) => slot.payload.u64 as f64,
            _ => slot.payload.i64 as f64,
        }
    }
}

/// The slot of a Java primitive, with a type that has the same bits as `prim`.
///
/// # Safety
/// `value` must hold a `prim`, and `tag` must have its size and kind.
#[inline]
pub(crate) unsafe fn slot(value: jvalue, prim: Prim, tag: abi::Type) -> abi::Value {
    // SAFETY: the caller's promise.
    let payload = unsafe {
        match prim {
            Prim::Boolean => abi::Payload { u64: u64::from(value.z) },
            Prim::Byte if tag == abi::INT8 => abi::Payload { i64: i64::from(value.b) },
            Prim::Byte => abi::Payload { u64: u64::from(value.b as u8) },
            Prim::Char => abi::Payload { u64: u64::from(value.c) },
            Prim::Short if tag == abi::INT16 => abi::Payload { i64: i64::from(value.s) },
            Prim::Short => abi::Payload { u64: u64::from(value.s as u16) },
            Prim::Int if tag == abi::INT32 => abi::Payload { i64: i64::from(value.i) },
            Prim::Int => abi::Payload { u64: u64::from(value.i as u32) },
            Prim::Long => abi::Payload { i64: value.j },
            Prim::Float => abi::Payload { f32: value.f },
            Prim::Double => abi::Payload { f64: value.d },
        }
    };
    scalar(tag, payload)
}

/// The same number as a slot of type `tag`; an error if it does not fit.
pub(crate) fn coerce(slot: &abi::Value, tag: abi::Type) -> Result<abi::Value, Error> {
    if slot.ty == tag {
        return Ok(*slot);
    }
    if !is_primitive(slot.ty) {
        return Err(mismatch(Type::from_raw(tag), slot));
    }
    let is = |tags: abi::Type| tag & tags != 0;
    // SAFETY: the tag of the slot selects the union member.
    unsafe {
        if slot.ty & (INTEGERS | CHARS) != 0 && is(INTEGERS | CHARS) {
            return coerce_integer(integer(slot), tag);
        }
        if slot.ty & (FLOATS | INTEGERS) != 0 && is(FLOATS) {
            return coerce_float(float(slot), tag);
        }
    }
    Err(mismatch(Type::from_raw(tag), slot))
}

/// The value of an integer.
///
/// # Safety
/// `slot` must be an integer or a character.
pub(crate) unsafe fn integer(slot: &abi::Value) -> i128 {
    // SAFETY: the caller's promise.
    unsafe {
        if is_unsigned(slot.ty) {
            i128::from(slot.payload.u64)
        } else {
            i128::from(slot.payload.i64)
        }
    }
}

fn coerce_integer(value: i128, tag: abi::Type) -> Result<abi::Value, Error> {
    let (least, most) = range(tag);
    if value < least || value > most {
        let message =
            format!("{value} is out of range for {} ({least} to {most})", Type::from_raw(tag));
        return Err(Error::new(ErrorKind::Argument, message));
    }
    Ok(scalar(tag, abi::Payload { i64: value as i64 }))
}

/// Rounds if `tag` has less precision, but a finite number stays finite.
pub(crate) fn coerce_float(value: f64, tag: abi::Type) -> Result<abi::Value, Error> {
    if tag != abi::FLOAT32 {
        return Ok(scalar(tag, abi::Payload { f64: value }));
    }
    let narrow = value as f32;
    if narrow.is_infinite() && value.is_finite() {
        let message = format!("{value:e} is out of range for float32 (at most {:e})", f32::MAX);
        return Err(Error::new(ErrorKind::Argument, message));
    }
    Ok(scalar(tag, abi::Payload { f32: narrow }))
}

fn range(tag: abi::Type) -> (i128, i128) {
    match tag {
        abi::INT8 => (i8::MIN.into(), i8::MAX.into()),
        abi::INT16 => (i16::MIN.into(), i16::MAX.into()),
        abi::INT32 => (i32::MIN.into(), i32::MAX.into()),
        abi::INT64 => (i64::MIN.into(), i64::MAX.into()),
        abi::UINT8 | abi::CHAR8 => (0, u8::MAX.into()),
        abi::UINT16 | abi::CHAR16 => (0, u16::MAX.into()),
        abi::UINT32 => (0, u32::MAX.into()),
        abi::CHAR32 => (0, 0x10_FFFF),
        _ => (0, u64::MAX.into()),
    }
}

/// The error of a slot of another type than expected.
#[cold]
pub(crate) fn mismatch(expected: impl core::fmt::Display, slot: &abi::Value) -> Error {
    let actual = Type::from_raw(slot.ty);
    Error::new(ErrorKind::Argument, format!("expected {expected}, got {actual}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn int(tag: abi::Type, value: i64) -> abi::Value {
        scalar(tag, abi::Payload { i64: value })
    }

    #[test]
    fn integers_are_coerced_within_the_range_of_the_type() {
        // SAFETY: integers have this member.
        let coerced = |slot, tag| coerce(&slot, tag).map(|slot| unsafe { slot.payload.i64 });
        assert_eq!(coerced(int(abi::INT64, -128), abi::INT8).unwrap(), -128);
        assert_eq!(coerced(int(abi::UINT64, -1), abi::UINT64).unwrap(), -1);
        assert_eq!(coerced(int(abi::CHAR16, 0xFFFF), abi::INT32).unwrap(), 0xFFFF);
        let error = coerced(int(abi::INT64, 128), abi::INT8).unwrap_err();
        assert_eq!(error.message, "128 is out of range for int8 (-128 to 127)");
        assert!(coerced(int(abi::UINT64, -1), abi::INT64).is_err());
        assert!(coerced(int(abi::BOOL, 1), abi::INT64).is_err());
        assert!(coerced(int(abi::INT64, 1), abi::BOOL).is_err());
    }

    #[test]
    fn floating_point_is_rounded_but_not_to_infinity() {
        let narrow = |value| {
            let slot = coerce(&scalar(abi::FLOAT64, abi::Payload { f64: value }), abi::FLOAT32);
            // SAFETY: the tag is `FLOAT32`.
            slot.map(|slot| unsafe { slot.payload.f32 })
        };
        assert_eq!(narrow(0.1).unwrap(), 0.1_f32);
        assert_eq!(narrow(f64::INFINITY).unwrap(), f32::INFINITY);
        assert!(narrow(f64::NAN).unwrap().is_nan());
        let error = narrow(1e300).unwrap_err();
        assert!(error.message.starts_with("1e300 is out of range for float32"), "{error}");
    }

    #[test]
    fn unsigned_numbers_become_floating_point_by_value() {
        let slot = coerce(&int(abi::UINT64, -1), abi::FLOAT64).unwrap();
        // SAFETY: the tag is `FLOAT64`.
        assert_eq!(unsafe { slot.payload.f64 }, 18_446_744_073_709_551_615.0);
        // SAFETY: an integer.
        assert_eq!(unsafe { bits(&int(abi::UINT8, 200), Prim::Byte).b }, -56);
    }
}
