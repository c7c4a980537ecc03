//! Holds the README's quick taste, and the list of examples, against the
//! examples that are run: what stands there is what works.

use anyhow::{Result, bail};

use crate::examples;
use crate::paths::root;

/// Example files whose text stands in the README, word for word.
const QUOTED: &[&str] = &[
    "examples/python-log4j/main.py",
    "examples/python-log4j-imports/main.py",
    "examples/python-go-hello/hello.go",
    "examples/python-go-stubs/main.py",
    "examples/java-python-math/Main.java",
    "examples/go-python-greeting/main.go",
];

/// Fails when the README shows other code than the examples run, or the list
/// lacks one.
pub fn check() -> Result<()> {
    let readme = std::fs::read_to_string(root().join("README.md"))?;
    for path in QUOTED {
        let code = std::fs::read_to_string(root().join(path))?;
        if !readme.contains(code.trim_end()) {
            bail!("README.md does not show {path} as it is");
        }
    }
    for command in ["./dev demo", "./dev test"] {
        if !readme.contains(command) {
            bail!("README.md does not name `{command}`");
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
