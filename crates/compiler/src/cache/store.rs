//! Texts of bytes by key, each in a file of its own: whole or not there, and
//! no more than so many bytes altogether.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use sha2::{Digest as _, Sha256};

/// What stands before the digest of an entry.
const MARK: &str = "metaffi 1 ";

/// A folder of entries. What cannot be read or written is not there.
#[derive(Debug)]
pub(crate) struct Store {
    folder: PathBuf,
    /// How many bytes there may be. The entries that were not used for longest go.
    most: u64,
}

impl Store {
    pub(crate) fn new(folder: PathBuf, most: u64) -> Store {
        Store { folder, most }
    }

    /// What was put in under this key, if that is what is there.
    pub(crate) fn get(&self, key: &str) -> Option<Vec<u8>> {
        let path = self.path(key);
        let mut bytes = fs::read(&path).ok()?;
        let end = bytes.iter().position(|byte| *byte == b'\n')?;
        if bytes[..end] != *head(&bytes[end + 1..]).as_bytes() {
            return None;
        }
        let used = File::options().append(true).open(&path);
        let _ = used.and_then(|file| file.set_modified(SystemTime::now()));
        bytes.drain(..=end);
        Some(bytes)
    }

    /// Remembers `bytes`, unless that cannot be or they alone are too many.
    pub(crate) fn put(&self, key: &str, bytes: &[u8]) {
        let path = self.path(key);
        let beside = self.folder.join(format!("{key}.{}.new", std::process::id()));
        let mut all = head(bytes).into_bytes();
        all.push(b'\n');
        all.extend_from_slice(bytes);
        if all.len() as u64 > self.most {
            return;
        }
        let made = fs::create_dir_all(&self.folder).and_then(|()| fs::write(&beside, all));
        if made.and_then(|()| fs::rename(&beside, path)).is_err() {
            let _ = fs::remove_file(&beside);
        }
        self.make_room();
    }

    fn path(&self, key: &str) -> PathBuf {
        self.folder.join(key)
    }

    /// Removes the oldest entries when there are too many, and a quarter more,
    /// so that this is seldom done.
    fn make_room(&self) {
        let mut entries = entries(&self.folder);
        let mut size: u64 = entries.iter().map(|(_, size, _)| size).sum();
        if size <= self.most {
            return;
        }
        entries.sort();
        for (_, bytes, path) in entries {
            if size <= self.most - self.most / 4 {
                return;
            }
            let _ = fs::remove_file(path);
            size -= bytes;
        }
    }
}

/// When each file was used, its size and its path.
fn entries(folder: &Path) -> Vec<(SystemTime, u64, PathBuf)> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let entry = |file: fs::DirEntry| {
        let found = file.metadata().ok()?;
        Some((found.modified().ok()?, found.len(), file.path()))
    };
    files.filter_map(entry).collect()
}

/// The first line of an entry, by which a damaged one is known.
fn head(bytes: &[u8]) -> String {
    MARK.to_owned() + &digest(bytes)
}

/// The SHA-256 of `bytes` in hexadecimal.
pub(crate) fn digest(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Two digits for each byte, in lower case.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |digit: u8| char::from_digit(digit.into(), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_comes_back_and_what_is_damaged_does_not() {
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
        assert_eq!(fs::read_dir(&store.folder).unwrap().count(), 1, "nothing is left beside");
    }

    #[test]
    fn it_does_not_grow_beyond_measure_and_keeps_what_is_used() {
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
        assert_eq!(store.get("huge"), None, "it is too large to be kept");
        assert!(store.get("a").is_some() && store.get("e").is_some(), "nothing went for it");
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_no_error() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        let store = Store::new(folder.path().join("file"), 1000);
        store.put("key", b"bytes");
        assert_eq!(store.get("key"), None);
    }
}
