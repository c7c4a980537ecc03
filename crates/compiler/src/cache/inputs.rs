//! What a compilation depends on, as a key for its cached outcome.

use std::fmt::Display;
use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use sha2::{Digest as _, Sha256};

use super::store::hexadecimal;

/// Something that a compilation depends on, whether or not it exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file, or a folder with everything below it, compared by content.
    Content(PathBuf),
    /// A large file that is not edited, compared by size and time.
    Stamp(PathBuf),
}

/// A key under construction.
#[derive(Default)]
pub(crate) struct Key(Sha256);

impl Key {
    /// A key that starts with the running program, since another build of it
    /// may behave differently.
    pub(crate) fn of_this_program() -> Option<Key> {
        let mut key = Key::default();
        key.add("program", env!("CARGO_PKG_VERSION"));
        key.stamp(&std::env::current_exe().ok()?).ok()?;
        Some(key)
    }

    /// Adds a part, with a label.
    pub(crate) fn add(&mut self, what: &str, part: impl Display) {
        let part = part.to_string();
        for text in [what, &part] {
            self.0.update(text.len().to_le_bytes());
            self.0.update(text);
        }
    }

    /// Adds an input. `None` if it exists but cannot be read.
    pub(crate) fn add_input(&mut self, input: &Input) -> Option<()> {
        let (Input::Content(path) | Input::Stamp(path)) = input;
        self.add("input", path.display());
        let added = match input {
            Input::Content(path) => self.content(path),
            Input::Stamp(path) => self.stamp(path),
        };
        match added {
            Err(error) if error.kind() == io::ErrorKind::NotFound => self.add("absent", ""),
            other => other.ok()?,
        }
        Some(())
    }

    /// Folders are read in the order of their names.
    fn content(&mut self, path: &Path) -> io::Result<()> {
        let found = fs::metadata(path)?;
        if found.is_file() {
            self.add("file", found.len());
            return io::copy(&mut File::open(path)?, &mut Sink(&mut self.0)).map(drop);
        }
        if !found.is_dir() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let mut names = fs::read_dir(path)?
            .map(|entry| entry.map(|entry| entry.file_name()))
            .collect::<io::Result<Vec<_>>>()?;
        names.sort();
        self.add("folder", names.len());
        names.iter().try_for_each(|name| {
            self.add("entry", name.display());
            self.content(&path.join(name))
        })
    }

    fn stamp(&mut self, path: &Path) -> io::Result<()> {
        let found = fs::metadata(path)?;
        self.add("stamp", format_args!("{} {} {}", path.display(), found.len(), time(&found)));
        Ok(())
    }

    /// Returns the key.
    pub(crate) fn finish(self) -> String {
        hexadecimal(&self.0.finalize())
    }
}

/// Nanoseconds since 1970.
fn time(found: &Metadata) -> u128 {
    let modified = found.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    modified.unwrap_or_default().as_nanos()
}

/// Adds what is written to the digest.
struct Sink<'s>(&'s mut Sha256);

impl io::Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(inputs: &[Input]) -> Option<String> {
        let mut key = Key::default();
        inputs.iter().try_for_each(|input| key.add_input(input))?;
        Some(key.finish())
    }

    #[test]
    fn a_key_changes_with_every_relevant_change() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let inputs = [Input::Content(path("a")), Input::Stamp(path("b"))];
        let mut keys = vec![key(&inputs).unwrap()];
        let mut changes = |what: &str| {
            let key = key(&inputs).unwrap();
            assert!(!keys.contains(&key), "{what}");
            keys.push(key);
        };
        fs::write(path("a"), "one").unwrap();
        changes("a file appears");
        fs::write(path("a"), "two").unwrap();
        changes("it has the same size, and other bytes");
        fs::write(path("b"), "one").unwrap();
        changes("a stamp appears");
        fs::write(path("b"), "longer").unwrap();
        changes("another size");
        fs::remove_file(path("a")).unwrap();
        fs::create_dir_all(path("a/sub")).unwrap();
        changes("a folder");
        fs::write(path("a/sub/c"), "text").unwrap();
        changes("with a file below");
        fs::rename(path("a/sub/c"), path("a/sub/d")).unwrap();
        changes("which has another name");
        assert_eq!(key(&inputs).as_ref(), keys.last(), "nothing changed");
    }

    #[test]
    fn parts_are_separated() {
        let of = |parts: &[(&str, &str)]| {
            let mut key = Key::default();
            parts.iter().for_each(|(what, part)| key.add(what, part));
            key.finish()
        };
        assert_ne!(of(&[("a", "bc")]), of(&[("ab", "c")]));
        assert_ne!(of(&[("a", "b"), ("c", "d")]), of(&[("a", "bcd")]));
    }

    #[cfg(unix)]
    #[test]
    fn unreadable_inputs_make_no_key() {
        assert_eq!(key(&[Input::Content("/dev/null".into())]), None);
    }
}
