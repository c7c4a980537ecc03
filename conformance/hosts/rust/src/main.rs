//! The Rust host of the conformance matrix: runs one cell's plan through the public API, and prints
//! `ok`. `conformance/README.md` describes plans.

mod cell;
mod failures;
mod functions;
mod plan;
mod values;

use anyhow::{Context, Result};

fn main() -> Result<()> {
    let path = std::env::args().nth(1).context("usage: metaffi-conformance-host PLAN")?;
    let plan = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    cell::Cell::new(plan)?.run()?;
    #[allow(clippy::print_stdout, reason = "this is how a cell reports success")]
    {
        println!("ok");
    }
    Ok(())
}
