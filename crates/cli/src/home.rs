//! Finds the installation that the command uses.

use std::path::PathBuf;

use metaffi_compiler::Diagnostic;
use metaffi_home::NotFound;

/// The installation, for reading and building. The error lists the places that were
/// tried.
pub(crate) fn installation() -> Result<PathBuf, Diagnostic> {
    let found = metaffi_home::find(None).map(|found| found.folder);
    found.map_err(|none| {
        Diagnostic::new(none.to_string()).help("`metaffi doctor` shows what is installed")
    })
}

/// The installation. If there is none, the first place that was tried, so that
/// whatever uses it can report what is missing.
pub(crate) fn home() -> PathBuf {
    match metaffi_home::find(None) {
        Ok(found) => found.folder,
        Err(NotFound(tried)) => {
            tried.into_iter().next().map(|first| first.folder).unwrap_or_default()
        }
    }
}
