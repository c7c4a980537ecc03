//! Numbers, `bool` and `char`: straight between the slot and Rust.

use metaffi_abi as abi;

use super::{Lift, Lower, mismatch, slot};
use crate::error::Error;
use crate::lift::{lift_borrowed, lift_transferred};
use crate::lower::Arena;
use crate::types::{Type, TypeInfo};
use crate::value::Value;

macro_rules! scalars {
    ($($rust:ty, $ty:ident, $field:ident, $variant:ident, $from:expr, $to:expr;)*) => {$(
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
                    other => mismatch(&Type::$ty.into(), &other),
                }
            }
            #[inline]
            unsafe fn lift(raw: &abi::Value) -> Result<Self, Error> {
                if raw.ty == Type::$ty.raw() {
                    // SAFETY: the tag says that this member is meant.
                    return Ok($to(unsafe { raw.payload.$field }));
                }
                // SAFETY: the caller's promise.
                Self::from_value(unsafe { lift_transferred(raw) }?)
            }
            #[inline]
            unsafe fn lift_argument(raw: &abi::Value) -> Result<Self, Error> {
                if raw.ty == Type::$ty.raw() {
                    // SAFETY: the tag says that this member is meant.
                    return Ok($to(unsafe { raw.payload.$field }));
                }
                // SAFETY: the caller's promise.
                Self::from_value(unsafe { lift_borrowed(raw) }?)
            }
        }
    )*};
}
scalars! {
    f64, FLOAT64, f64, Float64, |v| v, |v| v;
    f32, FLOAT32, f32, Float32, |v| v, |v| v;
    i8, INT8, i64, Int8, i64::from, |v| v as i8;
    i16, INT16, i64, Int16, i64::from, |v| v as i16;
    i32, INT32, i64, Int32, i64::from, |v| v as i32;
    i64, INT64, i64, Int64, |v| v, |v| v;
    u8, UINT8, u64, UInt8, u64::from, |v| v as u8;
    u16, UINT16, u64, UInt16, u64::from, |v| v as u16;
    u32, UINT32, u64, UInt32, u64::from, |v| v as u32;
    u64, UINT64, u64, UInt64, |v| v, |v| v;
    usize, SIZE, u64, Size, |v| v as u64, |v| v as usize;
    bool, BOOL, u64, Bool, u64::from, |v| v != 0;
    char, CHAR32, u64, Char32, u64::from,
        |v| char::from_u32(v as u32).unwrap_or(char::REPLACEMENT_CHARACTER);
}
