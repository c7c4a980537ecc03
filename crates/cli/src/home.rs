//! Which installation the command works with.

use std::path::PathBuf;

use metaffi_home::NotFound;

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
