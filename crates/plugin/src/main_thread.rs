//! The main thread of the program.

/// Whether this is the main thread of the process.
#[cfg(any(target_os = "linux", target_os = "android"))]
#[must_use]
pub fn is_main_thread() -> bool {
    // SAFETY: both only read. The main thread's id is the process id.
    unsafe { libc::syscall(libc::SYS_gettid) == libc::c_long::from(libc::getpid()) }
}

/// Whether this is the main thread of the process.
#[cfg(any(target_os = "macos", target_os = "freebsd"))]
#[must_use]
pub fn is_main_thread() -> bool {
    // SAFETY: only reads.
    unsafe { libc::pthread_main_np() == 1 }
}

/// Whether this is the main thread of the process; not known here.
#[cfg(not(any(
    target_os = "linux",
    target_os = "android",
    target_os = "macos",
    target_os = "freebsd"
)))]
#[must_use]
pub fn is_main_thread() -> bool {
    false
}

#[cfg(test)]
mod tests {
    #[test]
    fn test_threads_are_not_the_main_thread() {
        assert!(!super::is_main_thread());
    }
}
