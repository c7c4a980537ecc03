//! Makes and runs stubs in tests.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use metaffi_compiler::{Guest, Job, Languages, Options, Silent};
use metaffi_loopback_compiler::Loopback;
use metaffi_openjdk_compiler::OpenJdk;
use metaffi_python3_compiler::Python3;

/// This crate's `tests` folder.
#[allow(dead_code, reason = "each test file uses its part")]
pub(crate) fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// Writes the stubs of `source` into `folder`, and returns their path.
pub(crate) fn make(source: &Path, folder: &Path) -> PathBuf {
    let none = Options::default();
    let job = Job {
        source,
        out_dir: folder,
        home: Path::new(""),
        guest: Guest::None,
        hosts: &["python3"],
        guest_options: &none,
        host_options: &none,
        progress: &Silent,
    };
    let compiled = job.compile(Languages(&[&Loopback, &OpenJdk, &Python3]));
    compiled.unwrap_or_else(|error| panic!("{error}")).files.remove(0).path
}

/// A Python with mypy and ruff, with the staged `metaffi` package on its path.
pub(crate) fn python() -> Command {
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(3).unwrap();
    let ours = checkout.join("target/deps/venv/bin/python");
    let python = std::env::var_os("METAFFI_TEST_PYTHON").map_or(ours, PathBuf::from);
    assert!(python.exists(), "{} is missing; run `./dev test`, which makes it", python.display());
    let home = metaffi_testkit::home();
    let mut command = Command::new(python);
    command.env("METAFFI_HOME", &home).env("PYTHONPATH", home.join("python"));
    command.env("MYPYPATH", home.join("python")).env("PYTHONDONTWRITEBYTECODE", "1");
    command
}

/// Fails with the output, unless the command succeeded.
#[track_caller]
pub(crate) fn expect_success(output: &Output) {
    let (stdout, stderr) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{}\n{stdout}\n{stderr}", output.status);
}

/// Fails with the type checker's errors in these files.
#[allow(dead_code, reason = "each test file uses its part")]
#[track_caller]
pub(crate) fn check_types(paths: &[PathBuf]) {
    let mypy = ["-m", "mypy", "--strict", "--no-incremental", "--cache-dir=/dev/null"];
    expect_success(&python().args(mypy).args(paths).output().unwrap());
}
