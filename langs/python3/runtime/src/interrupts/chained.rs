//! Our signal handler, which runs Python's, and the counters that it leaves for the
//! interrupting thread.
//!
//! [`record`] is async-signal-safe if what it is given is.

use core::ffi::c_int;
use std::sync::atomic::{AtomicU64, Ordering};

#[cfg(unix)]
use super::posix as system;
#[cfg(windows)]
use super::windows as system;

pub(super) use system::{begin, chain, wait};

pub(super) type PythonHandler = unsafe extern "C" fn(c_int);

/// The number of signals so far, and the number when a handler last ran in Python.
static RECEIVED: AtomicU64 = AtomicU64::new(0);
static HANDLED: AtomicU64 = AtomicU64::new(0);

/// Records a signal; `notify_python` makes it known to Python.
pub(super) fn record(notify_python: impl FnOnce()) {
    // Counted before the handler can run, and posted after Python knows of it.
    RECEIVED.fetch_add(1, Ordering::SeqCst);
    notify_python();
    system::post();
}

/// A handler starts to run: Python handles all signals so far.
pub(super) fn handler_starts() {
    HANDLED.store(RECEIVED.load(Ordering::SeqCst), Ordering::SeqCst);
}

/// Whether no signal is waiting for a handler to run.
pub(super) fn all_handled() -> bool {
    HANDLED.load(Ordering::SeqCst) == RECEIVED.load(Ordering::SeqCst)
}
