//! The thread that the program began on.

/// Whether this is the main thread of the process.
#[cfg(any(target_os = "linux", target_os = "android"))]
#[must_use]
pub fn is_main_thread() -> bool {
    // SAFETY: both only ask. The main thread has the number of its process.
    unsafe { libc::syscall(libc::SYS_gettid) == libc::c_long::from(libc::getpid()) }
}

/// Whether this is the main thread of the process.
#[cfg(any(target_os = "macos", target_os = "freebsd"))]
#[must_use]
pub fn is_main_thread() -> bool {
    // SAFETY: only asks.
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
    fn the_threads_of_tests_are_others() {
        assert!(!super::is_main_thread());
    }
}
