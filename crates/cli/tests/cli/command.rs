//! Runs the built command in a temporary folder.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

/// A temporary folder in which the command runs.
pub(crate) struct Place(TempDir);

/// The result of a run.
pub(crate) struct Outcome {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Place {
    pub(crate) fn new() -> Place {
        Place(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Runs `metaffi` on the staged installation, with these arguments,
    /// separated by spaces.
    pub(crate) fn run(&self, arguments: &str) -> Outcome {
        self.run_with(arguments, metaffi_testkit::home())
    }

    pub(crate) fn run_with(&self, arguments: &str, home: PathBuf) -> Outcome {
        self.run_in(arguments, home, &[])
    }

    /// The same with these environment variables.
    pub(crate) fn run_in(
        &self,
        arguments: &str,
        home: PathBuf,
        variables: &[(&str, &str)],
    ) -> Outcome {
        let output = Command::new(env!("CARGO_BIN_EXE_metaffi"))
            .args(arguments.split_whitespace())
            .current_dir(self.0.path())
            .env("METAFFI_HOME", home)
            .envs(variables.iter().copied())
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let folder = format!("{}/", self.0.path().display());
        Outcome {
            code: output.status.code(),
            stdout: text(&output.stdout).replace(&folder, ""),
            stderr: text(&output.stderr).replace(&folder, ""),
        }
    }
}

impl Outcome {
    /// The standard output of a run that succeeded without printing to standard
    /// error.
    #[track_caller]
    pub(crate) fn expect_success(self) -> String {
        assert_eq!((self.code, self.stderr.as_str()), (Some(0), ""), "{}", self.stdout);
        self.stdout
    }

    /// The standard error of a run that failed with `code` without printing a
    /// result.
    #[track_caller]
    pub(crate) fn expect_failure(self, code: i32) -> String {
        assert_eq!((self.code, self.stdout.as_str()), (Some(code), ""), "{}", self.stderr);
        self.stderr
    }
}
