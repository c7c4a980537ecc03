//! Results of a call from Java: bits, or objects.

use core::ptr::null_mut;

use jni_sys::jobject;
use metaffi::Error;
use metaffi_plugin::abi;
use metaffi_plugin::value::discard;
use smallvec::SmallVec;

use super::callee::Callee;
use crate::api;
use crate::jni::{Env, Local, jni, new_string, write_array};
use crate::number::{coerce, is_primitive, raw_bits};
use crate::prim::Prim;
use crate::slot::text;
use crate::to_java;

/// The bits of a result that was declared as a scalar.
///
/// # Safety
/// `slot` must be a valid result, which is not used again.
#[inline]
pub(super) unsafe fn bits_of(env: Env, slot: &abi::Value, callee: &Callee) -> Result<i64, Error> {
    if slot.ty != callee.result {
        // SAFETY: the caller's promise.
        return unsafe { unexpected(env, slot, callee.result) };
    }
    // SAFETY: the tag says that it is a scalar.
    Ok(unsafe { raw_bits(slot) })
}

/// A result of another type than declared: nothing, the same number, or an object that is thrown as
/// `Unexpected`.
///
/// # Safety
/// As [`bits_of`].
#[cold]
unsafe fn unexpected(env: Env, slot: &abi::Value, declared: abi::Type) -> Result<i64, Error> {
    // SAFETY: the caller's promise.
    unsafe {
        if declared == abi::NULL {
            discard(slot); // the result is ignored
            return Ok(0);
        }
        if let Ok(same) = coerce(slot, declared) {
            return Ok(raw_bits(&same));
        }
        let value = result(env, slot)?;
        let value = value.as_ref().map_or(null_mut(), Local::as_raw);
        let thrown = api::get().host.unexpected(env, value)?;
        jni!(env, Throw, thrown.as_raw());
        Ok(0)
    }
}

/// The object of a result, of which it takes ownership; `None` for null.
///
/// # Safety
/// As [`bits_of`].
pub(super) unsafe fn result(env: Env, slot: &abi::Value) -> Result<Option<Local>, Error> {
    // SAFETY: the caller's promise.
    unsafe {
        if slot.ty == abi::STRING8 && slot.ownership != abi::TRANSFERRED {
            return new_string(env, text(slot)).map(Some);
        }
        let made = to_java::result(env, slot);
        discard(slot);
        made
    }
}

/// The same for native methods: null for null.
///
/// # Safety
/// As [`bits_of`].
#[inline]
pub(super) unsafe fn object_of(env: Env, slot: &abi::Value) -> Result<jobject, Error> {
    // SAFETY: the caller's promise.
    let object = unsafe { result(env, slot) }?;
    Ok(object.map_or(null_mut(), Local::into_raw))
}

/// The object of one result, or the array of several; scalars go into `words`.
///
/// # Safety
/// `slots` must be valid results, which are not used again.
pub(super) unsafe fn results(
    env: Env,
    slots: &[abi::Value],
    words: jobject,
    pairs: &mut [i64],
) -> Result<jobject, Error> {
    let mut objects: SmallVec<[Option<Local>; 8]> = SmallVec::new();
    let mut failed = None;
    for (slot, pair) in slots.iter().zip(pairs.as_chunks_mut::<2>().0) {
        // SAFETY: the caller's promise; after a failure the others are released.
        match unsafe { lift(env, slot, pair) } {
            Ok(object) => objects.push(object),
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    if let Some(error) = failed {
        return Err(error);
    }
    // SAFETY: two words for each.
    unsafe { write_array(env, Prim::Long, words, 2 * slots.len(), pairs.as_ptr().cast()) };
    if slots.len() == 1 {
        return Ok(objects.remove(0).map_or(null_mut(), Local::into_raw));
    }
    if slots.is_empty() { Ok(null_mut()) } else { Ok(array(env, &objects)?.into_raw()) }
}

/// # Safety
/// As [`results`].
unsafe fn lift(env: Env, slot: &abi::Value, pair: &mut [i64; 2]) -> Result<Option<Local>, Error> {
    pair[0] = i64::from(slot.ty);
    // SAFETY: the caller's promise.
    unsafe {
        if is_primitive(slot.ty) {
            pair[1] = raw_bits(slot);
            return Ok(None);
        }
        result(env, slot)
    }
}

/// An array of objects.
pub(super) fn array(env: Env, objects: &[Option<Local>]) -> Result<Local, Error> {
    let class = api::get().jdk.object.as_raw();
    // SAFETY: an array of objects, and indices inside it.
    unsafe {
        let array = env.made(jni!(env, NewObjectArray, objects.len() as i32, class, null_mut()))?;
        for (index, object) in (0..).zip(objects) {
            let object = object.as_ref().map_or(null_mut(), Local::as_raw);
            jni!(env, SetObjectArrayElement, array.as_raw(), index, object);
        }
        Ok(array)
    }
}
