//! Our signal handler, which runs Python's, and the counters that it leaves for the
//! interrupting thread.
//!
//! [`came`] is async-signal-safe, if what it is given is.

use core::ffi::c_int;
use std::sync::atomic::{AtomicU64, Ordering};

#[cfg(unix)]
use super::posix as system;
#[cfg(windows)]
use super::windows as system;

pub(super) use system::{begin, chain, wait};

pub(super) type PythonHandler = unsafe extern "C" fn(c_int);

/// How many signals came, and how many had when a handler last ran in Python.
static CAME: AtomicU64 = AtomicU64::new(0);
static DEALT: AtomicU64 = AtomicU64::new(0);

/// A signal came; `tell` makes Python know of it.
pub(super) fn came(tell: impl FnOnce()) {
    // Counted before the handler can run, and told after Python knows.
    CAME.fetch_add(1, Ordering::SeqCst);
    tell();
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
