//! Python embedded in another language's program: start and exit.
//!
//! The interpreter is never finalized, since threads of any language may be running
//! in it. At exit its own exit handlers run and its output is flushed.

use std::sync::atomic::{AtomicBool, Ordering};

use pyo3::prelude::*;

use crate::process::is_never_finalised;
use crate::{exit, gil, releases};

/// Whether the program is not a Python program. Set before the plugin has started; the hub's
/// lock makes it visible to the thread that exits, hence `Relaxed`.
static EMBEDDED: AtomicBool = AtomicBool::new(false);

const MODULE: &str = "metaffi._embedding";

/// Called by the plugin that starts the interpreter; `initialised` is 1 on the
/// thread that initialized it.
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

/// The program begins to exit or to unload us: runs Python's exit handlers.
pub(crate) fn begin_exit() {
    if EMBEDDED.load(Ordering::Relaxed) {
        exit::end(true);
    }
}

/// From now on only this thread may enter. A Python program ensures that itself.
pub(crate) fn finish_exit() {
    if EMBEDDED.load(Ordering::Relaxed) {
        exit::close();
    }
}

/// The C library's exit handlers. The GIL is kept after the other runtimes have ended.
/// That stops everything that still runs in Python, before the libraries are unloaded.
mod at_exit {
    use crate::load::opened_hub;
    use crate::process::GATE;
    use crate::{exit, gil};

    pub(super) fn arm() {
        metaffi_plugin::at_exit(handler);
    }

    extern "C" fn handler() {
        if GATE.is_forked() {
            return;
        }
        if let Some(hub) = opened_hub() {
            // SAFETY: may be called at any time.
            unsafe { (hub.table().at_c_exit)() };
        }
        gil::keep();
        // SAFETY: the GIL was just taken.
        unsafe { exit::call("flush", None) };
    }
}
