//! For counting instructions: each scenario is called in batches, between calls of
//! `getppid`, before which the counting tool writes its counts.

use std::io::Write;
use std::os::unix::process::parent_id;

use anyhow::{Context, Result};

use crate::contestant::Contestant;
use crate::scenarios::SCENARIOS;

/// Calls before the ones that are counted.
const WARM_UP: u64 = 30;

/// Scenarios that are not counted: long lists, whose calls would take minutes.
const SKIPPED: &[&str] = &["numbers", "mixed", "strings", "objects"];

/// How often each batch is repeated.
const BATCHES: u64 = 10;

/// Calls each scenario in batches of `calls`, and prints the scenarios' names in that order.
pub(crate) fn run(contestant: &Contestant, calls: u64) -> Result<()> {
    let mut names = Vec::new();
    let counted = contestant.loops.iter().filter(|(name, _)| !SKIPPED.contains(name));
    for (name, repeated) in counted {
        let scenario = SCENARIOS.iter().find(|scenario| scenario.name == *name);
        let argument = &scenario.with_context(|| format!("there is no scenario {name}"))?.argument;
        repeated(WARM_UP, argument)?;
        for _ in 0..BATCHES {
            let _ = parent_id();
            repeated(calls, argument)?;
        }
        let _ = parent_id();
        names.push(*name);
    }
    Ok(writeln!(std::io::stdout(), "{}", names.join(" "))?)
}
