//! Whether enough file descriptors are left for a language's runtime: some
//! runtimes end the process when there are none.

use metaffi_value::{Error, ErrorKind};

/// Checks that the process can open this many more files.
///
/// # Errors
/// `Load`, naming `what` needs them.
pub fn spare_descriptors(count: usize, what: &str) -> Result<(), Error> {
    check_free(count).map_err(|error| {
        let message = format!(
            "`{what}` cannot be loaded: the process has no file descriptors left ({error}); close files \
             or connections, or raise the limit (`ulimit -n`)"
        );
        Error::new(ErrorKind::Load, message)
    })
}

#[cfg(unix)]
fn check_free(count: usize) -> std::io::Result<()> {
    let opened: std::io::Result<Vec<_>> =
        (0..count).map(|_| std::fs::File::open("/dev/null")).collect();
    opened.map(drop)
}

#[cfg(not(unix))]
fn check_free(_: usize) -> std::io::Result<()> {
    Ok(()) // there is no practical limit on handles
}
