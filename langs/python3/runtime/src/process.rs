//! Decides which threads may enter and leave Python: none in a forked child that
//! Python does not survive, and at exit only the exiting thread.

use core::mem::ManuallyDrop;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use metaffi_plugin::{Gate, await_exit};
use metaffi_value::Error;
use pyo3::exceptions::PyImportError;
use pyo3::ffi;
use pyo3::prelude::*;

/// The gate for threads that enter Python and for threads that leave it.
pub(crate) static GATE: Gate = Gate::new("python3");

/// Whether guests may be entered: the process is not exiting and was not forked.
#[inline]
pub(crate) fn is_open() -> bool {
    GATE.is_open()
}

/// Why a guest may not be entered now, if so. The exiting thread still may, since
/// its exit handlers are user code.
pub(crate) fn refusal() -> Option<Error> {
    GATE.refusal()
}

/// Whether the interpreter will be finalized, since the program is a Python program.
/// Python then ends threads that wait for the GIL, in the middle of other languages'
/// frames. `Relaxed`: a thread that sees a change too late is merely counted.
static IS_FINALISED: AtomicBool = AtomicBool::new(true);
/// The number of threads that are in Python on behalf of other languages, or are about
/// to enter. Below zero in a child that such a thread forked. Counted before the gate is
/// checked and read after it was closed, all `SeqCst`: either the thread sees the exit, or
/// the exit sees the thread.
static VISITORS: AtomicI32 = AtomicI32::new(0);
/// How long the exit waits for them, since the user's code may never return.
const PATIENCE: Duration = Duration::from_millis(500);

/// To be called if the interpreter is embedded in another program.
pub(crate) fn is_never_finalised() {
    IS_FINALISED.store(false, Ordering::Relaxed);
}

/// See [`IS_FINALISED`].
pub(crate) fn is_finalised() -> bool {
    IS_FINALISED.load(Ordering::Relaxed)
}

/// The time that a thread spends in Python, on behalf of a guest or of another host.
pub(crate) struct Visit {
    is_counted: bool,
}

impl Visit {
    /// Starts a visit, before the GIL is taken.
    ///
    /// # Errors
    /// As [`Gate::check`].
    #[inline]
    pub(crate) fn begin() -> Result<Self, Error> {
        let visit = Self::counted();
        if GATE.is_still_open() { Ok(visit) } else { visit.begin_late() }
    }

    /// Starts a visit, unless the interpreter is exiting or the process was forked.
    pub(crate) fn if_open() -> Option<Self> {
        let visit = Self::counted();
        GATE.is_still_open().then_some(visit)
    }

    #[inline]
    fn counted() -> Self {
        let is_counted = is_finalised();
        if is_counted {
            VISITORS.fetch_add(1, Ordering::SeqCst);
        }
        Self { is_counted }
    }

    #[cold]
    fn begin_late(self) -> Result<Self, Error> {
        let Some(refusal) = refusal() else { return Ok(self) };
        drop(self); // the exit waits for it
        if !GATE.is_forked() {
            await_exit();
        }
        Err(refusal)
    }
}

impl Drop for Visit {
    #[inline]
    fn drop(&mut self) {
        if self.is_counted {
            VISITORS.fetch_sub(1, Ordering::Release);
        }
    }
}

/// Waits until the visiting threads have left.
pub(crate) fn wait_for_visitors() {
    let begun = Instant::now();
    while VISITORS.load(Ordering::SeqCst) > 0 && begun.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_micros(200));
    }
}

/// Stops a daemon thread whose call failed because the process is exiting, like the
/// interpreter stops those that wait for the GIL: otherwise it would print the error.
///
/// # Safety
/// The caller holds the GIL.
pub(crate) unsafe fn stop_if_left_behind() {
    if GATE.is_left_behind() {
        // SAFETY: the caller's promise; the GIL is not taken again.
        unsafe { ffi::PyEval_SaveThread() };
        stop();
    }
}

/// Blocks this thread until the process ends.
pub(crate) fn stop() -> ! {
    loop {
        std::thread::park();
    }
}

