//! The task runner: `cargo xtask <task>`. `./dev` calls it after it has
//! installed what is missing; each task can also be run by hand.

mod paths;
mod stage;
mod steps;

use anyhow::Result;
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
}

fn main() -> Result<()> {
    match Cli::parse().task {
        Task::Stage => stage::stage(),
    }
}
