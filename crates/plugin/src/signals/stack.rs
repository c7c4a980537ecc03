//! The signal stack of a thread.

use core::mem::MaybeUninit;
use core::ptr::null;

/// This thread's signal stack, which may be disabled. Async-signal-safe.
#[must_use]
pub fn current() -> libc::stack_t {
    let mut stack = MaybeUninit::<libc::stack_t>::zeroed();
    // SAFETY: reads into a place of the right size, for which zeroes are valid.
    unsafe {
        libc::sigaltstack(null(), stack.as_mut_ptr());
        stack.assume_init()
    }
}

/// Whether this thread has a signal stack. Async-signal-safe.
#[must_use]
pub fn is_usable() -> bool {
    current().ss_flags & libc::SS_DISABLE == 0
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_rust_thread_has_one() {
        assert!(std::thread::spawn(super::is_usable).join().unwrap());
    }
}
