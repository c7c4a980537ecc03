//! Chooses the Python interpreter that the runtime embeds, and that the compiler
//! reads modules with.
//!
//! Both use the same search, so that a module that was read is the one that is
//! loaded. Runs candidates, and loads nothing into this process. Any thread may enter.
#![forbid(unsafe_code)]

mod find;
mod library;
mod packages;
mod probe;

use std::path::{Path, PathBuf};

pub use probe::Interpreter;

use metaffi_programs::NotFound;

use find::candidates;
use packages::get_python;
use probe::probe;

/// The folder in which Python finds an installation's package `metaffi`: its `python`, or
/// the folder of the package that contains the installation (in a wheel).
#[must_use]
pub fn package_folder(home: &Path) -> PathBuf {
    let staged = home.join("python");
    match home.ancestors().nth(2) {
        Some(packages) if !staged.is_dir() => packages.to_path_buf(),
        _ => staged,
    }
}

/// The first candidate that is a Python of 3.11 or later.
///
/// # Errors
/// If there is none, or the one that the user named cannot be used: what was tried,
/// why each cannot be used, and what to do.
pub fn choose() -> Result<Interpreter, NotFound> {
    let mut tried = Vec::new();
    for candidate in candidates() {
        match (probe(&candidate.executable), candidate.advice) {
            (Ok(found), _) => return Ok(Interpreter { why: candidate.why, ..found }),
            (Err(why), Some(fix)) => {
                let (origin, path) = (candidate.origin, candidate.executable);
                return Err(NotFound { what: format!("{origin}: {} {why}", path.display()), fix });
            }
            (Err(why), None) => tried.push(format!("{} {why}", candidate.origin)),
        }
    }
    let tried = match tried.is_empty() {
        true => "there is none on PATH".to_owned(),
        false => tried.join("; "),
    };
    Err(NotFound { what: format!("no Python 3.11 or later found: {tried}"), fix: get_python() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_is_in_the_installation_or_around_it() {
        let folder = tempfile::tempdir().unwrap();
        let wheel = folder.path().join("metaffi/_installation");
        std::fs::create_dir_all(&wheel).unwrap();
        assert_eq!(package_folder(&wheel), folder.path());
        std::fs::create_dir(wheel.join("python")).unwrap();
        assert_eq!(package_folder(&wheel), wheel.join("python"));
    }
}
