//! The sources of class files: jars, folders, single files.
//!
//! Finds and reads bytes; does not parse them.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use metaffi_compiler::{Diagnostic, read_file};
use zip::ZipArchive;

use crate::skipped::Skipped;

/// The bytes of a class file.
pub(crate) struct ClassFile {
    /// The path for messages: `a.jar!/org/x/Y.class`.
    pub(crate) place: PathBuf,
    /// Its path below the root of the class path (`org/x/Y.class`), if known.
    pub(crate) entry: Option<String>,
    pub(crate) bytes: Vec<u8>,
}

/// The maximum number of files to look at in a folder before its first class file.
const SEARCHED: usize = 10_000;

/// Suffixes of archives that contain classes. A JVM also loads classes from a `.zip`.
const ARCHIVES: &[&str] = &["jar", "zip", "war", "ear"];

/// Whether `path` looks like Java: by its suffix, or a folder with class files
/// or sources.
pub(crate) fn is_java(path: &Path) -> bool {
    ["class", "java"].iter().chain(ARCHIVES).any(|known| suffix(path) == *known)
        || Walk::new(path).take(SEARCHED).any(|file| is_class(&file) || is_source(&file))
}

fn is_class(path: &Path) -> bool {
    suffix(path) == "class"
}

fn is_source(path: &Path) -> bool {
    suffix(path) == "java"
}

/// The sources to compile: `path` itself, or those below a folder without class files.
pub(crate) fn sources(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return if is_source(path) { vec![path.to_owned()] } else { Vec::new() };
    }
    if Walk::new(path).any(|file| is_class(&file)) {
        return Vec::new();
    }
    java_files(path)
}

/// All sources below a folder.
pub(crate) fn java_files(folder: &Path) -> Vec<PathBuf> {
    let mut sources: Vec<PathBuf> = Walk::new(folder).filter(|file| is_source(file)).collect();
    sources.sort();
    sources
}

/// The suffix in lower case.
pub(crate) fn suffix(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_lowercase()
}

/// Reads all class files of a jar, a folder or a file.
pub(crate) fn read(path: &Path, skipped: &mut Skipped) -> Result<Vec<ClassFile>, Diagnostic> {
    if !path.exists() {
        return Err(Diagnostic::new("no such file or folder")
            .at(path)
            .help("check the path; it is relative to the working directory"));
    }
    let found = match suffix(path).as_str() {
        _ if path.is_dir() => folder(path)?,
        "jar" | "zip" => jar(path, skipped)?,
        "war" | "ear" => return Err(of_server(path)),
        "class" => with_nested(path)?,
        _ => {
            return Err(
                Diagnostic::new("this is not a jar, class file, Java source or folder").at(path)
            );
        }
    };
    if found.is_empty() {
        return Err(Diagnostic::new("it contains no class files")
            .at(path)
            .help("pass a jar, a class folder, or Java sources"));
    }
    Ok(found)
}

fn of_server(path: &Path) -> Diagnostic {
    Diagnostic::new("this is an archive for a server: a JVM finds no classes in it")
        .at(path)
        .help("unpack it, and pass WEB-INF/classes and the jars of WEB-INF/lib, joined with ';'")
}

fn folder(root: &Path) -> Result<Vec<ClassFile>, Diagnostic> {
    let mut paths: Vec<PathBuf> = Walk::new(root).filter(|file| is_class(file)).collect();
    paths.sort();
    paths.into_iter().map(|path| class_file(Some(root), path)).collect()
}

/// A class file and its nested classes in the same folder.
fn with_nested(path: &Path) -> Result<Vec<ClassFile>, Diagnostic> {
    let mut paths = nested(path);
    paths.insert(0, path.to_owned());
    paths.into_iter().map(|path| class_file(None, path)).collect()
}

