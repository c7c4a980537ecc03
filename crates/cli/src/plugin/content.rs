//! The files of an archive or a folder that a plugin is installed from. Names,
//! file types and sizes are checked before anything is written.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use metaffi_compiler::{Diagnostic, hexadecimal};
use sha2::{Digest as _, Sha256};
use zip::ZipArchive;

/// The maximum size of a plugin.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) files: usize,
    /// All files together, unpacked.
    pub(crate) bytes: u64,
}

/// Enough for a Java runtime image, while a zip bomb cannot fill the disk.
pub(crate) const LIMITS: Limits = Limits { files: 10_000, bytes: 1 << 30 };

/// Where the files come from.
enum Origin {
    Archive(ZipArchive<File>),
    Folder(PathBuf),
}

/// Files whose names and sizes have been checked.
pub(crate) struct Content {
    origin: Origin,
    pub(crate) entries: Vec<Entry>,
}

/// A file.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The path below the plugin's folder, with `/`.
    pub(crate) name: String,
    pub(crate) size: u64,
    pub(crate) is_executable: bool,
    /// The index in the archive.
    index: usize,
}

impl Content {
    /// The files of an archive.
    pub(crate) fn of_archive(file: File, limits: Limits) -> Result<Content, Diagnostic> {
        let mut archive = ZipArchive::new(file).map_err(|error| broken(&error))?;
        if archive.len() > limits.files {
            return Err(too_many(limits));
        }
        if archive.has_duplicate_names()
            || archive.has_overlapping_entries().map_err(|error| broken(&error))?
        {
            return Err(Diagnostic::new("the archive has two files of the same name"));
        }
        let entries = (0..archive.len()).map(|index| entry_of(&mut archive, index));
        let entries = entries.filter_map(Result::transpose).collect::<Result<_, _>>()?;
        Content { origin: Origin::Archive(archive), entries }.checked(limits)
    }

    /// The files of a folder.
    pub(crate) fn of_folder(folder: &Path, limits: Limits) -> Result<Content, Diagnostic> {
        let mut entries = Vec::new();
        walk(folder, "", limits, &mut entries)?;
        Content { origin: Origin::Folder(folder.to_owned()), entries }.checked(limits)
    }

    pub(crate) fn is_archive(&self) -> bool {
        matches!(self.origin, Origin::Archive(_))
    }

    fn checked(self, limits: Limits) -> Result<Content, Diagnostic> {
        if self
            .entries
            .iter()
            .try_fold(0_u64, |sum, entry| sum.checked_add(entry.size))
            .is_none_or(|sum| sum > limits.bytes)
        {
            let most = limits.bytes >> 20;
            return Err(Diagnostic::new(format!("more than {most} MiB when unpacked")));
        }
        let mut seen = HashSet::new();
        for Entry { name, .. } in &self.entries {
            if !seen.insert(name.to_lowercase()) {
                return Err(Diagnostic::new(format!(
                    "two files are named '{name}', apart from case"
                )));
            }
        }
        Ok(self)
    }

    /// Writes a file's bytes, and returns their SHA-256 in hexadecimal.
    pub(crate) fn copy(&mut self, entry: &Entry, to: &mut dyn Write) -> Result<String, Diagnostic> {
        let mut reader: Box<dyn Read> = match &mut self.origin {
            Origin::Archive(archive) => {
                Box::new(archive.by_index(entry.index).map_err(|error| broken(&error))?)
            }
            Origin::Folder(folder) => {
                let path = folder.join(&entry.name);
                Box::new(File::open(&path).map_err(|e| Diagnostic::io("read", &path, &e))?)
            }
        };
        copy(&mut reader, entry, to)
    }
}

fn copy(from: &mut dyn Read, entry: &Entry, to: &mut dyn Write) -> Result<String, Diagnostic> {
    let diagnostic = |what: &str| Diagnostic::new(format!("'{}' {what}", entry.name));
    let (mut digest, mut left) = (Sha256::new(), entry.size);
    let mut buffer = vec![0; 1 << 16];
    loop {
        let count = from
            .read(&mut buffer)
            .map_err(|error| diagnostic(&format!("cannot be unpacked: {error}")))?;
        if count == 0 {
            break;
        }
        left = left
            .checked_sub(count as u64)
            .ok_or_else(|| diagnostic("is larger than its header says"))?;
        digest.update(&buffer[..count]);
        to.write_all(&buffer[..count])
            .map_err(|error| diagnostic(&format!("cannot be written: {error}")))?;
    }
    if left > 0 {
        return Err(diagnostic("is shorter than its header says"));
    }
    Ok(hexadecimal(&digest.finalize()))
}

