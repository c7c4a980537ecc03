//! What the tests share: compiling the fixtures, extracting, and warnings.
//!
//! Each test binary uses only a part of it.
#![allow(dead_code)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Mutex;

use metaffi_compiler::{Diagnostic, Options, Progress, Reader, Request};
use metaffi_idl::{Class, Idl};
use metaffi_openjdk_compiler::OpenJdk;
use tempfile::TempDir;

/// Records the warnings.
#[derive(Default)]
pub(crate) struct Warnings(Mutex<Vec<String>>);

impl Progress for Warnings {
    fn step(&self, _message: &str) {}

    fn warn(&self, warning: &Diagnostic) {
        self.0.lock().unwrap().push(warning.to_string());
    }

    fn left_out(&self, what: &str, reason: &str) {
        self.0.lock().unwrap().push(format!("{what}: {reason}"));
    }
}

impl Warnings {
    /// All warnings and skipped items, one on each line, without the folder's name.
    pub(crate) fn text(&self, folder: &Path) -> String {
        without(&self.0.lock().unwrap().join("\n"), folder)
    }
}

/// `text` without the temporary folder.
pub(crate) fn without(text: &str, folder: &Path) -> String {
    text.replace(&format!("{}/", folder.display()), "")
}

pub(crate) fn extract_with(
    source: &Path,
    options: &str,
    progress: &dyn Progress,
) -> Result<Idl, Diagnostic> {
    let options = Options::parse(options).unwrap();
    let here = Path::new(".");
    let request = Request { source, out_dir: here, options: &options, home: here, progress };
    OpenJdk.read(&request).map(|source| source.idl)
}

/// Extracts, and fails on a warning.
pub(crate) fn extract(source: impl AsRef<Path>) -> Idl {
    let warnings = Warnings::default();
    let mut idl =
        extract_with(source.as_ref(), "", &warnings).unwrap_or_else(|error| panic!("{error}"));
    idl.complete();
    assert_eq!(warnings.text(Path::new("")), "");
    idl
}

pub(crate) fn class<'i>(idl: &'i Idl, name: &str) -> &'i Class {
    let mut classes = idl.modules.iter().flat_map(|module| &module.classes);
    classes.find(|class| class.name == name).unwrap_or_else(|| panic!("no class {name}"))
}

/// A folder with the fixtures' class files in `classes`.
pub(crate) fn fixtures(javac: &[&str]) -> TempDir {
    compiled(&fixture_sources(), javac)
}

/// A folder with the class files of `sources` in `classes`.
pub(crate) fn compiled(sources: &Path, javac: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let sources = sources_below(sources);
    let mut command = Command::new("javac");
    command.args(javac).arg("-d").arg(folder.path().join("classes")).args(sources);
    succeed(&mut command);
    folder
}

pub(crate) fn fixture_sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn sources_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources_below(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// Packs `folder/classes` into `folder/<name>`.
pub(crate) fn pack(folder: &Path, name: &str) -> PathBuf {
    let jar = folder.join(name);
    let mut command = Command::new("jar");
    succeed(command.arg("cf").arg(&jar).arg("-C").arg(folder.join("classes")).arg("."));
    jar
}

/// Runs a tool of the JDK, which the tests require.
pub(crate) fn succeed(command: &mut Command) -> Output {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}; the tests need a JDK on PATH"));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} failed:\n{errors}");
    output
}
