//! The generated references, and MkDocs.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::go_doc;
use crate::javadoc;
use crate::paths::{copy_files, root, target};
use crate::steps::{quiet, shown};

/// Makes the references of the languages, each with its own tool, in an empty folder.
pub fn references() -> Result<PathBuf> {
    let folder = target().join("book-api");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder)?;
    javadoc::write(&folder.join("java"))?;
    rustdoc(&folder.join("rust"))?;
    std::fs::write(folder.join("go.md"), go_reference()?)?;
    Ok(folder)
}

/// The crate `metaffi` alone: `target/doc` may hold others.
fn rustdoc(pages: &Path) -> Result<()> {
    let scratch = target().join("book-rustdoc");
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root()).env("CARGO_TARGET_DIR", &scratch);
    cargo.args(["doc", "--quiet", "--locked", "--no-deps", "-p", "metaffi"]);
    quiet("the Rust API: rustdoc", &mut cargo)?;
    Ok(copy_files(&scratch.join("doc"), pages)?)
}

fn go_reference() -> Result<String> {
    let mut go = Command::new("go");
    go.current_dir(root().join("langs/go/api")).args(["doc", "-all", "."]);
    let output = go.output().context("go doc")?;
    if !output.status.success() {
        bail!("go doc failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(go_doc::markdown(&String::from_utf8_lossy(&output.stdout)))
}

/// Builds the site into `target/book`; every warning is an error.
pub fn site(references: &Path) -> Result<()> {
    let mut mkdocs = mkdocs(references)?;
    mkdocs.args(["build", "--strict", "--site-dir"]).arg(target().join("book"));
    quiet("build the book into target/book", &mut mkdocs)
}

/// Serves the site until it is interrupted.
pub fn serve(references: &Path) -> Result<()> {
    let mut mkdocs = mkdocs(references)?;
    shown("http://127.0.0.1:8000/", mkdocs.args(["serve", "--dev-addr", "127.0.0.1:8000"]))
}

/// MkDocs in the environment that `./dev book` and `./dev test` make.
fn mkdocs(references: &Path) -> Result<Command> {
    let program = target().join("deps/docs/bin/mkdocs");
    if !program.is_file() {
        bail!("{} is missing; `./dev book` installs it", program.display());
    }
    let mut mkdocs = Command::new(program);
    mkdocs.current_dir(root()).env("METAFFI_BOOK_API", references);
    mkdocs.env("NO_MKDOCS_2_WARNING", "1");
    Ok(mkdocs)
}