fn broken(error: &zip::result::ZipError) -> Diagnostic {
    Diagnostic::new(format!("not a usable zip archive: {error}"))
}

fn too_many(limits: Limits) -> Diagnostic {
    Diagnostic::new(format!("more than {} files", limits.files))
}

/// `None` for a folder.
fn entry_of(archive: &mut ZipArchive<File>, index: usize) -> Result<Option<Entry>, Diagnostic> {
    const KIND: u32 = 0o170_000;
    const REGULAR: u32 = 0o100_000;
    let file = archive.by_index_raw(index).map_err(|error| broken(&error))?;
    let name = std::str::from_utf8(file.name_raw())
        .map_err(|_| Diagnostic::new("a file name in the archive is not UTF-8"))?;
    check_name(name.strip_suffix('/').unwrap_or(name))?;
    let mode = file.unix_mode().unwrap_or(REGULAR);
    if file.is_dir() {
        return Ok(None);
    }
    if file.is_symlink() || !matches!(mode & KIND, 0 | REGULAR) {
        return Err(not_plain(name));
    }
    if file.encrypted() {
        return Err(Diagnostic::new(format!("'{name}' is encrypted")));
    }
    let is_executable = mode & 0o111 != 0;
    Ok(Some(Entry { name: name.to_owned(), size: file.size(), is_executable, index }))
}

fn not_plain(name: &str) -> Diagnostic {
    Diagnostic::new(format!("'{name}' is a link or a special file, not a regular file"))
}

/// Checks that a name stays below the plugin's folder on every system.
fn check_name(name: &str) -> Result<(), Diagnostic> {
    let diagnostic = |why: &str| Err(Diagnostic::new(format!("the name {name:?} {why}")));
    if name.starts_with('/') {
        return diagnostic("is absolute");
    }
    if name.contains(['\\', ':']) {
        return diagnostic("has a backslash or a drive letter");
    }
    if name.contains(char::is_control) {
        return diagnostic("has control characters");
    }
    if name.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return diagnostic("leaves the plugin's folder");
    }
    Ok(())
}

fn walk(
    folder: &Path,
    prefix: &str,
    limits: Limits,
    entries: &mut Vec<Entry>,
) -> Result<(), Diagnostic> {
    let diagnostic = |error: &std::io::Error| Diagnostic::io("read", folder, error);
    for entry in fs::read_dir(folder).map_err(|error| diagnostic(&error))? {
        let entry = entry.map_err(|error| diagnostic(&error))?;
        let name = entry.file_name();
        let name = name.to_str().ok_or_else(|| Diagnostic::new("a file's name is not UTF-8"))?;
        let name = format!("{prefix}{name}");
        check_name(&name)?;
        // Metadata of the link itself, if it is one.
        let meta = entry.metadata().map_err(|error| diagnostic(&error))?;
        if meta.is_dir() {
            walk(&entry.path(), &format!("{name}/"), limits, entries)?;
        } else if !meta.is_file() {
            return Err(not_plain(&name));
        } else if entries.len() == limits.files {
            return Err(too_many(limits));
        } else {
            let is_executable = is_executable(&meta);
            entries.push(Entry { name, size: meta.len(), is_executable, index: 0 });
        }
    }
    Ok(())
}

#[cfg(unix)]
fn is_executable(meta: &fs::Metadata) -> bool {
    std::os::unix::fs::PermissionsExt::mode(&meta.permissions()) & 0o111 != 0
}

