//! What loading a Go runtime does to the signals of the process.
//!
//! It takes SIGPIPE, which belongs to the host: a guest that writes to a closed pipe gets an error
//! (see `BeGuest` of xcall), and the host decides what else happens. So the previous handler is
//! restored.
//!
//! Go interrupts a goroutine that does not stop by itself with SIGURG. The runtime that is loaded
//! last takes the signal for itself and passes nothing on, so the garbage collector of an earlier
//! one waits forever for a tight loop. Here one handler replaces them and calls them all: a Go
//! runtime ignores the signal on a thread that is not in its own code.

/// Runs `load`, which loads another Go runtime into the process, and keeps the earlier handlers
/// working. The caller serializes calls.
pub(crate) fn keeping_signals<R>(load: impl FnOnce() -> R) -> R {
    #[cfg(unix)]
    return unix::keeping_signals(load);
    #[cfg(not(unix))]
    load() // Windows suspends threads instead
}

/// Call this in a child in which the loaded Go runtimes are dead: their handlers must not be
/// called. The caller serializes calls.
pub(crate) fn forget() {
    #[cfg(unix)]
    unix::forget();
}

#[cfg(unix)]
mod unix {
    use core::ffi::{c_int, c_void};
    use core::mem::transmute;
    use core::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::OnceLock;

    use metaffi_plugin::signals::{Action, Handler, has_stack, keeping};

    /// The handlers, in the order of their libraries; 0 for free places. Stored before `all` is
    /// installed, and so visible to it: the kernel's lock is between them.
    static HANDLERS: [AtomicUsize; 64] = [const { AtomicUsize::new(0) }; 64];

    /// Calls every handler. Runs in a signal: only loads and calls.
    ///
    /// Every thread that is in a Go runtime has a signal stack. A thread that its Go runtime
    /// considers ended no longer has one; when it later leaves another runtime, that unblocks the
    /// pending signals, and the first one's handler would crash.
    unsafe extern "C" fn all(signal: c_int, info: *mut libc::siginfo_t, context: *mut c_void) {
        if !has_stack() {
            return;
        }
        for handler in &HANDLERS {
            let handler = handler.load(Ordering::Acquire);
            if handler == 0 {
                return;
            }
            // SAFETY: `add` only stores functions of this type.
            let handler = unsafe { transmute::<usize, Handler>(handler) };
            // SAFETY: called as the system would call it, with what it passed.
            unsafe { handler(signal, info, context) };
        }
    }

    /// The action before the first Go runtime.
    static FIRST: OnceLock<Option<Action>> = OnceLock::new();
    /// The handler that the last Go runtime installed.
    static LEFT: AtomicUsize = AtomicUsize::new(0);

    pub(super) fn keeping_signals<R>(load: impl FnOnce() -> R) -> R {
        let before = Action::of(libc::SIGURG);
        FIRST.get_or_init(|| before);
        let result = keeping(&[libc::SIGPIPE], load);
        if let (Some(before), Some(after)) = (before, Action::of(libc::SIGURG)) {
            join(before, after);
        }
        let left = Action::of(libc::SIGURG).and_then(|left| left.function());
        LEFT.store(left.unwrap_or(0), Ordering::Release);
        result
    }

    pub(super) fn forget() {
        let now = Action::of(libc::SIGURG).and_then(|now| now.function());
        let is_left = now.is_some_and(|now| now == LEFT.load(Ordering::Acquire));
        if let (true, Some(Some(first))) = (is_left, FIRST.get()) {
            first.install();
        }
        HANDLERS.iter().for_each(|handler| handler.store(0, Ordering::Release));
    }

    /// Replaces a handler that has replaced another by `all`.
    fn join(before: Action, after: Action) {
        let (Some(first), Some(second)) = (before.handler(), after.handler()) else { return };
        if after.is_like(&before) {
            return;
        }
        add(first);
        add(second);
        // SAFETY: it only calls handlers of this signal.
        unsafe { after.with_handler(all) }.install();
    }

    /// Adds a handler, unless it has already been added.
    fn add(handler: Handler) {
        let handler = handler as *const () as usize;
        if handler == all as *const () as usize {
            return;
        }
        for place in &HANDLERS {
            match place.load(Ordering::Acquire) {
                0 => return place.store(handler, Ordering::Release),
                known if known == handler => return,
                _ => {}
            }
        }
    }
}
