//! Several Go runtimes in one process, and the signal that each preempts with.
//!
//! Go interrupts a goroutine that does not stop by itself with SIGURG. The
//! runtime that is loaded last takes the signal for itself and passes nothing
//! on, so the garbage collector of an earlier one waits for ever for a tight
//! loop. Here one handler takes its place and calls them all: a Go runtime
//! ignores the signal on a thread that is not in its own code.

/// Runs `load`, which brings another Go runtime into the process, and lets the
/// handlers from before it live on. The caller serialises calls.
pub(crate) fn keeping_preemption<R>(load: impl FnOnce() -> R) -> R {
    #[cfg(unix)]
    return unix::keeping_preemption(load);
    #[cfg(not(unix))]
    load() // Windows suspends threads instead
}

#[cfg(unix)]
mod unix {
    use core::ffi::{c_int, c_void};
    use core::mem::{MaybeUninit, transmute};
    use core::ptr::null;
    use core::sync::atomic::{AtomicUsize, Ordering};

    /// The handlers, in the order of their libraries; 0 where there is none yet.
    static HANDLERS: [AtomicUsize; 64] = [const { AtomicUsize::new(0) }; 64];

    type Handler = unsafe extern "C" fn(c_int, *mut libc::siginfo_t, *mut c_void);

    /// Calls every handler. Runs in a signal: nothing but loads and calls.
    unsafe extern "C" fn all(signal: c_int, info: *mut libc::siginfo_t, context: *mut c_void) {
        if !has_signal_stack() {
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

    /// Whether this thread has a stack for signals, as every thread has that is
    /// in a Go runtime. One that has ended to the runtime which started it has
    /// none any more; another runtime that leaves it later lets the signals
    /// through which wait for it, and the first one's handler would crash.
    fn has_signal_stack() -> bool {
        let mut stack = MaybeUninit::<libc::stack_t>::uninit();
        // SAFETY: `stack` is written when the call succeeds.
        unsafe {
            libc::sigaltstack(null(), stack.as_mut_ptr()) == 0
                && stack.assume_init().ss_flags & libc::SS_DISABLE == 0
        }
    }

    pub(super) fn keeping_preemption<R>(load: impl FnOnce() -> R) -> R {
        let before = current();
        let result = load();
        let after = current();
        let replaced = after.sa_sigaction != before.sa_sigaction;
        if replaced && takes_info(&before) && takes_info(&after) {
            add(before.sa_sigaction);
            add(after.sa_sigaction);
            install(after);
        }
        result
    }

    fn current() -> libc::sigaction {
        let mut action = MaybeUninit::uninit();
        // SAFETY: `action` is written when the call succeeds, which it does
        // for a signal that exists.
        unsafe {
            libc::sigaction(libc::SIGURG, null(), action.as_mut_ptr());
            action.assume_init()
        }
    }

    /// Whether it is a function, and one with three arguments, as Go's are.
    fn takes_info(action: &libc::sigaction) -> bool {
        let is_function = ![libc::SIG_DFL, libc::SIG_IGN].contains(&action.sa_sigaction);
        is_function && action.sa_flags & libc::SA_SIGINFO != 0
    }

    /// Appends a handler that is not there yet.
    fn add(handler: usize) {
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

    /// Puts `all` where the last runtime's handler is, with its flags and mask.
    fn install(mut action: libc::sigaction) {
        action.sa_sigaction = all as *const () as usize;
        // SAFETY: `all` is a handler with three arguments, as SA_SIGINFO says.
        unsafe { libc::sigaction(libc::SIGURG, &raw const action, core::ptr::null_mut()) };
    }
}