#[cfg(not(unix))]
fn is_executable(_: &fs::Metadata) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use std::io::{Seek as _, SeekFrom};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    const FEW: Limits = Limits { files: 3, bytes: 1000 };

    /// An archive of files that contain this many zeros, modified by `change`.
    fn archive(files: &[(&str, usize)], change: impl FnOnce(&mut Vec<u8>)) -> File {
        let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, size) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(&vec![0; *size]).unwrap();
        }
        let mut bytes = zip.finish().unwrap().into_inner();
        change(&mut bytes);
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&bytes).unwrap();
        file.seek(SeekFrom::Start(0)).unwrap();
        file
    }

    fn refused(files: &[(&str, usize)], change: impl FnOnce(&mut Vec<u8>)) -> String {
        let content = Content::of_archive(archive(files, change), FEW);
        content.map(|content| format!("{:?}", content.entries)).unwrap_err().message
    }

    #[test]
    fn names_stay_below_the_folder() {
        for (name, why) in [
            ("../evil", "the name \"../evil\" leaves the plugin's folder"),
            ("a/../../evil", "the name \"a/../../evil\" leaves the plugin's folder"),
            ("a//b", "the name \"a//b\" leaves the plugin's folder"),
            ("./a", "the name \"./a\" leaves the plugin's folder"),
            ("/etc/evil", "the name \"/etc/evil\" is absolute"),
            ("..\\evil", "the name \"..\\\\evil\" has a backslash or a drive letter"),
            ("C:/evil", "the name \"C:/evil\" has a backslash or a drive letter"),
            ("C:evil", "the name \"C:evil\" has a backslash or a drive letter"),
            ("a\nb", "the name \"a\\nb\" has control characters"),
        ] {
            assert_eq!(refused(&[(name, 1)], |_| ()), why);
        }
    }

    #[test]
    fn sizes_have_limits() {
        assert_eq!(refused(&[("a", 1), ("b", 1), ("c", 1), ("d", 1)], |_| ()), "more than 3 files");
        let large = Content::of_archive(archive(&[("a", 600), ("b", 600)], |_| ()), FEW);
        assert_eq!(large.err().unwrap().message, "more than 0 MiB when unpacked");
        assert!(Content::of_archive(archive(&[("a", 600), ("b", 400)], |_| ()), FEW).is_ok());
    }

    /// The size in an archive's header may be wrong.
    #[test]
    fn a_file_larger_than_its_header_says_is_refused() {
        let (was, is) = (900_u32.to_le_bytes(), 9_u32.to_le_bytes());
        let file = archive(&[("a", 900)], |bytes| {
            let places: Vec<_> =
                (0..bytes.len() - 4).filter(|at| bytes[*at..*at + 4] == was).collect();
            assert_eq!(places.len(), 2, "in the file's header and in the directory");
            places.iter().for_each(|at| bytes[*at..*at + 4].copy_from_slice(&is));
        });
        let mut content = Content::of_archive(file, FEW).ok().unwrap();
        let (entry, mut written) = (content.entries[0].clone(), Vec::new());
        let error = content.copy(&entry, &mut written).unwrap_err();
        assert!(written.len() <= 9, "{}", written.len());
        assert!(error.message.starts_with("'a' "), "{error}");
    }

    #[test]
    fn names_that_differ_only_in_case_are_refused() {
        assert_eq!(
            refused(&[("a", 1), ("A", 1)], |_| ()),
            "two files are named 'A', apart from case"
        );
        let twice = refused(&[("aa", 1), ("ab", 1)], |bytes| {
            for at in 0..bytes.len() - 2 {
                if &bytes[at..at + 2] == b"ab" {
                    bytes[at + 1] = b'a';
                }
            }
        });
        assert_eq!(twice, "the archive has two files of the same name");
        assert!(refused(&[("a", 1)], |bytes| bytes.truncate(20)).starts_with("not a usable zip"));
    }

    #[test]
    fn links_are_refused() {
        let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.add_symlink("link", "/etc/passwd", SimpleFileOptions::default()).unwrap();
        let bytes = zip.finish().unwrap().into_inner();
        let file = archive(&[], |all| *all = bytes);
        let why = "'link' is a link or a special file, not a regular file";
        assert_eq!(Content::of_archive(file, FEW).err().unwrap().message, why);
    }

    #[test]
    #[cfg(unix)]
    fn a_folder_is_checked_like_an_archive() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("in")).unwrap();
        fs::write(folder.path().join("in/a"), "abc").unwrap();
        let mut content = Content::of_folder(folder.path(), FEW).ok().unwrap();
        let entry = content.entries[0].clone();
        assert_eq!((entry.name.as_str(), entry.size), ("in/a", 3));
        let digest = content.copy(&entry, &mut std::io::sink()).unwrap();
        assert!(digest.starts_with("ba7816bf"), "{digest}");
        std::os::unix::fs::symlink("a", folder.path().join("in/link")).unwrap();
        let error = Content::of_folder(folder.path(), FEW).err().unwrap();
        assert!(error.message.starts_with("'in/link' is a link"), "{error}");
    }
}
