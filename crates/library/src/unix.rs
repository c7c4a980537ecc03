//! Implementation with `dlopen` and `dladdr`.

use core::ffi::{CStr, c_void};
use core::mem::MaybeUninit;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use libloading::os::unix;
use libloading::{Error, Library};

/// # Safety
/// The library's initialisers may run on this thread.
pub(crate) unsafe fn open(path: &Path, global: bool) -> Result<Library, Error> {
    let scope = if global { unix::RTLD_GLOBAL } else { unix::RTLD_LOCAL };
    let flags = unix::RTLD_NOW | scope | libc::RTLD_NODELETE;
    // SAFETY: the caller's promise about the initialisers.
    unsafe { unix::Library::open(Some(path), flags) }.map(Library::from)
}

pub(crate) fn already_open(name: &OsStr) -> Option<Library> {
    let flags = unix::RTLD_NOW | libc::RTLD_NOLOAD;
    // SAFETY: only finds libraries that are already loaded.
    let open = unsafe { unix::Library::open(Some(name), flags) };
    open.ok().map(Library::from)
}

pub(crate) fn search_also(_: &Path) {}

pub(crate) fn library_of(code: usize) -> Option<PathBuf> {
    // SAFETY: the name lives as long as the library.
    let name = unsafe { CStr::from_ptr(info_of(code)?.dli_fname) };
    real(&path(name))
}

pub(crate) fn image_of(address: usize) -> Option<usize> {
    Some(info_of(address)?.dli_fbase as usize)
}

fn info_of(address: usize) -> Option<libc::Dl_info> {
    let mut info = MaybeUninit::uninit();
    // SAFETY: any address is allowed; `info` is written if the result is not 0.
    unsafe {
        let found = libc::dladdr(address as *const c_void, info.as_mut_ptr()) != 0;
        found.then(|| info.assume_init())
    }
}

/// The path with symbolic links resolved.
pub(crate) fn real(path: &Path) -> Option<PathBuf> {
    std::fs::canonicalize(path).ok()
}

fn path(name: &CStr) -> PathBuf {
    OsStr::from_bytes(name.to_bytes()).into()
}

/// The paths of all loaded libraries, as reported by the system.
#[cfg(any(target_os = "linux", target_os = "android", target_os = "freebsd"))]
pub(crate) fn loaded() -> Vec<PathBuf> {
    /// # Safety
    /// `info` must be valid, and `paths` point to a vector of paths.
    unsafe extern "C" fn add(
        info: *mut libc::dl_phdr_info,
        _: usize,
        paths: *mut c_void,
    ) -> core::ffi::c_int {
        // SAFETY: both as this function requires; a name is a C string, or null.
        unsafe {
            let (name, paths) = ((*info).dlpi_name, &mut *paths.cast::<Vec<PathBuf>>());
            if !name.is_null() {
                paths.push(path(CStr::from_ptr(name)));
            }
        }
        0
    }
    let mut paths: Vec<PathBuf> = Vec::new();
    // SAFETY: `add` gets what it requires, while `paths` lives.
    unsafe { libc::dl_iterate_phdr(Some(add), (&raw mut paths).cast()) };
    paths
}

/// The paths of all loaded libraries, as reported by the system.
#[cfg(target_vendor = "apple")]
#[allow(deprecated, reason = "the crate that is to take their place has the same two functions")]
pub(crate) fn loaded() -> Vec<PathBuf> {
    // SAFETY: an image's name is null or a C string; libraries in use are not
    // unloaded.
    let named = |image| unsafe {
        let name = libc::_dyld_get_image_name(image);
        (!name.is_null()).then(|| path(CStr::from_ptr(name)))
    };
    // SAFETY: may be called at any time.
    let images = 0..unsafe { libc::_dyld_image_count() };
    images.filter_map(named).collect()
}
