//! Compares the README's quick start, and the list of examples, with the examples that are run:
//! what is shown there works.

use anyhow::{Result, bail};

use crate::examples;
use crate::paths::root;

/// Example files whose text is in the README, word for word.
const QUOTED: &[&str] = &[
    "examples/python-log4j/main.py",
    "examples/python-log4j-imports/main.py",
    "examples/python-go-hello/hello.go",
    "examples/python-go-stubs/main.py",
    "examples/java-python-math/Main.java",
    "examples/go-python-greeting/main.go",
];

/// Fails if the README shows code that differs from the examples, or the list lacks an example.
pub fn check() -> Result<()> {
    let readme = std::fs::read_to_string(root().join("README.md"))?;
    for path in QUOTED {
        let code = std::fs::read_to_string(root().join(path))?;
        if !readme.contains(code.trim_end()) {
            bail!("README.md does not show {path} word for word");
        }
    }
    for command in ["./dev demo", "./dev test"] {
        if !readme.contains(command) {
            bail!("README.md does not mention `{command}`");
        }
    }
    let list = std::fs::read_to_string(root().join("examples/README.md"))?;
    for example in examples::all()? {
        if !list.contains(&format!("| [{0}]({0}) |", example.name)) {
            bail!("examples/README.md does not list {}", example.name);
        }
    }
    Ok(())
}
