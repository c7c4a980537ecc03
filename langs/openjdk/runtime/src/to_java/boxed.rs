//! Boxed numbers, characters and booleans.

use jni_sys::jvalue;
use metaffi_plugin::abi;
use metaffi_plugin::value::{Error, ErrorKind};

use super::{Boxing, character};
use crate::api;
use crate::jni::{Env, Local, new_string};
use crate::number::{bits, coerce, is_integer, is_unsigned, mismatch};
use crate::prim::Prim;

/// Boxes a slot.
///
/// # Safety
/// `slot` must be a number, a character, `bool`, or, if `boxing` is for `Character`, a `string8`.
pub(super) unsafe fn convert(env: Env, slot: &abi::Value, boxing: Boxing) -> Result<Local, Error> {
    let (prim, tag) = match boxing {
        Boxing::As { prim, tag } => (prim, tag),
        Boxing::BigInteger => return big_integer(env, slot),
        Boxing::Natural => match natural(slot.ty) {
            Some(prim) => (prim, prim.facts().tag),
            None => return big_integer(env, slot),
        },
    };
    let slot = match slot.ty {
        abi::STRING8 => character(slot)?,
        _ => coerce(slot, tag)?,
    };
    // SAFETY: a primitive that matches `prim`.
    let value = unsafe { bits(&slot, prim) };
    // SAFETY: `valueOf` takes a `prim`, and never returns null.
    let boxed = unsafe { api::get().jdk.boxes[prim as usize].value_of.object(env, &[value]) }?;
    boxed.ok_or_else(|| Error::new(ErrorKind::Internal, "valueOf returned null"))
}

/// The primitive that holds every value of `tag`; `None` for the largest.
pub(crate) const fn natural(tag: abi::Type) -> Option<Prim> {
    match tag {
        abi::UINT8 => Some(Prim::Short),
        abi::UINT16 => Some(Prim::Int),
        abi::UINT32 => Some(Prim::Long),
        abi::UINT64 | abi::SIZE => None,
        _ => Prim::exactly(tag),
    }
}

fn big_integer(env: Env, slot: &abi::Value) -> Result<Local, Error> {
    if !is_integer(slot.ty) {
        return Err(mismatch("an integer", slot));
    }
    // SAFETY: an integer.
    let digits = unsafe {
        if is_unsigned(slot.ty) {
            slot.payload.u64.to_string()
        } else {
            slot.payload.i64.to_string()
        }
    };
    let jdk = &api::get().jdk;
    let digits = new_string(env, digits.as_bytes())?;
    // SAFETY: the constructor takes a string.
    unsafe {
        jdk.new_big_integer.new_object(env, &jdk.big_integer, &[jvalue { l: digits.as_raw() }])
    }
}
