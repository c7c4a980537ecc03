//! Finds JDKs: in `JAVA_HOME`, by `java` on `PATH`, in the usual folders, and in the registry of
//! Windows.
//!
//! Only searches; the runtime opens what is found, and the compiler reads its classes. An unusable
//! home is kept with the reason, for the error that lists everything that was tried.
#![forbid(unsafe_code)]

mod packages;

use std::env;
use std::path::{Path, PathBuf};

use metaffi_programs::{Located, NotFound};

pub use packages::get_jdk;

/// The oldest supported JDK.
const OLDEST: u32 = 11;
/// The newest tested JDK; a newer one is used if there is no other.
const NEWEST_TESTED: u32 = 25;

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
/// The folders of version managers, on all systems.
const MANAGED: &[&str] =
    &["~/.sdkman/candidates/java", "~/.jdks", "~/.local/share/mise/installs/java"];

/// How a JDK was found.
const HOME: &str = "JAVA_HOME";
const ON_PATH: &str = "java on PATH";
const USUAL_FOLDER: &str = "newest in the usual folders";

/// A place that was searched.
#[derive(Clone, Debug)]
pub struct Place {
    /// How it was found.
    pub why: &'static str,
    /// The same with its path, for error messages.
    pub origin: String,
    /// The folder of the JDK, if there is one.
    pub home: Option<PathBuf>,
    /// The `libjvm` there, or why it cannot be used.
    pub library: Result<PathBuf, String>,
}

/// The folder of the first usable JDK.
#[must_use]
pub fn home() -> Option<PathBuf> {
    Some(choose().ok()?.path)
}

/// The folder of the first usable JDK, and how it was found.
///
/// # Errors
/// If there is none: what was tried, why each cannot be used, and what to do.
pub fn choose() -> Result<Located, NotFound> {
    let mut tried = Vec::new();
    for place in places() {
        match (place.library, place.home) {
            (Ok(_), Some(path)) => return Ok(Located { path, why: place.why }),
            (Ok(_), None) => {}
            (Err(why), _) => tried.push(format!("{} {why}", place.origin)),
        }
    }
    Err(none(&tried))
}

/// The error for a machine without a usable JVM.
#[must_use]
pub fn none(tried: &[String]) -> NotFound {
    let what = format!("no JVM found: {}", tried.join("; "));
    NotFound { what, fix: packages::get_jvm() }
}

/// The feature version of the first usable JDK.
#[must_use]
pub fn version() -> Option<u32> {
    version_of(&home()?)
}

/// A tool of the JDK, such as `javac`.
#[must_use]
pub fn tool(name: &str) -> Option<PathBuf> {
    Some(find_tool(name)?.path)
}

/// A tool of the JDK, and how it was found: in JAVA_HOME, or else on PATH, or else in the JDK whose
/// JVM is used.
#[must_use]
pub fn find_tool(name: &str) -> Option<Located> {
    let of_home = env::var_os("JAVA_HOME").and_then(|home| tool_in(Path::new(&home), name));
    let located = |why| move |path| Located { path, why };
    let chosen = || {
        let home = choose().ok()?;
        tool_in(&home.path, name).map(located(home.why))
    };
    of_home
        .map(located(HOME))
        .or_else(|| metaffi_programs::find(name).map(located("PATH")))
        .or_else(chosen)
}

fn tool_in(home: &Path, name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    let places = ["bin", "Contents/Home/bin"].map(|folder| home.join(folder).join(&file));
    places.into_iter().find(|tool| tool.is_file())
}

/// Every place, best first.
#[must_use]
pub fn places() -> Vec<Place> {
    let mut places = vec![from_java_home(), from_path()];
    places.extend(usual());
    places
}

impl Place {
    /// The feature version of the JDK there.
    #[must_use]
    pub fn version(&self) -> Option<u32> {
        version_of(self.home.as_deref()?)
    }

    fn of(why: &'static str, origin: String, home: PathBuf) -> Place {
        Place { why, origin, library: library_in(&home), home: Some(home) }
    }

