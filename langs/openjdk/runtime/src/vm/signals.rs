//! Who handles which signal, once a JVM is in the process.
//!
//! - SIGINT, SIGTERM, SIGHUP and SIGQUIT stay the host's, so that Ctrl-C in a
//!   Python host still raises KeyboardInterrupt.
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
pub(crate) fn kept<R>(start: impl FnOnce() -> R) -> R {
    start()
}
#[cfg(not(unix))]
pub(crate) fn keep_fault_handlers() {}

#[cfg(unix)]
mod posix {
    use core::ffi::c_int;
    use core::mem::MaybeUninit;
    use std::sync::OnceLock;

    use libc::sigaction as Action;
    use metaffi_plugin::image_of;

    const HOSTS: [c_int; 4] = [libc::SIGINT, libc::SIGTERM, libc::SIGHUP, libc::SIGQUIT];
    const FAULTS: [c_int; 4] = [libc::SIGSEGV, libc::SIGBUS, libc::SIGFPE, libc::SIGILL];
    const LAST: c_int = 64;

    /// The JVM's handlers of [`FAULTS`], as they were right after its start.
    static JVM: OnceLock<[Option<Action>; FAULTS.len()]> = OnceLock::new();

    fn get(signal: c_int) -> Option<Action> {
        let mut action = MaybeUninit::uninit();
        // SAFETY: reads; `action` is written when the result is 0.
        unsafe {
            let status = libc::sigaction(signal, core::ptr::null(), action.as_mut_ptr());
            (status == 0).then(|| action.assume_init())
        }
    }

    fn set(signal: c_int, action: &Action) {
        // SAFETY: an action that was in force for this signal, flags aside.
        unsafe { libc::sigaction(signal, action, core::ptr::null_mut()) };
    }

    fn is_function(action: &Action) -> bool {
        !matches!(action.sa_sigaction, libc::SIG_DFL | libc::SIG_IGN)
    }

    /// Starts the JVM, and puts the handlers in order afterwards.
    pub(crate) fn kept<R>(start: impl FnOnce() -> R) -> R {
        let before: Vec<Option<Action>> = (0..=LAST).map(get).collect();
        let result = with_free_suspend_signal(&before, start);
        for signal in HOSTS {
            restore(signal, before[signal as usize].as_ref());
        }
        for signal in 1..=LAST {
            add_onstack(signal, before[signal as usize].as_ref());
        }
        JVM.get_or_init(|| FAULTS.map(get));
        result
    }

    fn restore(signal: c_int, before: Option<&Action>) {
        let now = get(signal).map(|action| action.sa_sigaction);
        if let Some(action) = before.filter(|before| Some(before.sa_sigaction) != now) {
            set(signal, action);
        }
    }

    /// Adds SA_ONSTACK to a handler that was not there `before`.
    fn add_onstack(signal: c_int, before: Option<&Action>) {
        let Some(mut action) = get(signal).filter(is_function) else { return };
        let is_new = before.is_none_or(|before| before.sa_sigaction != action.sa_sigaction);
        if is_new && action.sa_flags & libc::SA_ONSTACK == 0 {
            action.sa_flags |= libc::SA_ONSTACK;
            set(signal, &action);
        }
    }

    /// HotSpot suspends threads with SIGUSR2. When the host handles that one
    /// itself, the JVM is told to use a free real-time signal.
    #[cfg(target_os = "linux")]
    fn with_free_suspend_signal<R>(before: &[Option<Action>], start: impl FnOnce() -> R) -> R {
        const VARIABLE: &str = "_JAVA_SR_SIGNUM";
        let handled = |signal: c_int| before[signal as usize].as_ref().is_some_and(is_function);
        let free = (libc::SIGRTMIN() + 4..=libc::SIGRTMAX()).find(|signal| !handled(*signal));
        let Some(free) = free.filter(|_| handled(libc::SIGUSR2)) else { return start() };
        if std::env::var_os(VARIABLE).is_some() {
            return start();
        }
        // SAFETY: readers of the environment that are not Rust's may race;
        // this is as rare as a host with a handler of its own for SIGUSR2.
        unsafe { std::env::set_var(VARIABLE, free.to_string()) };
        let result = start();
        // SAFETY: as above.
        unsafe { std::env::remove_var(VARIABLE) };
        result
    }

    #[cfg(not(target_os = "linux"))]
    fn with_free_suspend_signal<R>(_: &[Option<Action>], start: impl FnOnce() -> R) -> R {
        start()
    }

    /// The signals that this thread blocks.
    fn blocked() -> libc::sigset_t {
        let mut set = MaybeUninit::zeroed();
        // SAFETY: reads into a place of its size, which zeroes are valid for.
        unsafe {
            libc::pthread_sigmask(libc::SIG_BLOCK, core::ptr::null(), set.as_mut_ptr());
            set.assume_init()
        }
    }

    fn block(set: &libc::sigset_t) {
        // SAFETY: a valid set.
        unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, set, core::ptr::null_mut()) };
    }

    /// Attaches a thread with all signals blocked that are no faults. HotSpot
    /// gives a thread that it detaches the mask which it had when it came; a
    /// thread of Go's is detached when it is dead to Go, and must get none of
    /// the signals that wait for it.
    pub(crate) fn attached<R>(attach: impl FnOnce() -> R) -> R {
        let before = blocked();
        let mut others = before;
        // SAFETY: a valid set, and signals that exist.
        unsafe {
            libc::sigfillset(&raw mut others);
            FAULTS.iter().for_each(|fault| _ = libc::sigdelset(&raw mut others, *fault));
        }
        block(&others);
        let result = attach();
        // What HotSpot lets through stays so.
        let (now, mut after) = (blocked(), before);
        for signal in 1..=LAST {
            // SAFETY: valid sets; a signal that does not exist is no member.
            unsafe {
                if libc::sigismember(&raw const now, signal) != 1 {
                    libc::sigdelset(&raw mut after, signal);
                }
            }
        }
        block(&after);
        result
    }

    /// Puts the JVM's fault handlers back where CPython's `faulthandler`, or
    /// the default that it restored, has taken their place. A handler of
    /// another runtime (Go's) forwards to the JVM, and stays.
    pub(crate) fn keep_fault_handlers() {
        let Some(handlers) = JVM.get() else { return };
        for (signal, jvm) in FAULTS.into_iter().zip(handlers) {
            let (Some(now), Some(jvm)) = (get(signal), jvm) else { continue };
            let taken = now.sa_sigaction == libc::SIG_DFL || is_of_python(now.sa_sigaction);
            if is_function(jvm) && taken {
                set(signal, jvm);
            }
        }
    }

    fn is_of_python(handler: usize) -> bool {
        let of = image_of(handler);
        // SAFETY: looks a symbol up by its name.
        let python = unsafe { libc::dlsym(libc::RTLD_DEFAULT, c"Py_IsInitialized".as_ptr()) };
        of.is_some() && !python.is_null() && of == image_of(python as usize)
    }
}