/// The nested classes next to a class file; empty for other files.
pub(crate) fn nested(path: &Path) -> Vec<PathBuf> {
    if path.is_dir() || suffix(path) != "class" {
        return Vec::new();
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let nested = format!("{stem}$");
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let beside = fs::read_dir(folder.unwrap_or(Path::new("."))).into_iter().flatten().flatten();
    let is_nested = |file: &PathBuf| {
        suffix(file) == "class"
            && file.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&nested))
    };
    let mut paths: Vec<PathBuf> = beside.map(|entry| entry.path()).filter(is_nested).collect();
    paths.sort();
    paths
}

fn class_file(root: Option<&Path>, path: PathBuf) -> Result<ClassFile, Diagnostic> {
    let bytes = read_file(&path).map_err(|error| Diagnostic::io("read", &path, &error))?;
    let entry = root.and_then(|root| path.strip_prefix(root).ok()).map(|below| {
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        parts.join("/")
    });
    Ok(ClassFile { place: path, entry, bytes })
}

/// The class files of a jar by name.
fn jar(path: &Path, skipped: &mut Skipped) -> Result<Vec<ClassFile>, Diagnostic> {
    let file = File::open(path).map_err(|error| Diagnostic::io("read", path, &error))?;
    let size = file.metadata().map_or(0, |found| found.len());
    let mut left = MIN_LIMIT.max(size.saturating_mul(MAX_INFLATION));
    let limit = left;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| {
        Diagnostic::new(format!("this is not a jar: {error}"))
            .at(path)
            .help("a jar is a zip archive: check that it was downloaded completely")
    })?;
    let mut found = BTreeMap::new();
    for index in 0..archive.len() {
        let name = match archive.name_for_index(index) {
            Some(Ok(name)) if is_class_entry(&name) => name.into_owned(),
            _ => continue,
        };
        let place = PathBuf::from(format!("{}!/{name}", path.display()));
        match entry_bytes(&mut archive, index, left) {
            Ok(bytes) if bytes.len() as u64 > left => return Err(bomb(path, size, limit)),
            Ok(bytes) => {
                left -= bytes.len() as u64;
                found.insert(name.clone(), ClassFile { place, entry: Some(name), bytes });
            }
            Err(error) => {
                let why = format!("it cannot be unpacked ({error})");
                skipped.add(place.display().to_string(), why);
            }
        }
    }
    Ok(found.into_values().collect())
}

/// Entries below META-INF are other versions of the same classes (a multi-release jar); of these,
/// only a module declaration is relevant.
fn is_class_entry(entry: &str) -> bool {
    entry.ends_with(".class")
        && (!entry.starts_with("META-INF/") || entry.ends_with("/module-info.class"))
}

/// The maximum ratio between the size of a jar's class files and the jar: usual jars rarely reach
/// four.
const MAX_INFLATION: u64 = 16;
/// The limit for small jars.
const MIN_LIMIT: u64 = 64 << 20;

fn bomb(path: &Path, size: u64, limit: u64) -> Diagnostic {
    let message = format!(
        "its class files inflate to more than {} MB, which is too much for a jar of {} kB",
        limit >> 20,
        size >> 10
    );
    Diagnostic::new(message).at(path).help("check that the jar can be trusted")
}

/// The content of an entry; if it is longer than `limit`, one byte more than that.
fn entry_bytes(
    archive: &mut ZipArchive<BufReader<File>>,
    index: usize,
    limit: u64,
) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    archive.by_index(index)?.take(limit + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// All files below a folder, in no particular order. Unreadable folders are skipped, and so are
/// links to folders, which may form cycles.
struct Walk {
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

impl Walk {
    fn new(root: &Path) -> Walk {
        Walk { folders: vec![root.to_owned()], files: Vec::new() }
    }
}

impl Iterator for Walk {
    type Item = PathBuf;

    fn next(&mut self) -> Option<PathBuf> {
        while self.files.is_empty() {
            for entry in fs::read_dir(self.folders.pop()?).into_iter().flatten().flatten() {
                let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
                let list = if is_folder { &mut self.folders } else { &mut self.files };
                list.push(entry.path());
            }
        }
        self.files.pop()
    }
}
