//! Forked children. If Python forks, it prepares the interpreter for the one remaining
//! thread, and can be used in the child. If the program around it forks, or C code, the
//! thread that held the GIL may be gone.
//!
//! The system calls us first, and then no thread may enter. If it was Python that forked,
//! it calls us next, and threads may enter again.

use std::borrow::Cow;

use metaffi_plugin::{in_children, is_forked_error};
use metaffi_value::Error;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::process::{GATE, forget_other_threads};

/// Does only what may be done in a signal handler.
extern "C" fn in_child() {
    if GATE.is_open() {
        GATE.close_in_child();
    }
}

/// Python forked, and this is the child.
#[pyfunction]
fn after_fork_in_child() {
    if GATE.is_forked() {
        forget_other_threads();
        GATE.open_in_child();
    }
}

/// Watches the forks of this process.
pub(crate) fn watch(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    let os = py.import("os")?;
    if os.hasattr("register_at_fork")? {
        in_children(in_child);
        let hooks = PyDict::new(py);
        hooks.set_item("after_in_child", wrap_pyfunction!(after_fork_in_child, module)?)?;
        os.call_method("register_at_fork", (), Some(&hooks))?;
    }
    Ok(())
}

/// The message of an error; about a runtime that did not survive a fork, with what a Python
/// program can do.
pub(crate) fn message(error: &Error) -> Cow<'_, str> {
    if !is_forked_error(error) || error.message.contains(HINT) {
        return Cow::Borrowed(&error.message);
    }
    Cow::Owned(format!("{} {HINT}", error.message))
}

const HINT: &str = "(multiprocessing.set_start_method(\"spawn\"))";
