//! Classes that a source refers to but does not contain: on its class path, and in the JDK.

use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use zip::ZipArchive;

use crate::class_file;
use crate::java::JavaClass;
use crate::jdk::Jdk;

/// A limit far above the size of any compiled class file.
const MAX_CLASS_SIZE: u64 = 64 << 20;

/// Where these classes are looked up, in order.
pub(crate) struct ClassPath<'j> {
    entries: Vec<Entry>,
    jdk: Option<&'j Jdk>,
}

enum Entry {
    Jar(ZipArchive<BufReader<File>>),
    Folder(PathBuf),
}

impl<'j> ClassPath<'j> {
    /// Entries that cannot be opened are skipped: they were not requested directly.
    pub(crate) fn new(paths: &[PathBuf], jdk: Option<&'j Jdk>) -> ClassPath<'j> {
        ClassPath { entries: paths.iter().filter_map(|path| Entry::open(path)).collect(), jdk }
    }

    /// The class of this binary name.
    pub(crate) fn find(&mut self, name: &str) -> Option<JavaClass> {
        let file = format!("{}.class", name.replace('.', "/"));
        let bytes = self.entries.iter_mut().find_map(|entry| entry.read(&file));
        let class = bytes.and_then(|bytes| class_file::read(&bytes).ok());
        class.filter(|class| class.name == name).or_else(|| self.jdk?.class(name))
    }
}

impl Entry {
    fn open(path: &Path) -> Option<Entry> {
        if path.is_dir() {
            return Some(Entry::Folder(path.to_owned()));
        }
        ZipArchive::new(BufReader::new(File::open(path).ok()?)).ok().map(Entry::Jar)
    }

    fn read(&mut self, file: &str) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        match self {
            Entry::Folder(folder) => return fs::read(folder.join(file)).ok(),
            Entry::Jar(jar) => {
                jar.by_name(file).ok()?.take(MAX_CLASS_SIZE).read_to_end(&mut bytes).ok()?;
            }
        }
        Some(bytes)
    }
}
