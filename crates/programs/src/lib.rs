//! Finds programs on `PATH`, but never in the working directory.
//!
//! An empty or relative entry of `PATH` depends on the working directory: a
//! checkout, a folder of downloads. Files there were not put there to be run, so
//! such entries are skipped, as in Go's `os/exec`. A path that a user sets in a
//! variable is used as it is.
//!
//! Missing programs are reported in one form, with the command that installs
//! them.
#![forbid(unsafe_code)]

mod package;
mod registry;
mod shell;

use std::env;
use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};

pub use package::{Manager, Package};
pub use registry::registered;
pub use shell::set_variable;

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// Its path.
    pub path: PathBuf,
    /// Why this path was chosen: a variable, `PATH`, a usual folder.
    pub why: &'static str,
}

/// Something that was not found. Its `Display` is the error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotFound {
    /// What is missing, and where it was searched for.
    pub what: String,
    /// What to do, starting with the command that installs it.
    pub fix: String,
}

impl fmt::Display for NotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; to fix: {}", self.what, self.fix)
    }
}

impl std::error::Error for NotFound {}

/// The folders of `PATH` that do not depend on the working directory.
#[must_use]
pub fn folders() -> Vec<PathBuf> {
    folders_of(&env::var_os("PATH").unwrap_or_default())
}

fn folders_of(path: &OsStr) -> Vec<PathBuf> {
    env::split_paths(path).filter(|folder| folder.is_absolute()).collect()
}

/// The first program with this name on `PATH`.
#[must_use]
pub fn find(name: &str) -> Option<PathBuf> {
    find_in(&folders(), name)
}

/// The program with this name in the first of `folders` that has it.
#[must_use]
pub fn find_in(folders: &[PathBuf], name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    folders.iter().map(|folder| folder.join(&file)).find(|path| is_program(path))
}

/// The user's home folder, unless it depends on the working directory.
#[must_use]
pub fn home_dir() -> Option<PathBuf> {
    env::home_dir().filter(|home| home.is_absolute())
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_that_depend_on_the_working_directory_are_skipped() {
        let here = env::current_dir().unwrap();
        let path = ["", ".", "bin", "../bin"].map(PathBuf::from).into_iter();
        let path = env::join_paths(path.chain([here.clone()])).unwrap();
        assert_eq!(folders_of(&path), [here]);
        assert!(folders_of(OsStr::new("")).is_empty());
    }

    #[test]
    fn the_first_executable_file_is_found() {
        let [first, second] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let folders = [first.path().to_owned(), second.path().to_owned()];
        let file = format!("tool{}", env::consts::EXE_SUFFIX);
        std::fs::create_dir(first.path().join(&file)).unwrap();
        assert_eq!(find_in(&folders, "tool"), None);
        let tool = second.path().join(&file);
        std::fs::copy(env::current_exe().unwrap(), &tool).unwrap();
        assert_eq!(find_in(&folders, "tool"), Some(tool));
    }
}
