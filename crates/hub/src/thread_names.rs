//! The name of a thread, from the languages that know it, else from the system.
//!
//! Read when a thread enters a language for the first time, never during a
//! call.

use core::ptr::NonNull;
use std::sync::{Mutex, PoisonError};

use metaffi_abi as abi;

static LANGUAGES: Mutex<Vec<abi::ThreadNameFn>> = Mutex::new(Vec::new());

/// Adds a language that names its threads.
pub(crate) fn add(name: abi::ThreadNameFn) {
    LANGUAGES.lock().unwrap_or_else(PoisonError::into_inner).push(name);
}

/// Writes the name of this thread, and returns its length.
pub(crate) fn write(to: &mut [u8]) -> usize {
    // A language may take a while, so the lock is not held meanwhile.
    let languages = LANGUAGES.lock().unwrap_or_else(PoisonError::into_inner).clone();
    for language in languages {
        // SAFETY: the header defines the type of the function; the place has
        // that size.
        let length = unsafe { language(NonNull::from(&mut *to).cast(), to.len()) };
        if length > 0 {
            return length.min(to.len());
        }
    }
    let name = by_system().unwrap_or_default();
    // The system truncates names, possibly within a character.
    let text = String::from_utf8_lossy(&name);
    let text = text.trim_end_matches(char::REPLACEMENT_CHARACTER).as_bytes();
    let length = text.len().min(to.len());
    to[..length].copy_from_slice(&text[..length]);
    length
}

/// Unnamed threads have the name of the process, which counts as no name.
#[cfg(target_os = "linux")]
fn by_system() -> Option<Vec<u8>> {
    let read = |path: &str| std::fs::read(path).ok();
    let own = read("/proc/thread-self/comm")?;
    let is_unnamed = read("/proc/self/comm").is_some_and(|process| process == own);
    (!is_unnamed).then(|| own.trim_ascii_end().to_vec())
}

#[cfg(target_os = "macos")]
fn by_system() -> Option<Vec<u8>> {
    let mut name = [0_u8; 64];
    // SAFETY: this thread, with room for the name.
    let status = unsafe {
        libc::pthread_getname_np(libc::pthread_self(), name.as_mut_ptr().cast(), name.len())
    };
    let own = core::ffi::CStr::from_bytes_until_nul(&name).ok()?;
    (status == 0).then(|| own.to_bytes().to_vec())
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn by_system() -> Option<Vec<u8>> {
    None
}
