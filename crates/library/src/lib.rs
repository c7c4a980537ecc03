//! Shared libraries: opened permanently, and found among those loaded.
//!
//! Shared by hosts, hub and plugins. `unix.rs` and `windows.rs` have the same functions.

#![allow(unsafe_code)] // opens libraries, and asks the system about them

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
use unix as system;
#[cfg(windows)]
use windows as system;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

pub use libloading::{Error, Library};

/// Opens a library for the life of the process, since runtimes cannot be unloaded. Its
/// symbols are not visible to libraries opened later.
///
/// On Windows, its dependencies are searched for beside it, beside the program, in the
/// system folder and in the folders of [`search_also`], but never in the working directory.
///
/// # Errors
/// If the system cannot load it.
///
/// # Safety
/// The library's initialisers may run on this thread.
pub unsafe fn open(path: &Path) -> Result<Library, Error> {
    // SAFETY: the caller's promise about the initialisers.
    unsafe { system::open(path, false) }
}

/// The same, with its symbols visible to libraries opened later, if the system supports that.
///
/// # Errors
/// If the system cannot load it.
///
/// # Safety
/// The library's initialisers may run on this thread.
pub unsafe fn open_global(path: &Path) -> Result<Library, Error> {
    // SAFETY: the caller's promise about the initialisers.
    unsafe { system::open(path, true) }
}

/// The library with this file name, if this process has already opened it.
#[must_use]
pub fn already_open(name: &OsStr) -> Option<Library> {
    system::already_open(name)
}

/// Adds a folder that Windows searches for dependencies of libraries. On other systems,
/// libraries specify where their dependencies are.
pub fn search_also(folder: &Path) {
    system::search_also(folder);
}

/// The path of the library that contains `code`, a function of the caller,
/// which need not do anything; `None` if the system does not report it.
#[must_use]
pub fn library_of(code: fn()) -> Option<PathBuf> {
    system::library_of(code as usize)
}

/// The start address of the library that contains `address`. It is the same for
/// all addresses of a library; `None` if there is no library.
#[must_use]
pub fn image_of(address: usize) -> Option<usize> {
    system::image_of(address)
}

/// The paths of the loaded libraries with this file name.
#[must_use]
pub fn libraries_named(name: &OsStr) -> Vec<PathBuf> {
    let mut paths = system::loaded();
    paths.retain(|path| path.file_name() == Some(name));
    paths.into_iter().filter_map(|path| system::real(&path)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn here() {}

    #[test]
    fn this_program_is_found_by_one_of_its_functions() {
        let program = std::env::current_exe().unwrap();
        let program = system::real(&program).unwrap();
        assert_eq!(library_of(here), Some(program));
        assert_eq!(image_of(here as fn() as usize), image_of(image_of as fn(usize) -> _ as usize));
        assert_eq!(image_of(8), None);
    }

    #[test]
    fn loaded_libraries_are_found_by_name() {
        let mut loaded = system::loaded();
        loaded.retain(|path| path.is_absolute() && path.is_file());
        let one = loaded.last().expect("the C library is loaded");
        let named = libraries_named(one.file_name().unwrap());
        assert!(named.contains(&system::real(one).unwrap()), "{named:?}");
        assert!(libraries_named(OsStr::new("metaffi-no-such")).is_empty());
        assert!(already_open(one.file_name().unwrap()).is_some());
        assert!(already_open(OsStr::new("metaffi-no-such")).is_none());
    }

    #[test]
    fn a_library_is_not_loaded_from_the_working_directory() {
        // SAFETY: the library does not exist.
        assert!(unsafe { open(Path::new("metaffi-no-such-library")) }.is_err());
    }
}
