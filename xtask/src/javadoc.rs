//! Javadoc of the Java API, for its jar and for the book.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::paths::root;
use crate::steps::quiet;

/// Where the API's sources are.
pub const SOURCES: &str = "langs/openjdk/api/src";

/// Writes the pages into a folder.
pub fn write(pages: &Path) -> Result<()> {
    let mut javadoc = Command::new("javadoc");
    javadoc.args(["-quiet", "-notimestamp", "-Xdoclint:all,-missing", "-d"]).arg(pages);
    javadoc.arg("-sourcepath").arg(root().join(SOURCES)).args(["metaffi", "metaffi.stubs"]);
    quiet("the Java API: javadoc", &mut javadoc)
}