/// Runs `body`, which enters the hub or a guest, without the GIL.
///
/// # Safety
/// The caller holds the GIL, and `body` touches no Python object.
#[inline]
pub(crate) unsafe fn without_gil<R>(body: impl FnOnce() -> R) -> R {
    // SAFETY: the caller holds the GIL; the same thread takes it again.
    unsafe {
        let state = ffi::PyEval_SaveThread();
        let result = body();
        ffi::PyEval_RestoreThread(state);
        result
    }
}

/// Runs `body` with pyo3 knowing that the GIL is held, so that references that `body`
/// drops are released at once: otherwise pyo3 would defer them.
///
/// # Safety
/// The caller holds the GIL.
pub(crate) unsafe fn attached<R>(body: impl for<'py> FnOnce(Python<'py>) -> R) -> R {
    // SAFETY: the interpreter is running, since the caller holds its GIL.
    unsafe { Python::attach_unchecked(body) }
}

/// A value that is dropped without the GIL, since its release enters the hub. It is
/// leaked when the process is exiting or was forked.
pub(crate) struct Outside<T>(Option<T>);

impl<T> Outside<T> {
    pub(crate) const fn new(value: T) -> Self {
        Self(Some(value))
    }
}

impl<T> core::ops::Deref for Outside<T> {
    type Target = T;
    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: `None` only while it is being dropped.
        unsafe { self.0.as_ref().unwrap_unchecked() }
    }
}

impl<T> Drop for Outside<T> {
    fn drop(&mut self) {
        let value = self.0.take();
        if is_open() {
            // SAFETY: Python objects, which own these values, die under the
            // GIL, and the values hold no Python object.
            unsafe { without_gil(|| drop(value)) };
        } else {
            core::mem::forget(value);
        }
    }
}

/// A reference to another runtime's object, whose release never blocks. It is
/// leaked when the process is exiting or was forked.
pub(crate) struct Inside<T>(ManuallyDrop<T>);

impl<T> Inside<T> {
    pub(crate) const fn new(value: T) -> Self {
        Self(ManuallyDrop::new(value))
    }
}

impl<T> core::ops::Deref for Inside<T> {
    type Target = T;
    #[inline]
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> Drop for Inside<T> {
    fn drop(&mut self) {
        if is_open() {
            // SAFETY: dropped here, and only here.
            unsafe { ManuallyDrop::drop(&mut self.0) };
        }
    }
}

/// The bit of [`INSIDE`] that is set when no more threads may start to use Python.
const CLOSED: u32 = 1 << 31;
/// The number of threads that use the interpreter without the GIL. It is in the same word as
/// the bit, so `Acquire` and `Release` suffice: threads counted before the bit are waited for.
static INSIDE: AtomicU32 = AtomicU32::new(0);

/// Runs `body` on a thread that does not hold the GIL, unless the interpreter is
/// exiting; the exit waits for it. `body` must not wait for the GIL.
pub(crate) fn unless_exiting<R>(body: impl FnOnce() -> R) -> Option<R> {
    let before = INSIDE.fetch_add(1, Ordering::Acquire);
    let result = (before & CLOSED == 0).then(body);
    INSIDE.fetch_sub(1, Ordering::Release);
    result
}

/// Lets no more such threads in, and waits for those inside.
pub(crate) fn close_to_users() {
    INSIDE.fetch_or(CLOSED, Ordering::SeqCst);
    while INSIDE.load(Ordering::Acquire) != CLOSED {
        std::thread::yield_now();
    }
}

/// Resets the count in a forked child, which starts with one thread. Async-signal-safe.
pub(crate) fn forget_other_threads() {
    VISITORS.store(0, Ordering::SeqCst);
    INSIDE.store(0, Ordering::SeqCst);
}

/// Refuses an interpreter that is not the main one.
pub(crate) fn check_interpreter() -> PyResult<()> {
    // SAFETY: modules are imported under the GIL.
    match unsafe { ffi::PyInterpreterState_GetID(ffi::PyInterpreterState_Get()) } {
        0 => Ok(()),
        _ => Err(PyImportError::new_err(
            "metaffi supports the main interpreter only; import it there",
        )),
    }
}
