//! Finds the installation, in one search order for the Rust and the Python host,
//! the hub and the command. `docs/install.md` is the manual. The Java and
//! the Go host search before anything native is loaded, so they implement the
//! same order themselves (`Library.java`, `home.go`).
//!
//! 1. `METAFFI_HOME`, which is the only place when it is set.
//! 2. The installation that the caller is part of, or contains.
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

/// The path of the hub inside an installation.
pub const HUB_LIBRARY: &str = if cfg!(windows) {
    "lib/metaffi.dll"
} else if cfg!(target_vendor = "apple") {
    "lib/libmetaffi.dylib"
} else {
    "lib/libmetaffi.so"
};

/// The variable that names the installation.
pub const VARIABLE: &str = "METAFFI_HOME";

/// Where administrators and system packages install it.
const SYSTEM: &[&str] = if cfg!(unix) { &["/usr/local/metaffi", "/usr/lib/metaffi"] } else { &[] };

/// A place where an installation is searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The folder.
    pub folder: PathBuf,
    /// Why it is searched: `METAFFI_HOME`, `beside the program`.
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

/// The places in search order. `shipped` is the installation that the caller
/// belongs to, if it knows one.
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
    let around = around.map(|folder| Candidate::new("beside the program", folder));
    let user = env::home_dir().filter(|home| home.is_absolute());
    let user = user.map(|home| Candidate::new("in the user's folder", home.join(".metaffi")));
    let system = SYSTEM.iter().map(|folder| Candidate::new("in a system folder", *folder));
    shipped.into_iter().chain(around).chain(user).chain(system).collect()
}

/// The installation, with the reason why it was chosen.
///
/// # Errors
/// Lists the places if there is none.
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

/// MetaFFI's folder in the user's cache, or in the folder for temporary files
/// if the user has no cache.
#[must_use]
pub fn cache_folder() -> PathBuf {
    let named = env::var_os(CACHE.0).filter(|folder| !folder.is_empty());
    let home = || env::home_dir().map(|home| home.join(CACHE.1));
    let user = named.map(PathBuf::from).or_else(home);
    user.unwrap_or_else(env::temp_dir).join("metaffi")
}

/// The folder with symbolic links resolved.
#[must_use]
pub fn real(folder: &Path) -> PathBuf {
    // Windows returns resolved paths as `\\?\C:\…`, which not all programs
    // understand.
    dunce::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf())
}

/// The error that there is no installation, with the places that were tried.
#[derive(Clone, Debug)]
pub struct NotFound(pub Vec<Candidate>);

impl fmt::Display for NotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hub = |candidate: &Candidate| candidate.folder.join(HUB_LIBRARY).display().to_string();
        let tried: Vec<String> = self.0.iter().map(hub).collect();
        write!(
            f,
            "no MetaFFI installation; tried {}; set {VARIABLE} to the folder that contains \
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
    fn the_shipped_installation_comes_first() {
        let candidates = usual(Some(Path::new("/shipped")));
        let reasons: Vec<&str> = candidates.iter().map(|candidate| candidate.why).collect();
        let expected = ["shipped with the caller", "beside the program", "in the user's folder"];
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
    fn a_link_and_its_target_are_the_same_installation() {
        let folder = tempfile::tempdir().unwrap();
        let (there, link) = (folder.path().join("there"), folder.path().join("link"));
        assert!(installation(&there).is_installation());
        std::os::unix::fs::symlink(&there, &link).unwrap();
        let found = first_of(usual(Some(&link))).unwrap();
        assert_eq!(found.folder, real(&there));
        assert_eq!(found.why, "shipped with the caller");
    }
}
