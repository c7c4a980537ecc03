//! Which library some code is in.

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
    std::fs::canonicalize(std::ffi::OsStr::from_bytes(name.to_bytes())).ok()
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
