//! Holds the README against the checkout: it names the commands, and the list of examples is
//! complete. Its code blocks are checked with those of the book.

use anyhow::{Result, bail};

use crate::examples;
use crate::paths::root;

/// Commands that the README names.
const COMMANDS: &[&str] = &["./dev demo", "./dev test", "./dev book"];

/// As many lines as the README may have: what is longer belongs in the book.
const LINES: usize = 150;

/// Fails when the README lacks a command or is too long, or the list lacks an example.
pub fn check() -> Result<()> {
    let readme = std::fs::read_to_string(root().join("README.md"))?;
    for command in COMMANDS {
        if !readme.contains(command) {
            bail!("README.md does not mention `{command}`");
        }
    }
    let lines = readme.lines().count();
    if lines > LINES {
        bail!("README.md has {lines} lines, and at most {LINES} are allowed; use the book");
    }
    let list = std::fs::read_to_string(root().join("examples/README.md"))?;
    for example in examples::all()? {
        if !list.contains(&format!("| [{0}]({0}) |", example.name)) {
            bail!("examples/README.md does not list {}", example.name);
        }
    }
    Ok(())
}
