//! What the JVM prints while it starts, kept for the error when it does not.
//!
//! HotSpot's `vfprintf` hook. Once the JVM runs, its messages go where they
//! were meant to; so does what was kept when the process ends meanwhile.

use core::ffi::{c_char, c_int, c_void};
use std::io::Write;
use std::sync::{Mutex, Once, PoisonError};

/// Text while a JVM starts; `None` before and afterwards.
static KEPT: Mutex<Option<String>> = Mutex::new(None);

unsafe extern "C" {
    // A `va_list` parameter is a pointer in every C ABI that has a JVM.
    fn vsnprintf(to: *mut c_char, size: usize, format: *const c_char, list: *mut c_void) -> c_int;
    fn vfprintf(stream: *mut libc::FILE, format: *const c_char, list: *mut c_void) -> c_int;
}

/// The function to give the JVM as its `vfprintf` option.
pub(crate) fn hook() -> *mut c_void {
    print as unsafe extern "C" fn(_, _, _) -> _ as *mut c_void
}

/// Runs `start`, and returns with its result what the JVM said meanwhile.
pub(crate) fn during<R>(start: impl FnOnce() -> R) -> (R, String) {
    static AT_EXIT: Once = Once::new();
    AT_EXIT.call_once(|| metaffi_plugin::at_exit(say));
    *kept() = Some(String::new());
    let result = start();
    (result, kept().take().unwrap_or_default())
}

/// Some options and agents end the process during the start.
extern "C" fn say() {
    if let Some(said) = KEPT.try_lock().ok().and_then(|mut kept| kept.take()) {
        // Nobody is left to tell when that fails.
        let _ = std::io::stderr().write_all(said.as_bytes());
    }
}

fn kept() -> std::sync::MutexGuard<'static, Option<String>> {
    KEPT.lock().unwrap_or_else(PoisonError::into_inner)
}

unsafe extern "C" fn print(
    stream: *mut libc::FILE,
    format: *const c_char,
    list: *mut c_void,
) -> c_int {
    // A crash report may be printed from anywhere: never wait for the lock.
    let Some(mut kept) = KEPT.try_lock().ok().filter(|kept| kept.is_some()) else {
        // SAFETY: the JVM's own arguments, handed on once.
        return unsafe { vfprintf(stream, format, list) };
    };
    let mut line = [0_u8; 2048];
    // SAFETY: at most the size of `line` is written, with a NUL at its end.
    let length = unsafe { vsnprintf(line.as_mut_ptr().cast(), line.len(), format, list) };
    let text = line.iter().take_while(|byte| **byte != 0).copied().collect::<Vec<_>>();
    if let Some(kept) = kept.as_mut() {
        kept.push_str(&String::from_utf8_lossy(&text));
    }
    length
}