    fn nothing(why: &'static str, origin: impl Into<String>, reason: &str) -> Place {
        Place { why, origin: origin.into(), home: None, library: Err(reason.into()) }
    }
}

fn from_java_home() -> Place {
    match env::var_os("JAVA_HOME").filter(|home| !home.is_empty()) {
        Some(home) => {
            let home = PathBuf::from(home);
            Place::of(HOME, format!("JAVA_HOME={}", home.display()), home)
        }
        None => Place::nothing(HOME, HOME, "is not set"),
    }
}

fn from_path() -> Place {
    let Some(java) = metaffi_programs::find("java") else {
        return Place::nothing(ON_PATH, ON_PATH, "cannot be found");
    };
    let real = dunce::canonicalize(&java).unwrap_or(java);
    let origin = format!("{ON_PATH} ({})", real.display());
    match real.parent().and_then(Path::parent) {
        Some(home) => Place::of(ON_PATH, origin, home.to_owned()),
        None => Place::nothing(ON_PATH, origin, "is not in a JDK"),
    }
}

/// Where installers on Windows register JDKs: the key, the path below each version, and the value.
const REGISTERED: &[(&str, &str, &str)] = &[
    (r"SOFTWARE\JavaSoft\JDK", "", "JavaHome"),
    (r"SOFTWARE\Eclipse Adoptium\JDK", r"hotspot\MSI", "Path"),
    (r"SOFTWARE\Microsoft\JDK", r"hotspot\MSI", "Path"),
    (r"SOFTWARE\Azul Systems\Zulu", "", "InstallationPath"),
];

fn registered() -> impl Iterator<Item = PathBuf> {
    let registered = REGISTERED.iter();
    let registered =
        registered.flat_map(|(key, inner, value)| metaffi_programs::registered(key, inner, value));
    registered.map(|(_, home)| home).filter(|home| find_library(home).is_some())
}

/// The JDKs in the usual folders and in the registry, newest first, but those newer than tested
/// last.
fn usual() -> Vec<Place> {
    let folders = USUAL.iter().chain(MANAGED).filter_map(|folder| expand(folder));
    let mut homes: Vec<PathBuf> = folders.flat_map(homes_in).chain(registered()).collect();
    homes.sort_by_key(|home| {
        let version = version_of(home).unwrap_or(0);
        (version > NEWEST_TESTED, core::cmp::Reverse(version))
    });
    let mut places: Vec<Place> = homes
        .into_iter()
        .map(|home| Place::of(USUAL_FOLDER, home.display().to_string(), home))
        .collect();
    if places.is_empty() {
        let folders = [USUAL, MANAGED].concat().join(", ");
        places.push(Place::nothing(USUAL_FOLDER, folders, "contain no JDK"));
    }
    places
}

fn expand(folder: &str) -> Option<PathBuf> {
    match folder.strip_prefix("~/") {
        Some(rest) => Some(metaffi_programs::home_dir()?.join(rest)),
        None => Some(folder.into()),
    }
}

/// The folders that contain a `libjvm`, each once even if several links lead to it.
fn homes_in(folder: PathBuf) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut homes: Vec<PathBuf> = entries
        .filter_map(|entry| dunce::canonicalize(entry.path()).ok())
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

/// The feature version in the `release` file of a JDK.
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
    fn the_error_says_how_to_install_a_jvm() {
        let tried = ["JAVA_HOME is not set".to_owned(), "/opt contain no JDK".to_owned()];
        let error = none(&tried).to_string();
        assert!(
            error.starts_with("no JVM found: JAVA_HOME is not set; /opt contain no JDK; "),
            "{error}"
        );
        assert!(error.ends_with("(or set JAVA_HOME to a JDK, 11 or later)"), "{error}");
        if metaffi_programs::find("apt-get").is_some() {
            assert!(error.contains("; to fix: apt-get install default-jre-headless ("), "{error}");
        }
    }

    #[test]
    fn a_home_without_a_jvm_or_too_old_is_refused_with_the_reason() {
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
