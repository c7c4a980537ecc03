//! Which Python interpreter is used: the runtime embeds it, the compiler asks
//! it about modules.
//!
//! One search for both, so that what was described is what is loaded. Runs
//! candidates, and loads nothing into this process. Any thread may enter.
#![forbid(unsafe_code)]

mod find;
mod probe;

use std::path::{Path, PathBuf};

pub use probe::Interpreter;

use find::candidates;
use probe::probe;

/// The folder in which Python finds the package `metaffi` of an installation: its
/// `python`, or where the package is that the installation itself is in (a wheel's).
#[must_use]
pub fn package_folder(home: &Path) -> PathBuf {
    let staged = home.join("python");
    match home.ancestors().nth(2) {
        Some(packages) if !staged.is_dir() => packages.to_path_buf(),
        _ => staged,
    }
}

/// The first candidate that is a Python of 3.11 or later; the text of an error
/// says what was tried, why each is no use, and what to do.
pub fn choose() -> Result<Interpreter, String> {
    let mut tried = Vec::new();
    for candidate in candidates() {
        match (probe(&candidate.executable), candidate.advice) {
            (Ok(interpreter), _) => return Ok(interpreter),
            (Err(why), Some(advice)) => {
                let (origin, path) = (candidate.origin, candidate.executable);
                return Err(format!("{origin}: {} {why}; {advice}", path.display()));
            }
            (Err(why), None) => tried.push(format!("{} {why}", candidate.origin)),
        }
    }
    let tried = match tried.is_empty() {
        true => "there is none on PATH".to_owned(),
        false => tried.join("; "),
    };
    let advice = "install one, or activate a virtual environment that has one";
    Err(format!("no Python 3.11 or later found: {tried}; {advice}"))
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
