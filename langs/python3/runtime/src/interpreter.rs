//! Functions that the interpreter exports beyond the limited API.

use core::ffi::CStr;

use metaffi_library::Library;

/// A function of the interpreter, or `None` if it has none of that name.
///
/// # Safety
/// `F` is the type that CPython declares it with.
pub(crate) unsafe fn symbol<F: Copy>(python: &Library, name: &CStr) -> Option<F> {
    // SAFETY: the caller's promise.
    let found = unsafe { python.get::<F>(name.to_bytes_with_nul()) };
    found.ok().map(|function| *function)
}

/// The library, or the program, that Python's functions are in.
#[cfg(unix)]
pub(crate) fn library() -> Option<Library> {
    Some(libloading::os::unix::Library::this().into())
}

/// The library that Python's functions are in.
#[cfg(windows)]
pub(crate) fn library() -> Option<Library> {
    let mut names = (11..=20).map(|minor| format!("python3{minor}.dll"));
    names.find_map(|name| metaffi_library::already_open(name.as_ref()))
}
