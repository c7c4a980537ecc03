//! `cargo xtask matrix`: every host against every guest, topic by topic.
//!
//! A *topic* is a folder of `conformance/` with its steps in JSON, written once; a *cell* is one
//! host running the steps of one topic against one guest, in a separate process.
//! `conformance/README.md` is the manual.

mod build;
mod cells;
mod conventions;
mod entity;
mod plan;
mod run;
mod table;
mod toolchain;
mod topic;
mod values;

use std::time::Instant;

use anyhow::{Result, bail};

use metaffi_languages::named;

use crate::steps::done;
use crate::systems::System;
use run::Outcome;
pub use run::without;
use toolchain::Toolchain;
use topic::Topic;

/// Which cells to run, and with what.
#[derive(clap::Args, Default)]
pub struct Options {
    /// Only this topic.
    #[arg(long)]
    topic: Option<String>,
    /// Only this host.
    #[arg(long)]
    host: Option<String>,
    /// Only this guest.
    #[arg(long)]
    guest: Option<String>,
    /// Only cells in which this language takes part.
    #[arg(long, value_name = "LANGUAGE")]
    with: Option<String>,
    /// Use another version of a language than the installed one, as in `go=1.22`.
    #[arg(long = "use", value_name = "LANGUAGE=VERSION")]
    versions: Vec<String>,
    /// Write docs/conformance.md.
    #[arg(long)]
    write: bool,
}

/// Runs the cells that `options` select, and prints the table.
pub fn matrix(options: &Options) -> Result<()> {
    let topics = topic::all(options.topic.as_deref())?;
    let outcomes = run_chosen(options, &topics)?;
    println!("\n{}", table::plain(&topics, &outcomes));
    judge(&outcomes)?;
    if options.write { table::write(&topic::all(None)?) } else { Ok(()) }
}

/// Runs the whole matrix, and checks that docs/conformance.md is up to date.
pub fn check() -> Result<()> {
    let topics = topic::all(None)?;
    judge(&run_chosen(&Options::default(), &topics)?)?;
    table::check(&topics)
}

/// Runs the cells that `options` select, on another system.
pub fn check_system(system: &'static System, options: &Options) -> Result<()> {
    let topics = topic::all(options.topic.as_deref())?;
    let outcomes = run_with(&Toolchain::of_system(system), options, &topics)?;
    println!("\n{}", table::plain(&topics, &outcomes));
    judge(&outcomes)
}

/// Runs the cells in which a language takes part, on each of its other versions.
pub fn check_versions(language: &str) -> Result<()> {
    named(language).toolchain.versions.keys().try_for_each(|version| {
        let (with, versions) = (Some(language.to_owned()), vec![format!("{language}={version}")]);
        judge(&run_chosen(&Options { with, versions, ..Options::default() }, &topic::all(None)?)?)
    })
}

fn run_chosen(options: &Options, topics: &[Topic]) -> Result<Vec<Outcome>> {
    run_with(&Toolchain::find(&options.versions)?, options, topics)
}

fn run_with(toolchain: &Toolchain, options: &Options, topics: &[Topic]) -> Result<Vec<Outcome>> {
    let cells = cells::chosen(options, toolchain, topics)?;
    build::build(toolchain, &cells)?;
    let start = Instant::now();
    let outcomes = run::run(toolchain, &cells)?;
    done(&format!("{} cells of {} topics, {toolchain}", outcomes.len(), topics.len()), start);
    Ok(outcomes)
}

/// Fails if any cell did not end as its topic requires.
fn judge(outcomes: &[Outcome]) -> Result<()> {
    let wrong: Vec<_> = outcomes.iter().filter_map(Outcome::complaint).collect();
    if wrong.is_empty() {
        return Ok(());
    }
    bail!("{} of {} cells failed\n{}", wrong.len(), outcomes.len(), wrong.join("\n"))
}
