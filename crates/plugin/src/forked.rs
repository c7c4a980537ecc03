//! Children that the process forks: which runtimes are of no use in them, and
//! how they say so.
//!
//! A runtime that ran in the parent has threads of its own, and only the thread
//! that forks exists in the child. One that had not started can start there.

use metaffi_value::{Error, ErrorKind};

/// What becomes of a runtime in a child; `METAFFI_FORK_*` in `metaffi.h`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum AfterFork {
    /// Its entities fail.
    Dead = metaffi_abi::FORK_DIES,
    /// It works.
    Works = metaffi_abi::FORK_SURVIVES,
    /// Its modules and entities are loaded again when they are needed.
    LoadsAnew = metaffi_abi::FORK_ANEW,
}

/// What every such error begins with.
const FORKED: &str = "this process was forked from one in which ";

/// Why `runtime`, which ran in the parent, cannot be used in a child; it may be
/// empty: not known.
#[must_use]
pub fn forked_error(runtime: &str) -> Error {
    let what = match runtime {
        "" => "a runtime ran, and it".to_owned(),
        name => format!("the runtime `{name}` ran, and it"),
    };
    let message = format!(
        "{FORKED}{what} does not survive a fork; fork before anything of it is loaded, or start \
         processes by spawn, as new programs"
    );
    Error::new(ErrorKind::Unsupported, message)
}

/// Whether an error is one of [`forked_error`], for hosts that have more to say.
#[must_use]
pub fn is_forked_error(error: &Error) -> bool {
    error.kind == ErrorKind::Unsupported && error.message.contains(FORKED)
}

/// Has `action` done in every child that is forked from now on, by its one
/// thread. It may do what may be done in a signal handler.
#[cfg(unix)]
pub fn in_children(action: extern "C" fn()) {
    // Out of memory: then a child is not told.
    // SAFETY: the code that registers is never unloaded: no runtime can be.
    unsafe { libc::pthread_atfork(None, None, Some(action)) };
}

/// Nothing forks here.
#[cfg(not(unix))]
pub fn in_children(_: extern "C" fn()) {}
