//! What runs in the root: building, staging, and the checks.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use super::{Emulator, System, cargo_setting, examples, packages};
use crate::matrix;
use crate::paths::{home, root};
use crate::stage::{files, installed_libraries, installed_packages, lay_out, to_build};
use crate::steps::{done, quiet, shown};

/// A part of the checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum What {
    /// All of them that have passed.
    Checks,
    /// The crates, laid out as an installation.
    Build,
    /// The tests of the language-neutral crates.
    Tests,
    /// Programs for paths, exit codes and Ctrl-C.
    Programs,
    /// What the command and its doctor say.
    Command,
    /// What `./dev dist` makes: installed, and a first call with each.
    Packages,
    /// `examples/`, as their READMEs say.
    Examples,
    /// Every host against every guest.
    Matrix,
    /// Whether the crates compile for systems that cannot be run here.
    Compile,
}

impl What {
    /// Parts that are run by their names only: they have not passed as a whole yet.
    const APART: &[What] = &[What::Packages, What::Examples];

    /// Whether a part is wanted.
    pub(super) fn has(self, part: What) -> bool {
        self == part || self == What::Checks && !Self::APART.contains(&part)
    }
}

/// Those systems, with options of `rustc`: libraries for musl are linked to it dynamically.
const COMPILED: [(&str, &str); 2] =
    [("aarch64-apple-darwin", ""), ("x86_64-unknown-linux-musl", "-Ctarget-feature=-crt-static")];

/// Crates whose tests need neither a language, nor a C compiler, nor Unix paths.
const NEUTRAL: &[&str] = &["entity-path", "idl", "library", "plugin", "programs", "value"];

pub(super) fn run(
    system: &'static System,
    what: What,
    example: &str,
    cells: &matrix::Options,
) -> Result<()> {
    build(system)?;
    let parts: [(What, &dyn Fn() -> Result<()>); 7] = [
        (What::Tests, &|| tests(system)),
        (What::Programs, &|| programs(system)),
        (What::Command, &|| command(system)),
        (What::Packages, &|| packages::check(system)),
        (What::Examples, &|| examples::check(system, example)),
        (What::Matrix, &|| matrix::check_system(system, cells)),
        (What::Compile, &|| COMPILED.into_iter().try_for_each(|other| compile(system, other))),
    ];
    let wanted = parts.iter().filter(|(part, _)| what.has(*part));
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

/// Programs in Python for what differs between systems; the tests of Python run them here, too.
const PROGRAMS: &[&str] = &["paths", "exits", "ctrl_c"];

/// Runs them in a folder with guests of each language, whose sources have CRLF at the ends of
/// lines.
fn programs(system: &System) -> Result<()> {
    let folder = system.folder().join("programs");
    fs::create_dir_all(&folder)?;
    for file in files(&root().join("langs/python3/api/tests/programs/systems"), &[])? {
        let text = fs::read_to_string(&file)?.replace('\n', "\r\n");
        fs::write(folder.join(file.file_name().context("it has a name")?), text)?;
    }
    let mut javac = Command::new("javac");
    javac.args(["--release", "11", "-d", "classes", "Greeting.java"]).current_dir(&folder);
    quiet("compile Java", &mut javac)?;
    let mut metaffi = system.builder(&home().join("bin/metaffi").display().to_string());
    metaffi.args(["-c", "--idl", "greeting.go", "-g"]).current_dir(&folder);
    quiet("compile Go", &mut metaffi)?;
    let share = system.share(&folder)?;
    let mut failed = Vec::new();
    for name in PROGRAMS {
        let (start, what) = (Instant::now(), format!("{name}.py, {}", system.title));
        let mut python = python(system, &folder)?;
        python
            .arg(format!("{name}.py"))
            .envs(share.iter().map(|share| ("METAFFI_TEST_SHARE", share)));
        let output = python.output().context("Python")?;
        let text = String::from_utf8_lossy(&output.stdout);
        if output.status.success() && text.trim() == "ok" {
            done(&what, start);
        } else {
            let errors = String::from_utf8_lossy(&output.stderr);
            failed.push(format!("FAIL  {what} ({})\n{text}{errors}", output.status));
        }
    }
    if failed.is_empty() { Ok(()) } else { bail!("{}", failed.join("\n")) }
}

/// Python on the system, with the package.
fn python(system: &System, folder: &Path) -> Result<Command> {
    let places = system.seen_places();
    let program = places.fill("{METAFFI_TEST_PYTHON|}")?;
    let mut python = system.runner(&program, folder);
    python.env("METAFFI_PYTHON", program).env("PYTHONPATH", places.fill("{home}/python")?);
    python.env("PYTHONDONTWRITEBYTECODE", "1").stdin(Stdio::null());
    Ok(python)
}

/// The command starts, its doctor finds the runtimes that are there, and it reads a module in a
/// folder whose name has a blank and a letter that is not ASCII.
fn command(system: &System) -> Result<()> {
    let places = system.seen_places();
    let metaffi = places.fill("{home}/bin/metaffi{exe}")?;
    let folder = system.folder().join("a folder é");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("hello.py"), "def greet(name: str) -> str:\n    return name\n")?;
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
