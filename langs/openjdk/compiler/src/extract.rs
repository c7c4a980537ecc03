//! A source's class files to its IDL: one module for each package.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use metaffi_compiler::{
    Diagnostic, Options, Progress, Request, identifier, idl_for, source_paths, stem_of_archive,
    stem_of_file,
};
use metaffi_idl::{Idl, Module};

use crate::members::Reader;
use crate::source::{self, ClassFile, suffix};
use crate::visible::{ClassSet, Role};
use crate::{class_file, javac, module_info, operations};

/// Reads what `request.source` offers.
pub(crate) fn extract(request: &Request<'_>) -> Result<Idl, Diagnostic> {
    request.options.only(&["classpath"])?;
    let (sources, classes): (Vec<PathBuf>, Vec<PathBuf>) =
        source_paths(request.source).into_iter().partition(|path| suffix(path) == "java");
    let mut found = Found::default();
    for path in &classes {
        found.add_all(&source::read(path, request.progress)?, request.progress);
    }
    if !sources.is_empty() {
        let made = javac::compile(&sources, &class_path(&classes, request.options))?;
        found.add_all(&source::read(made.path(), request.progress)?, request.progress);
    }
    let stem = stem(request.source);
    let modules = found.modules(&stem, request.progress);
    if modules.is_empty() {
        return Err(nothing(request.source, &found));
    }
    let (class_of, supertypes_of) =
        (Some(operations::class_of()), Some(operations::supertypes_of()));
    Ok(Idl {
        modules,
        class_of,
        supertypes_of,
        object_operations: operations::of_objects(),
        ..idl_for(request.source, "openjdk", stem, guest_lib(request.source))
    })
}

/// What sources are compiled with: the given jars, then the option.
fn class_path(classes: &[PathBuf], options: &Options) -> Vec<PathBuf> {
    let option = options.get("classpath").map(|text| source_paths(Path::new(text)));
    classes.iter().cloned().chain(option.into_iter().flatten()).collect()
}

fn stem(source: &Path) -> String {
    let Some(first) = source_paths(source).into_iter().next() else { return identifier("") };
    let full = first.canonicalize().unwrap_or(first);
    match suffix(&full).as_str() {
        _ if full.is_dir() => identifier(&full.file_name().unwrap_or_default().to_string_lossy()),
        "jar" => stem_of_archive(&full),
        _ => stem_of_file(&full),
    }
}

/// What a host loads: the source, or the class file that a source becomes.
fn guest_lib(source: &Path) -> String {
    let loadable = |path: PathBuf| match suffix(&path).as_str() {
        "java" => path.with_extension("class"),
        _ => path,
    };
    let paths = source_paths(source).into_iter().map(loadable);
    paths.map(|path| path.to_string_lossy().into_owned()).collect::<Vec<_>>().join(";")
}

fn nothing(source: &Path, found: &Found) -> Diagnostic {
    let message = if found.classes.is_empty() {
        "none of its class files can be read"
    } else {
        "there is no public class in it"
    };
    Diagnostic::new(message).at(source).help("only public members of public classes can be called")
}

/// The classes of all class files.
#[derive(Default)]
struct Found {
    classes: ClassSet,
    /// Packages that their Java module keeps to itself.
    internal: BTreeSet<String>,
}

impl Found {
    /// Adds the files of one jar or folder; a broken one is told and left out.
    fn add_all(&mut self, files: &[ClassFile], progress: &dyn Progress) {
        let mut packages = BTreeSet::new();
        let mut exported = None;
        for file in files {
            let added = if file.place.ends_with("module-info.class") {
                module_info::exported_packages(&file.bytes)
                    .map(|packages| exported = exported.take().or(packages))
                    .map_err(broken)
            } else {
                self.add(file).map(|package| _ = packages.insert(package))
            };
            if let Err(why) = added {
                let message = format!("this class file was left out: {why}");
                progress.warn(&Diagnostic::new(message).at(&file.place));
            }
        }
        if let Some(exported) = exported {
            self.internal.extend(packages.difference(&exported).cloned());
        }
    }

    /// Adds a class and returns its package.
    fn add(&mut self, file: &ClassFile) -> Result<String, String> {
        let class = class_file::read(&file.bytes).map_err(broken)?;
        let expected = format!("{}.class", class.name.replace('.', "/"));
        if file.entry.as_ref().is_some_and(|entry| *entry != expected) {
            return Err(format!("a JVM looks for class {} at {expected}", class.name));
        }
        let package = class.package().to_owned();
        self.classes.add(class, Role::Own);
        Ok(package)
    }

    /// One module for each package; that of classes without one is named `stem`.
    fn modules(&self, stem: &str, progress: &dyn Progress) -> Vec<Module> {
        let mut modules: BTreeMap<&str, Module> = BTreeMap::new();
        let reader = Reader::of(&self.classes);
        for class in self.classes.shown(Role::Own) {
            let Some(read) = reader.read(class) else {
                tell_unnameable(&class.name, progress);
                continue;
            };
            read.unnameable.iter().for_each(|name| tell_unnameable(name, progress));
            let package = class.package();
            let module = modules.entry(package).or_insert_with(|| self.module(package, stem));
            module.classes.push(read.class);
        }
        modules.into_values().collect()
    }

    /// An empty module for `package`; tagged `internal` when the package's Java
    /// module does not export it. It can be called nevertheless: on a class
    /// path all packages are open.
    fn module(&self, package: &str, stem: &str) -> Module {
        let name = if package.is_empty() { stem } else { package };
        let mut module = Module { name: name.to_owned(), ..Module::default() };
        module.tags.insert("package".to_owned(), package.to_owned());
        if self.internal.contains(package) {
            module.tags.insert("internal".to_owned(), String::new());
        }
        module
    }
}

fn broken(error: noak::error::DecodeError) -> String {
    format!("it is broken ({error})")
}

fn tell_unnameable(name: &str, progress: &dyn Progress) {
    let message = format!("{name} was left out: no entity path can hold ',' or '='");
    progress.warn(&Diagnostic::new(message));
}
