//! Where class files come from: jars, folders, single files.
//!
//! Finds and reads bytes; does not look into them.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use metaffi_compiler::{Diagnostic, read_file};
use zip::ZipArchive;

use crate::left_out::LeftOut;

/// The bytes of a class file.
pub(crate) struct ClassFile {
    /// What a person calls it: `a.jar!/org/x/Y.class`.
    pub(crate) place: PathBuf,
    /// Its path below the root of the class path (`org/x/Y.class`), if known.
    pub(crate) entry: Option<String>,
    pub(crate) bytes: Vec<u8>,
}

/// How many files a folder may have before its first class file.
const SEARCHED: usize = 10_000;

/// Suffixes of archives that hold classes. A JVM takes the classes of a `.zip`.
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

/// The sources that have to be compiled: `path` itself, or those below a folder
/// that has no class files.
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
pub(crate) fn read(path: &Path, left_out: &mut LeftOut) -> Result<Vec<ClassFile>, Diagnostic> {
    if !path.exists() {
        return Err(Diagnostic::new("no such file or folder")
            .at(path)
            .help("check the path; it is relative to the working directory"));
    }
    let found = match suffix(path).as_str() {
        _ if path.is_dir() => folder(path)?,
        "jar" | "zip" => jar(path, left_out)?,
        "war" | "ear" => return Err(of_server(path)),
        "class" => with_nested(path)?,
        _ => {
            return Err(
                Diagnostic::new("this is not a jar, class file, Java source or folder").at(path)
            );
        }
    };
    if found.is_empty() {
        return Err(Diagnostic::new("there is no class file in it")
            .at(path)
            .help("name what holds the classes: a jar, a class folder, or Java sources"));
    }
    Ok(found)
}

fn of_server(path: &Path) -> Diagnostic {
    Diagnostic::new("this is for a server: a JVM finds no classes in it")
        .at(path)
        .help("unpack it, and name WEB-INF/classes and the jars of WEB-INF/lib, joined with ';'")
}

fn folder(root: &Path) -> Result<Vec<ClassFile>, Diagnostic> {
    let mut paths: Vec<PathBuf> = Walk::new(root).filter(|file| is_class(file)).collect();
    paths.sort();
    paths.into_iter().map(|path| class_file(Some(root), path)).collect()
}

/// A class file and those of its nested classes beside it.
fn with_nested(path: &Path) -> Result<Vec<ClassFile>, Diagnostic> {
    let mut paths = nested(path);
    paths.insert(0, path.to_owned());
    paths.into_iter().map(|path| class_file(None, path)).collect()
}

/// The nested classes beside a class file; nothing for others.
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
fn jar(path: &Path, left_out: &mut LeftOut) -> Result<Vec<ClassFile>, Diagnostic> {
    let file = File::open(path).map_err(|error| Diagnostic::io("read", path, &error))?;
    let size = file.metadata().map_or(0, |found| found.len());
    let mut left = SMALLEST_LIMIT.max(size.saturating_mul(MOST_INFLATED));
    let limit = left;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| {
        Diagnostic::new(format!("this is not a jar: {error}"))
            .at(path)
            .help("a jar is a zip archive; was it downloaded completely?")
    })?;
    let mut found = BTreeMap::new();
    for index in 0..archive.len() {
        let name = match archive.name_for_index(index) {
            Some(Ok(name)) if is_wanted(&name) => name.into_owned(),
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
                left_out.add(place.display().to_string(), why);
            }
        }
    }
    Ok(found.into_values().collect())
}

/// What lies below META-INF are other versions of the same classes (a
/// multi-release jar); of these, only a module declaration says more.
fn is_wanted(entry: &str) -> bool {
    entry.ends_with(".class")
        && (!entry.starts_with("META-INF/") || entry.ends_with("/module-info.class"))
}

/// How many times its own size the class files of a jar may have: they rarely
/// have four times.
const MOST_INFLATED: u64 = 16;
/// What those of a small jar may have in any case.
const SMALLEST_LIMIT: u64 = 64 << 20;

fn bomb(path: &Path, size: u64, limit: u64) -> Diagnostic {
    let message = format!(
        "its class files inflate to more than {} MB, which a jar of {} kB does not hold",
        limit >> 20,
        size >> 10
    );
    Diagnostic::new(message).at(path).help("is it a jar that can be trusted?")
}

/// What an entry holds; of one that has more than `limit`, one byte more.
fn entry_bytes(
    archive: &mut ZipArchive<BufReader<File>>,
    index: usize,
    limit: u64,
) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    archive.by_index(index)?.take(limit + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// All files below a folder, in no order. What cannot be read is passed over,
/// and so are links to folders, which may lead back up.
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
