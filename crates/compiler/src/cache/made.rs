//! Which source each file was made from. The files themselves do not contain
//! the source's path, since their content must not depend on it.

use std::fs;
use std::path::{Path, PathBuf};

use super::store::{Store, digest};
use crate::source::source_paths;

/// The sources of files, by the files' paths.
#[derive(Debug)]
pub(crate) struct MadeFrom(pub(super) Store);

impl MadeFrom {
    /// Stores that `file` was made from `source`.
    pub(crate) fn remember(&self, file: &Path, source: &Path) {
        if let Some(first) = first_path(source) {
            self.0.put(&key(file), first.as_os_str().as_encoded_bytes());
        }
    }

    /// Another source that `file` was made from: with the same name as `source`
    /// but another path and other content. A source that no longer exists is
    /// assumed to have moved.
    pub(crate) fn other_source(&self, file: &Path, source: &Path) -> Option<PathBuf> {
        let old = PathBuf::from(String::from_utf8(self.0.get(&key(file))?).ok()?);
        let new = first_path(source)?;
        let is_same_name = old.file_name() == new.file_name();
        let is_other = old != new && is_same_name && old.exists() && !is_copy(&old, &new);
        is_other.then_some(old)
    }
}

/// The absolute path of the source; importable names have none.
fn first_path(source: &Path) -> Option<PathBuf> {
    source_paths(source).first().and_then(|path| dunce::canonicalize(path).ok())
}

fn is_copy(old: &Path, new: &Path) -> bool {
    old.is_file() && fs::read(old).ok() == fs::read(new).ok()
}

fn key(file: &Path) -> String {
    let folder = file.parent().and_then(|folder| dunce::canonicalize(folder).ok());
    let full = folder.unwrap_or_default().join(file.file_name().unwrap_or_default());
    digest(full.as_os_str().as_encoded_bytes())
}
