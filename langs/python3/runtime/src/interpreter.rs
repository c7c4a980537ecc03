//! What the interpreter exports beyond the limited API.

use core::ffi::CStr;

/// A function of the interpreter, or `None` where it has none of that name.
///
/// # Safety
/// `F` is the type that CPython declares it with.
pub(crate) unsafe fn symbol<F: Copy>(python: &libloading::Library, name: &CStr) -> Option<F> {
    // SAFETY: the caller's promise.
    let found = unsafe { python.get::<F>(name.to_bytes_with_nul()) };
    found.ok().map(|function| *function)
}

/// The library, or the program, that Python's functions are in.
#[cfg(unix)]
pub(crate) fn library() -> Option<libloading::Library> {
    Some(libloading::os::unix::Library::this().into())
}

/// The library that Python's functions are in.
#[cfg(windows)]
pub(crate) fn library() -> Option<libloading::Library> {
    use libloading::os::windows;
    let names = (11..=20).map(|minor| format!("python3{minor}.dll"));
    let mut open = names.filter_map(|name| windows::Library::open_already_loaded(name).ok());
    open.next().map(libloading::Library::from)
}
