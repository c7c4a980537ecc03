//! The signal that HotSpot suspends its threads with, for Flight Recorder.
//!
//! It takes SIGUSR2, which programs use, replaces their handler, and crashes
//! when the signal comes to a thread that is not Java's. A variable of the
//! environment names another one, read while the JVM starts: here a real-time
//! signal that nobody handles. A Go program handles them all; there one is
//! shared, for HotSpot's own are told apart by their sender.

/// Starts the JVM with a signal that is not the program's, unless the user
/// chose one.
#[cfg(not(target_os = "linux"))]
pub(super) fn chosen<R>(_: &metaffi_plugin::signals::Actions, start: impl FnOnce() -> R) -> R {
    start()
}

#[cfg(target_os = "linux")]
pub(super) use linux::chosen;

#[cfg(target_os = "linux")]
mod linux {
    use core::ffi::{c_int, c_void};
    use core::mem::transmute;
    use core::sync::atomic::{AtomicUsize, Ordering};

    use metaffi_plugin::signals::{Action, Actions, Handler};

    use crate::vm::environment;

    const VARIABLE: &str = "_JAVA_SR_SIGNUM";

    /// The handlers of the one signal, where it is shared.
    static JVM: AtomicUsize = AtomicUsize::new(0);
    static HOST: AtomicUsize = AtomicUsize::new(0);

    pub(in crate::vm) fn chosen<R>(before: &Actions, start: impl FnOnce() -> R) -> R {
        let Some(own) = choose(before).filter(|_| std::env::var_os(VARIABLE).is_none()) else {
            return start();
        };
        let result = environment::with(VARIABLE, &own.signal().to_string(), start);
        share(own);
        result
    }

    /// A free real-time signal, else the first that is looked at. The lowest
    /// ones are those that programs use, and SIGRTMAX-2 is that of the JDK's
    /// sockets.
    fn choose(before: &Actions) -> Option<&Action> {
        let signals = (libc::SIGRTMIN() + 4..=libc::SIGRTMAX() - 3).rev();
        let known = || signals.clone().filter_map(|signal| before.of(signal));
        known().find(|action| action.is_default()).or_else(|| known().next())
    }

    /// Lets the handler that the JVM replaced have what is not the JVM's.
    fn share(before: &Action) {
        let now = Action::of(before.signal()).filter(|now| !now.is_like(before));
        let (Some(now), Some(host)) = (now, before.function()) else { return };
        let Some(jvm) = now.handler() else { return };
        HOST.store(host, Ordering::Relaxed);
        JVM.store(jvm as *const () as usize, Ordering::Relaxed);
        // SAFETY: it only calls handlers of this signal, which are there now.
        unsafe { now.with_handler(to_either) }.install();
    }

    /// HotSpot sends its own to one thread, from this process.
    unsafe extern "C" fn to_either(
        signal: c_int,
        info: *mut libc::siginfo_t,
        context: *mut c_void,
    ) {
        // SAFETY: the system passes valid information; a signal that one
        // process sent to another has the sender's number.
        let is_own =
            unsafe { (*info).si_code == libc::SI_TKILL && (*info).si_pid() == libc::getpid() };
        let handler = if is_own { &JVM } else { &HOST };
        // SAFETY: `share` stored functions, before the system call that installed
        // this: to get here a thread passed the same lock in the kernel. One of a
        // single argument leaves the others alone, as in every C calling
        // convention that is in use.
        let handler = unsafe { transmute::<usize, Handler>(handler.load(Ordering::Relaxed)) };
        // SAFETY: called as the system would call it, with what it passed.
        unsafe { handler(signal, info, context) };
    }
}
