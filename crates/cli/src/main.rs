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
mod extra;
mod help;
mod home;
mod inspect;
mod out;
mod plugin;
mod progress;
mod registry;
mod report;
mod shell;
mod table;
mod version;

use std::process::ExitCode;

use metaffi_compiler::Diagnostic;

use crate::args::{Args, Asked, Command};

/// Why the command did not succeed.
enum Failure {
    /// It could not do what it was asked for, or was called wrongly.
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
    let done = match Asked::parse() {
        Asked::Extra(command) => extra::run(&command),
        Asked::Own(args) => own(&args),
        Asked::Keys(keys) => out::print(&keys).map_err(Failure::from),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Told) => ExitCode::FAILURE,
        Err(Failure::Work(diagnostic)) => {
            report::error(&diagnostic);
            if diagnostic.is_misuse { ExitCode::from(2) } else { ExitCode::FAILURE }
        }
    }
}

fn own(args: &Args) -> Result<(), Failure> {
    match &args.command {
        Some(Command::Inspect { module, guest_lang, guest_options }) => {
            inspect::inspect(module, guest_lang.as_deref(), guest_options)
        }
        Some(Command::Doctor { load: None, json }) => doctor::doctor(*json),
        Some(Command::Doctor { load: Some(runtime), .. }) => doctor::load(runtime),
        Some(Command::Help { topic }) => Ok(out::print(&help::about(topic)?)?),
        Some(Command::Completions { shell }) => Ok(out::print(&shell::completions(*shell))?),
        Some(Command::Man) => Ok(out::print(&shell::man()?)?),
        None => match args.plugins.task() {
            Some(task) => plugin::run(&task),
            None => compile::compile(&args.compile),
        },
    }
}
