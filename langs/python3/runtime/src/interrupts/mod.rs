//! Signals that come while the main thread waits in a guest.
//!
//! CPython only takes note of a signal; its handler runs when the main thread is
//! back in Python. So that it comes back when the handler raises, a thread of ours
//! learns of the signal, and tells the runtimes to break off what the main thread
//! waits for. A call itself knows nothing of it.

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

    pub(super) fn deal() {}

    pub(super) fn came() {}
}

#[cfg(target_os = "macos")]
mod chained {
    pub(super) fn chain(_: i32) {}
}

/// Begins to watch, once, where Python is the program: elsewhere signals are
/// those of the program around it.
pub(crate) fn watch(py: Python<'_>) -> PyResult<()> {
    watched::begin(py)
}

/// Has the main thread's calls interrupted by a signal that Python handles.
#[pyfunction]
pub(crate) fn chain_signal(signal: i32) {
    chained::chain(signal);
}

/// Interrupts the main thread's call by a signal that did not come from the system.
#[pyfunction]
pub(crate) fn interrupt_call() {
    watched::came();
}

/// A handler of signals which raises, as Python runs it.
#[pyclass(frozen, module = "metaffi._native")]
pub(crate) struct RaisingHandler {
    /// The user's.
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
        watched::deal();
        self.handler.call1(py, args)
    }
}
