//! The thread that interrupts calls.

use core::ffi::{c_int, c_void};
use core::ptr::null_mut;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use metaffi_plugin::is_main_thread;
#[cfg(unix)]
use metaffi_plugin::signals::Mask;
use pyo3::ffi;
use pyo3::prelude::*;

use super::chained;
use crate::load::opened_hub;
use crate::process::{self, attached};

/// How often the main thread is checked: it may be about to enter a guest.
const FIRST_LOOK: Duration = Duration::from_millis(1);
const LAST_LOOK: Duration = Duration::from_millis(50);

/// Held while the main thread is interrupted. A handler does not start meanwhile,
/// since what it raises leads to other calls, which must not be interrupted.
static INTERRUPTING: Mutex<()> = Mutex::new(());
/// Whether the main thread was interrupted since a handler last ran.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Starts the thread, and makes Python inspect the handlers: once, and again in a
/// forked child, which does not have the thread. Called under the GIL.
pub(super) fn begin(py: Python<'_>) -> PyResult<()> {
    static BEGUN_IN: AtomicU32 = AtomicU32::new(0);
    let process = std::process::id();
    if !process::is_finalised() || BEGUN_IN.swap(process, Ordering::SeqCst) == process {
        return Ok(());
    }
    chained::begin();
    let builder = thread::Builder::new().name("metaffi-interrupt".into());
    without_signals(|| builder.spawn(work))?;
    see_handlers(py)
}

/// Has `body` start a thread that no signal is delivered to: what the main thread
/// waits for in Python would not end.
#[cfg(unix)]
fn without_signals<R>(body: impl FnOnce() -> R) -> R {
    let before = Mask::current();
    Mask::all_but_faults().set();
    let result = body();
    before.set();
    result
}

/// Nothing is delivered to a thread here.
#[cfg(windows)]
fn without_signals<R>(body: impl FnOnce() -> R) -> R {
    body()
}

/// Python lets its main thread alone install handlers.
fn see_handlers(py: Python<'_>) -> PyResult<()> {
    if is_main_thread() {
        return py.import("metaffi._interrupts")?.call_method0("watch").map(drop);
    }
    // SAFETY: may be called by any thread; Python runs it on its main thread.
    unsafe { ffi::Py_AddPendingCall(Some(see_handlers_now), null_mut()) };
    Ok(())
}

extern "C" fn see_handlers_now(_: *mut c_void) -> c_int {
    // SAFETY: Python runs it under the GIL.
    unsafe {
        attached(|py| match see_handlers(py) {
            Ok(()) => 0,
            Err(error) => {
                error.restore(py);
                -1
            }
        })
    }
}

fn work() {
    loop {
        chained::wait();
        let mut pause = FIRST_LOOK;
        while !chained::all_handled() && process::is_open() && !interrupt() {
            thread::sleep(pause);
            pause = (pause * 2).min(LAST_LOOK);
        }
    }
}

/// Interrupts what the main thread is waiting for, unless a handler ran meanwhile.
/// Returns whether there was something to interrupt.
fn interrupt() -> bool {
    let _held = INTERRUPTING.lock().unwrap_or_else(PoisonError::into_inner);
    let interrupted = !chained::all_handled() && opened_hub().is_some_and(metaffi::Hub::interrupt);
    INTERRUPTED.fetch_or(interrupted, Ordering::SeqCst);
    interrupted
}

/// A handler is about to run, on the main thread, under the GIL.
pub(super) fn handler_starts() {
    let held = try_lock_briefly();
    chained::handler_starts();
    let interrupted = INTERRUPTED.swap(false, Ordering::SeqCst);
    drop(held);
    if interrupted && let Some(hub) = opened_hub().filter(|_| process::is_open()) {
        // SAFETY: the GIL is held; no Python object is touched.
        unsafe { process::without_gil(|| hub.end_interrupt()) };
    }
}

/// Takes the lock, but not for long: in a forked child it may never be released.
fn try_lock_briefly() -> Option<MutexGuard<'static, ()>> {
    for _ in 0..100 {
        if let Ok(held) = INTERRUPTING.try_lock() {
            return Some(held);
        }
        thread::sleep(Duration::from_millis(1));
    }
    None
}

/// A signal that did not come from the system: Python already knows of it.
pub(super) fn signal_raised() {
    chained::record(|| ());
}
