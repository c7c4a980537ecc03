//! Deferred releases: references to Python objects that other runtimes have released.
//!
//! Their threads must neither wait for the GIL nor touch the interpreter while it
//! exits. So they push objects onto a lock-free stack, and the next thread with the
//! GIL empties it: one that returns from a call, or one that is notified of the first
//! object. In a Python program that is the main thread; if Python is embedded, the
//! main thread may never run Python, so a thread of our own does it.

use core::cell::Cell;
use core::ffi::{c_int, c_void};
use core::ptr::{NonNull, null_mut};
use core::time::Duration;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use metaffi_plugin::{Stack, Worker};
use pyo3::ffi;

use crate::gil::with_gil;
use crate::process::{is_open, unless_exiting};
use crate::shared::{Shared, free_released};

static QUEUE: Stack<Shared> = Stack::new();

/// How long the collector waits for calling threads to empty the queue.
const PATIENCE: Duration = Duration::from_millis(20);

/// Queues an object whose last reference was released. Any thread.
pub(crate) fn push(shared: NonNull<Shared>) {
    // SAFETY: nothing else refers to it: its last reference was released.
    let is_first = unsafe { QUEUE.push(shared) };
    if is_first && !DRAINS.get() {
        ask_for_drain();
    }
}

thread_local! {
    /// Whether this thread holds the GIL and is about to drain the queue.
    static DRAINS: Cell<bool> = const { Cell::new(false) };
}

/// Drops a value that may hold the last references to Python objects, and releases
/// those at once.
///
/// # Safety
/// The GIL is held.
pub(crate) unsafe fn drop_and_drain<T>(value: T) {
    let before = DRAINS.replace(true);
    drop(value);
    DRAINS.set(before);
    // SAFETY: the caller's promise.
    unsafe { drain() };
}

fn ask_for_drain() {
    if EMBEDDED.load(Ordering::Relaxed) {
        // Without it, the next call drains.
        return COLLECTOR.wake();
    }
    // If its list is full, the next return from a call drains the queue.
    // SAFETY: needs no GIL; the gate keeps the interpreter from ending.
    unless_exiting(|| unsafe { ffi::Py_AddPendingCall(Some(drain_pending), null_mut()) });
}

static COLLECTOR: Worker = Worker::new("metaffi-python3", collect);

/// Whether a thread of ours empties the queue. Set under the GIL, before any object leaves
/// Python: threads that release an object got it from there, and see this, hence `Relaxed`.
static EMBEDDED: AtomicBool = AtomicBool::new(false);

/// To be called if Python is embedded, where nothing runs pending calls.
pub(crate) fn collect_from_now_on() {
    EMBEDDED.store(true, Ordering::Relaxed);
}

fn collect() {
    while is_open() {
        thread::park();
        thread::sleep(PATIENCE);
        if is_open() && !QUEUE.is_empty() {
            let _ = with_gil(|| {
                // SAFETY: the GIL is held while this runs.
                unsafe { drain() };
                Ok(())
            });
        }
    }
}

extern "C" fn drain_pending(_: *mut c_void) -> c_int {
    // SAFETY: the interpreter makes pending calls under the GIL.
    unsafe { drain() };
    0
}

/// Releases the queued objects.
///
/// # Safety
/// The GIL is held.
#[inline]
pub(crate) unsafe fn drain() {
    if !QUEUE.is_empty() {
        // SAFETY: the caller's promise.
        unsafe { drain_queued() };
    }
}

#[cold]
unsafe fn drain_queued() {
    for shared in QUEUE.take() {
        // SAFETY: taken off the queue, so it is ours alone.
        unsafe { free_released(shared) };
    }
}
