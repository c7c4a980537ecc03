//! The gate of the JVM: closed in a forked child, and at exit for all threads
//! but the one that exits.
//!
//! A closed gate refuses with an error; at exit it first waits for the end.
//! One relaxed load on the hot path.

use core::sync::atomic::{AtomicU8, AtomicUsize, Ordering};

use metaffi_plugin::await_exit;
use metaffi_plugin::value::{Error, ErrorKind};

use super::thread;

const OPEN: u8 = 0;
const EXITING: u8 = 1;
const FORKED: u8 = 2;

static STATE: AtomicU8 = AtomicU8::new(OPEN);
static EXITING_THREAD: AtomicUsize = AtomicUsize::new(0);

/// Refuses this thread when it may not enter Java any more.
#[inline]
pub(crate) fn check() -> Result<(), Error> {
    match STATE.load(Ordering::Relaxed) {
        OPEN => Ok(()),
        state => check_closed(state),
    }
}

#[cold]
fn check_closed(state: u8) -> Result<(), Error> {
    if state == FORKED {
        return Err(Error::new(
            ErrorKind::Unsupported,
            "this process was forked after the JVM had started, and a JVM does not survive a \
             fork; start such processes with spawn (in Python: \
             multiprocessing.set_start_method(\"spawn\"))",
        ));
    }
    if EXITING_THREAD.load(Ordering::Relaxed) == thread::id() {
        return Ok(());
    }
    await_exit();
    Err(Error::new(
        ErrorKind::Released,
        "the process is exiting: no other thread enters the JVM any more",
    ))
}

/// Whether Java must not be entered on behalf of nobody: to release objects or
/// to detach threads.
pub(crate) fn is_forked() -> bool {
    STATE.load(Ordering::Relaxed) == FORKED
}

/// Closes the gate to all threads but this one. Whether it was open.
pub(crate) fn begin_exit() -> bool {
    EXITING_THREAD.store(thread::id(), Ordering::Relaxed);
    STATE.compare_exchange(OPEN, EXITING, Ordering::Release, Ordering::Relaxed).is_ok()
}

/// Closes the gate in children that are forked from now on.
#[cfg(unix)]
pub(crate) fn watch_forks() {
    extern "C" fn in_child() {
        STATE.store(FORKED, Ordering::Relaxed);
    }
    // SAFETY: the handler stores one atomic, which is async-signal-safe.
    unsafe { libc::pthread_atfork(None, None, Some(in_child)) };
}

#[cfg(not(unix))]
pub(crate) fn watch_forks() {}
