//! What a process does with its signals: who handles which, and what a thread
//! blocks. POSIX only.
//!
//! Several runtimes share one table of handlers. What each does about it is its
//! own; reading and setting is here. Any thread may call; what is read may be
//! out of date when another thread changes it.

mod action;
mod mask;
mod stack;

use core::ffi::c_int;

pub use action::{Action, Actions, Handler, keeping};
pub use mask::{Mask, with_faults};
pub use stack::{current as current_stack, is_usable as has_stack};

/// The number of a signal.
pub type Signal = c_int;

/// The signals of faults: of an instruction of the thread itself. Runtimes use
/// them for null checks and safepoints, so none may be lost or blocked.
pub const FAULTS: [Signal; 5] =
    [libc::SIGSEGV, libc::SIGBUS, libc::SIGFPE, libc::SIGILL, libc::SIGTRAP];

/// The last signal there can be; between 1 and it some do not exist.
pub const LAST: Signal = 64;
