//! Where a JDK may be: `JAVA_HOME`, `java` on `PATH`, the usual folders.
//!
//! Only looks; the runtime opens what is found, and the compiler reads its
//! classes. A home that is no use is kept with the reason, for the error that
//! lists all that was tried.
#![forbid(unsafe_code)]

use std::env;
use std::path::{Path, PathBuf};

/// The oldest JDK that can be used.
const OLDEST: u32 = 11;
/// The newest JDK that is tested; a newer one is taken when there is no other.
const NEWEST: u32 = 25;

#[cfg(windows)]
const LIBRARIES: &[&str] = &["bin/server/jvm.dll", "bin/client/jvm.dll"];
#[cfg(target_os = "macos")]
const LIBRARIES: &[&str] = &["lib/server/libjvm.dylib", "Contents/Home/lib/server/libjvm.dylib"];
#[cfg(not(any(windows, target_os = "macos")))]
const LIBRARIES: &[&str] = &["lib/server/libjvm.so", "lib/client/libjvm.so"];

#[cfg(windows)]
const USUAL: &[&str] = &[
    "C:/Program Files/Java",
    "C:/Program Files/Eclipse Adoptium",
    "C:/Program Files/Microsoft",
    "C:/Program Files/Amazon Corretto",
    "C:/Program Files/Zulu",
];
#[cfg(target_os = "macos")]
const USUAL: &[&str] = &[
    "/Library/Java/JavaVirtualMachines",
    "/opt/homebrew/opt",
    "/usr/local/opt",
    "~/Library/Java/JavaVirtualMachines",
];
#[cfg(not(any(windows, target_os = "macos")))]
const USUAL: &[&str] = &["/usr/lib/jvm", "/usr/java", "/opt/java", "/opt/jdk", "/opt"];
/// Where version managers put them, on every system.
const MANAGED: &[&str] =
    &["~/.sdkman/candidates/java", "~/.jdks", "~/.local/share/mise/installs/java"];

/// A place that was looked at.
#[derive(Clone, Debug)]
pub struct Place {
    /// How we came to it, for the error.
    pub origin: String,
    /// The folder of the JDK, where there is one.
    pub home: Option<PathBuf>,
    /// The `libjvm` there, or why it is of no use.
    pub library: Result<PathBuf, String>,
}

/// The folder of the first JDK that can be used.
#[must_use]
pub fn home() -> Option<PathBuf> {
    places().into_iter().find(|place| place.library.is_ok()).and_then(|place| place.home)
}

/// The feature version of the first JDK that can be used.
#[must_use]
pub fn version() -> Option<u32> {
    version_of(&home()?)
}

/// A tool of the JDK, `java` or `javac`: that of JAVA_HOME, or the one on PATH.
#[must_use]
pub fn tool(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    let of_home = env::var_os("JAVA_HOME").map(|home| Path::new(&home).join("bin").join(&file));
    of_home.filter(|tool| tool.is_file()).or_else(|| metaffi_programs::find(name))
}

/// Every place, best first.
#[must_use]
pub fn places() -> Vec<Place> {
    let mut places = vec![from_java_home(), from_path()];
    places.extend(usual());
    places
}

impl Place {
    fn of(origin: String, home: PathBuf) -> Place {
        Place { origin, library: library_in(&home), home: Some(home) }
    }
}

fn from_java_home() -> Place {
    let origin = "JAVA_HOME".to_owned();
    match env::var_os("JAVA_HOME").filter(|home| !home.is_empty()) {
        Some(home) => {
            let home = PathBuf::from(home);
            Place::of(format!("JAVA_HOME={}", home.display()), home)
        }
        None => Place { origin, home: None, library: Err("is not set".into()) },
    }
}

fn from_path() -> Place {
    let Some(java) = metaffi_programs::find("java") else {
        let library = Err("is not there".into());
        return Place { origin: "java on PATH".into(), home: None, library };
    };
    let real = java.canonicalize().unwrap_or(java);
    let origin = format!("java on PATH ({})", real.display());
    match real.parent().and_then(Path::parent) {
        Some(home) => Place::of(origin, home.to_owned()),
        None => Place { origin, home: None, library: Err("is in no JDK".into()) },
    }
}

/// The JDKs in the usual folders, newest first, those newer than tested last.
fn usual() -> Vec<Place> {
    let mut homes: Vec<PathBuf> = USUAL
        .iter()
        .chain(MANAGED)
        .filter_map(|folder| expand(folder))
        .flat_map(homes_in)
        .collect();
    homes.sort_by_key(|home| {
        let version = version_of(home).unwrap_or(0);
        (version > NEWEST, core::cmp::Reverse(version))
    });
    let mut places: Vec<Place> =
        homes.into_iter().map(|home| Place::of(home.display().to_string(), home)).collect();
    if places.is_empty() {
        let folders = [USUAL, MANAGED].concat().join(", ");
        places.push(Place { origin: folders, home: None, library: Err("hold no JDK".into()) });
    }
    places
}

fn expand(folder: &str) -> Option<PathBuf> {
    match folder.strip_prefix("~/") {
        Some(rest) => Some(metaffi_programs::home_dir()?.join(rest)),
        None => Some(folder.into()),
    }
}

/// The folders that hold a `libjvm`, each once however many links lead there.
fn homes_in(folder: PathBuf) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut homes: Vec<PathBuf> = entries
        .filter_map(|entry| entry.path().canonicalize().ok())
        .filter(|home| find_library(home).is_some())
        .collect();
    homes.sort();
    homes.dedup();
    homes
}

fn find_library(home: &Path) -> Option<PathBuf> {
    LIBRARIES.iter().map(|library| home.join(library)).find(|library| library.is_file())
}

fn library_in(home: &Path) -> Result<PathBuf, String> {
    let library = find_library(home).ok_or_else(|| format!("has no {}", LIBRARIES[0]))?;
    match version_of(home) {
        Some(version) if version < OLDEST => Err(format!("is JDK {version}, older than {OLDEST}")),
        _ => Ok(library),
    }
}

/// The feature version that the `release` file of a JDK states.
fn version_of(home: &Path) -> Option<u32> {
    let places = [home.join("release"), home.join("Contents/Home/release")];
    let text = places.iter().find_map(|file| std::fs::read_to_string(file).ok())?;
    let line = text.lines().find_map(|line| line.strip_prefix("JAVA_VERSION="))?;
    feature_version(line.trim_matches('"'))
}

/// `17.0.15` is 17, `1.8.0_392` is 8.
fn feature_version(text: &str) -> Option<u32> {
    let text = text.strip_prefix("1.").unwrap_or(text);
    text.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feature_versions_of_old_and_new_schemes() {
        assert_eq!(feature_version("17.0.15"), Some(17));
        assert_eq!(feature_version("25"), Some(25));
        assert_eq!(feature_version("26-ea"), Some(26));
        assert_eq!(feature_version("1.8.0_392"), Some(8));
        assert_eq!(feature_version("x"), None);
    }

    #[test]
    fn a_home_without_a_jvm_or_too_old_says_so() {
        let home = tempfile::tempdir().unwrap();
        assert!(library_in(home.path()).unwrap_err().contains("has no "));
        let library = home.path().join(LIBRARIES[0]);
        std::fs::create_dir_all(library.parent().unwrap()).unwrap();
        std::fs::write(&library, "").unwrap();
        assert_eq!(library_in(home.path()).unwrap(), library);
        std::fs::write(home.path().join("release"), "X=1\nJAVA_VERSION=\"1.8.0_392\"\n").unwrap();
        assert_eq!(library_in(home.path()).unwrap_err(), "is JDK 8, older than 11");
    }
}
