//! `./dev test`: every check and test, on the staged installation.

use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use metaffi_languages::named;

use crate::paths::{home, places, root};
use crate::recipe::older_arguments;
use crate::steps::{overwriting_freed_memory, shown};
use crate::{bench, book, examples, install, matrix, page, readme, roots, systems};

type Check = (&'static str, fn(&str) -> Result<()>);

const CHECKS: &[Check] = &[
    ("rustfmt", rustfmt),
    ("clippy", clippy),
    ("ruff", ruff),
    ("mypy --strict", mypy),
    ("gofmt and go vet", go_lints),
    ("Rust tests", rust_tests),
    ("Go tests", go_tests),
    ("Python tests", python_tests),
    ("conformance", |_| matrix::check()),
    ("conformance on Java 11 and 25, and by upcalls", |_| matrix::check_versions("openjdk")),
    ("conformance on Go 1.22", |_| matrix::check_versions("go")),
    ("JVM tests on Java 11 and 25, and by upcalls", jvm_tests),
    ("examples", examples::run_all),
    ("programs of pages", |group| examples::run_all_in(book::PROGRAMS, group)),
    ("book", |_| book::check()),
    ("install", install::check),
    ("instructions of calls", |_| bench::check()),
    ("README", |_| readme::check()),
    ("one module in four languages", |_| page::check()),
];

/// Checks that run only by name: they take long, and need more than a checkout.
const APART: &[Check] =
    &[("roots", roots::check), ("windows", systems::check), ("arm64", systems::check)];

/// Runs all checks, or those whose name contains `filter`; the last line has the totals.
pub fn test(filter: Option<&str>) -> Result<()> {
    let start = Instant::now();
    let wanted = |name: &str| filter.is_none_or(|filter| name.contains(filter));
    let apart = APART.iter().filter(|(name, _)| Some(*name) == filter);
    let mut failed = Vec::new();
    let mut passed = 0;
    for (name, check) in CHECKS.iter().filter(|(name, _)| wanted(name)).chain(apart) {
        match check(name) {
            Ok(()) => passed += 1,
            Err(error) => {
                println!("FAIL  {name}: {error:#}");
                failed.push(*name);
            }
        }
    }
    println!("\nin {:.0} s; each counts one group of checks", start.elapsed().as_secs_f64());
    if !failed.is_empty() {
        println!("failed: {}", failed.join(", "));
    }
    println!("{passed} passed, {} failed", failed.len());
    if failed.is_empty() { Ok(()) } else { bail!("{} group(s) failed", failed.len()) }
}

fn cargo(args: &[&str]) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root()).args(args);
    cargo
}

/// A tool of the Python environment that `./dev` created.
fn python_module(module: &str) -> Command {
    let python = std::env::var_os("METAFFI_TEST_PYTHON").unwrap_or_else(|| "python3".into());
    let mut command = Command::new(python);
    command.current_dir(root()).args(["-m", module]);
    command
}

fn rustfmt(name: &str) -> Result<()> {
    shown(name, &mut cargo(&["fmt", "--all", "--check"]))
}

fn clippy(name: &str) -> Result<()> {
    let args = ["clippy", "--release", "--locked", "--workspace", "--all-targets", "--quiet", "--"];
    shown(name, cargo(&args).args(["-D", "warnings"]))
}

fn ruff(name: &str) -> Result<()> {
    shown(name, python_module("ruff").args(["format", "--check", "."]))?;
    shown(name, python_module("ruff").args(["check", "."]))
}

fn mypy(name: &str) -> Result<()> {
    shown(name, python_module("mypy").args(["--strict", "langs/python3/api/metaffi"]))?;
    let extractor = "langs/python3/compiler/extractor/metaffi_extract";
    shown(name, python_module("mypy").args(["--strict", extractor]))
}

/// `go <command> ./...` in each of the repository's own Go modules.
fn go_everywhere(name: &str, command: &str) -> Result<()> {
    let older = named("go").install.makes.iter().find_map(|recipe| recipe.older.as_ref());
    let modfile = older.map(older_arguments).transpose()?.unwrap_or_default();
    for (folder, modfile) in [(API, &[][..]), (IDL, &[]), (EXTRACTOR, &modfile)] {
        let mut go = Command::new("go");
        go.env("METAFFI_HOME", home()); // for the hosts in tests
        if command == "test" {
            overwriting_freed_memory(&mut go);
        }
        shown(name, go.current_dir(root().join(folder)).arg(command).args(modfile).arg("./..."))?;
    }
    Ok(())
}

const API: &str = "langs/go/api";
const IDL: &str = "langs/go/api/IDL";
const EXTRACTOR: &str = "langs/go/compiler/extractor";

fn go_lints(name: &str) -> Result<()> {
    let mut gofmt = Command::new("gofmt");
    let unformatted = gofmt
        .current_dir(root())
        .args(["-l", API, EXTRACTOR, "examples", "conformance", book::PROGRAMS])
        .output()?;
    if !unformatted.stdout.is_empty() {
        bail!("not formatted:\n{}", String::from_utf8_lossy(&unformatted.stdout));
    }
    go_everywhere(name, "vet")
}

fn rust_tests(name: &str) -> Result<()> {
    let args = ["test", "--release", "--locked", "--workspace", "--no-fail-fast", "--quiet"];
    shown(name, overwriting_freed_memory(&mut cargo(&args)))
}

fn go_tests(name: &str) -> Result<()> {
    go_everywhere(name, "test")
}

fn python_tests(name: &str) -> Result<()> {
    let args = ["-q", "-p", "no:cacheprovider", "langs/python3/api/tests"];
    shown(name, overwriting_freed_memory(python_module("pytest").args(args)))
}

/// The JVM's tests once more, on the oldest and the newest supported Java, and on the newest with
/// upcall stubs from the first call on.
fn jvm_tests(name: &str) -> Result<()> {
    std::env::var_os("METAFFI_TEST_JVMS").context("METAFFI_TEST_JVMS; use ./dev test")?;
    for (number, version) in &named("openjdk").toolchain.versions {
        let args = ["test", "--release", "--locked", "--quiet", "-p", "metaffi-openjdk-runtime"];
        let mut tests = cargo(&args);
        for (variable, value) in &version.variables {
            tests.env(variable, places().fill(value)?);
        }
        shown(&format!("{name}: {number}"), overwriting_freed_memory(&mut tests))?;
    }
    Ok(())
}
