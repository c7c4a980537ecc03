//! The system's memory barrier for all threads of a process.
//!
//! With it the JVM needs no fence at each crossing between Java and others, but asks for one when it
//! stops its threads. Where it is told to and the system has none it does not start: some
//! containers forbid the call.

/// Whether there is one.
#[cfg(target_os = "linux")]
pub(super) fn is_there() -> bool {
    const QUERY: libc::c_int = 0;
    const PRIVATE: libc::c_long = 1 << 3 | 1 << 4; // to use it and to register for it
    // SAFETY: only asks.
    let commands = unsafe { libc::syscall(libc::SYS_membarrier, QUERY, 0, 0) };
    commands > 0 && commands & PRIVATE == PRIVATE
}

/// Whether there is one: Windows and macOS have it, but nothing was measured there.
#[cfg(not(target_os = "linux"))]
pub(super) fn is_there() -> bool {
    false
}
