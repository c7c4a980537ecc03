//! Finds the libraries of a module path: the folder and the suffix may be omitted, and another
//! system's suffix is replaced by this one's.

use std::path::{Path, PathBuf};

use metaffi_plugin::value::{Error, ErrorKind};

/// The suffixes of libraries on all systems.
const SUFFIXES: &[&str] = &["so", "dll", "dylib"];

/// The libraries that a module path names, as canonical paths.
pub(crate) fn resolve(module_path: &str) -> Result<Vec<PathBuf>, Error> {
    let parts = split(module_path);
    if parts.is_empty() {
        let message = "the module path is empty; a go module is a guest, like hello_MetaFFIGuest";
        return Err(Error::new(ErrorKind::NotFound, message));
    }
    parts.into_iter().map(find).collect()
}

/// Parts are joined with `;`, on Unix also with `:`.
fn split(module_path: &str) -> Vec<&str> {
    let separators: &[char] = if cfg!(unix) { &[';', ':'] } else { &[';'] };
    let separators = if Path::new(module_path).exists() { &[';'] } else { separators };
    module_path.split(separators).map(str::trim).filter(|part| !part.is_empty()).collect()
}

fn find(part: &str) -> Result<PathBuf, Error> {
    let candidates = candidates(part);
    let found = candidates.iter().find(|path| path.is_file());
    let found = found.ok_or_else(|| missing(part, &candidates))?;
    dunce::canonicalize(found)
        .map_err(|error| Error::new(ErrorKind::Load, format!("{}: {error}", found.display())))
}

fn candidates(part: &str) -> Vec<PathBuf> {
    let named = Path::new(part);
    let with_suffix = |path: &Path| {
        let mut name = path.as_os_str().to_owned();
        name.push(std::env::consts::DLL_SUFFIX);
        PathBuf::from(name)
    };
    let suffix = named.extension().and_then(|suffix| suffix.to_str());
    let mut candidates = match suffix {
        Some(suffix) if SUFFIXES.contains(&suffix) => {
            vec![with_suffix(&named.with_extension("")), named.to_owned()]
        }
        _ => vec![with_suffix(named), named.to_owned()],
    };
    candidates.dedup();
    candidates
}

fn missing(part: &str, candidates: &[PathBuf]) -> Error {
    let here = std::env::current_dir().unwrap_or_default();
    let tried: Vec<String> =
        candidates.iter().map(|path| here.join(path).display().to_string()).collect();
    let message = format!(
        "the go module `{part}` cannot be found; tried {}; build it with `metaffi -c --idl SOURCE -g`",
        tried.join(", ")
    );
    Error::new(ErrorKind::NotFound, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn suffixes_are_added_and_replaced() {
        let so = [PathBuf::from("a/hello_MetaFFIGuest.so")];
        assert_eq!(candidates("a/hello_MetaFFIGuest.so"), so);
        assert_eq!(candidates("a/hello_MetaFFIGuest.dll")[0], so[0]);
        assert_eq!(candidates("a/hello_MetaFFIGuest")[0], so[0]);
        assert_eq!(candidates("shop.v2")[0], Path::new("shop.v2.so"));
    }

    #[cfg(unix)]
    #[test]
    fn several_paths_are_split() {
        assert_eq!(split("a; b:c;"), ["a", "b", "c"]);
        let error = resolve(" ; ").unwrap_err();
        assert_eq!(error.kind, ErrorKind::NotFound);
    }
}
