//! The signals of a process: their handlers, and the masks of threads. POSIX
//! only.
//!
//! Several runtimes share one table of handlers. This module reads and sets it;
//! each runtime decides what to do. Any thread may call. What is read may be
//! outdated when another thread changes it.

mod action;
mod mask;
mod stack;

use core::ffi::c_int;

pub use action::{Action, Actions, Handler, keeping};
pub use mask::{Mask, with_faults};
pub use stack::{current as current_stack, is_usable as has_stack};

/// The number of a signal.
pub type Signal = c_int;

/// The signals of faults, which are caused by an instruction of the thread
/// itself. Runtimes use them for null checks and safepoints, so none may be
/// lost or blocked.
pub const FAULTS: [Signal; 5] =
    [libc::SIGSEGV, libc::SIGBUS, libc::SIGFPE, libc::SIGILL, libc::SIGTRAP];

/// The largest possible signal number. Some numbers between 1 and this do not
/// exist.
pub const LAST: Signal = 64;
