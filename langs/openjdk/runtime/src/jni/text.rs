//! Java strings made of ours: UTF-8 outside, UTF-16 inside, with a fast path
//! for short ASCII.
//!
//! Never through JNI's modified UTF-8, which breaks NUL and everything above
//! U+FFFF.

use core::mem::MaybeUninit;

use jni_sys::{jchar, jsize};
use metaffi_plugin::value::Error;

use super::{Env, Local, java_length};

/// Units that are converted on the stack.
pub(super) const INLINE: usize = 256;

/// A Java string of UTF-8; bytes that are none become U+FFFD.
#[inline]
pub(crate) fn new_string(env: Env, utf8: &[u8]) -> Result<Local, Error> {
    let mut inline = [MaybeUninit::<u16>::uninit(); INLINE];
    if utf8.len() <= INLINE && utf8.is_ascii() {
        // SAFETY: `inline` has room for all bytes.
        unsafe { write_wide(utf8, inline.as_mut_ptr().cast()) };
        // SAFETY: the first `len` units were just written.
        return unsafe { from_raw_units(env, inline.as_ptr().cast(), utf8.len() as jsize) };
    }
    new_long_string(env, utf8)
}

#[cold]
fn new_long_string(env: Env, utf8: &[u8]) -> Result<Local, Error> {
    let units: Vec<u16> = if utf8.is_ascii() {
        utf8.iter().map(|byte| u16::from(*byte)).collect()
    } else {
        String::from_utf8_lossy(utf8).encode_utf16().collect()
    };
    string_of_units(env, &units)
}

/// A Java string of UTF-16.
pub(crate) fn string_of_units(env: Env, units: &[u16]) -> Result<Local, Error> {
    let length = java_length(units.len(), "a string")?;
    // SAFETY: the units of a slice.
    unsafe { from_raw_units(env, units.as_ptr(), length) }
}

/// # Safety
/// `units` must point to `length` units.
#[inline]
unsafe fn from_raw_units(env: Env, units: *const jchar, length: jsize) -> Result<Local, Error> {
    // SAFETY: the caller's promise; the reference made here is ours.
    unsafe { env.made(jni!(env, NewString, units, length)) }
}

/// Bytes that are converted at once: a vector's worth, written as one, so that
/// the JVM can read it as one.
pub(super) const STEP: usize = 16;

/// # Safety
/// `to` must have room for as many units as there are bytes.
#[inline]
unsafe fn write_wide(bytes: &[u8], to: *mut u16) {
    let (steps, rest) = bytes.as_chunks::<STEP>();
    // SAFETY: the caller's promise.
    unsafe {
        for (index, step) in steps.iter().enumerate() {
            to.add(index * STEP).cast::<[u16; STEP]>().write_unaligned(step.map(u16::from));
        }
        for (index, byte) in rest.iter().enumerate() {
            to.add(steps.len() * STEP + index).write(u16::from(*byte));
        }
    }
}
