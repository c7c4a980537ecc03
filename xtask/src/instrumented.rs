//! Builds with AddressSanitizer, using the toolchain that builds everything else.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::paths::{root, target};
use crate::stage::stage_loopback;
use crate::steps::shown;

/// A separate build, outside of `target/release`.
pub struct Instrumented {
    /// The folder below `target`.
    folder: &'static str,
    /// Additional flags for rustc.
    flags: &'static [&'static str],
    /// The target triple: with it, proc macros and build scripts are built without the flags.
    triple: String,
}

/// Hub and plugin, which are opened at run time, find the sanitizer in the program.
const ADDRESS: &[&str] = &["-Zsanitizer=address", "-Clink-arg=-Wl,--export-dynamic"];

impl Instrumented {
    pub fn new(folder: &'static str, flags: &'static [&'static str]) -> Result<Self> {
        Ok(Self { folder, flags, triple: host_triple()? })
    }

    pub fn target(&self) -> PathBuf {
        target().join(self.folder)
    }

    /// Where programs and libraries are built.
    pub fn built(&self) -> PathBuf {
        self.target().join(&self.triple).join("release")
    }

    /// The installation of hub and loopback.
    pub fn home(&self) -> PathBuf {
        self.target().join("metaffi")
    }

    /// `cargo <task>` with the flags.
    pub fn cargo(&self, task: &str) -> Command {
        let flags = [ADDRESS, self.flags].concat().join(" ");
        let mut cargo = Command::new("cargo");
        cargo.current_dir(root()).args([task, "--release", "--target", &self.triple]);
        cargo.env("CARGO_TARGET_DIR", self.target()).env("RUSTFLAGS", flags);
        // The sanitizer's flag is not stable yet, although the stable toolchain contains it.
        cargo.env("RUSTC_BOOTSTRAP", "1").env("METAFFI_HOME", self.home());
        cargo
    }

    /// Builds hub and loopback, and lays out the installation; `more` selects the workspace.
    pub fn stage(&self, more: &[&str]) -> Result<()> {
        let packages = ["-p", "metaffi-hub", "-p", "metaffi-loopback-runtime", "--lib"];
        shown("build hub and loopback", self.cargo("build").args(more).args(packages))?;
        stage_loopback(&self.built(), &self.home())
    }
}

fn host_triple() -> Result<String> {
    let version = Command::new("rustc").arg("-vV").output().context("cannot run rustc")?;
    let version = String::from_utf8(version.stdout)?;
    let triple = version.lines().find_map(|line| line.strip_prefix("host: "));
    triple.map(str::to_owned).context("rustc does not name its host")
}
