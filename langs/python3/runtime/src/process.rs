//! The life of the process: entries are refused in a forked child, and calls
//! into Python end when the interpreter exits.

use core::mem::ManuallyDrop;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use metaffi_plugin::await_exit;
use metaffi_value::{Error, ErrorKind};
use pyo3::exceptions::PyImportError;
use pyo3::ffi;
use pyo3::prelude::*;

use crate::load::opened_hub;

const OPEN: u8 = 0;
const EXITING: u8 = 1;
const FORKED: u8 = 2;

static STATE: AtomicU8 = AtomicU8::new(OPEN);
/// The thread that runs the interpreter's exit.
static EXIT_THREAD: AtomicUsize = AtomicUsize::new(0);

/// Whether guests may be entered: nothing is exiting, nothing was forked.
#[inline]
pub(crate) fn is_open() -> bool {
    STATE.load(Ordering::Relaxed) == OPEN
}

/// Whether this is a child of the process that loaded something.
pub(crate) fn is_forked() -> bool {
    STATE.load(Ordering::Relaxed) == FORKED
}

/// A number that no other live thread has.
fn this_thread() -> usize {
    thread_local!(static MARK: u8 = const { 0 });
    MARK.with(|mark| core::ptr::from_ref(mark) as usize)
}

/// Whether the process exits, and not by this thread.
fn is_left_behind() -> bool {
    STATE.load(Ordering::Relaxed) == EXITING && EXIT_THREAD.load(Ordering::Relaxed) != this_thread()
}

/// Why a guest may not be entered now, if it may not. The exiting thread may
/// still: its exit handlers are user code.
pub(crate) fn refusal() -> Option<Error> {
    if is_forked() {
        return Some(refused(
            "this process was forked from one in which runtimes run, and they do not survive a \
             fork; start processes by spawn: multiprocessing.set_start_method(\"spawn\")",
        ));
    }
    is_left_behind().then(|| refused("the interpreter is exiting"))
}

fn refused(message: &str) -> Error {
    Error::new(ErrorKind::Unsupported, message)
}

/// Whether the interpreter will be finalised: it is Python's own program. A
/// thread that wants the GIL then is ended by Python, in the midst of the
/// frames of other languages.
static IS_FINALISED: AtomicBool = AtomicBool::new(true);
/// Whether that is about to happen: runtimes know of the exit.
static IS_LEAVING: AtomicBool = AtomicBool::new(false);
/// How many threads are in Python on behalf of others, or want to be.
static VISITORS: AtomicU32 = AtomicU32::new(0);
/// How long the exit waits for them: code of the user's may not come back.
const PATIENCE: Duration = Duration::from_millis(500);

/// Told when the interpreter is inside of another program.
pub(crate) fn is_never_finalised() {
    IS_FINALISED.store(false, Ordering::Relaxed);
}

/// A thread's stay in Python, on behalf of a guest or of another host.
pub(crate) struct Visit {
    is_counted: bool,
}

impl Visit {
    /// Begins one, before the GIL is taken.
    ///
    /// # Errors
    /// `Unsupported` in a forked child, and at exit if the process lives on.
    #[inline]
    pub(crate) fn begin() -> Result<Self, Error> {
        let visit = Self::counted();
        match STATE.load(Ordering::SeqCst) {
            OPEN => Ok(visit),
            _ => visit.begin_late(),
        }
    }

    /// Begins one, unless the interpreter exits or the process was forked.
    pub(crate) fn if_open() -> Option<Self> {
        let visit = Self::counted();
        (STATE.load(Ordering::SeqCst) == OPEN).then_some(visit)
    }

    #[inline]
    fn counted() -> Self {
        let is_counted = IS_FINALISED.load(Ordering::Relaxed);
        if is_counted {
            VISITORS.fetch_add(1, Ordering::SeqCst);
        }
        Self { is_counted }
    }

