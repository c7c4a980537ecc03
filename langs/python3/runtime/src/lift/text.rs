//! Lifts strings and characters.

use core::ffi::{c_int, c_void};
use core::ptr::null;

use encoding_rs::mem::convert_str_to_utf16;
use metaffi_abi as abi;
use metaffi_value::Type;
use pyo3::ffi;

use super::{New, Take, content, new};

/// The number of bytes from which UTF-8 is not always decoded by the interpreter.
const LONG: u64 = 1024;

/// The first UTF-8 byte of the first character beyond Latin-1.
const BEYOND_LATIN: u8 = 0xC4;

/// A `str` of UTF-8; invalid bytes become U+FFFD.
///
/// # Safety
/// `length` bytes at `data`, and the GIL is held.
#[inline]
pub(super) unsafe fn utf8(data: *const u8, length: u64) -> New {
    if length >= LONG {
        // SAFETY: the caller's promises.
        return unsafe { long(core::slice::from_raw_parts(data, length as usize)) };
    }
    // SAFETY: the caller's promises.
    unsafe { narrow(data, length) }
}

/// Decoded by the interpreter.
///
/// # Safety
/// As [`utf8`].
#[inline]
unsafe fn narrow(data: *const u8, length: u64) -> New {
    let data = if data.is_null() { c"".as_ptr() } else { data.cast() };
    // SAFETY: the caller's promises.
    unsafe { new(ffi::PyUnicode_DecodeUTF8(data, length as ffi::Py_ssize_t, c"replace".as_ptr())) }
}

/// A `str` of long text. A function of its own, to keep the path of short text short.
///
/// # Safety
/// The GIL is held.
#[cold]
#[inline(never)]
unsafe fn long(utf8: &[u8]) -> New {
    // SAFETY: the caller's promise.
    unsafe { wide(utf8).unwrap_or_else(|| narrow(utf8.as_ptr(), utf8.len() as u64)) }
}

/// A `str` of characters two bytes wide, by way of UTF-16, which the interpreter copies, while it
/// decodes UTF-8 character by character. `None` for other widths and for invalid UTF-8, which the
/// interpreter decodes better.
///
/// # Safety
/// The GIL is held.
unsafe fn wide(utf8: &[u8]) -> Option<New> {
    let highest = utf8.iter().copied().max()?;
    if !(BEYOND_LATIN..0xF0).contains(&highest) {
        return None;
    }
    let text = simdutf8::basic::from_utf8(utf8).ok()?;
    let mut units = vec![0; text.len() + 1]; // the converter needs one more
    let length = convert_str_to_utf16(text, &mut units);
    // SAFETY: the caller's promise; `length` units were written.
    Some(unsafe { decode(Type::STRING16, units.as_ptr().cast(), 2 * length as u64) })
}

/// A `str` of `length` bytes in the encoding of `ty`. Lone surrogates of UTF-16
/// are kept, as Java's strings may contain them.
///
/// # Safety
/// As [`utf8`].
pub(super) unsafe fn decode(ty: Type, data: *const c_void, length: u64) -> New {
    if length == 0 {
        // SAFETY: the caller's promises.
        return unsafe { utf8(null(), 0) };
    }
    let (errors, size) = (c"surrogatepass".as_ptr(), length as ffi::Py_ssize_t);
    let mut order: c_int = if cfg!(target_endian = "big") { 1 } else { -1 };
    // SAFETY: the caller's promises.
    unsafe {
        match ty {
            Type::STRING16 => {
                new(ffi::PyUnicode_DecodeUTF16(data.cast(), size, errors, &raw mut order))
            }
            Type::STRING32 => {
                new(ffi::PyUnicode_DecodeUTF32(data.cast(), size, errors, &raw mut order))
            }
            _ => utf8(data.cast(), length),
        }
    }
}

/// A string slot, transferred or not; null is `None`.
///
/// # Safety
/// `raw` is a valid string; the GIL is held.
pub(super) unsafe fn lift(raw: &abi::Value, ty: Type, take: Take) -> New {
    // SAFETY: the caller's promises; the buffer lives until the copy is made.
    unsafe {
        let (_buffer, data) = content(raw, take);
        decode(ty, data, raw.length)
    }
}

/// A `str` of one character.
///
/// # Safety
/// The GIL is held.
pub(super) unsafe fn character(code: u32) -> New {
    let code = if code > 0x10_FFFF { 0xFFFD } else { code };
    // SAFETY: the caller's promise; surrogates are code units of `char16`.
    unsafe {
        let units = [code];
        let mut order: c_int = if cfg!(target_endian = "big") { 1 } else { -1 };
        let errors = c"surrogatepass".as_ptr();
        new(ffi::PyUnicode_DecodeUTF32(units.as_ptr().cast(), 4, errors, &raw mut order))
    }
}
