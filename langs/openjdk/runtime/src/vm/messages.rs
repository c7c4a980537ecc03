//! Captures what the JVM prints while it starts, for the error if it does not start.
//!
//! Uses HotSpot's `vfprintf` hook. Once the JVM runs, its messages go to their normal destination;
//! the captured text does, too, if the process ends during the start.

use core::ffi::{c_char, c_int, c_void};
use std::io::Write;
use std::sync::{Mutex, Once, PoisonError};

/// The captured text while a JVM starts; `None` before and afterwards.
static CAPTURED: Mutex<Option<String>> = Mutex::new(None);

unsafe extern "C" {
    // A `va_list` parameter is a pointer in every C ABI that has a JVM.
    fn vsnprintf(to: *mut c_char, size: usize, format: *const c_char, list: *mut c_void) -> c_int;
    fn vfprintf(stream: *mut libc::FILE, format: *const c_char, list: *mut c_void) -> c_int;
}

/// The function to pass to the JVM as its `vfprintf` option.
pub(crate) fn hook() -> *mut c_void {
    print as unsafe extern "C" fn(_, _, _) -> _ as *mut c_void
}

/// Runs `start`, and returns its result and what the JVM printed meanwhile.
pub(crate) fn during<R>(start: impl FnOnce() -> R) -> (R, String) {
    static AT_EXIT: Once = Once::new();
    AT_EXIT.call_once(|| metaffi_plugin::at_exit(print_captured));
    *captured() = Some(String::new());
    let result = start();
    (result, captured().take().unwrap_or_default())
}

/// Some options and agents end the process during the start.
extern "C" fn print_captured() {
    if let Some(text) = CAPTURED.try_lock().ok().and_then(|mut captured| captured.take()) {
        // If that fails, there is nobody left to report it to.
        let _ = std::io::stderr().write_all(text.as_bytes());
    }
}

fn captured() -> std::sync::MutexGuard<'static, Option<String>> {
    CAPTURED.lock().unwrap_or_else(PoisonError::into_inner)
}

unsafe extern "C" fn print(
    stream: *mut libc::FILE,
    format: *const c_char,
    list: *mut c_void,
) -> c_int {
    // A crash report may be printed from anywhere: never wait for the lock.
    let Some(mut captured) = CAPTURED.try_lock().ok().filter(|captured| captured.is_some()) else {
        // SAFETY: the JVM's own arguments, passed on once.
        return unsafe { vfprintf(stream, format, list) };
    };
    let mut line = [0_u8; 2048];
    // SAFETY: at most the size of `line` is written, with a NUL at its end.
    let length = unsafe { vsnprintf(line.as_mut_ptr().cast(), line.len(), format, list) };
    let text = line.iter().take_while(|byte| **byte != 0).copied().collect::<Vec<_>>();
    if let Some(captured) = captured.as_mut() {
        captured.push_str(&String::from_utf8_lossy(&text));
    }
    length
}