    /// While runtimes are told, their own exit handlers may still come.
    #[cold]
    fn begin_late(self) -> Result<Self, Error> {
        let Some(refusal) = refusal() else { return Ok(self) };
        if !is_forked() {
            if !IS_LEAVING.load(Ordering::SeqCst) {
                return Ok(self);
            }
            drop(self);
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

/// Lets no more visitors in, and waits until those inside have left.
fn wait_for_visitors() {
    IS_LEAVING.store(true, Ordering::SeqCst);
    let begun = Instant::now();
    while VISITORS.load(Ordering::SeqCst) != 0 && begun.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_micros(200));
    }
}

/// Stops a daemon thread whose call failed because the process exits, as the
/// interpreter does it with those that want the GIL: it would print the error.
///
/// # Safety
/// The caller holds the GIL.
pub(crate) unsafe fn stop_if_left_behind() {
    if is_left_behind() {
        // SAFETY: the caller's promise; the GIL is not taken again.
        unsafe { ffi::PyEval_SaveThread() };
        loop {
            std::thread::park();
        }
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

/// Runs `body` with pyo3 knowing that the GIL is held, so that references which
/// `body` drops are given back at once: pyo3 would keep them for its next turn.
///
/// # Safety
/// The caller holds the GIL.
pub(crate) unsafe fn attached<R>(body: impl for<'py> FnOnce(Python<'py>) -> R) -> R {
    // SAFETY: the interpreter runs, for the caller holds its GIL.
    unsafe { Python::attach_unchecked(body) }
}

/// A value that is dropped without the GIL: its release enters the hub. It is
/// left alone once the process exits or was forked.
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
/// left alone once the process exits or was forked.
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

/// Bit of [`INSIDE`] that says that no thread may start to use Python.
const CLOSED: u32 = 1 << 31;
/// How many threads without the GIL use the interpreter.
static INSIDE: AtomicU32 = AtomicU32::new(0);

/// Runs `body` on a thread that does not hold the GIL, unless the interpreter
/// exits; the exit waits for it. `body` must not wait for the GIL.
pub(crate) fn unless_exiting<R>(body: impl FnOnce() -> R) -> Option<R> {
    let before = INSIDE.fetch_add(1, Ordering::Acquire);
    let result = (before & CLOSED == 0).then(body);
    INSIDE.fetch_sub(1, Ordering::Release);
    result
}

/// The interpreter begins to exit (an `atexit` handler).
#[pyfunction]
fn begin_exit(py: Python<'_>) {
    EXIT_THREAD.store(this_thread(), Ordering::Relaxed);
    if STATE.compare_exchange(OPEN, EXITING, Ordering::SeqCst, Ordering::SeqCst).is_err() {
        return;
    }
    INSIDE.fetch_or(CLOSED, Ordering::SeqCst);
    while INSIDE.load(Ordering::Acquire) != CLOSED {
        std::thread::yield_now();
    }
    if let Some(hub) = opened_hub() {
        py.detach(|| {
            hub.begin_exit();
            wait_for_visitors();
        });
    }
}

/// A child was forked, by Python or by the program around it. What it may run
/// here is what may run in a signal handler.
#[cfg(unix)]
unsafe extern "C" fn after_fork_in_child() {
    if opened_hub().is_some() {
        STATE.store(FORKED, Ordering::SeqCst);
        INSIDE.store(CLOSED, Ordering::SeqCst);
    }
}

/// Refuses an interpreter that is not the main one.
pub(crate) fn check_interpreter() -> PyResult<()> {
    // SAFETY: modules are imported under the GIL.
    match unsafe { ffi::PyInterpreterState_GetID(ffi::PyInterpreterState_Get()) } {
        0 => Ok(()),
        _ => Err(PyImportError::new_err(
            "metaffi works in the main interpreter only; import it there",
        )),
    }
}

/// Registers the two handlers.
pub(crate) fn watch(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let exit = wrap_pyfunction!(begin_exit, module)?;
    module.py().import("atexit")?.call_method1("register", (exit,))?;
    #[cfg(unix)]
    // SAFETY: the handler lives as long as the process: nothing is unloaded.
    unsafe {
        libc::pthread_atfork(None, None, Some(after_fork_in_child));
    }
    Ok(())
}
