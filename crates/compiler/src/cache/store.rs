//! Cached bytes by key, each entry in its own file. An entry is complete or
//! absent, and the total size is limited.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use sha2::{Digest as _, Sha256};

/// What precedes the digest of an entry.
const MARK: &str = "metaffi 1 ";

/// A folder of entries. An entry that cannot be read is absent.
#[derive(Debug)]
pub(crate) struct Store {
    folder: PathBuf,
    /// The maximum total size in bytes. The least recently used entries are
    /// removed first.
    max_bytes: u64,
}

impl Store {
    pub(crate) fn new(folder: PathBuf, max_bytes: u64) -> Store {
        Store { folder, max_bytes }
    }

    /// The bytes stored under this key, if they are intact.
    pub(crate) fn get(&self, key: &str) -> Option<Vec<u8>> {
        let path = self.path(key);
        let mut bytes = fs::read(&path).ok()?;
        let end = bytes.iter().position(|byte| *byte == b'\n')?;
        if bytes[..end] != *header_line(&bytes[end + 1..]).as_bytes() {
            return None;
        }
        let used = File::options().append(true).open(&path);
        let _ = used.and_then(|file| file.set_modified(SystemTime::now()));
        bytes.drain(..=end);
        Some(bytes)
    }

    /// Stores `bytes`, unless that fails or they exceed the limit.
    pub(crate) fn put(&self, key: &str, bytes: &[u8]) {
        let path = self.path(key);
        let temporary = self.folder.join(format!("{key}.{}.new", std::process::id()));
        let mut all = header_line(bytes).into_bytes();
        all.push(b'\n');
        all.extend_from_slice(bytes);
        if all.len() as u64 > self.max_bytes {
            return;
        }
        let made = fs::create_dir_all(&self.folder).and_then(|()| fs::write(&temporary, all));
        if made.and_then(|()| fs::rename(&temporary, path)).is_err() {
            let _ = fs::remove_file(&temporary);
        }
        self.make_room();
    }

    fn path(&self, key: &str) -> PathBuf {
        self.folder.join(key)
    }

    /// If the limit is exceeded, removes the oldest entries, and a quarter more
    /// so that this is rarely needed.
    fn make_room(&self) {
        let mut entries = entries(&self.folder);
        let mut size: u64 = entries.iter().map(|(_, size, _)| size).sum();
        if size <= self.max_bytes {
            return;
        }
        entries.sort();
        for (_, bytes, path) in entries {
            if size <= self.max_bytes - self.max_bytes / 4 {
                return;
            }
            let _ = fs::remove_file(path);
            size -= bytes;
        }
    }
}

/// The last use, size and path of each file.
fn entries(folder: &Path) -> Vec<(SystemTime, u64, PathBuf)> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let entry = |file: fs::DirEntry| {
        let found = file.metadata().ok()?;
        Some((found.modified().ok()?, found.len(), file.path()))
    };
    files.filter_map(entry).collect()
}

/// The first line of an entry, which reveals damage.
fn header_line(bytes: &[u8]) -> String {
    MARK.to_owned() + &digest(bytes)
}

/// The SHA-256 of `bytes` in hexadecimal.
pub(crate) fn digest(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Two lower-case digits for each byte.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |digit: u8| char::from_digit(digit.into(), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_returned_unless_they_are_damaged() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(folder.path().join("not/there/yet"), 1000);
        assert_eq!(store.get("key"), None);
        for bytes in [&b""[..], b"one\ntwo", &[0, 255]] {
            store.put("key", bytes);
            assert_eq!(store.get("key").as_deref(), Some(bytes));
        }
        let path = store.path("key");
        let whole = fs::read(&path).unwrap();
        for damaged in [&whole[..whole.len() - 1], &whole[1..], b"", b"\n", &whole[..20]] {
            fs::write(&path, damaged).unwrap();
            assert_eq!(store.get("key"), None);
        }
        assert_eq!(fs::read_dir(&store.folder).unwrap().count(), 1, "no temporary file is left");
    }

    #[test]
    fn the_cache_size_is_limited_and_used_entries_stay() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(folder.path().to_owned(), 1000);
        let old = SystemTime::now() - std::time::Duration::from_secs(1000);
        for name in ["a", "b", "c", "d"] {
            store.put(name, &[0; 150]);
            let file = File::options().append(true).open(store.path(name)).unwrap();
            file.set_modified(old).unwrap();
        }
        assert!(store.get("a").is_some(), "and it counts as used");
        store.put("e", &[0; 150]);
        let size: u64 = entries(folder.path()).iter().map(|(_, size, _)| size).sum();
        assert!(size <= 1000, "{size}");
        assert!(store.get("a").is_some() && store.get("e").is_some());
        store.put("huge", &[0; 2000]);
        assert_eq!(store.get("huge"), None, "it is too large");
        assert!(store.get("a").is_some() && store.get("e").is_some(), "nothing was removed for it");
    }

    #[test]
    fn an_unwritable_folder_is_not_an_error() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        let store = Store::new(folder.path().join("file"), 1000);
        store.put("key", b"bytes");
        assert_eq!(store.get("key"), None);
    }
}
