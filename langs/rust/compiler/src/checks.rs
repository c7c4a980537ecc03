//! Checks for the tools that Rust hosts are built with.

use metaffi_compiler::Tool;
use metaffi_programs::{Located, Package};

/// Cargo; its version is Rust's.
pub(crate) const CARGO: Tool = Tool {
    name: "cargo",
    find: || Some(Located { path: metaffi_programs::find("cargo")?, why: "PATH" }),
    args: &["--version"],
    least: Some((1, 95)),
    needed_for: "Rust hosts",
    // Few systems have a recent enough package, and rustup works on all.
    get: || Package { names: &[], least: None, site: "https://rustup.rs" }.how(),
};
