//! The system's memory barrier for all threads of a process.
//!
//! With it the JVM needs no fence at each crossing between Java and native code, but requests a
//! barrier when it stops its threads. If the option is set and the system has no such barrier, the
//! JVM does not start: some containers forbid the system call.

/// Whether the system has one.
#[cfg(target_os = "linux")]
pub(super) fn is_available() -> bool {
    const QUERY: libc::c_int = 0;
    const PRIVATE: libc::c_long = 1 << 3 | 1 << 4; // to use it and to register for it
    // SAFETY: only a query.
    let commands = unsafe { libc::syscall(libc::SYS_membarrier, QUERY, 0, 0) };
    commands > 0 && commands & PRIVATE == PRIVATE
}

/// Whether the system has one: Windows and macOS do, but nothing was measured there.
#[cfg(not(target_os = "linux"))]
pub(super) fn is_available() -> bool {
    false
}
