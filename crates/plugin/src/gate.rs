//! The gate of a runtime. It is closed at exit for all threads except the one
//! that exits, and in a child in which the runtime does not survive.
//!
//! A closed gate refuses with an error; at exit it first waits for the end of the
//! process. An open one costs a relaxed load: opening it publishes nothing, and a
//! thread that sees too late that it was closed behaves as if it had come a moment
//! earlier. Code that waits for such threads counts them, and calls
//! [`Gate::is_still_open`]; both are `SeqCst`, since neither side may miss what the
//! other wrote first. A child has one thread when it closes or opens its gate.

use core::sync::atomic::{AtomicU8, AtomicUsize, Ordering};

use metaffi_value::{Error, ErrorKind};

use crate::{await_exit, forked_error};

const OPEN: u8 = 0;
const EXITING: u8 = 1;
const FORKED: u8 = 2;

/// The gate of one runtime. Any thread.
#[derive(Debug)]
pub struct Gate {
    runtime: &'static str,
    state: AtomicU8,
    exiting: AtomicUsize,
}

/// A number that no other live thread has. Works at exit, too, when
/// thread-locals are gone.
#[must_use]
pub fn this_thread() -> usize {
    thread_local!(static MARK: u8 = const { 0 });
    MARK.with(|mark| core::ptr::from_ref(mark) as usize)
}

impl Gate {
    /// The gate of the runtime with this name.
    #[must_use]
    pub const fn new(runtime: &'static str) -> Self {
        Self { runtime, state: AtomicU8::new(OPEN), exiting: AtomicUsize::new(0) }
    }

    /// Whether all threads may enter.
    #[inline]
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state.load(Ordering::Relaxed) == OPEN
    }

    /// The same, ordered after everything that this thread did before: a thread
    /// that counts its entry and then finds the gate open is seen by the one
    /// that closes it.
    #[inline]
    #[must_use]
    pub fn is_still_open(&self) -> bool {
        self.state.load(Ordering::SeqCst) == OPEN
    }

    /// Whether this is a child in which the runtime does not survive: it must
    /// not be entered at all, not even to release something.
    #[must_use]
    pub fn is_forked(&self) -> bool {
        self.state.load(Ordering::Relaxed) == FORKED
    }

    /// Whether the process is exiting, on another thread. Only the exiting thread
    /// ever finds its own number, however late others see it.
    #[must_use]
    pub fn is_left_behind(&self) -> bool {
        self.state.load(Ordering::Relaxed) == EXITING
            && self.exiting.load(Ordering::Relaxed) != this_thread()
    }

    /// Refuses this thread if it may no longer enter.
    ///
    /// # Errors
    /// As [`Gate::refusal`]; at exit after [`await_exit`].
    #[inline]
    pub fn check(&self) -> Result<(), Error> {
        if self.is_open() { Ok(()) } else { self.check_closed() }
    }

    #[cold]
    fn check_closed(&self) -> Result<(), Error> {
        let Some(refusal) = self.refusal() else { return Ok(()) };
        if !self.is_forked() {
            await_exit();
        }
        Err(refusal)
    }

    /// Why this thread may not enter now, if it may not: `Unsupported` in a
    /// child, `Released` at exit. The exiting thread may enter, since it runs
    /// user code.
    #[cold]
    #[must_use]
    pub fn refusal(&self) -> Option<Error> {
        if self.is_forked() {
            return Some(forked_error(self.runtime));
        }
        self.is_left_behind().then(|| {
            let message = "the process is exiting: only the thread that ends it may still call";
            Error::new(ErrorKind::Released, message)
        })
    }

    /// Closes it for all threads except this one. Returns whether it was open.
    pub fn close(&self) -> bool {
        self.exiting.store(this_thread(), Ordering::Relaxed);
        self.state.compare_exchange(OPEN, EXITING, Ordering::SeqCst, Ordering::SeqCst).is_ok()
    }

    /// Closes it in a child in which the runtime does not survive.
    /// Async-signal-safe.
    pub fn close_in_child(&self) {
        self.state.store(FORKED, Ordering::SeqCst);
    }

    /// Opens it again in a child in which the runtime survives. The process
    /// must not have been exiting. Async-signal-safe.
    pub fn open_in_child(&self) {
        self.state.store(OPEN, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_exit_only_the_exiting_thread_enters() {
        static GATE: Gate = Gate::new("loopback");
        assert!(GATE.check().is_ok());
        assert!(GATE.close() && !GATE.close());
        assert!(GATE.check().is_ok() && !GATE.is_open());
        let refused = std::thread::spawn(|| GATE.check().unwrap_err()).join().unwrap();
        assert_eq!(refused.kind, ErrorKind::Released);
    }

    #[test]
    fn in_a_child_no_thread_enters() {
        let gate = Gate::new("loopback");
        gate.close_in_child();
        let error = gate.check().unwrap_err();
        assert!(crate::is_forked_error(&error) && error.message.contains("`loopback`"), "{error}");
        gate.open_in_child();
        assert!(gate.check().is_ok());
    }
}
