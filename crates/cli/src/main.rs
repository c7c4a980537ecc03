//! The `metaffi` command.
//!
//! Parses arguments, calls the compiler driver or inspects the installation,
//! and prints results on standard output and everything else on standard error.
//! This is the only crate outside `langs/` that names languages, in
//! [`registry`]. Single-threaded. Exit codes: 0 success, 1 failure, 2 wrong
//! use.
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

use crate::args::{Args, Command, Invocation};

/// Why the command failed.
enum Failure {
    /// It failed, or was called incorrectly; the diagnostic is still to be
    /// printed.
    Work(Diagnostic),
    /// The printed result already says what is wrong.
    Reported,
}

impl From<Diagnostic> for Failure {
    fn from(diagnostic: Diagnostic) -> Self {
        Failure::Work(diagnostic)
    }
}

fn main() -> ExitCode {
    let done = match Invocation::parse() {
        Invocation::Extra(command) => extra::run(&command),
        Invocation::Own(args) => own(&args),
        Invocation::Keys(keys) => out::print(&keys).map_err(Failure::from),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Reported) => ExitCode::FAILURE,
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
