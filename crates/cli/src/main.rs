//! The `metaffi` command.
//!
//! Reads arguments, asks the compiler driver or the installation, and prints:
//! results on standard output, everything else on standard error. The one
//! crate outside of `langs/` that names languages, in [`registry`].
//! One thread; exit codes are 0 success, 1 failure, 2 wrong use.
#![forbid(unsafe_code)]

mod args;
mod compile;
mod doctor;
mod go_setup;
mod home;
mod inspect;
mod out;
mod progress;
mod registry;
mod report;
mod table;

use std::process::ExitCode;

use clap::Parser;
use metaffi_compiler::Diagnostic;

use crate::args::{Args, Command};

/// Why the command did not succeed.
enum Failure {
    /// It was called wrongly.
    Use(Diagnostic),
    /// It could not do what it was asked for.
    Work(Diagnostic),
    /// It has said what is wrong as its result.
    Told,
}

impl From<Diagnostic> for Failure {
    fn from(diagnostic: Diagnostic) -> Self {
        Failure::Work(diagnostic)
    }
}

fn main() -> ExitCode {
    let args = Args::parse();
    let done = match &args.command {
        Some(Command::Inspect { module }) => inspect::inspect(module),
        Some(Command::Doctor { load: None }) => doctor::doctor(),
        Some(Command::Doctor { load: Some(runtime) }) => doctor::load(runtime),
        Some(Command::GoSetup) => go_setup::go_setup(),
        None => compile::compile(&args.compile),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Told) => ExitCode::FAILURE,
        Err(Failure::Work(diagnostic)) => {
            report::error(&diagnostic);
            ExitCode::FAILURE
        }
        Err(Failure::Use(diagnostic)) => {
            report::error(&diagnostic);
            ExitCode::from(2)
        }
    }
}
