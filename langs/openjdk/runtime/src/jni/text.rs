//! Makes Java strings from Rust strings: from UTF-8 to UTF-16, with a fast path for short ASCII.
//!
//! Never through JNI's modified UTF-8, which breaks NUL and everything above U+FFFF.

use core::mem::MaybeUninit;
use std::sync::OnceLock;

use encoding_rs::mem::{convert_str_to_utf16, convert_utf8_to_utf16};
use jni_sys::{jchar, jsize, jvalue};
use metaffi_plugin::value::Error;

use super::{Class, Env, Local, Method, byte_array, java_length};

/// The number of units that are converted on the stack.
pub(super) const INLINE: usize = 256;

/// A Java string from UTF-8; invalid bytes become U+FFFD.
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
    if utf8.is_ascii() {
        return ascii_string(env, utf8);
    }
    let mut units = vec![0; utf8.len() + 1]; // the converter needs one more
    // Validating first is faster: known UTF-8 needs no check of each character.
    let length = match simdutf8::basic::from_utf8(utf8) {
        Ok(text) => convert_str_to_utf16(text, &mut units),
        Err(_) => convert_utf8_to_utf16(utf8, &mut units),
    };
    string_of_units(env, &units[..length])
}

/// A Java string from ASCII, which Java stores as bytes: `NewString` would check each character to
/// find that out.
fn ascii_string(env: Env, ascii: &[u8]) -> Result<Local, Error> {
    static STRING: OnceLock<(Class, Method)> = OnceLock::new();
    let (class, constructor) = match STRING.get() {
        Some(known) => known,
        None => {
            let class = Class::find(env, c"java/lang/String")?;
            let constructor = class.constructor(env, c"([BI)V")?;
            STRING.get_or_init(|| (class, constructor))
        }
    };
    let bytes = byte_array(env, ascii)?;
    let args = [jvalue { l: bytes.as_raw() }, jvalue { i: 0 }];
    // SAFETY: the constructor takes bytes, and the upper byte of all characters.
    unsafe { constructor.new_object(env, class, &args) }
}

/// A Java string from UTF-16.
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

/// The number of bytes that are converted at once: the size of a vector, written as one, so that
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
