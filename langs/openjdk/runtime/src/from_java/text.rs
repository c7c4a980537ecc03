//! Java strings in the caller's arena.

use jni_sys::jstring;
use metaffi_plugin::abi;
use metaffi_plugin::value::{Arena, Error};

use crate::jni::{Env, Text, read_string, read_string16, read_string32};

/// A string as a slot of one of the string types.
///
/// # Safety
/// `string` must be a string.
pub(super) unsafe fn text(
    env: Env,
    string: jstring,
    tag: abi::Type,
    arena: &mut impl Arena,
) -> Result<abi::Value, Error> {
    // SAFETY: the caller's promise.
    unsafe { read(env, string, tag, arena) }.map(|text| slot(tag, &text))
}

/// The same for `string8`.
///
/// # Safety
/// `string` must be a string.
#[inline]
pub(super) unsafe fn utf8(
    env: Env,
    string: jstring,
    arena: &mut impl Arena,
) -> Result<abi::Value, Error> {
    // SAFETY: the caller's promise.
    unsafe { read_string(env, string, arena) }.map(|text| slot(abi::STRING8, &text))
}

/// The bytes of a string in the encoding of `tag`.
///
/// # Safety
/// `string` must be a string.
pub(super) unsafe fn read(
    env: Env,
    string: jstring,
    tag: abi::Type,
    arena: &mut impl Arena,
) -> Result<Text, Error> {
    // SAFETY: the caller's promise.
    unsafe {
        match tag {
            abi::STRING16 => read_string16(env, string, arena),
            abi::STRING32 => read_string32(env, string, arena),
            _ => read_string(env, string, arena),
        }
    }
}

#[inline]
fn slot(ty: abi::Type, text: &Text) -> abi::Value {
    abi::Value {
        ty,
        dims: 0,
        ownership: abi::ARENA,
        flags: 0,
        length: text.length as u64,
        payload: abi::Payload { data: text.data.as_ptr().cast_const().cast() },
    }
}
