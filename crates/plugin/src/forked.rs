//! Forked children: the error for runtimes that cannot be used in them.
//!
//! A runtime that ran in the parent has its own threads, but only the thread
//! that forked exists in the child. A runtime that had not started can start
//! there.

use metaffi_value::{Error, ErrorKind};

/// What happens to a runtime in a child; `METAFFI_FORK_*` in `metaffi.h`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum AfterFork {
    /// Its entities fail.
    Dead = metaffi_abi::FORK_DIES,
    /// It works.
    Works = metaffi_abi::FORK_SURVIVES,
    /// Its modules and entities are reloaded when they are needed.
    Reloads = metaffi_abi::FORK_ANEW,
}

/// The start of every such error.
const FORKED: &str = "this process is a fork of one that ran ";

/// Why `runtime`, which ran in the parent, cannot be used in a child. `runtime`
/// is empty if unknown.
#[must_use]
pub fn forked_error(runtime: &str) -> Error {
    let what = match runtime {
        "" => "a runtime".to_owned(),
        name => format!("the runtime `{name}`"),
    };
    let message = format!(
        "{FORKED}{what}, which does not survive a fork; fork before loading it, or start new \
         processes by spawn"
    );
    Error::new(ErrorKind::Unsupported, message)
}

/// Whether an error comes from [`forked_error`], for hosts that add to the
/// message.
#[must_use]
pub fn is_forked_error(error: &Error) -> bool {
    error.kind == ErrorKind::Unsupported && error.message.contains(FORKED)
}

/// Runs `action` in every child that is forked from now on, on its only thread.
/// `action` must be async-signal-safe.
#[cfg(unix)]
pub fn in_children(action: extern "C" fn()) {
    // If out of memory, the action is not registered.
    // SAFETY: the registering code is never unloaded, since no runtime can be.
    unsafe { libc::pthread_atfork(None, None, Some(action)) };
}

/// There is no fork on this system.
#[cfg(not(unix))]
pub fn in_children(_: extern "C" fn()) {}
