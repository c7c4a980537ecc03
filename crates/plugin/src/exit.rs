//! The exit of the process: handlers for it, and threads that call a guest meanwhile.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// An exit takes milliseconds, unless user code runs in it.
const MAX_WAIT: Duration = Duration::from_secs(2);

/// Makes the exit of the program call `handler`, which must not unwind, while all threads are
/// alive.
#[cfg(unix)]
pub fn at_exit(handler: extern "C" fn()) {
    // SAFETY: libraries of MetaFFI are never unloaded.
    unsafe { libc::atexit(handler) };
}

/// Makes the exit of the program call `handler`, which must not unwind, while all threads are
/// alive.
///
/// This uses `exit` of the Universal CRT. A library's own `atexit` would call the handler when the
/// library is detached. By then the other threads have been killed, whatever locks they hold.
#[cfg(windows)]
pub fn at_exit(handler: extern "C" fn()) {
    type Register = unsafe extern "C" fn(extern "C" fn()) -> core::ffi::c_int;
    let crt = metaffi_library::already_open("ucrtbase.dll".as_ref());
    // SAFETY: the CRT defines the type of this function. It is never unloaded, and neither are
    // our libraries. `atexit` has the same contract.
    unsafe {
        match crt.as_ref().and_then(|crt| crt.get::<Register>(b"_crt_atexit").ok()) {
            Some(register) => _ = register(handler),
            None => _ = libc::atexit(handler),
        }
    }
}

/// Blocks a thread that may no longer enter a guest because the process is
/// exiting. Usually the process ends before this returns; an error would only
/// make the thread report it, or end the process in another way. It returns at
/// most two seconds after the first thread called it, so that an exit that
/// waits for such a thread can continue; the thread is then refused. The thread
/// must not hold anything that the exit needs.
#[cold]
pub fn await_exit() {
    static FIRST: OnceLock<Instant> = OnceLock::new();
    let waited = FIRST.get_or_init(Instant::now).elapsed();
    std::thread::sleep(MAX_WAIT.saturating_sub(waited));
}
