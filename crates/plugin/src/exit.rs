//! The exit of the process: who is called by it, and what becomes of threads that come meanwhile.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// An exit takes milliseconds, unless user code takes part.
const PATIENCE: Duration = Duration::from_secs(2);

/// Has the exit of the program call `handler`, which must not unwind, while all threads are alive.
#[cfg(unix)]
pub fn at_exit(handler: extern "C" fn()) {
    // SAFETY: libraries of MetaFFI are never unloaded.
    unsafe { libc::atexit(handler) };
}

/// Has the exit of the program call `handler`, which must not unwind, while all threads are alive.
///
/// That is `exit` of the Universal CRT. A library's own `atexit` would call it when the library is
/// detached: the other threads have been ended by then, whatever locks they hold.
#[cfg(windows)]
pub fn at_exit(handler: extern "C" fn()) {
    type Register = unsafe extern "C" fn(extern "C" fn()) -> core::ffi::c_int;
    let crt = metaffi_library::already_open("ucrtbase.dll".as_ref());
    // SAFETY: the CRT gives this function its type, and is never unloaded, as our libraries are
    // not; `atexit` has the same contract.
    unsafe {
        match crt.as_ref().and_then(|crt| crt.get::<Register>(b"_crt_atexit").ok()) {
            Some(register) => _ = register(handler),
            None => _ = libc::atexit(handler),
        }
    }
}

/// Holds a thread back that may not enter a guest any more, because the process
/// exits: most are gone before this returns, and an error would only make them
/// complain, or end the process in another way. It returns at most two seconds
/// after the first thread came, so that an exit which waits for one goes on;
/// the thread is then refused. It must hold nothing that the exit needs.
#[cold]
pub fn await_exit() {
    static FIRST: OnceLock<Instant> = OnceLock::new();
    let waited = FIRST.get_or_init(Instant::now).elapsed();
    std::thread::sleep(PATIENCE.saturating_sub(waited));
}
