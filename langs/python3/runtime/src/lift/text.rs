//! Strings and characters.

use core::ffi::{c_int, c_void};
use core::ptr::null;

use metaffi_abi as abi;
use metaffi_value::Type;
use pyo3::ffi;

use super::{New, Take, content, new};

/// A `str` of UTF-8; bytes that are none become U+FFFD.
///
/// # Safety
/// `length` bytes at `data`, and the GIL is held.
#[inline]
pub(super) unsafe fn utf8(data: *const u8, length: u64) -> New {
    let data = if data.is_null() { c"".as_ptr() } else { data.cast() };
    // SAFETY: the caller's promises.
    unsafe { new(ffi::PyUnicode_DecodeUTF8(data, length as ffi::Py_ssize_t, c"replace".as_ptr())) }
}

/// A `str` of `length` bytes in the encoding of `ty`. Lone surrogates of
/// UTF-16 stay, as Java's strings may hold them.
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

/// A string slot, transferred or not; no string at all is `None`.
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
