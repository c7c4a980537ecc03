//! Reads Python in tests: with the staged installation and the test environment's
//! interpreter.
#![allow(unsafe_code)] // sets a variable before Python is searched for

use std::path::{Path, PathBuf};
use std::sync::{Mutex, Once};

use metaffi_compiler::{Diagnostic, Guest, Job, Languages, Options, Progress};
use metaffi_idl::Idl;
use metaffi_python3_compiler::Python3;

/// The virtual environment that `./dev test` made.
fn environment() -> PathBuf {
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(3).unwrap();
    let python = std::env::var_os("METAFFI_TEST_PYTHON")
        .map_or_else(|| checkout.join("target/deps/venv/bin/python"), PathBuf::from);
    let prefix = python.parent().and_then(Path::parent).expect("an interpreter is in a folder");
    assert!(prefix.join("pyvenv.cfg").is_file(), "{python:?} is in no venv; run `./dev test`");
    prefix.to_path_buf()
}

/// Makes the test environment the active one.
pub(crate) fn activate() {
    static ACTIVATE: Once = Once::new();
    // SAFETY: before Python is searched for; tests read no variable meanwhile.
    ACTIVATE.call_once(|| unsafe { std::env::set_var("VIRTUAL_ENV", environment()) });
}

/// Collects warnings and skipped entities.
#[derive(Default)]
struct Reported(Mutex<Vec<String>>);

impl Progress for Reported {
    fn step(&self, _message: &str) {}

    fn warn(&self, warning: &Diagnostic) {
        self.0.lock().unwrap().push(warning.to_string());
    }

    fn left_out(&self, name: &str, reason: &str) {
        self.0.lock().unwrap().push(format!("{name}: {reason}"));
    }
}

/// The path of a source in `tests/sources`.
pub(crate) fn source(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sources").join(name)
}

/// Reads a source.
pub(crate) fn read(source: &Path, options: &str) -> Result<(Idl, Vec<String>), Diagnostic> {
    activate();
    let (options, none, reported) =
        (Options::parse(options)?, Options::default(), Reported::default());
    let job = Job {
        source,
        out_dir: Path::new("."),
        home: &metaffi_testkit::home(),
        guest: Guest::None,
        hosts: &[],
        guest_options: &options,
        host_options: &none,
        progress: &reported,
    };
    let idl = job.read(Languages(&[&Python3]))?.idl;
    Ok((idl, reported.0.into_inner().unwrap()))
}

/// Reads a source that has no problems.
#[track_caller]
pub(crate) fn idl(source: &Path) -> Idl {
    read(source, "").unwrap_or_else(|error| panic!("{error}")).0
}
