//! Finds interpreters: the one that the user chose, or else those on `PATH`, those in
//! the Windows registry, and those of version managers.
//!
//! Does not run them; `probe` does.

use std::env;
use std::path::{Path, PathBuf};

/// The variable that names an interpreter, and has precedence over everything else.
pub(crate) const VARIABLE: &str = "METAFFI_PYTHON";

/// The names to search for on `PATH`; a later one is used if the earlier ones are
/// too old.
const NAMES: &[&str] =
    &["python3", "python", "python3.14", "python3.13", "python3.12", "python3.11"];

/// The folders of version managers: a variable, its default, and the folder below.
const MANAGED: &[(&str, &str, &str)] = &[
    ("PYENV_ROOT", ".pyenv", "versions"),
    ("UV_PYTHON_INSTALL_DIR", ".local/share/uv/python", ""),
];

/// An interpreter that may exist.
#[derive(Debug)]
pub(crate) struct Candidate {
    /// How it was found.
    pub(crate) why: &'static str,
    /// The same with its place, for errors.
    pub(crate) origin: String,
    pub(crate) executable: PathBuf,
    /// What to do if it cannot be used although the user named it; `None` if the user
    /// did not name it, so that the next one is tried.
    pub(crate) advice: Option<String>,
}

/// All candidates, best first.
pub(crate) fn candidates() -> Vec<Candidate> {
    chosen().into_iter().chain(on_path()).chain(registered()).chain(managed()).collect()
}

fn variable(name: &str) -> Option<PathBuf> {
    env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// The interpreter that the user named.
fn chosen() -> Option<Candidate> {
    if let Some(executable) = variable(VARIABLE) {
        return Some(Candidate {
            why: VARIABLE,
            origin: VARIABLE.to_owned(),
            executable,
            advice: Some(format!("point {VARIABLE} at a Python of 3.11 or later, or unset it")),
        });
    }
    let environment = |name: &'static str, advice: fn(&Path) -> String| {
        variable(name).map(|prefix| Candidate {
            why: name,
            origin: format!("{name}={}", prefix.display()),
            executable: executable_in(&prefix),
            advice: Some(advice(&prefix)),
        })
    };
    environment("VIRTUAL_ENV", |prefix| {
        let prefix = prefix.display();
        format!("recreate it (python3 -m venv --clear {prefix}), or deactivate it")
    })
    .or_else(|| {
        environment("CONDA_PREFIX", |_| {
            "install python into it (conda install python), or deactivate it".into()
        })
    })
}

/// The interpreter of an environment.
fn executable_in(prefix: &Path) -> PathBuf {
    let places: &[&str] = if cfg!(windows) {
        &["Scripts/python.exe", "python.exe"]
    } else {
        &["bin/python3", "bin/python"]
    };
    let found = places.iter().map(|place| prefix.join(place)).find(|path| path.exists());
    found.unwrap_or_else(|| prefix.join(places[0]))
}

fn on_path() -> impl Iterator<Item = Candidate> {
    let folders = metaffi_programs::folders();
    NAMES.iter().filter_map(move |name| {
        let executable = metaffi_programs::find_in(&folders, name)?;
        let origin = format!("{name} on PATH ({})", executable.display());
        Some(Candidate { why: "PATH", origin, executable, advice: None })
    })
}

/// The interpreters in the Windows registry, newest first: those that the launcher `py` starts
/// (PEP 514).
fn registered() -> impl Iterator<Item = Candidate> {
    const KEY: &str = r"Software\Python\PythonCore";
    let mut found = metaffi_programs::registered(KEY, "InstallPath", "ExecutablePath");
    found.retain(|(_, executable)| executable.is_file());
    found.sort_by_key(|(version, _)| core::cmp::Reverse(version_in(version)));
    found.into_iter().map(|(version, executable)| Candidate {
        why: "registry",
        origin: format!(r"{KEY}\{version} ({})", executable.display()),
        executable,
        advice: None,
    })
}

/// The interpreters of version managers, newest first.
fn managed() -> impl Iterator<Item = Candidate> {
    let mut found: Vec<(Vec<u32>, PathBuf)> = Vec::new();
    for (name, default, below) in MANAGED {
        let root = variable(name).or_else(|| Some(metaffi_programs::home_dir()?.join(default)));
        let entries = root.and_then(|root| std::fs::read_dir(root.join(below)).ok());
        for entry in entries.into_iter().flatten().flatten() {
            let executable = executable_in(&entry.path());
            if executable.is_file() {
                found.push((version_in(&entry.file_name().to_string_lossy()), executable));
            }
        }
    }
    found.sort_by(|a, b| b.cmp(a));
    found.into_iter().map(|(_, executable)| Candidate {
        why: "newest from a version manager",
        origin: executable.display().to_string(),
        executable,
        advice: None,
    })
}

/// `3.12.1` and `cpython-3.12.1-linux-x86_64-gnu` are 3, 12, 1.
fn version_in(name: &str) -> Vec<u32> {
    let start = name.find(|c: char| c.is_ascii_digit()).unwrap_or(name.len());
    let version = name[start..].split(|c: char| c != '.' && !c.is_ascii_digit()).next();
    version.unwrap_or_default().split('.').filter_map(|part| part.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_out_of_folder_names() {
        assert_eq!(version_in("3.12.1"), [3, 12, 1]);
        assert_eq!(version_in("cpython-3.9.10-linux-x86_64-gnu"), [3, 9, 10]);
        assert!(version_in("3.13.0") > version_in("3.9.18"));
        assert!(version_in("miniconda").is_empty());
    }

    #[test]
    fn an_environment_without_an_interpreter_has_the_expected_path() {
        let prefix = tempfile::tempdir().unwrap();
        let missing = executable_in(prefix.path());
        assert!(missing.starts_with(prefix.path()) && !missing.exists());
        std::fs::create_dir_all(missing.parent().unwrap()).unwrap();
        let other = missing.with_file_name(format!("python{}", env::consts::EXE_SUFFIX));
        std::fs::write(&other, "").unwrap();
        assert_eq!(executable_in(prefix.path()), other);
    }
}
