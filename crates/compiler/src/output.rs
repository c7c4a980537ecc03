//! Files that a compilation writes: only below its folder, and only when
//! their bytes change, so that build tools see no change where there is none.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::diagnostic::Diagnostic;

/// A file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// Relative to the output folder.
    pub path: PathBuf,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl OutputFile {
    /// A file at `path` (relative to the output folder) with `bytes` in it.
    pub fn new(path: impl Into<PathBuf>, bytes: impl Into<Vec<u8>>) -> OutputFile {
        OutputFile { path: path.into(), bytes: bytes.into() }
    }
}

/// A file that is where it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its full path.
    pub path: PathBuf,
    /// Whether its bytes were other ones before.
    pub changed: bool,
}

/// Writes `files` into `folder`, which is made if missing: all of them or none,
/// unless putting one in its place fails, which the system seldom does.
pub fn write_files(folder: &Path, files: &[OutputFile]) -> Result<Vec<Written>, Diagnostic> {
    files.iter().try_for_each(|file| check_path(&file.path))?;
    let ready = files.iter().map(|file| Ready::new(&folder.join(&file.path), &file.bytes));
    let ready = ready.collect::<Result<Vec<Ready>, _>>()?;
    ready.into_iter().map(Ready::place).collect()
}

/// The files that were written, as they were given; `None` when one is not
/// there any more.
pub(crate) fn read_back(folder: &Path, written: &[Written]) -> Option<Vec<OutputFile>> {
    let read = |file: &Written| {
        let path = file.path.strip_prefix(folder).ok()?;
        Some(OutputFile::new(path, fs::read(&file.path).ok()?))
    };
    written.iter().map(read).collect()
}

/// Writes `bytes` to `path` unless they are there already. Whoever reads the
/// file meanwhile sees the old bytes or the new ones, never a part.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<Written, Diagnostic> {
    Ready::new(path, bytes)?.place()
}

/// A file that is written beside its place, unless its bytes are there already.
struct Ready {
    path: PathBuf,
    beside: Option<PathBuf>,
}

impl Ready {
    fn new(path: &Path, bytes: &[u8]) -> Result<Ready, Diagnostic> {
        let mut ready = Ready { path: path.to_owned(), beside: None };
        if holds(path, bytes) {
            return Ok(ready);
        }
        let write = |error: io::Error| Diagnostic::io("write", path, &error);
        if path.is_dir() {
            return Err(Diagnostic::new("cannot write: it is a folder").at(path));
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(write)?;
        }
        let mut beside = path.as_os_str().to_owned();
        beside.push(format!(".{}.new", std::process::id()));
        let beside = ready.beside.insert(beside.into());
        fs::write(&*beside, bytes).map_err(write)?;
        Ok(ready)
    }

    fn place(mut self) -> Result<Written, Diagnostic> {
        if let Some(beside) = &self.beside {
            fs::rename(beside, &self.path)
                .map_err(|error| Diagnostic::io("write", &self.path, &error))?;
        }
        let changed = self.beside.take().is_some();
        Ok(Written { path: self.path.clone(), changed })
    }
}

impl Drop for Ready {
    /// What was not put in its place goes.
    fn drop(&mut self) {
        if let Some(beside) = &self.beside {
            let _ = fs::remove_file(beside);
        }
    }
}

/// Whether the file has these bytes. One of another size is not read.
pub(crate) fn holds(path: &Path, bytes: &[u8]) -> bool {
    let same_size =
        |found: fs::Metadata| found.is_file() && usize::try_from(found.len()) == Ok(bytes.len());
    fs::metadata(path).is_ok_and(same_size) && fs::read(path).is_ok_and(|old| old == bytes)
}

/// Makes `folder` and those above it.
pub fn make_folder(folder: &Path) -> Result<(), Diagnostic> {
    fs::create_dir_all(folder).map_err(|error| Diagnostic::io("make this folder", folder, &error))
}

/// Makes `folder`, and sees that files can be written there before anything
/// long begins.
pub(crate) fn make_output_folder(folder: &Path) -> Result<(), Diagnostic> {
    make_folder(folder)?;
    let trial = folder.join(format!(".metaffi.{}.new", std::process::id()));
    let written = fs::write(&trial, "").and_then(|()| fs::remove_file(&trial));
    written.map_err(|error| Diagnostic::io("write into this folder", folder, &error))
}

/// An emitter's path must not lead out of the folder.
fn check_path(path: &Path) -> Result<(), Diagnostic> {
    let inside = path.components().all(|part| matches!(part, Component::Normal(_)));
    if inside && path.file_name().is_some() {
        return Ok(());
    }
    Err(Diagnostic::new(format!("'{}' is no path below the output folder", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_written_once_and_left_alone_after() {
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
        assert_eq!(fs::read_dir(&out).unwrap().count(), 2, "nothing is left beside");
    }

    #[test]
    fn no_path_leads_out_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let of_windows = if cfg!(windows) { &["C:a", r"C:\a", r"\a", r"\\a\b\c"][..] } else { &[] };
        for path in ["../a", "/tmp/a", "a/../../b", "", "."].iter().chain(of_windows) {
            let files = [OutputFile::new("first", "x"), OutputFile::new(*path, "x")];
            let error = write_files(folder.path(), &files).unwrap_err();
            assert_eq!(error.message, format!("'{path}' is no path below the output folder"));
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "all are checked first");
    }

    #[test]
    fn what_cannot_be_written_is_named() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        let error = write_files(folder.path(), &[OutputFile::new("file/a", "x")]).unwrap_err();
        assert_eq!(error.file, Some(folder.path().join("file/a")));
        assert!(error.message.starts_with("cannot write: "), "{error}");
    }

    #[test]
    fn one_file_that_cannot_be_written_leaves_the_others_as_they_were() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        let files = [OutputFile::new("a", "new"), OutputFile::new("b", "new")];
        let error = write_files(folder.path(), &files).unwrap_err();
        assert_eq!(error.message, "cannot write: it is a folder");
        let left: Vec<_> = fs::read_dir(folder.path()).unwrap().flatten().collect();
        assert_eq!(left.len(), 1, "{left:?}");
    }
}
