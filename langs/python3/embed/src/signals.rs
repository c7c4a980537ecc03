//! Ctrl-C stays the host's: Python's `signal` module takes SIGINT when it is
//! first imported, whatever the interpreter was told.

/// Runs `body`, and puts the host's SIGINT handler back.
pub(crate) fn kept<R>(body: impl FnOnce() -> R) -> R {
    #[cfg(unix)]
    return metaffi_plugin::signals::keeping(&[libc::SIGINT], body);
    #[cfg(not(unix))]
    body()
}
