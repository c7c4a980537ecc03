//! The exit of a Python program, also when a guest ends it.
//!
//! Guests are notified when all exit handlers of the program have run, whenever these
//! were registered: the interpreter then drops the handlers, and with them the object
//! that is registered here.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use metaffi::Hub;
use metaffi_plugin::this_thread;
use pyo3::prelude::*;

use crate::gil::with_gil;
use crate::load::opened_hub;
use crate::process::{self, GATE, attached, without_gil};

/// The thread that runs Python's exit, or 0.
static ENDING: AtomicUsize = AtomicUsize::new(0);
/// Whether we run it, rather than the interpreter.
static IS_OURS: AtomicBool = AtomicBool::new(false);
/// Whether the exit handlers have run.
static HAS_ENDED: AtomicBool = AtomicBool::new(false);
/// How long a guest that ends the program waits for the interpreter's exit.
const PATIENCE: Duration = Duration::from_secs(3);

/// Makes this thread the one that ends Python, unless another one already is.
fn begin() -> bool {
    let before = ENDING.compare_exchange(0, this_thread(), Ordering::SeqCst, Ordering::SeqCst);
    before.is_ok() || before == Err(this_thread())
}

/// Runs what Python runs at its exit, once. `waits` joins its threads, as Python
/// does; a guest that ends the program does not wait.
pub(crate) fn end(waits: bool) {
    if GATE.is_forked() || HAS_ENDED.load(Ordering::SeqCst) {
        return;
    }
    if begin() {
        IS_OURS.store(true, Ordering::SeqCst);
        call_under_gil("end", Some(waits));
        HAS_ENDED.store(true, Ordering::SeqCst);
        return;
    }
    let begun = Instant::now();
    while !HAS_ENDED.load(Ordering::SeqCst) && begun.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(1));
    }
    call_under_gil("write_files", None);
}

/// Makes this thread, and no other, run the exit handlers for us.
#[pyfunction]
fn take_over_exit() {
    ENDING.store(this_thread(), Ordering::SeqCst);
}

fn call_under_gil(function: &str, argument: Option<bool>) {
    // If this thread cannot enter Python, there is nothing to report to.
    let _ = with_gil(|| {
        // SAFETY: the GIL is held while this runs.
        unsafe { call(function, argument) };
        Ok(())
    });
}

/// Calls a function of `metaffi._ending`.
///
/// # Safety
/// The GIL is held.
pub(crate) unsafe fn call(function: &str, argument: Option<bool>) {
    // SAFETY: the caller's promise.
    unsafe {
        attached(|py| {
            let done = py.import("metaffi._ending").and_then(|module| match argument {
                Some(argument) => module.call_method1(function, (argument,)),
                None => module.call_method0(function),
            });
            if let Err(error) = done {
                error.write_unraisable(py, None);
            }
        });
    }
}

/// Called by the hub when a guest's runtime ends this program.
extern "C" fn on_guest_exit() {
    end(false);
}

/// Asks the hub to call us when a guest ends this program.
pub(crate) fn watch_guests(hub: Hub) {
    if process::is_finalised() {
        // SAFETY: the function lives as long as the process.
        unsafe { (hub.table().on_exit)(on_guest_exit) };
    }
}

/// The object that `atexit` holds.
#[pyclass(frozen, module = "metaffi._native")]
struct AtExit {
    /// Whether it was called, rather than removed.
    called: AtomicBool,
}

#[pymethods]
impl AtExit {
    fn __call__(&self, py: Python<'_>) {
        self.called.store(true, Ordering::Relaxed);
        if process::is_finalised() && !begin() {
            // A guest is ending the program, and already runs these handlers.
            py.detach(|| process::stop());
        }
    }
}

impl Drop for AtExit {
    fn drop(&mut self) {
        if *self.called.get_mut() {
            // SAFETY: Python objects are freed under the GIL.
            unsafe { finish() };
        }
    }
}

/// All exit handlers have run, and the interpreter is about to be finalized.
///
/// # Safety
/// The GIL is held.
unsafe fn finish() {
    if !process::is_finalised() || IS_OURS.load(Ordering::SeqCst) || !begin() {
        return;
    }
    HAS_ENDED.store(true, Ordering::SeqCst);
    // SAFETY: the caller's promise; the body touches no Python object.
    unsafe {
        without_gil(|| {
            opened_hub().into_iter().for_each(Hub::begin_exit);
            close();
            process::wait_for_visitors();
        });
    }
}

/// Closes Python to all threads but this one.
pub(crate) fn close() {
    if GATE.close() {
        process::close_to_users();
    }
}

/// Registers the handler.
pub(crate) fn watch(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let handler = Bound::new(module.py(), AtExit { called: AtomicBool::new(false) })?;
    module.py().import("atexit")?.call_method1("register", (handler,))?;
    module.add_function(wrap_pyfunction!(take_over_exit, module)?)
}
