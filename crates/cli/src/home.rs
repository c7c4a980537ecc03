//! Which installation the command works with.

use std::path::PathBuf;

use metaffi::home_candidates;

/// Whether `home` looks like an installation: plugins are in it.
fn is_installation(home: &std::path::Path) -> bool {
    home.join("plugins").is_dir()
}

/// The installation: the first of the usual places that is one. When none is,
/// the first place, so that whoever needs something of it says what is missing.
pub(crate) fn home() -> PathBuf {
    let candidates = home_candidates(None);
    let found = candidates.iter().find(|home| is_installation(home));
    found.or(candidates.first()).cloned().unwrap_or_default()
}
