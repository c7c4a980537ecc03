//! The task runner: `cargo xtask <task>`. `./dev` calls it after it has installed what is missing;
//! each task can also be run directly.

mod bench;
mod book;
mod chroot;
mod demo;
mod dist;
mod examples;
mod fuzz;
mod install;
mod instrumented;
mod javadoc;
mod matrix;
mod page;
mod paths;
mod readme;
mod recipe;
mod roots;
mod sanitize;
mod stage;
mod steps;
mod systems;
mod test;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds, tests and measures MetaFFI")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build everything and lay out the installation in target/metaffi.
    Stage,
    /// Run a tour of examples, step by step (after `stage`, in `./dev env`).
    Demo,
    /// Run every check and test, or those whose name contains FILTER.
    Test {
        /// Part of a check's name: `clippy`, `Rust`, `examples`. These run only by name, and as
        /// root: `roots` installs in bare roots of Debian; `windows` and `arm64` build for these
        /// systems, and run the tests there.
        filter: Option<String>,
    },
    /// Run every host against every guest, topic by topic, and print the table.
    Matrix(matrix::Options),
    /// Build for another system and run the checks there, as root, or a part of them (after
    /// `stage`).
    System(systems::Options),
    /// Write docs/four-languages.md (after `stage`).
    Page,
    /// Build the book into target/book, or serve it while it is written.
    Book(book::Options),
    /// Run the neutral crates' tests under Miri and AddressSanitizer, or under one of them.
    Sanitize {
        /// The tool; both by default.
        tool: Option<sanitize::Tool>,
    },
    /// Run every fuzz target for some time, or one; findings are in target/fuzz/found.
    Fuzz(fuzz::Options),
    /// Measure calls next to other bridges, and print the table.
    Bench(bench::Options),
    /// Build the packages that users install, in dist/.
    Dist(dist::Options),
}

/// A shell makes its background processes ignore interrupts, and `nohup` hangups; tests that send a
/// signal, or check which are ignored, would inherit that.
#[cfg(unix)]
fn restore_signals() {
    // SAFETY: the default dispositions, set before there is a second thread.
    unsafe {
        libc::signal(libc::SIGINT, libc::SIG_DFL);
        libc::signal(libc::SIGHUP, libc::SIG_DFL);
    }
}

#[cfg(not(unix))]
fn restore_signals() {}

fn main() -> ExitCode {
    restore_signals();
    let outcome = match Cli::parse().task {
        Task::Stage => stage::stage(),
        Task::Demo => demo::demo(),
        Task::Test { filter } => test::test(filter.as_deref()),
        Task::Matrix(options) => matrix::matrix(&options),
        Task::System(options) => systems::system(&options),
        Task::Page => page::write(),
        Task::Book(options) => book::book(&options),
        Task::Sanitize { tool } => sanitize::sanitize(tool),
        Task::Fuzz(options) => fuzz::fuzz(&options),
        Task::Bench(options) => bench::bench(&options),
        Task::Dist(options) => dist::dist(&options),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
