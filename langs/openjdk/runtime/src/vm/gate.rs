//! The gate of the JVM: closed in a forked child, and at exit for all threads
//! but the one that exits.

use metaffi_plugin::value::Error;
use metaffi_plugin::{Gate, in_children};

static GATE: Gate = Gate::new("openjdk");

/// Refuses this thread when it may not enter Java any more.
#[inline]
pub(crate) fn check() -> Result<(), Error> {
    GATE.check()
}

/// Whether Java may be entered on behalf of nobody, by a thread that does not
/// wait when it may not.
pub(crate) fn is_open() -> bool {
    GATE.is_open()
}

/// Whether Java must not be entered on behalf of nobody: to release objects or
/// to detach threads.
pub(crate) fn is_forked() -> bool {
    GATE.is_forked()
}

/// Closes the gate to all threads but this one.
pub(crate) fn close() {
    GATE.close();
}

/// Closes the gate in children that are forked from now on. Those who hold Java
/// functions come here without the hub, which knows entities alone.
pub(crate) fn watch_forks() {
    extern "C" fn in_child() {
        GATE.close_in_child();
    }
    in_children(in_child);
}
