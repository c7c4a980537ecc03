//! What runs in the root: building, staging, and the checks.

use std::process::Command;

use anyhow::{Result, bail};

use super::{Emulator, System, cargo_setting};
use crate::matrix;
use crate::paths::root;
use crate::stage::{installed_libraries, installed_packages, lay_out, to_build};
use crate::steps::{quiet, shown};

/// A part of the checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum What {
    /// All of them.
    Checks,
    /// The crates, laid out as an installation.
    Build,
    /// The tests of the language-neutral crates.
    Tests,
    /// What the command and its doctor print.
    Command,
    /// Every host against every guest.
    Matrix,
    /// Whether the crates compile for systems that cannot be run here.
    Compile,
}

/// These systems, with options of `rustc`: libraries for musl are linked to it dynamically.
const COMPILED: [(&str, &str); 2] =
    [("aarch64-apple-darwin", ""), ("x86_64-unknown-linux-musl", "-Ctarget-feature=-crt-static")];

/// Crates whose tests need neither a language, nor a C compiler, nor Unix paths.
const NEUTRAL: &[&str] = &["entity-path", "idl", "library", "plugin", "programs", "value"];

pub(super) fn run(system: &'static System, what: What, cells: &matrix::Options) -> Result<()> {
    build(system)?;
    let parts: [(What, &dyn Fn() -> Result<()>); 4] = [
        (What::Tests, &|| tests(system)),
        (What::Command, &|| command(system)),
        (What::Matrix, &|| matrix::check_system(system, cells)),
        (What::Compile, &|| COMPILED.into_iter().try_for_each(|other| compile(system, other))),
    ];
    let wanted = parts.iter().filter(|(part, _)| [*part, What::Checks].contains(&what));
    let failed = wanted.filter_map(|(_, check)| check().err());
    let failed: Vec<_> = failed.map(|error| format!("{error:#}")).collect();
    if failed.is_empty() { Ok(()) } else { bail!("{}", failed.join("\n")) }
}

fn tests(system: &System) -> Result<()> {
    let mut cargo = system.builder("cargo");
    cargo.current_dir(root()).args(["test", "--release", "--locked", "--quiet", "--no-fail-fast"]);
    cargo.args(to_build(NEUTRAL.iter().map(|name| format!("metaffi-{name}"))));
    system.run_by(&mut cargo)?;
    shown(&format!("tests of the neutral crates, {}", system.title), &mut cargo)
}

/// The command starts, its doctor finds the available runtimes, and it reads a module in a folder
/// whose name contains a blank and a non-ASCII letter.
fn command(system: &System) -> Result<()> {
    let places = system.seen_places();
    let metaffi = places.fill("{home}/bin/metaffi{exe}")?;
    let folder = system.folder().join("a folder é");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("hello.py"), "def greet(name: str) -> str:\n    return name\n")?;
    let stubs = ["-c", "--idl", "hello.py", "-h", "rust"];
    for arguments in [&["--version"][..], &["doctor"], &["inspect", "hello.py"], &stubs] {
        let mut command = system.runner(&metaffi, &folder);
        command.env("METAFFI_PYTHON", places.fill("{METAFFI_TEST_PYTHON|}")?);
        command.args(arguments);
        shown(&format!("metaffi {}, {}", arguments.join(" "), system.title), &mut command)?;
    }
    match folder.join("hello_MetaFFIHost.rs").is_file() {
        true => Ok(()),
        false => bail!("metaffi {} wrote nothing", stubs.join(" ")),
    }
}

fn compile(system: &System, (triple, rustflags): (&str, &str)) -> Result<()> {
    let mut cargo = system.builder("cargo");
    cargo.current_dir(root()).args(["check", "--release", "--locked", "--quiet"]);
    // Without the command, whose TLS library is C and assembly.
    cargo.args(to_build(installed_libraries())).args(["--target", triple]);
    cargo.env(cargo_setting(triple, "RUSTFLAGS"), rustflags);
    shown(&format!("check the Rust crates for {triple}"), &mut cargo)
}

/// Builds an installation, and lays it out.
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

/// Wine creates its folder before the first program, and prints messages about it.
fn first_start(system: &System) -> Result<()> {
    if system.wine_prefix().join("system.reg").is_file() {
        return Ok(());
    }
    let mut wine = Command::new("wine");
    system.install(wine.args(["wineboot", "--init"]));
    quiet("start Wine for the first time", &mut wine)
}
