//! Documentation and parameter names, from the sources next to class files.
//!
//! `declarations` reads a source, `javadoc` a comment in it; this module finds the sources, and the
//! declaration of each member.

mod declarations;
mod javadoc;

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use zip::ZipArchive;

use crate::java::{JavaBase, JavaClass, JavaMethod, JavaType};
use crate::source;
pub(crate) use declarations::{ClassSource, MethodSource};
pub(crate) use javadoc::Docs;

/// The maximum size of a source.
const MAX_SOURCE_SIZE: u64 = 16 << 20;

/// The available sources, each read when one of its classes is first needed.
#[derive(Default)]
pub(crate) struct Sources {
    /// By package path and file name.
    files: HashMap<String, Place>,
    archives: Vec<RefCell<ZipArchive<BufReader<File>>>>,
    /// The declarations of the sources read so far, by binary class name.
    read: RefCell<HashMap<String, Declared>>,
}

/// The path of a jar's sources, which may not exist.
pub(crate) fn archive_beside(path: &Path) -> Option<PathBuf> {
    let stem = path.file_stem().filter(|_| source::suffix(path) == "jar")?;
    Some(path.with_file_name(format!("{}-sources.jar", stem.to_string_lossy())))
}

type Declared = HashMap<String, Rc<ClassSource>>;

#[derive(Clone)]
enum Place {
    File(PathBuf),
    Entry { archive: usize, index: usize },
}

impl Sources {
    /// Adds the sources next to a jar or in a folder, or a source itself.
    pub(crate) fn add_beside(&mut self, path: &Path) {
        if path.is_dir() {
            source::java_files(path).into_iter().for_each(|file| self.add_file(file));
        } else if source::suffix(path) == "java" {
            self.add_file(path.to_owned());
        } else if let Some(archive) = archive_beside(path) {
            self.add_archive(&archive, 0);
        }
    }

    /// Adds a file, by the package that it declares.
    fn add_file(&mut self, file: PathBuf) {
        let Ok(text) = fs::read_to_string(&file) else { return };
        let package = declarations::package(&text).replace('.', "/");
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let key = if package.is_empty() { name.into_owned() } else { format!("{package}/{name}") };
        self.files.entry(key).or_insert(Place::File(file));
    }

    /// Adds the sources of an archive, if it exists. `folders` is the number of folders above the
    /// packages.
    pub(crate) fn add_archive(&mut self, path: &Path, folders: usize) {
        let Ok(file) = File::open(path) else { return };
        let Ok(archive) = ZipArchive::new(BufReader::new(file)) else { return };
        let number = self.archives.len();
        for index in 0..archive.len() {
            let Some(Ok(name)) = archive.name_for_index(index) else { continue };
            let key = name.splitn(folders + 1, '/').nth(folders);
            if let Some(key) = key.filter(|key| key.ends_with(".java")) {
                let place = Place::Entry { archive: number, index };
                self.files.entry(key.to_owned()).or_insert(place);
            }
        }
        self.archives.push(RefCell::new(archive));
    }

    /// The declaration of a class in its source.
    pub(crate) fn class(&self, class: &JavaClass) -> Option<Rc<ClassSource>> {
        let outermost = class.name.split('$').next().unwrap_or_default();
        let file = format!("{}.java", outermost.replace('.', "/"));
        let place = self.files.get(&file)?;
        let mut read = self.read.borrow_mut();
        let declared = read.entry(file).or_insert_with(|| {
            let text = self.text(place).unwrap_or_default();
            declarations::read(&text).into_iter().map(|(name, own)| (name, Rc::new(own))).collect()
        });
        declared.get(&class.name).cloned()
    }

    fn text(&self, place: &Place) -> Option<String> {
        let mut bytes = Vec::new();
        match place {
            Place::File(path) => bytes = fs::read(path).ok()?,
            Place::Entry { archive, index } => {
                let mut archive = self.archives[*archive].borrow_mut();
                let entry = archive.by_index(*index).ok()?;
                entry.take(MAX_SOURCE_SIZE).read_to_end(&mut bytes).ok()?;
            }
        }
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }
}

impl ClassSource {
    /// The declaration of a method or constructor: among those with its name and number of
    /// parameters, the one whose types match best.
    pub(crate) fn method(&self, method: &JavaMethod) -> Option<&MethodSource> {
        let count = method.parameters.len();
        let named = self.methods.iter().filter(|own| own.name == method.name);
        let fitting = named.filter(|own| own.parameters.len() == count);
        let alike = |own: &&MethodSource| {
            let types = own.parameters.iter().map(|parameter| &parameter.ty);
            types.zip(method.types()).filter(|(text, ty)| **text == simple(ty)).count()
        };
        // The first one of several equal matches.
        fitting.rev().max_by_key(alike)
    }
}

/// A type as written in a source without arguments: `Entry[]`.
fn simple(ty: &JavaType) -> String {
    let name = match &ty.base {
        JavaBase::Boolean => "boolean",
        JavaBase::Byte => "byte",
        JavaBase::Short => "short",
        JavaBase::Int => "int",
        JavaBase::Long => "long",
        JavaBase::Float => "float",
        JavaBase::Double => "double",
        JavaBase::Char => "char",
        JavaBase::Class(name) => name.rsplit(['.', '$']).next().unwrap_or(name),
    };
    name.to_owned() + &"[]".repeat(ty.dimensions.into())
}
