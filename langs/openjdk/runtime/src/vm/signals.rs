//! Who handles which signal once a JVM is in the process.
//!
//! - SIGINT, SIGTERM, SIGHUP and SIGQUIT stay the host's, so that Ctrl-C in a Python host still
//!   raises KeyboardInterrupt; signals that the host ignores stay ignored, and SIGUSR2 is not taken
//!   at all: see `suspend_signal.rs`.
//! - The JVM's handlers get SA_ONSTACK: a Go runtime in the same process runs on small stacks and
//!   aborts at a handler without it. So threads with an alternate signal stack get one here that is
//!   large enough: see `signal_stack.rs`.
//! - SIGSEGV and similar signals stay the JVM's, which needs them for null checks and safepoints;
//!   Python's `faulthandler` would take them away.
//!
//! On systems without POSIX signals nothing of this is needed.

#[cfg(unix)]
pub(crate) use posix::{keep_fault_handlers, with_handlers_kept, with_signals_blocked};

#[cfg(not(unix))]
pub(crate) fn with_signals_blocked<R>(attach: impl FnOnce() -> R) -> R {
    attach()
}
#[cfg(not(unix))]
pub(crate) fn with_handlers_kept<R, E>(start: impl FnOnce() -> Result<R, E>) -> Result<R, E> {
    start()
}
#[cfg(not(unix))]
pub(crate) fn keep_fault_handlers() {}

#[cfg(unix)]
mod posix {
    use std::sync::OnceLock;

    use metaffi_plugin::signals::{Action, Actions, FAULTS, Mask, Signal};

    use crate::vm::suspend_signal;

    const HOSTS: [Signal; 4] = [libc::SIGINT, libc::SIGTERM, libc::SIGHUP, libc::SIGQUIT];

    /// The JVM's handlers of [`FAULTS`], as they were right after its start.
    static JVM: OnceLock<[Option<Action>; FAULTS.len()]> = OnceLock::new();

    /// Starts the JVM, and restores the signal handlers afterwards.
    pub(crate) fn with_handlers_kept<R, E>(start: impl FnOnce() -> Result<R, E>) -> Result<R, E> {
        let before = Actions::now();
        let result = suspend_signal::with_own_signal(&before, start);
        let has_started = result.is_ok();
        let stays = |action: &&Action| {
            !has_started || action.is_ignored() || HOSTS.contains(&action.signal())
        };
        before.iter().filter(stays).for_each(Action::restore);
        if has_started {
            before.iter().for_each(add_onstack);
            JVM.get_or_init(|| FAULTS.map(Action::of));
        }
        result
    }

    /// Adds SA_ONSTACK to a handler that was installed after `before` was read.
    fn add_onstack(before: &Action) {
        let now = Action::of(before.signal()).filter(|now| now.function().is_some());
        if let Some(now) = now.filter(|now| !now.is_like(before) && !now.is_on_stack()) {
            now.on_stack().install();
        }
    }

    /// Attaches a thread with all signals blocked except faults. When HotSpot detaches a thread, it
    /// restores the signal mask from before; a Go thread is detached when it has already ended for
    /// Go, and must not get any pending signal.
    pub(crate) fn with_signals_blocked<R>(attach: impl FnOnce() -> R) -> R {
        let before = Mask::current();
        Mask::all_but_faults().set();
        let result = attach();
        // Signals that HotSpot unblocked stay unblocked.
        let now = Mask::current();
        before.without(|signal| !now.blocks(signal)).set();
        result
    }

    /// Reinstalls the JVM's fault handlers if CPython's `faulthandler`, or the default that it
    /// restored, replaced them. A handler of another runtime (Go's) forwards to the JVM, and stays.
    pub(crate) fn keep_fault_handlers() {
        let handlers = JVM.get().into_iter().flatten().flatten();
        for jvm in handlers.filter(|jvm| jvm.function().is_some()) {
            let now = Action::of(jvm.signal());
            if now.is_some_and(|now| now.is_default() || is_of_python(&now)) {
                jvm.install();
            }
        }
    }

    fn is_of_python(action: &Action) -> bool {
        // SAFETY: looks a symbol up by its name.
        let python = unsafe { libc::dlsym(libc::RTLD_DEFAULT, c"Py_IsInitialized".as_ptr()) };
        !python.is_null() && action.is_code_of(python as usize)
    }
}
