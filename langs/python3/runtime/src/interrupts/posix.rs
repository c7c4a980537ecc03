//! POSIX: a semaphore, which handlers may post, and a chain of handlers.
//!
//! [`on_signal`] and what it calls are async-signal-safe.

use core::cell::UnsafeCell;
use core::ffi::{c_int, c_void};
use core::mem::MaybeUninit;
use std::sync::atomic::{AtomicUsize, Ordering};

use metaffi_plugin::signals::{Action, LAST, Signal};
use pyo3::ffi;

use super::chained::{PythonHandler, record};

const COUNT: usize = LAST as usize + 1;

/// Python's handlers, by the number of the signal.
static BEFORE: [AtomicUsize; COUNT] = [const { AtomicUsize::new(0) }; COUNT];

struct Semaphore(UnsafeCell<MaybeUninit<libc::sem_t>>);
// SAFETY: a semaphore is made to be used by several threads; the one that waits is started, and
// handlers are installed, after `begin` has made it.
unsafe impl Sync for Semaphore {}
static POSTED: Semaphore = Semaphore(UnsafeCell::new(MaybeUninit::uninit()));

/// To be called before everything else here, once in a process.
pub(super) fn begin() {
    // SAFETY: nobody uses the semaphore yet.
    unsafe { libc::sem_init((*POSTED.0.get()).as_mut_ptr(), 0, 0) };
}

/// Waits for a signal.
pub(super) fn wait() {
    // SAFETY: `begin` made the semaphore.
    while unsafe { libc::sem_wait((*POSTED.0.get()).as_mut_ptr()) } != 0 {}
}

/// Lets the one that waits go on. Async-signal-safe.
pub(super) fn post() {
    // SAFETY: `begin` made the semaphore.
    unsafe { libc::sem_post((*POSTED.0.get()).as_mut_ptr()) };
}

/// Puts our handler before Python's, if that handles this signal.
pub(super) fn chain(signal: Signal) {
    let python = ffi::PyErr_SetInterrupt as unsafe extern "C" fn() as usize;
    // Python's takes one argument, unlike ours.
    let pythons = |action: &Action| action.is_code_of(python) && action.handler().is_none();
    let Some(action) = Action::of(signal).filter(pythons) else { return };
    let (Ok(index), Some(function)) = (usize::try_from(signal), action.function()) else { return };
    BEFORE[index].store(function, Ordering::SeqCst);
    // SAFETY: our handler does what a handler may, and runs the one before.
    unsafe { action.with_handler(on_signal) }.on_stack().install();
}

unsafe extern "C" fn on_signal(signal: c_int, _: *mut libc::siginfo_t, _: *mut c_void) {
    let before = BEFORE[signal as usize].load(Ordering::SeqCst);
    // SAFETY: `chain` put a handler of one argument there before this one was installed,
    // by a system call; to get here a thread passed the same lock in the kernel.
    let before = unsafe { core::mem::transmute::<usize, PythonHandler>(before) };
    // SAFETY: it is called as the system would.
    record(|| unsafe { before(signal) });
}
