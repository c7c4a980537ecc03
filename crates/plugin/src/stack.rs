//! The stack that a thread runs on: where it is, and how much of it is left.

use core::ops::Range;

/// The addresses of this thread's stack, guard pages of the system's aside.
/// `None` where the system cannot say. Takes microseconds.
#[cfg(target_os = "linux")]
#[must_use]
pub fn stack_bounds() -> Option<Range<usize>> {
    let mut attributes = core::mem::MaybeUninit::<libc::pthread_attr_t>::uninit();
    let (mut start, mut size) = (core::ptr::null_mut(), 0);
    // SAFETY: the attributes are initialised when the first call succeeds, and
    // destroyed once.
    let status = unsafe {
        if libc::pthread_getattr_np(libc::pthread_self(), attributes.as_mut_ptr()) != 0 {
            return None;
        }
        let status =
            libc::pthread_attr_getstack(attributes.as_ptr(), &raw mut start, &raw mut size);
        libc::pthread_attr_destroy(attributes.as_mut_ptr());
        status
    };
    (status == 0).then(|| start as usize..(start as usize).saturating_add(size))
}

/// The addresses of this thread's stack.
#[cfg(target_os = "macos")]
#[must_use]
pub fn stack_bounds() -> Option<Range<usize>> {
    // SAFETY: asks about this thread.
    let (end, size) = unsafe {
        let this = libc::pthread_self();
        (libc::pthread_get_stackaddr_np(this) as usize, libc::pthread_get_stacksize_np(this))
    };
    Some(end.saturating_sub(size)..end)
}

/// The addresses of this thread's stack: not known here.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
#[must_use]
pub fn stack_bounds() -> Option<Range<usize>> {
    None
}

/// About where this thread's stack is used to; it grows downwards.
#[inline(always)]
#[must_use]
pub fn stack_pointer() -> usize {
    let here = 0_u8;
    core::hint::black_box(&raw const here) as usize
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_thread_is_within_a_stack_of_the_size_that_was_asked_for() {
        // glibc may give a stack of a thread that ended, of up to four times the
        // size: those of other tests have 2 MiB.
        let sized = std::thread::Builder::new().stack_size(400 << 10);
        let bounds = sized.spawn(|| {
            let bounds = stack_bounds().unwrap();
            assert!(bounds.contains(&stack_pointer()));
            bounds
        });
        let size = bounds.unwrap().join().unwrap().len();
        assert!((390 << 10..490 << 10).contains(&size), "{size}");
    }
}
