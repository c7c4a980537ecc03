//! The current position on the stack; `metaffi_value` has its bounds.

/// The approximate end of the used part of this thread's stack, which grows
/// downwards.
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
    fn a_thread_runs_on_a_stack_of_the_requested_size() {
        // glibc may reuse the stack of a finished thread, of up to four times
        // the size; those of other tests have 2 MiB.
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
