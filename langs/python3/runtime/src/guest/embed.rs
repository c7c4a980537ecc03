//! Python inside another language's program: begin and end.
//!
//! The interpreter is never finalised: threads of every language may be inside
//! of it. At exit its own exit handlers run and its output is written.

use std::sync::atomic::{AtomicBool, Ordering};

use pyo3::ffi;
use pyo3::prelude::*;

use crate::process::{attached, is_forked, is_never_finalised};
use crate::{gil, releases};

/// Whether no Python program is around us.
static EMBEDDED: AtomicBool = AtomicBool::new(false);
static ENDED: AtomicBool = AtomicBool::new(false);

const MODULE: &str = "metaffi._embedding";

/// Told by the plugin that started the interpreter; `initialised` is 1 on
/// the very thread that did.
#[pyfunction]
pub(crate) fn _embed(py: Python<'_>, initialised: u8) -> PyResult<()> {
    if initialised != 0 {
        gil::adopt();
    }
    py.import(MODULE)?.call_method0("begin")?;
    if !EMBEDDED.swap(true, Ordering::Relaxed) {
        is_never_finalised();
        releases::collect_from_now_on();
        at_exit::arm();
    }
    Ok(())
}

fn call(function: &str) {
    // SAFETY: the GIL is held.
    unsafe {
        attached(|py| {
            let done = py.import(MODULE).and_then(|module| module.call_method0(function));
            if let Err(failure) = done {
                failure.write_unraisable(py, None);
            }
        });
    }
}

/// The program begins to exit, or to unload: Python's exit handlers run now.
pub(crate) fn begin_exit() {
    let embedded = EMBEDDED.load(Ordering::Relaxed) && !is_forked();
    if !embedded || ENDED.swap(true, Ordering::SeqCst) {
        return;
    }
    // SAFETY: the interpreter runs; what was taken is given back.
    unsafe {
        let state = ffi::PyGILState_Ensure();
        call("end");
        ffi::PyGILState_Release(state);
    }
}

/// The C library's exit, for programs that end without telling us.
#[cfg(unix)]
mod at_exit {
    use super::{begin_exit, call, gil, is_forked};

    pub(super) fn arm() {
        // SAFETY: the handler lives as long as the process: nothing is unloaded.
        unsafe { libc::atexit(handler) };
    }

    extern "C" fn handler() {
        if is_forked() {
            return;
        }
        begin_exit();
        gil::keep();
        call("flush");
    }
}

#[cfg(not(unix))]
mod at_exit {
    pub(super) fn arm() {}
}
