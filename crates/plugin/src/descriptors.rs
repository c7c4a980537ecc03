//! Whether a language's runtime finds the file descriptors that it needs: some
//! end the process when there are none.

use metaffi_value::{Error, ErrorKind};

/// Says whether the process may open so many files more.
///
/// # Errors
/// `Load`, naming `what` they are for.
pub fn spare_descriptors(count: usize, what: &str) -> Result<(), Error> {
    spare(count).map_err(|error| {
        let message = format!(
            "`{what}` cannot be loaded: the process may open no more file descriptors ({error}); \
             close files or connections, or raise the limit (`ulimit -n`)"
        );
        Error::new(ErrorKind::Load, message)
    })
}

#[cfg(unix)]
fn spare(count: usize) -> std::io::Result<()> {
    let opened: std::io::Result<Vec<_>> =
        (0..count).map(|_| std::fs::File::open("/dev/null")).collect();
    opened.map(drop)
}

#[cfg(not(unix))]
fn spare(_: usize) -> std::io::Result<()> {
    Ok(()) // handles have no limit that a program meets
}
