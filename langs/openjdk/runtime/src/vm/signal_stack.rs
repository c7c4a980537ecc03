//! The alternate stack on which a thread handles signals, if it has one.
//!
//! The JVM's handlers run on it if there is one, because they have SA_ONSTACK (see `signals.rs`).
//! Called when a thread is attached and when it ends.

#[cfg(unix)]
pub(crate) use posix::Stack;

#[cfg(not(unix))]
/// Handlers need no stack of their own on this system.
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

    /// Larger stacks are kept: Go's signal stacks have this size.
    const ENOUGH: usize = 32 * 1024;
    /// The JVM's handler walks frames, and writes a crash report if all else fails.
    const SIZE: usize = 128 * 1024;
    /// Below the stack, so that an overflow faults instead of overwriting memory.
    const GUARD: usize = 64 * 1024;

    /// A signal stack for one thread, in place of one that is too small: those of Rust and
    /// `faulthandler` have room for little more than the registers that the system saves there, and
    /// a stack overflow in Java would then end the process. Released when it is dropped, on the
    /// same thread.
    pub(crate) struct Stack(NonNull<c_void>);

    impl Stack {
        /// A larger stack for this thread; `None` if it has none, so that its handlers run on its
        /// normal stack, or if its stack is large enough.
        pub(crate) fn enlarged() -> Option<Self> {
            let before = current();
            let is_used = before.ss_flags & (libc::SS_DISABLE | libc::SS_ONSTACK) == 0;
            if !is_used || before.ss_size >= ENOUGH {
                return None;
            }
            let made = Self::map()?;
            // SAFETY: the memory of `made` above the guard, as a signal stack; it is not unmapped
            // while it is in use, see `drop`.
            let status = unsafe {
                let start = made.0.as_ptr().byte_add(GUARD);
                let stack = libc::stack_t { ss_sp: start, ss_flags: 0, ss_size: SIZE };
                libc::sigaltstack(&raw const stack, null_mut())
            };
            (status == 0).then_some(made)
        }

        fn map() -> Option<Self> {
            // SAFETY: new memory, whose lower part is then protected.
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
                // The previous stack may no longer exist: its owner ends before us.
                let none =
                    libc::stack_t { ss_sp: null_mut(), ss_flags: libc::SS_DISABLE, ss_size: SIZE };
                // SAFETY: this thread's stack, which it does not run on now.
                unsafe { libc::sigaltstack(&raw const none, null_mut()) };
            }
            // SAFETY: mapped by `map`, and no longer in use.
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
