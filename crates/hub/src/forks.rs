//! Forked children: no runtime survives in them, so nothing may be called.
//!
//! The child's entities are made to fail while it is made, by what
//! `pthread_atfork` offers: a call itself checks nothing. POSIX allows a child
//! of a process with several threads async-signal-safe functions only; the one
//! lock that is taken here is taken before the fork and given back after it.

use std::sync::atomic::{AtomicBool, Ordering};

use metaffi_value::{Error, ErrorKind};

static FORKED: AtomicBool = AtomicBool::new(false);

/// Refuses to load anything in a forked child.
pub(crate) fn check() -> Result<(), Error> {
    if FORKED.load(Ordering::Relaxed) { Err(forked_error()) } else { Ok(()) }
}

/// Why a child may not call.
pub(crate) fn forked_error() -> Error {
    Error::new(
        ErrorKind::Unsupported,
        "this process was forked from one in which runtimes run, and they do not survive a fork; \
         start processes by spawn, a new program, instead (multiprocessing: \
         set_start_method(\"spawn\"))",
    )
}

#[cfg(unix)]
pub(crate) use watched::watch;

#[cfg(unix)]
mod watched {
    use core::cell::UnsafeCell;
    use std::sync::Once;
    use std::sync::atomic::Ordering;

    use super::FORKED;
    use crate::sessions::{self, Entities};

    /// The lock on the entities while this process forks.
    struct Held(UnsafeCell<Option<Entities>>);
    // SAFETY: only touched by the thread that forks, while it has the lock.
    unsafe impl Sync for Held {}
    static HELD: Held = Held(UnsafeCell::new(None));

    /// Watches the forks of this process, once.
    pub(crate) fn watch() {
        static WATCH: Once = Once::new();
        // SAFETY: the handlers live as long as the process: the hub stays.
        let watch = || unsafe { libc::pthread_atfork(Some(before), Some(parent), Some(child)) };
        WATCH.call_once(|| _ = watch());
    }

    unsafe extern "C" fn before() {
        let entities = sessions::entities();
        // SAFETY: this thread has the lock now.
        unsafe { *HELD.0.get() = Some(entities) };
    }

    unsafe extern "C" fn parent() {
        // SAFETY: the thread of `before`, which still has the lock.
        drop(unsafe { (*HELD.0.get()).take() });
    }

    unsafe extern "C" fn child() {
        FORKED.store(true, Ordering::Relaxed);
        // SAFETY: the only thread of the child, which still has the lock.
        if let Some(entities) = unsafe { (*HELD.0.get()).take() } {
            sessions::disable_all(&entities);
        }
    }
}

#[cfg(not(unix))]
pub(crate) fn watch() {}
