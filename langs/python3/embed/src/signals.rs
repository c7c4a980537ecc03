//! Ctrl-C stays the host's: Python's `signal` module takes SIGINT when it is
//! first imported, whatever the interpreter was told.

/// Runs `body`, and puts the host's SIGINT handler back.
#[cfg(unix)]
pub(crate) fn kept<R>(body: impl FnOnce() -> R) -> R {
    let mut before = core::mem::MaybeUninit::<libc::sigaction>::uninit();
    // SAFETY: reads the handler into a place of its size.
    let known =
        unsafe { libc::sigaction(libc::SIGINT, core::ptr::null(), before.as_mut_ptr()) } == 0;
    let result = body();
    if known {
        // SAFETY: what was read above is set again.
        unsafe { libc::sigaction(libc::SIGINT, before.as_ptr(), core::ptr::null_mut()) };
    }
    result
}

#[cfg(not(unix))]
pub(crate) fn kept<R>(body: impl FnOnce() -> R) -> R {
    body()
}
