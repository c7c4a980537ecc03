//! `./dev book`: the documentation, a site that MkDocs builds from `docs/`.
//!
//! Generated references are made first and become part of the site (`xtask/book/hooks.py`).
//! Every code block of a page is quoted from a program that the tests run.

mod blocks;
mod build;
mod go_doc;
mod quotes;

use anyhow::Result;

/// Where the programs of the pages are, each run as its README says.
pub const PROGRAMS: &str = "docs/code";

/// What to do with the book.
#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// Serve it on port 8000, and build it again when a page changes.
    #[arg(long)]
    serve: bool,
}

/// Builds the site into `target/book`, or serves it.
pub fn book(options: &Options) -> Result<()> {
    let references = build::references()?;
    if options.serve { build::serve(&references) } else { build::site(&references) }
}

/// Fails when the strict build does (a link or an anchor that leads nowhere, a page that is not
/// in the navigation), or a code block is not what the tests run.
pub fn check() -> Result<()> {
    quotes::check()?;
    build::site(&build::references()?)
}
