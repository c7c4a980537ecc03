//! Names of threads: Python's for other languages, and theirs for Python.
//!
//! `threading` names the threads that it starts. A thread of another language gets
//! its name in `threading` at its first entry, so that logs and profilers show it.

use core::cell::Cell;
use core::ptr::{NonNull, null_mut};

use metaffi_plugin::{thread_name, write_thread_name};
use pyo3::ffi;
use pyo3::prelude::*;

use crate::gil::with_gil;
use crate::load::opened_hub;
use crate::process::{Visit, attached};

thread_local! {
    /// The table of `threading` in which we entered this thread, and the key in it:
    /// references that we own, or null.
    static NAMED: Cell<[*mut ffi::PyObject; 2]> = const { Cell::new([null_mut(); 2]) };
}

/// Python's name of this thread, which does not hold the GIL.
pub(crate) unsafe extern "C" fn of_this(to: NonNull<u8>, room: usize) -> usize {
    // SAFETY: may be called without the GIL.
    let is_known = unsafe { !ffi::PyGILState_GetThisThreadState().is_null() };
    let ask = || {
        // SAFETY: the GIL is held while this runs.
        Ok(unsafe { attached(own_name) }.unwrap_or_default())
    };
    let asks = is_known && NAMED.get()[0].is_null();
    // If Python cannot be entered, the thread has no name.
    let own = match if asks { Visit::if_open() } else { None } {
        Some(_visit) => with_gil(ask).unwrap_or_default(),
        None => None,
    };
    // SAFETY: the hub passes a place of that size.
    unsafe { write_thread_name(own, to, room) }
}

/// The name of a thread that `threading` started, or of the main one.
fn own_name(py: Python<'_>) -> PyResult<Option<String>> {
    let Some(threading) = threading(py)? else { return Ok(None) };
    let ident = threading.call_method0("get_ident")?;
    // `current_thread` would make an object for an unknown thread.
    for thread in threading.call_method0("enumerate")?.try_iter()? {
        let thread = thread?;
        if thread.getattr("ident")?.eq(&ident)? {
            return thread.getattr("name")?.extract().map(Some);
        }
    }
    Ok(None)
}

/// `threading`, unless the program does not use it.
fn threading(py: Python<'_>) -> PyResult<Option<Bound<'_, PyAny>>> {
    let modules = py.import("sys")?.getattr("modules")?;
    modules.call_method1("get", ("threading",)).map(|module| (!module.is_none()).then_some(module))
}

/// The name of this thread in its own language. Must not be called under the GIL.
pub(crate) fn of_others() -> Option<String> {
    opened_hub().and_then(|hub| thread_name(hub.table()))
}

/// Gives this thread its name in `threading`.
///
/// # Safety
/// The GIL is held, by a state that was made for this thread.
pub(crate) unsafe fn take_over(name: &str) {
    let give = |py: Python<'_>| -> PyResult<()> {
        let Some(threading) = threading(py)? else { return Ok(()) };
        let thread = threading.call_method0("current_thread")?;
        thread.setattr("name", name)?;
        let (table, key) = (threading.getattr("_active")?, thread.getattr("ident")?);
        NAMED.set([table.into_ptr(), key.into_ptr()]);
        Ok(())
    };
    // SAFETY: the caller's promise. Failing to set a name is not an error.
    let _ = unsafe { attached(give) };
}

/// Removes this thread, which is ending, from `threading`, which before 3.12 would
/// keep it.
///
/// # Safety
/// As [`take_over`]. Python's own thread-locals may be cleared by now, so only
/// functions that need no thread state may be called.
pub(crate) unsafe fn forget() {
    let [table, key] = NAMED.replace([null_mut(); 2]);
    if table.is_null() {
        return;
    }
    // SAFETY: the caller's promise; references that we own, which are released.
    unsafe {
        if ffi::PyDict_Check(table) != 0 && ffi::PyDict_DelItem(table, key) != 0 {
            ffi::PyErr_Clear(); // it was already removed
        }
        ffi::Py_DECREF(table);
        ffi::Py_DECREF(key);
    }
}
