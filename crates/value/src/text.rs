//! `metaffi_str` to `&str` and back.

use metaffi_abi as abi;

use crate::error::{Error, ErrorKind};

/// Views a Rust string as a raw one, valid as long as `text`.
#[must_use]
pub const fn str_to_raw(text: &str) -> abi::Str {
    abi::Str { data: text.as_ptr(), length: text.len() as u64 }
}

/// Copies a raw string. Invalid UTF-8 becomes U+FFFD.
///
/// # Safety
/// `raw` must point to `length` readable bytes, or have length 0.
#[must_use]
pub unsafe fn str_from_raw(raw: abi::Str) -> String {
    // SAFETY: the caller's promise.
    text(unsafe { bytes(raw.data.cast(), raw.length) })
}

/// Copies a raw string that names something; errors call it `what`. Text for
/// display may have invalid UTF-8 replaced, but a name would become another
/// name.
///
/// # Errors
/// `Argument` when it is not UTF-8.
///
/// # Safety
/// As [`str_from_raw`].
pub unsafe fn name_from_raw(raw: abi::Str, what: &str) -> Result<String, Error> {
    // SAFETY: the caller's promise.
    let bytes = unsafe { bytes(raw.data.cast(), raw.length) };
    core::str::from_utf8(bytes).map(str::to_owned).map_err(|error| {
        let (shown, at) = (bytes.escape_ascii(), error.valid_up_to());
        let message = format!("{what} `{shown}` is not UTF-8 from byte {at} on; rename it");
        Error::new(ErrorKind::Argument, message)
    })
}

/// Copies UTF-8. Invalid bytes become U+FFFD. The replacement runs only if
/// there are any, since it costs several times as much as the check.
#[inline]
pub(crate) fn text(utf8: &[u8]) -> String {
    match simdutf8::basic::from_utf8(utf8) {
        Ok(text) => text.to_owned(),
        Err(_) => String::from_utf8_lossy(utf8).into_owned(),
    }
}

/// Views `length` bytes; empty if `length` is 0, for any `data`.
///
/// # Safety
/// `data` must point to `length` readable bytes that live as long as `'a`.
pub(crate) unsafe fn bytes<'a>(data: *const core::ffi::c_void, length: u64) -> &'a [u8] {
    // SAFETY: the caller's promise.
    unsafe { elements(data, length) }
}

/// Views `length` elements; empty if `length` is 0 or `data` is null.
///
/// # Safety
/// `data` must point to `length` valid, aligned `T` that live as long as `'a`.
pub(crate) unsafe fn elements<'a, T>(data: *const core::ffi::c_void, length: u64) -> &'a [T] {
    if length == 0 || data.is_null() {
        return &[];
    }
    // SAFETY: the caller's promise; the length of a live buffer fits usize.
    unsafe { core::slice::from_raw_parts(data.cast(), length as usize) }
}
