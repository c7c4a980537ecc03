//! Python inside another language's program: begin and end.
//!
//! The interpreter is never finalised: threads of every language may be inside
//! of it. At exit its own exit handlers run and its output is written.

use std::sync::atomic::{AtomicBool, Ordering};

use pyo3::prelude::*;

use crate::process::is_never_finalised;
use crate::{exit, gil, releases};

/// Whether no Python program is around us. Set before the plugin has started, which the
/// hub's lock shows to the thread that exits, hence `Relaxed`.
static EMBEDDED: AtomicBool = AtomicBool::new(false);

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

/// The program begins to exit, or to unload: Python's exit handlers run now.
pub(crate) fn begin_exit() {
    if EMBEDDED.load(Ordering::Relaxed) {
        exit::end(true);
    }
}

/// From now on only this thread may enter. A Python program does that itself.
pub(crate) fn finish_exit() {
    if EMBEDDED.load(Ordering::Relaxed) {
        exit::close();
    }
}

/// The C library's exit. Only after the others have ended is the GIL kept, which
/// ends all that still runs in Python: the libraries of the process go next.
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
