//! Leaves Ctrl-C to the host: Python's `signal` module installs a handler of SIGINT when
//! it is first imported, whatever the interpreter's configuration.

/// Runs `body`, and restores the host's SIGINT handler.
pub(crate) fn preserving_sigint<R>(body: impl FnOnce() -> R) -> R {
    #[cfg(unix)]
    return metaffi_plugin::signals::keeping(&[libc::SIGINT], body);
    #[cfg(not(unix))]
    body()
}
