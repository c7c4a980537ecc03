//! `./dev demo`: a tour of examples, step by step on the screen.

use std::time::Instant;

use anyhow::Result;

use crate::examples;

/// The steps, each an example folder.
const STEPS: &[&str] =
    &["python-log4j", "python-go-hello", "python-go-object", "python-go-stubs", "python-java-go"];

/// Runs every step and shows its commands, its output and its time.
pub fn demo() -> Result<()> {
    let start = Instant::now();
    for (number, name) in STEPS.iter().enumerate() {
        let example = examples::load(name)?;
        println!("\n{}. {} (examples/{name})", number + 1, example.title);
        for command in example.commands().lines() {
            println!("   $ {command}");
        }
        let outcome = example.run()?;
        for line in outcome.output.lines() {
            println!("   {line}");
        }
        println!("   took {:.1} s", outcome.took.as_secs_f64());
    }
    println!("\nall {} steps ran in {:.1} s", STEPS.len(), start.elapsed().as_secs_f64());
    Ok(())
}
