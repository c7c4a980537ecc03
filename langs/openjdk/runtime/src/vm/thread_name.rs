//! The name that the system has for a thread, which Java takes over.

use std::ffi::CString;

/// The name of this thread, if it has one of its own: threads that nobody named
/// have that of the process.
#[cfg(target_os = "linux")]
pub(super) fn of_this() -> Option<CString> {
    let read = |path: &str| std::fs::read(path).ok();
    let own = read("/proc/thread-self/comm")?;
    if read("/proc/self/comm").is_some_and(|process| process == own) {
        return None;
    }
    named(own.trim_ascii_end())
}

/// As on Linux, but threads that nobody named have none.
#[cfg(target_os = "macos")]
pub(super) fn of_this() -> Option<CString> {
    let mut name = [0_u8; 64];
    // SAFETY: this thread, and room for the name.
    let status = unsafe {
        libc::pthread_getname_np(libc::pthread_self(), name.as_mut_ptr().cast(), name.len())
    };
    let own = core::ffi::CStr::from_bytes_until_nul(&name).ok()?.to_bytes();
    if status == 0 { named(own) } else { None }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub(super) fn of_this() -> Option<CString> {
    None
}

/// The system cuts names, perhaps inside of a character.
#[cfg(unix)]
fn named(name: &[u8]) -> Option<CString> {
    let text = String::from_utf8_lossy(name);
    let text = text.trim_end_matches(char::REPLACEMENT_CHARACTER);
    (!text.is_empty()).then(|| CString::new(text).ok())?
}
