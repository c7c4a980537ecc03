//! What runs in the root: building, staging, and the checks.

use std::process::Command;

use anyhow::{Result, bail};

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
    /// The tests of the crates that know no language.
    Tests,
    /// What the command and its doctor say.
    Command,
    /// Every host against every guest.
    Matrix,
}

/// Crates whose tests need neither a language, nor a C compiler, nor the slashes of Unix.
const NEUTRAL: &[&str] = &["entity-path", "idl", "library", "plugin", "programs", "value"];

pub(super) fn run(system: &'static System, what: What, cells: &matrix::Options) -> Result<()> {
    build(system)?;
    let parts: [(What, &dyn Fn() -> Result<()>); 3] = [
        (What::Tests, &|| tests(system)),
        (What::Command, &|| command(system)),
        (What::Matrix, &|| matrix::check_system(system, cells)),
    ];
    let wanted = parts.iter().filter(|(part, _)| [*part, What::Checks].contains(&what));
    let failed = wanted.filter_map(|(_, check)| check().err()).collect::<Vec<_>>();
    match failed.is_empty() {
        true => Ok(()),
        false => {
            bail!("{}", failed.iter().map(|e| format!("{e:#}")).collect::<Vec<_>>().join("\n"))
        }
    }
}

fn tests(system: &System) -> Result<()> {
    let mut cargo = system.builder("cargo");
    cargo.current_dir(root()).args(["test", "--release", "--locked", "--quiet", "--no-fail-fast"]);
    cargo.args(to_build(NEUTRAL.iter().map(|name| format!("metaffi-{name}"))));
    system.prepare(&mut cargo)?;
    shown(&format!("tests of the neutral crates, {}", system.title), &mut cargo)
}

/// The command starts, and its doctor finds the runtimes that are there.
fn command(system: &System) -> Result<()> {
    let metaffi = system.seen_places().fill("{home}/bin/metaffi{exe}")?;
    for arguments in [&["--version"][..], &["doctor"]] {
        let mut command = system.runner(&metaffi, &system.folder())?;
        command.current_dir(system.folder()).args(arguments);
        shown(&format!("metaffi {}, {}", arguments.join(" "), system.title), &mut command)?;
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
