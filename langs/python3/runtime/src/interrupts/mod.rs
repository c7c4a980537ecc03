//! Signals that arrive while the main thread waits in a guest.
//!
//! CPython only records a signal; the handler runs when the main thread is back in
//! Python. If the handler will raise, the main thread has to come back: a thread of
//! ours notices the signal and tells the runtimes to interrupt what the main thread
//! is waiting for. Calls themselves are not affected by this.

#[cfg(not(target_os = "macos"))]
mod chained;
#[cfg(all(unix, not(target_os = "macos")))]
mod posix;
#[cfg(not(target_os = "macos"))]
mod watched;
#[cfg(windows)]
mod windows;

use pyo3::prelude::*;
use pyo3::types::PyTuple;

/// There is no semaphore that a handler of a signal may post: an exception comes
/// when the call returns.
#[cfg(target_os = "macos")]
mod watched {
    pub(super) fn begin(_: pyo3::Python<'_>) -> pyo3::PyResult<()> {
        Ok(())
    }

    pub(super) fn handler_starts() {}

    pub(super) fn signal_raised() {}
}

#[cfg(target_os = "macos")]
mod chained {
    pub(super) fn chain(_: i32) {}
}

/// Starts watching, once, if the program is a Python program: otherwise signals
/// belong to the program around it.
pub(crate) fn watch(py: Python<'_>) -> PyResult<()> {
    watched::begin(py)
}

/// Makes a signal that Python handles interrupt the main thread's calls.
#[pyfunction]
pub(crate) fn chain_signal(signal: i32) {
    chained::chain(signal);
}

/// Interrupts the main thread's call, as for a signal that did not come from the system.
#[pyfunction]
pub(crate) fn interrupt_call() {
    watched::signal_raised();
}

/// A signal handler that raises, as Python runs it.
#[pyclass(frozen, module = "metaffi._native")]
pub(crate) struct RaisingHandler {
    /// The user's handler.
    #[pyo3(get)]
    handler: Py<PyAny>,
}

#[pymethods]
impl RaisingHandler {
    #[new]
    fn new(handler: Py<PyAny>) -> Self {
        Self { handler }
    }

    #[pyo3(signature = (*args))]
    fn __call__(&self, py: Python<'_>, args: &Bound<'_, PyTuple>) -> PyResult<Py<PyAny>> {
        watched::handler_starts();
        self.handler.call1(py, args)
    }
}
