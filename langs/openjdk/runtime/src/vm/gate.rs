//! The gate of the JVM: closed in a forked child, and at exit for all threads except the exiting
//! one.

use metaffi_plugin::value::Error;
use metaffi_plugin::{Gate, in_children};

static GATE: Gate = Gate::new("openjdk");

/// Fails if this thread may not enter Java any more.
#[inline]
pub(crate) fn check() -> Result<(), Error> {
    GATE.check()
}

/// Whether Java may be entered without a caller, by a thread that must not wait.
pub(crate) fn is_open() -> bool {
    GATE.is_open()
}

/// Whether Java must not be entered at all, not even to release objects or detach threads.
pub(crate) fn is_forked() -> bool {
    GATE.is_forked()
}

/// Closes the gate for all other threads.
pub(crate) fn close() {
    GATE.close();
}

/// Closes the gate in children that are forked from now on. Callers of Java functions get here
/// without the hub, which only checks entities.
pub(crate) fn watch_forks() {
    extern "C" fn in_child() {
        GATE.close_in_child();
    }
    in_children(in_child);
}
