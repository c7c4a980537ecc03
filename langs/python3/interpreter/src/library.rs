//! Finds the shared library of an interpreter.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::path::{Path, PathBuf};

use metaffi_programs::NotFound;

use crate::{Interpreter, packages};

impl Interpreter {
    /// The files that may be its shared library, best first.
    #[must_use]
    pub fn libraries(&self) -> Vec<PathBuf> {
        places(self).into_iter().filter(|path| path.is_file()).collect()
    }

    /// The error of an interpreter without a library that can be opened; `failures` says why.
    #[must_use]
    pub fn without_library(&self, failures: &str) -> NotFound {
        packages::no_library(self, failures)
    }
}

/// All places where it may be, best first.
fn places(interpreter: &Interpreter) -> Vec<PathBuf> {
    let folders = folders(interpreter);
    let names = names(interpreter);
    folders.iter().flat_map(|folder| names.iter().map(|name| folder.join(name))).collect()
}

/// The names that the build reports, and the usual names: a static build may have a shared
/// library beside it.
fn names(interpreter: &Interpreter) -> Vec<String> {
    let [major, minor, _] = interpreter.version;
    let stated = [&interpreter.instsoname, &interpreter.ldlibrary].into_iter().flatten();
    let stated = stated.filter(|name| name.contains(DLL_SUFFIX) || name.ends_with("/Python"));
    let usual = match std::env::consts::OS {
        "windows" => vec![format!("python{major}{minor}.dll")],
        "macos" => vec![format!("libpython{major}.{minor}.dylib"), "Python".into()],
        _ => vec![
            format!("{DLL_PREFIX}python{major}.{minor}{DLL_SUFFIX}.1.0"),
            format!("{DLL_PREFIX}python{major}.{minor}{DLL_SUFFIX}"),
        ],
    };
    stated.cloned().chain(usual).collect()
}

/// Builds that were moved report the folder that they were built for, so the current
/// prefix is searched too.
fn folders(interpreter: &Interpreter) -> Vec<PathBuf> {
    let base = Path::new(&interpreter.base_prefix);
    let libdir = interpreter.libdir.as_deref().map(PathBuf::from);
    let beside = [libdir, Some(base.join("lib")), Some(base.join("lib64"))];
    let mut folders: Vec<PathBuf> = Vec::new();
    for folder in beside.into_iter().flatten() {
        folders.extend(interpreter.multiarch.iter().map(|multiarch| folder.join(multiarch)));
        folders.push(folder);
    }
    folders.extend(interpreter.libpl.iter().map(PathBuf::from));
    folders.push(base.to_path_buf());
    folders
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built_without(base_prefix: &str) -> Interpreter {
        Interpreter {
            version: [3, 11, 7],
            executable: "/opt/static/bin/python3".into(),
            base_prefix: base_prefix.into(),
            ldlibrary: Some("libpython3.11.a".into()),
            ..Interpreter::default()
        }
    }

    #[test]
    fn a_static_build_says_what_to_do() {
        let built = built_without("/opt/static");
        assert!(built.libraries().is_empty());
        let error = built.without_library("; why").to_string();
        assert!(error.starts_with("/opt/static/bin/python3 (Python 3.11.7) has no shared libpy"));
        assert!(error.contains("inside another program; why; to fix: PYTHON_"), "{error}");
        assert!(error.contains("--enable-shared pyenv install 3.11 ("), "{error}");
        if metaffi_programs::find("apt-get").is_some() {
            let fix = built_without("/usr").without_library("").fix;
            assert!(fix.starts_with("apt-get install libpython3.11 ("), "{fix}");
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_build_that_was_moved_is_found_by_its_prefix() {
        let interpreter = Interpreter {
            version: [3, 12, 1],
            base_prefix: "/home/me/uv/cpython-3.12.1".into(),
            libdir: Some("/install/lib".into()),
            multiarch: Some("x86_64-linux-gnu".into()),
            ..Interpreter::default()
        };
        let places = places(&interpreter);
        assert_eq!(places[0], Path::new("/install/lib/x86_64-linux-gnu/libpython3.12.so.1.0"));
        let moved = Path::new("/home/me/uv/cpython-3.12.1/lib/libpython3.12.so.1.0");
        assert!(places.iter().any(|place| place == moved));
    }
}
