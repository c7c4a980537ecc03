//! What runs in the root: building, staging, and the checks.

use std::process::Command;

use anyhow::Result;

use super::{Emulator, System};
use crate::matrix;
use crate::paths::root;
use crate::stage::{installed_packages, lay_out, to_build};
use crate::steps::{quiet, shown};

/// A part of the checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum What {
    /// All of them.
    Checks,
    /// The crates, laid out as an installation.
    Build,
    /// Every host against every guest.
    Matrix,
}

pub(super) fn run(system: &'static System, what: What, cells: &matrix::Options) -> Result<()> {
    build(system)?;
    if matches!(what, What::Checks | What::Matrix) {
        matrix::check_system(system, cells)?;
    }
    Ok(())
}

/// Builds what is in an installation, and lays it out.
fn build(system: &System) -> Result<()> {
    let mut cargo = system.builder("cargo");
    cargo.current_dir(root()).args(["build", "--release", "--locked", "--quiet"]);
    cargo.args(to_build(installed_packages()));
    shown(&format!("build the Rust crates for {}", system.title), &mut cargo)?;
    let command = |program: &str| system.builder(program);
    lay_out(&system.places(), &system.folder().join("staging"), &command)?;
    if system.emulator == Emulator::Wine {
        first_start(system)?;
    }
    Ok(())
}

/// Wine makes its folder before the first program, and talks about it.
fn first_start(system: &System) -> Result<()> {
    let prefix = system.folder().join("prefix");
    if prefix.join("system.reg").is_file() {
        return Ok(());
    }
    let mut wine = Command::new("wine");
    wine.args(["wineboot", "--init"]).env("WINEPREFIX", prefix).env("WINEDEBUG", "-all");
    quiet("start Wine for the first time", &mut wine)
}
