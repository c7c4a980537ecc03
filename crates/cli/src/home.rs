//! Which installation the command works with.

use std::path::PathBuf;

use metaffi_compiler::Diagnostic;
use metaffi_home::NotFound;

/// The installation, for what reads and builds with its parts; the error lists the places
/// that were tried.
pub(crate) fn installation() -> Result<PathBuf, Diagnostic> {
    let found = metaffi_home::find(None).map(|found| found.folder);
    found.map_err(|none| {
        Diagnostic::new(none.to_string()).help("`metaffi doctor` says what is installed")
    })
}

/// The installation. When there is none, the first place in which one is looked
/// for, so that whoever needs something of it says what is missing.
pub(crate) fn home() -> PathBuf {
    match metaffi_home::find(None) {
        Ok(found) => found.folder,
        Err(NotFound(tried)) => {
            tried.into_iter().next().map(|first| first.folder).unwrap_or_default()
        }
    }
}
