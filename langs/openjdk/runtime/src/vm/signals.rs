//! Who handles which signal, once a JVM is in the process.
//!
//! - SIGINT, SIGTERM, SIGHUP and SIGQUIT stay the host's, so that Ctrl-C in a
//!   Python host still raises KeyboardInterrupt; what the host ignores stays
//!   ignored, and SIGUSR2 is not taken at all: see `suspend_signal.rs`.
//! - The JVM's handlers get SA_ONSTACK: a Go runtime in the same process runs
//!   on small stacks and aborts at a handler without it. So threads that have
//!   a stack for signals have one here that suffices: see `signal_stack.rs`.
//! - SIGSEGV and its like stay the JVM's, which needs them for null checks and
//!   safepoints; Python's `faulthandler` would take them away.
//!
//! On systems without POSIX signals nothing of this is needed.

#[cfg(unix)]
pub(crate) use posix::{attached, keep_fault_handlers, kept};

#[cfg(not(unix))]
pub(crate) fn attached<R>(attach: impl FnOnce() -> R) -> R {
    attach()
}
#[cfg(not(unix))]
pub(crate) fn kept<R, E>(start: impl FnOnce() -> Result<R, E>) -> Result<R, E> {
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

    /// Starts the JVM, and puts the handlers in order afterwards.
    pub(crate) fn kept<R, E>(start: impl FnOnce() -> Result<R, E>) -> Result<R, E> {
        let before = Actions::now();
        let result = suspend_signal::chosen(&before, start);
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

    /// Adds SA_ONSTACK to a handler that was not there `before`.
    fn add_onstack(before: &Action) {
        let now = Action::of(before.signal()).filter(|now| now.function().is_some());
        if let Some(now) = now.filter(|now| !now.is_like(before) && !now.is_on_stack()) {
            now.on_stack().install();
        }
    }

    /// Attaches a thread with all signals blocked that are no faults. HotSpot
    /// gives a thread that it detaches the mask which it had when it came; a
    /// thread of Go's is detached when it is dead to Go, and must get none of
    /// the signals that wait for it.
    pub(crate) fn attached<R>(attach: impl FnOnce() -> R) -> R {
        let before = Mask::current();
        Mask::all_but_faults().set();
        let result = attach();
        // What HotSpot lets through stays so.
        let now = Mask::current();
        before.without(|signal| !now.blocks(signal)).set();
        result
    }

    /// Puts the JVM's fault handlers back where CPython's `faulthandler`, or
    /// the default that it restored, has taken their place. A handler of
    /// another runtime (Go's) forwards to the JVM, and stays.
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
