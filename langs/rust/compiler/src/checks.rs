//! Whether what Rust hosts are built with is there.

use metaffi_compiler::Tool;
use metaffi_programs::{Located, Package};

/// Cargo; its version is Rust's.
pub(crate) const CARGO: Tool = Tool {
    name: "cargo",
    find: || Some(Located { path: metaffi_programs::find("cargo")?, why: "PATH" }),
    args: &["--version"],
    least: Some((1, 95)),
    needed_for: "Rust hosts",
    // Few systems have one that is new enough, and all take rustup's.
    get: || Package { names: &[], least: None, site: "https://rustup.rs" }.how(),
};
