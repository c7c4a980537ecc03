//! `cargo xtask matrix`: every host against every guest, topic by topic.
//!
//! A *topic* is a folder of `conformance/` with its steps in JSON, written
//! once; a *cell* is one host running the steps of one topic against one
//! guest, in a process of its own. `conformance/README.md` is the manual.

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

use crate::steps::done;
use run::Outcome;
use toolchain::Toolchain;
use topic::Topic;

/// Which cells, and what with.
#[derive(clap::Args, Default)]
pub struct Options {
    /// Only this topic.
    #[arg(long)]
    topic: Option<String>,
    /// Only this host: `python3`, `openjdk`, `go`, `rust`.
    #[arg(long)]
    host: Option<String>,
    /// Only this guest: `python3`, `openjdk`, `go`.
    #[arg(long)]
    guest: Option<String>,
    /// Only cells in which this language takes part.
    #[arg(long, value_name = "LANGUAGE")]
    with: Option<String>,
    /// Run Java on 11 or 25 instead of the installed one.
    #[arg(long, value_name = "VERSION")]
    jdk: Option<String>,
    /// Use Go 1.22 instead of the installed one.
    #[arg(long, value_name = "VERSION")]
    go: Option<String>,
    /// Write docs/conformance.md.
    #[arg(long)]
    write: bool,
}

/// Runs the cells that `options` choose, and prints the table.
pub fn matrix(options: &Options) -> Result<()> {
    let topics = topic::all(options.topic.as_deref())?;
    let outcomes = run_chosen(options, &topics)?;
    println!("\n{}", table::plain(&topics, &outcomes));
    judge(&outcomes)?;
    if options.write { table::write(&topic::all(None)?) } else { Ok(()) }
}

/// The whole matrix, and whether docs/conformance.md says what it is.
pub fn check() -> Result<()> {
    let topics = topic::all(None)?;
    judge(&run_chosen(&Options::default(), &topics)?)?;
    table::check(&topics)
}

/// The cells in which Java takes part, on the oldest and the newest.
pub fn check_jdks() -> Result<()> {
    ["11", "25"].iter().try_for_each(|version| {
        let (with, jdk) = (Some("openjdk".to_owned()), Some((*version).to_owned()));
        judge(&run_chosen(&Options { with, jdk, ..Options::default() }, &topic::all(None)?)?)
    })
}

/// The cells in which Go takes part, on the oldest.
pub fn check_oldest_go() -> Result<()> {
    let (with, go) = (Some("go".to_owned()), Some("1.22".to_owned()));
    judge(&run_chosen(&Options { with, go, ..Options::default() }, &topic::all(None)?)?)
}

fn run_chosen(options: &Options, topics: &[Topic]) -> Result<Vec<Outcome>> {
    let toolchain = Toolchain::find(options.jdk.as_deref(), options.go.as_deref())?;
    let cells = cells::chosen(options, &toolchain, topics)?;
    build::build(&toolchain, &cells)?;
    let start = Instant::now();
    let outcomes = run::run(&toolchain, &cells)?;
    done(&format!("{} cells of {} topics, {toolchain}", outcomes.len(), topics.len()), start);
    Ok(outcomes)
}

/// Fails when any cell did not end as its topic says.
fn judge(outcomes: &[Outcome]) -> Result<()> {
    let wrong: Vec<_> = outcomes.iter().filter_map(Outcome::complaint).collect();
    if wrong.is_empty() {
        return Ok(());
    }
    bail!("{} of {} cells failed\n{}", wrong.len(), outcomes.len(), wrong.join("\n"))
}
