//! The signal that HotSpot suspends its threads with, for Flight Recorder.
//! HotSpot uses SIGUSR2 by default, which programs use, replaces their handler, and crashes when
//! the signal arrives on a thread that is not Java's. An environment variable selects another
//! signal, and is read while the JVM starts: here a real-time signal that nobody handles. A Go
//! program handles all of them; there one is shared, because HotSpot's own signals can be
//! recognized by their sender.

/// Starts the JVM with a signal that the program does not use, unless the user chose one.
#[cfg(not(target_os = "linux"))]
pub(super) fn with_own_signal<R>(
    _: &metaffi_plugin::signals::Actions,
    start: impl FnOnce() -> R,
) -> R {
    start()
}

#[cfg(target_os = "linux")]
pub(super) use linux::with_own_signal;

#[cfg(target_os = "linux")]
mod linux {
    use core::ffi::{c_int, c_void};
    use core::mem::transmute;
    use core::sync::atomic::{AtomicUsize, Ordering};

    use metaffi_plugin::signals::{Action, Actions, Handler};

    use crate::vm::environment;

    const VARIABLE: &str = "_JAVA_SR_SIGNUM";

    /// The two handlers of the signal, if it is shared.
    static JVM: AtomicUsize = AtomicUsize::new(0);
    static HOST: AtomicUsize = AtomicUsize::new(0);

    pub(in crate::vm) fn with_own_signal<R>(before: &Actions, start: impl FnOnce() -> R) -> R {
        let Some(own) = choose(before).filter(|_| std::env::var_os(VARIABLE).is_none()) else {
            return start();
        };
        let result = environment::with(VARIABLE, &own.signal().to_string(), start);
        share(own);
        result
    }

    /// A free real-time signal, or else the first candidate. The lowest ones are those that
    /// programs use, and SIGRTMAX-2 is used by the JDK's sockets.
    fn choose(before: &Actions) -> Option<&Action> {
        let signals = (libc::SIGRTMIN() + 4..=libc::SIGRTMAX() - 3).rev();
        let known = || signals.clone().filter_map(|signal| before.of(signal));
        known().find(|action| action.is_default()).or_else(|| known().next())
    }

    /// Forwards signals that are not for the JVM to the handler that the JVM replaced.
    fn share(before: &Action) {
        let now = Action::of(before.signal()).filter(|now| !now.is_like(before));
        let (Some(now), Some(host)) = (now, before.function()) else { return };
        let Some(jvm) = now.handler() else { return };
        HOST.store(host, Ordering::Relaxed);
        JVM.store(jvm as *const () as usize, Ordering::Relaxed);
        // SAFETY: it only calls handlers of this signal, which exist now.
        unsafe { now.with_handler(to_either) }.install();
    }

    /// HotSpot sends its own signals to one thread, from this process.
    unsafe extern "C" fn to_either(
        signal: c_int,
        info: *mut libc::siginfo_t,
        context: *mut c_void,
    ) {
        // SAFETY: the system passes valid information; a signal sent by a process has the sender's
        // process id.
        let is_own =
            unsafe { (*info).si_code == libc::SI_TKILL && (*info).si_pid() == libc::getpid() };
        let handler = if is_own { &JVM } else { &HOST };
        // SAFETY: `share` stored functions before the system call that installed this handler: to
        // get here a thread took the same lock in the kernel. A function with a single argument
        // ignores the others, as in every C calling convention in use.
        let handler = unsafe { transmute::<usize, Handler>(handler.load(Ordering::Relaxed)) };
        // SAFETY: called as the system would call it, with what it passed.
        unsafe { handler(signal, info, context) };
    }
}
