//! Runs `program.rs` in an environment of its own.
#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it")]

use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use metaffi_testkit::home;

fn checkout() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(3).expect("it is in a checkout")
}

/// The virtual environment that `./dev test` made.
pub fn environment() -> PathBuf {
    let python = std::env::var_os("METAFFI_TEST_PYTHON")
        .map_or_else(|| checkout().join("target/deps/venv/bin/python"), PathBuf::from);
    std::path::absolute(python.parent().and_then(Path::parent).unwrap()).unwrap()
}

/// A folder for one test, which is also the program's `HOME`.
pub struct Place(tempfile::TempDir);

impl Place {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// A file with this text, and its path.
    pub fn file(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// A program of `sh`.
    pub fn script(&self, name: &str, text: &str) -> PathBuf {
        let path = PathBuf::from(self.file(name, &format!("#!/bin/sh\n{text}\n")));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    /// A dangling link.
    pub fn dangling(&self, name: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        symlink(self.path("nowhere"), path).unwrap();
    }

    /// The program with these steps, without variables that name a Python.
    pub fn command(&self, steps: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_metaffi-python3-test-program"));
        command.args(steps).current_dir(self.0.path());
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if ["PY", "VIRTUAL_ENV", "CONDA", "UV_"].iter().any(|start| text.starts_with(start)) {
                command.env_remove(name);
            }
        }
        command.env("METAFFI_HOME", home()).env("HOME", self.0.path()).env("PATH", "/bin:/usr/bin");
        command
    }
}

/// The output of the program, which must succeed and print nothing to stderr.
pub fn prints(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let (stdout, stderr) = texts(&output);
    assert!(output.status.success() && stderr.is_empty(), "{}\n{stdout}{stderr}", output.status);
    stdout
}

pub fn texts(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr))
}
