//! `string8`: borrowed as an argument, copied once as a result.

use metaffi_abi as abi;

use super::{Lift, Lower, mismatch, slot};
use crate::error::Error;
use crate::lift::{lift_borrowed, lift_transferred};
use crate::lower::Arena;
use crate::text::{bytes, text};
use crate::types::{Type, TypeInfo};
use crate::value::Value;

impl Lower for &str {
    type Arg<'a> = &'a str;
    fn type_info() -> TypeInfo {
        Type::STRING8.into()
    }
    #[inline]
    fn lower(&self, _: &mut impl Arena) -> Result<abi::Value, Error> {
        Ok(slot(Type::STRING8, self.len(), abi::Payload { data: self.as_ptr().cast() }))
    }
    #[inline]
    fn give(&self, arena: &mut impl Arena) -> Result<abi::Value, Error> {
        let data = arena.copy(self.as_bytes())?.as_ptr().cast_const().cast();
        let ownership = abi::ARENA;
        Ok(abi::Value { ownership, ..slot(Type::STRING8, self.len(), abi::Payload { data }) })
    }
}

impl Lower for String {
    type Arg<'a> = String;
    fn type_info() -> TypeInfo {
        Type::STRING8.into()
    }
    #[inline]
    fn lower(&self, arena: &mut impl Arena) -> Result<abi::Value, Error> {
        self.as_str().lower(arena)
    }
    #[inline]
    fn give(&self, arena: &mut impl Arena) -> Result<abi::Value, Error> {
        self.as_str().give(arena)
    }
}

impl Lift for String {
    fn type_info() -> TypeInfo {
        Type::STRING8.into()
    }
    fn from_value(value: Value) -> Result<Self, Error> {
        match value {
            Value::String8(text) | Value::String16(text) | Value::String32(text) => Ok(text),
            other => mismatch(&Type::STRING8.into(), &other),
        }
    }
    #[inline]
    unsafe fn lift(raw: &abi::Value) -> Result<Self, Error> {
        // SAFETY: the caller's promise.
        unsafe {
            match borrowed(raw) {
                Some(utf8) => Ok(text(utf8)),
                None => Self::from_value(lift_transferred(raw)?),
            }
        }
    }
    #[inline]
    unsafe fn lift_argument(raw: &abi::Value) -> Result<Self, Error> {
        // SAFETY: the caller's promise.
        unsafe {
            match borrowed(raw) {
                Some(utf8) => Ok(text(utf8)),
                None => Self::from_value(lift_borrowed(raw)?),
            }
        }
    }
}

/// The bytes of a `string8` that owns nothing.
///
/// # Safety
/// `raw` must be a valid slot.
#[inline]
unsafe fn borrowed(raw: &abi::Value) -> Option<&[u8]> {
    let is_plain = raw.ty == abi::STRING8 && raw.ownership != abi::TRANSFERRED;
    // SAFETY: the tag and the ownership select the union's member.
    is_plain.then(|| unsafe { bytes(raw.payload.data, raw.length) })
}
