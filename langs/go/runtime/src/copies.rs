//! Copies of guests, for forked children.
//!
//! A Go runtime does not survive a fork, and for the same file, by its name and by its inode, the
//! loader returns the same library again. A copy in memory is another file: opened, it is a new Go
//! runtime with a guest that has just started. It disappears with the process.

use std::io;
use std::path::{Path, PathBuf};

/// A copy of a library, which lives until the library is open.
pub(crate) struct LibraryCopy {
    path: PathBuf,
    #[cfg(target_os = "linux")]
    _content: std::fs::File,
}

/// Whether this system supports copies.
pub(crate) const ARE_POSSIBLE: bool = cfg!(target_os = "linux");

impl LibraryCopy {
    /// The path that the loader opens.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    #[cfg(not(target_os = "linux"))]
    pub(crate) fn of(_: &Path) -> io::Result<Self> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Copies a library.
    #[cfg(target_os = "linux")]
    pub(crate) fn of(library: &Path) -> io::Result<Self> {
        use std::os::fd::AsRawFd;

        let mut content = linux::file_in_memory()?;
        io::copy(&mut std::fs::File::open(library)?, &mut content)?;
        let path = linux::path_of(content.as_raw_fd());
        Ok(Self { path, _content: content })
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs::File;
    use std::io;
    use std::os::fd::{FromRawFd, RawFd};
    use std::path::PathBuf;
    use std::sync::atomic::{AtomicUsize, Ordering};

    pub(super) fn file_in_memory() -> io::Result<File> {
        // SAFETY: the name is a C string.
        let file = unsafe { libc::memfd_create(c"metaffi-go-guest".as_ptr(), libc::MFD_CLOEXEC) };
        if file < 0 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: just opened, and not used elsewhere.
        Ok(unsafe { File::from_raw_fd(file) })
    }

    /// The path of a descriptor. The loader never forgets a path, and descriptor numbers are
    /// reused, in children too: so each path is spelled differently, with one more slash.
    pub(super) fn path_of(file: RawFd) -> PathBuf {
        static COPIES: AtomicUsize = AtomicUsize::new(0);
        let slashes = "/".repeat(COPIES.fetch_add(1, Ordering::Relaxed) + 1);
        format!("/proc/self/fd{slashes}{file}").into()
    }
}
