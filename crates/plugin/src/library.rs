//! Which library some code is in.

use std::ffi::OsStr;
use std::path::PathBuf;

/// The path of the library that holds `code`, a function of the caller's own
/// that need not do anything; `None` where the system cannot say.
#[cfg(unix)]
#[must_use]
pub fn library_of(code: fn()) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStrExt;
    let mut info = core::mem::MaybeUninit::<libc::Dl_info>::uninit();
    // SAFETY: any address may be asked for; `info` is written when the result
    // is not 0, and the name it points to lives as long as the library.
    let name = unsafe {
        if libc::dladdr(code as *const core::ffi::c_void, info.as_mut_ptr()) == 0 {
            return None;
        }
        core::ffi::CStr::from_ptr(info.assume_init().dli_fname)
    };
    std::fs::canonicalize(OsStr::from_bytes(name.to_bytes())).ok()
}

/// The path of the library that holds `code`: not known here.
#[cfg(not(unix))]
#[must_use]
pub fn library_of(_: fn()) -> Option<PathBuf> {
    None
}

/// Where the library that holds `address` begins in memory; the same for all
/// addresses of one library, `None` where there is none.
#[cfg(unix)]
#[must_use]
pub fn image_of(address: usize) -> Option<usize> {
    let mut info = core::mem::MaybeUninit::<libc::Dl_info>::uninit();
    // SAFETY: as in `library_of`.
    unsafe {
        let address = address as *const core::ffi::c_void;
        (libc::dladdr(address, info.as_mut_ptr()) != 0)
            .then(|| info.assume_init().dli_fbase as usize)
    }
}

/// The paths of the libraries with this file name that are loaded in this process.
#[cfg(any(target_os = "linux", target_os = "android", target_os = "freebsd"))]
#[must_use]
pub fn libraries_named(name: &OsStr) -> Vec<PathBuf> {
    use std::os::unix::ffi::OsStrExt;
    /// # Safety
    /// `info` is valid, and `paths` a vector of paths.
    unsafe extern "C" fn add(
        info: *mut libc::dl_phdr_info,
        _: usize,
        paths: *mut core::ffi::c_void,
    ) -> core::ffi::c_int {
        // SAFETY: the function's contract; a name is a C string, or null.
        unsafe {
            let (name, paths) = ((*info).dlpi_name, &mut *paths.cast::<Vec<PathBuf>>());
            if !name.is_null() {
                let name = core::ffi::CStr::from_ptr(name).to_bytes();
                paths.push(PathBuf::from(OsStr::from_bytes(name)));
            }
        }
        0
    }
    let mut paths: Vec<PathBuf> = Vec::new();
    // SAFETY: `add` is called with what it asks for, while `paths` lives.
    unsafe { libc::dl_iterate_phdr(Some(add), (&raw mut paths).cast()) };
    named(paths, name)
}

/// The paths of the libraries with this file name that are loaded in this process.
#[cfg(target_vendor = "apple")]
#[must_use]
pub fn libraries_named(name: &OsStr) -> Vec<PathBuf> {
    use std::os::unix::ffi::OsStrExt;
    // SAFETY: an image's name is null or a C string; libraries that are in use stay.
    let path = |image| unsafe {
        let name = libc::_dyld_get_image_name(image);
        let text = (!name.is_null()).then(|| core::ffi::CStr::from_ptr(name).to_bytes());
        text.map(|text| PathBuf::from(OsStr::from_bytes(text)))
    };
    // SAFETY: may be called at any time.
    let images = 0..unsafe { libc::_dyld_image_count() };
    named(images.filter_map(path).collect(), name)
}

/// The paths of the libraries with this file name: not known here.
#[cfg(windows)]
#[must_use]
pub fn libraries_named(_: &OsStr) -> Vec<PathBuf> {
    Vec::new()
}

#[cfg(unix)]
fn named(mut paths: Vec<PathBuf>, name: &OsStr) -> Vec<PathBuf> {
    paths.retain(|path| path.file_name() == Some(name));
    paths.into_iter().filter_map(|path| std::fs::canonicalize(path).ok()).collect()
}
