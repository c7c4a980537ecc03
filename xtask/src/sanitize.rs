//! `cargo xtask sanitize`: the tests of the neutral crates, with every memory access checked.

use std::process::{Command, Stdio};

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::instrumented::Instrumented;
use crate::paths::{root, target};
use crate::steps::shown;

/// The tool that checks.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum Tool {
    /// An interpreter that checks Rust's own rules: aliasing, initialization, alignment, leaks. It
    /// cannot call C, so crates that open libraries are excluded. Needs a nightly toolchain.
    Miri,
    /// Instrumented code, including calls through hub and plugin.
    Address,
}

/// The neutral crates. Those that parse have no unsafe code of their own.
const NEUTRAL: &[&str] = &[
    "metaffi-value",
    "metaffi-plugin",
    "metaffi-hub",
    "metaffi-entity-path",
    "metaffi-idl",
    "metaffi-compiler",
];

/// The one of them with unsafe code whose tests neither open a library nor start a process.
const PURE: &[&str] = &["metaffi-value"];

/// The tests of the Rust host that only need loopback.
const HOST: &[&str] = &["loopback", "typed", "faults", "foreign_plugins"];

/// Tests of things that AddressSanitizer replaces: a thread's stack, whose variables it keeps
/// elsewhere, and the C library's memory statistics.
const REPLACED: &[&str] = &["a_small_stack_is_an_error", "what_is_allocated_is_used"];

pub fn sanitize(tool: Option<Tool>) -> Result<()> {
    let wanted = |one| tool.is_none_or(|tool| tool == one);
    if wanted(Tool::Miri) {
        miri()?;
    }
    if wanted(Tool::Address) { address() } else { Ok(()) }
}

fn packages(names: &[&'static str]) -> impl Iterator<Item = &'static str> {
    names.iter().flat_map(|name| ["-p", *name])
}

fn miri() -> Result<()> {
    let probe = ["+nightly", "miri", "--version"];
    let mut rustup = Command::new("cargo");
    let probe = rustup.args(probe).stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !probe.is_ok_and(|status| status.success()) {
        bail!(
            "Miri is missing; `rustup toolchain install nightly --component miri,rust-src`, or \
             `cargo xtask sanitize address` for what the stable toolchain can check"
        );
    }
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root()).args(["+nightly", "miri", "test", "--lib", "--tests"]);
    cargo.args(packages(PURE)).env("CARGO_TARGET_DIR", target().join("miri"));
    // Without it, the last bits of `powi` and similar functions, which Rust does not specify, are
    // random.
    cargo.env("MIRIFLAGS", "-Zmiri-deterministic-floats");
    shown("tests under Miri", &mut cargo)
}

fn address() -> Result<()> {
    let build = Instrumented::new("sanitize", &[])?;
    build.stage(&["--locked"])?;
    let tests = ["--locked", "--lib", "--tests", "--no-fail-fast", "--quiet"];
    let skipped = REPLACED.iter().flat_map(|test| ["--skip", test]);
    let mut neutral = build.cargo("test");
    neutral.args(tests).args(packages(NEUTRAL)).arg("--").args(skipped);
    shown("tests under AddressSanitizer", &mut neutral)?;
    let mut host = build.cargo("test");
    host.args(["--locked", "--quiet", "-p", "metaffi"]);
    let host = host.args(HOST.iter().flat_map(|test| ["--test", test]));
    shown("calls under AddressSanitizer", host)
}
