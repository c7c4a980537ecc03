//! The Python, Java and Go that cells are built with and run on.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::paths::{home, target};

/// One set of languages.
pub struct Toolchain {
    python: PathBuf,
    /// Where Java runs; the installed one when `None`.
    java_home: Option<PathBuf>,
    /// A folder with another `go` than the installed one.
    go: Option<PathBuf>,
    label: String,
}

impl fmt::Display for Toolchain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label)
    }
}

impl Toolchain {
    /// The installed languages, but for the versions that are named.
    pub fn find(jdk: Option<&str>, go: Option<&str>) -> Result<Self> {
        let deps = target().join("deps");
        let named = |variable: &str, usual: PathBuf| {
            std::env::var_os(variable).map_or(usual, PathBuf::from)
        };
        let jvms = named("METAFFI_TEST_JVMS", deps.join("jvm"));
        let java_home = jdk.map(|version| existing(jvms.join(version))).transpose()?;
        let go = go.map(|version| match version {
            "1.22" => existing(named("METAFFI_TEST_OLDEST_GO", deps.join("go-1.22/go/bin"))),
            _ => bail!("there is Go 1.22 besides the installed one, not {version}"),
        });
        let label = match (jdk, go.is_some()) {
            (None, false) => "installed toolchain".into(),
            (Some(jdk), false) => format!("Java {jdk}"),
            (None, true) => "Go 1.22".into(),
            (Some(jdk), true) => format!("Java {jdk}, Go 1.22"),
        };
        let python = named("METAFFI_TEST_PYTHON", deps.join("venv/bin/python"));
        Ok(Self { python: existing(python)?, java_home, go: go.transpose()?, label })
    }

    /// The name of the folder with what this Go builds.
    pub fn go_label(&self) -> &'static str {
        if self.go.is_some() { "go-1.22" } else { "go" }
    }

    /// The interpreter that is a host, and that other hosts embed.
    pub fn python(&self) -> Command {
        self.command(&self.python)
    }

    /// `java` of the chosen version.
    pub fn java(&self) -> Command {
        match &self.java_home {
            Some(home) => self.command(home.join("bin/java")),
            None => self.command("java"),
        }
    }

    /// Any program, in a shell's environment in which this is installed.
    pub fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        command
            .env("METAFFI_HOME", home())
            .env("PYTHONPATH", home().join("python"))
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("METAFFI_PYTHON", &self.python)
            .env("CGO_ENABLED", "1")
            .env("RUST_BACKTRACE", "0")
            .env("PATH", self.path());
        if let Some(java_home) = &self.java_home {
            command.env("JAVA_HOME", java_home);
        }
        if self.go.is_some() {
            command.env("GOTOOLCHAIN", "local").env_remove("GOROOT");
        }
        command
    }

    fn path(&self) -> OsString {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let own = [Some(home().join("bin")), self.go.clone()].into_iter().flatten();
        std::env::join_paths(own.chain(std::env::split_paths(&path))).unwrap_or(path)
    }
}

fn existing(path: PathBuf) -> Result<PathBuf> {
    if !path.exists() {
        bail!("{} is missing; `./dev test` installs it", path.display());
    }
    Ok(path)
}
