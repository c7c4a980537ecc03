//! Where MetaFFI is installed: one search order, for the Rust and the Python
//! host, the hub and the command. `docs/installation.md` is the manual; the Java
//! and the Go host, which look before anything native is loaded, do the same
//! (`Library.java`, `home.go`).
//!
//! 1. `METAFFI_HOME`, which is the only place when it is set.
//! 2. The installation that the caller is part of, or carries.
//! 3. The folder around the program that runs: `bin/..`.
//! 4. `~/.metaffi`, then `/usr/local/metaffi` and `/usr/lib/metaffi`.
//!
//! The first that holds the hub is taken, with its symbolic links resolved, so
//! that everybody gives it the same name.
#![forbid(unsafe_code)]

mod trust;

use std::env;
use std::fmt;
use std::path::{Path, PathBuf};

pub use trust::untrusted;

/// Where the hub is inside of an installation.
pub const HUB_LIBRARY: &str = if cfg!(windows) {
    "lib/metaffi.dll"
} else if cfg!(target_vendor = "apple") {
    "lib/libmetaffi.dylib"
} else {
    "lib/libmetaffi.so"
};

/// The variable that names the installation.
pub const VARIABLE: &str = "METAFFI_HOME";

/// Where administrators and packages of the system install.
const SYSTEM: &[&str] = if cfg!(unix) { &["/usr/local/metaffi", "/usr/lib/metaffi"] } else { &[] };

/// A place in which an installation is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The folder.
    pub folder: PathBuf,
    /// Why it is looked at: `METAFFI_HOME`, `around the program`.
    pub why: &'static str,
}

impl Candidate {
    fn new(why: &'static str, folder: impl Into<PathBuf>) -> Candidate {
        Candidate { folder: folder.into(), why }
    }

    /// Whether an installation is there.
    #[must_use]
    pub fn is_installation(&self) -> bool {
        self.folder.join(HUB_LIBRARY).is_file()
    }
}

/// The places, in the order in which they are looked at. `shipped` is the
/// installation that the caller is part of, if it knows one.
#[must_use]
pub fn candidates(shipped: Option<&Path>) -> Vec<Candidate> {
    match env::var_os(VARIABLE).filter(|named| !named.is_empty()) {
        Some(named) => vec![Candidate::new(VARIABLE, named)],
        None => usual(shipped),
    }
}

fn usual(shipped: Option<&Path>) -> Vec<Candidate> {
    let shipped = shipped.map(|folder| Candidate::new("shipped with the caller", folder));
    let program = env::current_exe().ok();
    let around = program.as_deref().and_then(Path::parent).and_then(Path::parent);
    let around = around.map(|folder| Candidate::new("around the program", folder));
    let user = env::home_dir().filter(|home| home.is_absolute());
    let user = user.map(|home| Candidate::new("the user's", home.join(".metaffi")));
    let system = SYSTEM.iter().map(|folder| Candidate::new("the system's", *folder));
    shipped.into_iter().chain(around).chain(user).chain(system).collect()
}

/// The installation, and why it is that one.
///
/// # Errors
/// Lists the places when there is none.
pub fn find(shipped: Option<&Path>) -> Result<Candidate, NotFound> {
    first_of(candidates(shipped))
}

fn first_of(candidates: Vec<Candidate>) -> Result<Candidate, NotFound> {
    match candidates.iter().find(|candidate| candidate.is_installation()) {
        Some(found) => Ok(Candidate { folder: real(&found.folder), ..*found }),
        None => Err(NotFound(candidates)),
    }
}

#[cfg(target_os = "macos")]
const CACHE: (&str, &str) = ("", "Library/Caches");
#[cfg(windows)]
const CACHE: (&str, &str) = ("LOCALAPPDATA", "AppData/Local");
#[cfg(not(any(target_os = "macos", windows)))]
const CACHE: (&str, &str) = ("XDG_CACHE_HOME", ".cache");

/// MetaFFI's folder in the user's cache; that for temporary files where the
/// user has none.
#[must_use]
pub fn cache_folder() -> PathBuf {
    let named = env::var_os(CACHE.0).filter(|folder| !folder.is_empty());
    let home = || env::home_dir().map(|home| home.join(CACHE.1));
    let user = named.map(PathBuf::from).or_else(home);
    user.unwrap_or_else(env::temp_dir).join("metaffi")
}

/// The folder without symbolic links in its name.
#[must_use]
pub fn real(folder: &Path) -> PathBuf {
    // Windows writes what it resolves as `\\?\C:\…`, which not all programs read.
    dunce::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf())
}

/// There is no installation; has the places that were looked at.
#[derive(Clone, Debug)]
pub struct NotFound(pub Vec<Candidate>);

impl fmt::Display for NotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hub = |candidate: &Candidate| candidate.folder.join(HUB_LIBRARY).display().to_string();
        let tried: Vec<String> = self.0.iter().map(hub).collect();
        write!(
            f,
            "no MetaFFI installation; tried {}; set {VARIABLE} to the folder that holds \
             {HUB_LIBRARY}",
            tried.join(", ")
        )
    }
}

impl std::error::Error for NotFound {}

#[cfg(test)]
mod tests {
    use super::*;

    fn installation(folder: &Path) -> Candidate {
        std::fs::create_dir_all(folder.join("lib")).unwrap();
        std::fs::write(folder.join(HUB_LIBRARY), "").unwrap();
        Candidate::new("a test", folder)
    }

    #[test]
    fn the_shipped_one_comes_before_those_of_program_user_and_system() {
        let candidates = usual(Some(Path::new("/shipped")));
        let reasons: Vec<&str> = candidates.iter().map(|candidate| candidate.why).collect();
        let expected = ["shipped with the caller", "around the program", "the user's"];
        assert_eq!(reasons[..3], expected);
        assert_eq!(candidates.len(), 3 + SYSTEM.len());
    }

    #[test]
    fn an_error_lists_the_places_and_says_what_to_do() {
        let error = NotFound(vec![Candidate::new("a test", "/a"), Candidate::new("a test", "/b")]);
        let text = error.to_string();
        let [a, b] = ["/a", "/b"].map(|folder| Path::new(folder).join(HUB_LIBRARY));
        assert!(text.contains(&format!("{}, {}", a.display(), b.display())), "{text}");
        assert!(text.contains("set METAFFI_HOME"), "{text}");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_and_what_it_stands_for_are_one_installation() {
        let folder = tempfile::tempdir().unwrap();
        let (there, link) = (folder.path().join("there"), folder.path().join("link"));
        assert!(installation(&there).is_installation());
        std::os::unix::fs::symlink(&there, &link).unwrap();
        let found = first_of(usual(Some(&link))).unwrap();
        assert_eq!(found.folder, real(&there));
        assert_eq!(found.why, "shipped with the caller");
    }
}
