//! Our signal handler, which runs Python's, and the counters that it leaves for the
//! interrupting thread.
//!
//! [`record`] and what it calls are async-signal-safe.

use core::cell::UnsafeCell;
use core::ffi::{c_int, c_void};
use core::mem::MaybeUninit;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use metaffi_plugin::signals::{Action, LAST, Signal};
use pyo3::ffi;

const COUNT: usize = LAST as usize + 1;

type PythonHandler = unsafe extern "C" fn(c_int);

/// Python's handlers, by the number of the signal.
static BEFORE: [AtomicUsize; COUNT] = [const { AtomicUsize::new(0) }; COUNT];
/// The number of signals so far, and the number when a handler last ran in Python.
static RECEIVED: AtomicU64 = AtomicU64::new(0);
static HANDLED: AtomicU64 = AtomicU64::new(0);

struct Semaphore(UnsafeCell<MaybeUninit<libc::sem_t>>);
// SAFETY: a semaphore may be used by several threads; the thread that waits is started, and
// handlers are installed, after `begin` has initialized it.
unsafe impl Sync for Semaphore {}
static POSTED: Semaphore = Semaphore(UnsafeCell::new(MaybeUninit::uninit()));

/// Must be called before everything else here, once per process.
pub(super) fn begin() {
    // SAFETY: nothing uses the semaphore yet.
    unsafe { libc::sem_init((*POSTED.0.get()).as_mut_ptr(), 0, 0) };
}

/// Waits for a signal.
pub(super) fn wait() {
    // SAFETY: `begin` made the semaphore.
    while unsafe { libc::sem_wait((*POSTED.0.get()).as_mut_ptr()) } != 0 {}
}

/// Records a signal; `notify_python` makes it known to Python.
pub(super) fn record(notify_python: impl FnOnce()) {
    // Counted before the handler can run, and posted after Python knows of it.
    RECEIVED.fetch_add(1, Ordering::SeqCst);
    notify_python();
    // SAFETY: `begin` made the semaphore; posting is async-signal-safe.
    unsafe { libc::sem_post((*POSTED.0.get()).as_mut_ptr()) };
}

/// A handler starts to run: Python handles all signals so far.
pub(super) fn handler_starts() {
    HANDLED.store(RECEIVED.load(Ordering::SeqCst), Ordering::SeqCst);
}

/// Whether no signal is waiting for a handler to run.
pub(super) fn all_handled() -> bool {
    HANDLED.load(Ordering::SeqCst) == RECEIVED.load(Ordering::SeqCst)
}

/// Installs our handler in front of Python's, if Python handles this signal.
pub(super) fn chain(signal: Signal) {
    let python = ffi::PyErr_SetInterrupt as unsafe extern "C" fn() as usize;
    // Python's takes one argument, unlike ours.
    let pythons = |action: &Action| action.is_code_of(python) && action.handler().is_none();
    let Some(action) = Action::of(signal).filter(pythons) else { return };
    let (Ok(index), Some(function)) = (usize::try_from(signal), action.function()) else { return };
    BEFORE[index].store(function, Ordering::SeqCst);
    // SAFETY: our handler does only what a handler may, and runs the previous one.
    unsafe { action.with_handler(on_signal) }.on_stack().install();
}

unsafe extern "C" fn on_signal(signal: c_int, _: *mut libc::siginfo_t, _: *mut c_void) {
    let before = BEFORE[signal as usize].load(Ordering::SeqCst);
    // SAFETY: `chain` stored a handler of one argument before it installed this one, by a
    // system call; a thread that gets here has taken the same lock in the kernel.
    let before = unsafe { core::mem::transmute::<usize, PythonHandler>(before) };
    // SAFETY: it is called as the system would.
    record(|| unsafe { before(signal) });
}
