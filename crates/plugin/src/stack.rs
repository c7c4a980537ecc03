//! How far the stack that a thread runs on is used; where it is, `metaffi_value` knows.

/// About where this thread's stack is used to; it grows downwards.
#[inline(always)]
#[must_use]
pub fn stack_pointer() -> usize {
    let here = 0_u8;
    core::hint::black_box(&raw const here) as usize
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use metaffi_value::stack_bounds;

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
