//! The stack that a thread's signals are handled on.

use core::mem::MaybeUninit;
use core::ptr::null;

/// This thread's, which may be disabled. May be called in a signal handler.
#[must_use]
pub fn current() -> libc::stack_t {
    let mut stack = MaybeUninit::<libc::stack_t>::zeroed();
    // SAFETY: reads into a place of its size, which zeroes are valid for.
    unsafe {
        libc::sigaltstack(null(), stack.as_mut_ptr());
        stack.assume_init()
    }
}

/// Whether this thread has one. May be called in a signal handler.
#[must_use]
pub fn is_usable() -> bool {
    current().ss_flags & libc::SS_DISABLE == 0
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_thread_of_this_language_has_one() {
        assert!(std::thread::spawn(super::is_usable).join().unwrap());
    }
}
