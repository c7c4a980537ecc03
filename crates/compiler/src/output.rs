//! The files that a compilation writes: only below its folder, and only if
//! their bytes change, so that build tools do not see changes where there are
//! none.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::diagnostic::Diagnostic;

/// A file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// Relative to the output folder.
    pub path: PathBuf,
    /// The content.
    pub bytes: Vec<u8>,
}

impl OutputFile {
    /// A file at `path` (relative to the output folder) with the content
    /// `bytes`.
    pub fn new(path: impl Into<PathBuf>, bytes: impl Into<Vec<u8>>) -> OutputFile {
        OutputFile { path: path.into(), bytes: bytes.into() }
    }
}

/// A file in its final place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its full path.
    pub path: PathBuf,
    /// Whether its content changed.
    pub changed: bool,
}

/// Writes `files` into `folder`, which is created if missing. Writes all of
/// them or none, unless renaming one to its final name fails, which is rare.
pub fn write_files(folder: &Path, files: &[OutputFile]) -> Result<Vec<Written>, Diagnostic> {
    files.iter().try_for_each(|file| check_path(&file.path))?;
    let pending = files.iter().map(|file| Pending::new(&folder.join(&file.path), &file.bytes));
    let pending = pending.collect::<Result<Vec<Pending>, _>>()?;
    pending.into_iter().map(Pending::place).collect()
}

/// Reads back the written files; `None` if one no longer exists.
pub(crate) fn read_back(folder: &Path, written: &[Written]) -> Option<Vec<OutputFile>> {
    let read = |file: &Written| {
        let path = file.path.strip_prefix(folder).ok()?;
        Some(OutputFile::new(path, fs::read(&file.path).ok()?))
    };
    written.iter().map(read).collect()
}

/// Writes `bytes` to `path` unless it already has this content. Concurrent
/// readers see the old or the new content, never a part.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<Written, Diagnostic> {
    Pending::new(path, bytes)?.place()
}

/// A file that is written under a temporary name, unless its content is already
/// there.
struct Pending {
    path: PathBuf,
    temporary: Option<PathBuf>,
}

impl Pending {
    fn new(path: &Path, bytes: &[u8]) -> Result<Pending, Diagnostic> {
        let mut pending = Pending { path: path.to_owned(), temporary: None };
        if has_content(path, bytes) {
            return Ok(pending);
        }
        let write = |error: io::Error| Diagnostic::io("write", path, &error);
        if path.is_dir() {
            return Err(Diagnostic::new("cannot write: it is a folder").at(path));
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(write)?;
        }
        let mut temporary = path.as_os_str().to_owned();
        temporary.push(format!(".{}.new", std::process::id()));
        let temporary = pending.temporary.insert(temporary.into());
        fs::write(&*temporary, bytes).map_err(write)?;
        Ok(pending)
    }

    fn place(mut self) -> Result<Written, Diagnostic> {
        if let Some(temporary) = &self.temporary {
            fs::rename(temporary, &self.path)
                .map_err(|error| Diagnostic::io("write", &self.path, &error))?;
        }
        let changed = self.temporary.take().is_some();
        Ok(Written { path: self.path.clone(), changed })
    }
}

impl Drop for Pending {
    /// Removes the temporary file if it was not renamed.
    fn drop(&mut self) {
        if let Some(temporary) = &self.temporary {
            let _ = fs::remove_file(temporary);
        }
    }
}

/// Whether the file has these bytes. A file of another size is not read.
pub(crate) fn has_content(path: &Path, bytes: &[u8]) -> bool {
    let same_size =
        |found: fs::Metadata| found.is_file() && usize::try_from(found.len()) == Ok(bytes.len());
    fs::metadata(path).is_ok_and(same_size) && fs::read(path).is_ok_and(|old| old == bytes)
}

/// Creates `folder` and its parents.
pub fn make_folder(folder: &Path) -> Result<(), Diagnostic> {
    fs::create_dir_all(folder).map_err(|error| Diagnostic::io("create this folder", folder, &error))
}

/// Creates `folder`, and checks that files can be written there, before
/// anything slow starts.
pub(crate) fn make_output_folder(folder: &Path) -> Result<(), Diagnostic> {
    make_folder(folder)?;
    let trial = folder.join(format!(".metaffi.{}.new", std::process::id()));
    let written = fs::write(&trial, "").and_then(|()| fs::remove_file(&trial));
    written.map_err(|error| Diagnostic::io("write to this folder", folder, &error))
}

/// An emitter's path must not leave the folder.
fn check_path(path: &Path) -> Result<(), Diagnostic> {
    let inside = path.components().all(|part| matches!(part, Component::Normal(_)));
    if inside && path.file_name().is_some() {
        return Ok(());
    }
    Err(Diagnostic::new(format!("'{}' is not a path below the output folder", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unchanged_files_are_not_written_again() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("not/there/yet");
        let files = [OutputFile::new("a.txt", "a"), OutputFile::new("pkg/b.txt", "b")];
        let changed = |files: &[OutputFile]| -> Vec<bool> {
            write_files(&out, files).unwrap().iter().map(|written| written.changed).collect()
        };
        assert_eq!(changed(&files), [true, true]);
        assert_eq!(fs::read(out.join("pkg/b.txt")).unwrap(), b"b");
        let before = fs::metadata(out.join("a.txt")).unwrap().modified().unwrap();
        assert_eq!(changed(&files), [false, false]);
        assert_eq!(fs::metadata(out.join("a.txt")).unwrap().modified().unwrap(), before);
        assert_eq!(changed(&[OutputFile::new("a.txt", "c")]), [true]);
        assert_eq!(fs::read_dir(&out).unwrap().count(), 2, "no temporary file is left");
    }

    #[test]
    fn no_path_leaves_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let of_windows = if cfg!(windows) { &["C:a", r"C:\a", r"\a", r"\\a\b\c"][..] } else { &[] };
        for path in ["../a", "/tmp/a", "a/../../b", "", "."].iter().chain(of_windows) {
            let files = [OutputFile::new("first", "x"), OutputFile::new(*path, "x")];
            let error = write_files(folder.path(), &files).unwrap_err();
            assert_eq!(error.message, format!("'{path}' is not a path below the output folder"));
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "all are checked first");
    }

    #[test]
    fn unwritable_files_are_named() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        let error = write_files(folder.path(), &[OutputFile::new("file/a", "x")]).unwrap_err();
        assert_eq!(error.file, Some(folder.path().join("file/a")));
        assert!(error.message.starts_with("cannot write: "), "{error}");
    }

    #[test]
    fn one_unwritable_file_leaves_the_others_unchanged() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        let files = [OutputFile::new("a", "new"), OutputFile::new("b", "new")];
        let error = write_files(folder.path(), &files).unwrap_err();
        assert_eq!(error.message, "cannot write: it is a folder");
        let left: Vec<_> = fs::read_dir(folder.path()).unwrap().flatten().collect();
        assert_eq!(left.len(), 1, "{left:?}");
    }
}
