//! The stack that a thread's signals are handled on, where that is one of its own.
//!
//! The JVM's handlers run on it wherever there is one, for they have SA_ONSTACK
//! (see `signals.rs`). Called when a thread is attached and when it ends.

#[cfg(unix)]
pub(crate) use posix::Stack;

#[cfg(not(unix))]
/// Handlers need no stack of their own here.
pub(crate) struct Stack;

#[cfg(not(unix))]
impl Stack {
    pub(crate) fn enlarged() -> Option<Self> {
        None
    }
}

#[cfg(unix)]
mod posix {
    use core::ffi::c_void;
    use core::ptr::{NonNull, null_mut};

    use metaffi_plugin::signals::current_stack as current;

    /// What is left alone: Go's stacks for signals are of this size.
    const ENOUGH: usize = 32 * 1024;
    /// The JVM's handler walks frames, and writes a report when all is lost.
    const SIZE: usize = 128 * 1024;
    /// Below it, so that an overflow is a fault and not somebody's memory.
    const GUARD: usize = 64 * 1024;

    /// A stack for the signals of one thread, in place of one that is too small:
    /// Rust's and `faulthandler`'s have room for little more than the registers
    /// that the system saves on it, and a stack overflow in Java then ends the
    /// process. Given back when it is dropped, on the same thread.
    pub(crate) struct Stack(NonNull<c_void>);

    impl Stack {
        /// A larger one for this thread; `None` when it has none, whose handlers
        /// then run on its own, or when that suffices.
        pub(crate) fn enlarged() -> Option<Self> {
            let before = current();
            let is_used = before.ss_flags & (libc::SS_DISABLE | libc::SS_ONSTACK) == 0;
            if !is_used || before.ss_size >= ENOUGH {
                return None;
            }
            let made = Self::map()?;
            // SAFETY: the memory of `made` above the guard, as a signal stack;
            // it is not unmapped while it is in force, see `drop`.
            let status = unsafe {
                let start = made.0.as_ptr().byte_add(GUARD);
                let stack = libc::stack_t { ss_sp: start, ss_flags: 0, ss_size: SIZE };
                libc::sigaltstack(&raw const stack, null_mut())
            };
            (status == 0).then_some(made)
        }

        fn map() -> Option<Self> {
            // SAFETY: new memory, of which the lower part is then closed.
            unsafe {
                let access = libc::PROT_READ | libc::PROT_WRITE;
                let flags = libc::MAP_PRIVATE | libc::MAP_ANON;
                let start = libc::mmap(null_mut(), GUARD + SIZE, access, flags, -1, 0);
                if start == libc::MAP_FAILED {
                    return None;
                }
                libc::mprotect(start, GUARD, libc::PROT_NONE);
                NonNull::new(start).map(Self)
            }
        }
    }

    impl Drop for Stack {
        fn drop(&mut self) {
            let start = self.0.as_ptr().wrapping_byte_add(GUARD);
            if current().ss_sp == start {
                // The one before may be gone by now: its owner ends before us.
                let none =
                    libc::stack_t { ss_sp: null_mut(), ss_flags: libc::SS_DISABLE, ss_size: SIZE };
                // SAFETY: this thread's, which does not run on it now.
                unsafe { libc::sigaltstack(&raw const none, null_mut()) };
            }
            // SAFETY: mapped by `map`, and no longer in force.
            unsafe { libc::munmap(self.0.as_ptr(), GUARD + SIZE) };
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_small_stack_is_replaced_and_a_large_one_is_kept() {
            std::thread::spawn(|| {
                let of_rust = current();
                assert!(of_rust.ss_size < ENOUGH, "{}", of_rust.ss_size);
                let larger = Stack::enlarged().unwrap();
                assert_eq!(current().ss_size, SIZE);
                assert!(Stack::enlarged().is_none());
                drop(larger);
                assert_ne!(current().ss_flags & libc::SS_DISABLE, 0);
                assert!(Stack::enlarged().is_none());
            })
            .join()
            .unwrap();
        }
    }
}
