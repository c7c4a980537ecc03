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

/// Writes `files` into `folder`, which is made if missing.
pub fn write_files(folder: &Path, files: &[OutputFile]) -> Result<Vec<Written>, Diagnostic> {
    files.iter().try_for_each(|file| check_path(&file.path))?;
    files.iter().map(|file| write_file(&folder.join(&file.path), &file.bytes)).collect()
}

/// Writes `bytes` to `path` unless they are there already. Whoever reads the
/// file meanwhile sees the old bytes or the new ones, never a part.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<Written, Diagnostic> {
    let changed = !holds(path, bytes);
    if changed {
        replace(path, bytes).map_err(|error| Diagnostic::io("write", path, &error))?;
    }
    Ok(Written { path: path.to_owned(), changed })
}

/// Whether the file has these bytes. One of another size is not read.
fn holds(path: &Path, bytes: &[u8]) -> bool {
    let same_size =
        |found: fs::Metadata| found.is_file() && usize::try_from(found.len()) == Ok(bytes.len());
    fs::metadata(path).is_ok_and(same_size) && fs::read(path).is_ok_and(|old| old == bytes)
}

/// Makes `folder` and those above it.
pub fn make_folder(folder: &Path) -> Result<(), Diagnostic> {
    fs::create_dir_all(folder).map_err(|error| Diagnostic::io("make this folder", folder, &error))
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}.new", std::process::id()));
    let beside = PathBuf::from(beside);
    fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, path)).inspect_err(|_| {
        let _ = fs::remove_file(&beside);
    })
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
        for path in ["../a", "/tmp/a", "a/../../b", "", "."] {
            let files = [OutputFile::new("first", "x"), OutputFile::new(path, "x")];
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
}
