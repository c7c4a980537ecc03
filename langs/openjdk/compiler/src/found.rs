//! The classes of a source, and its modules, one for each package.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use metaffi_compiler::{Diagnostic, Request};
use metaffi_idl::Module;

use crate::docs::Sources;
use crate::jdk::Jdk;
use crate::members::Reader;
use crate::skipped::Skipped;
use crate::source::ClassFile;
use crate::visible::{ClassSet, Role};
use crate::{class_file, module_info};

/// The class-file version of the first Java version.
const OLDEST_VERSION: u16 = 45;
/// The difference between a class-file version and its Java version.
const VERSION_OF_JAVA_0: u16 = 44;
/// A class-file version that no Java version of the next decades has.
const NEWEST_VERSION: u16 = 98;

/// The maximum number of class files that an error names.
const MAX_REASONS: usize = 3;

/// The classes of all class files.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) classes: ClassSet,
    pub(crate) skipped: Skipped,
    pub(crate) sources: Sources,
    /// Packages that their Java module does not export.
    internal: BTreeSet<String>,
    /// The number of classes that could be read.
    read: usize,
    declares_module: bool,
    /// The newest class-file version.
    version: u16,
}

impl Found {
    /// Adds the files of one jar or folder; skips broken ones.
    pub(crate) fn add_all(&mut self, files: &[ClassFile]) {
        let mut packages = BTreeSet::new();
        let mut exported = None;
        for file in files {
            let added = if file.place.ends_with("module-info.class") {
                self.declares_module = true;
                module_info::exported_packages(&file.bytes)
                    .map(|packages| exported = exported.take().or(packages))
                    .map_err(broken)
            } else {
                self.add(file).map(|package| _ = packages.insert(package))
            };
            if let Err(why) = added {
                self.skipped.add(file.place.display().to_string(), why);
            }
        }
        if let Some(exported) = exported {
            self.internal.extend(packages.difference(&exported).cloned());
        }
    }

    /// Adds packages and classes of the JDK.
    pub(crate) fn add_of_jdk(&mut self, names: &[String], jdk: Option<&Jdk>) {
        let named = names.iter().flat_map(|name| jdk.map_or_else(Vec::new, |jdk| jdk.named(name)));
        for class in named {
            self.read += 1;
            self.classes.add(class, Role::Own);
        }
    }

    /// Adds a class and returns its package.
    fn add(&mut self, file: &ClassFile) -> Result<String, String> {
        let version = class_file::version(&file.bytes).map_err(broken)?;
        if !(OLDEST_VERSION..=NEWEST_VERSION).contains(&version) {
            return Err(format!("its class-file version {version} is unknown"));
        }
        let class = class_file::read(&file.bytes).map_err(broken)?;
        let expected = format!("{}.class", class.name.replace('.', "/"));
        if file.entry.as_ref().is_some_and(|entry| *entry != expected) {
            return Err(format!("a JVM looks for class {} at {expected}", class.name));
        }
        let package = class.package().to_owned();
        self.read += 1;
        self.version = self.version.max(version);
        self.classes.add(class, Role::Own);
        Ok(package)
    }

    /// Warns if the JVM that a host would run cannot load the classes.
    pub(crate) fn warn_if_too_new(&self, request: &Request<'_>) {
        let (Some(java), needed) = (metaffi_openjdk_jdk::version(), self.version) else { return };
        if needed <= java as u16 + VERSION_OF_JAVA_0 {
            return;
        }
        let needs = needed - VERSION_OF_JAVA_0;
        let message = format!(
            "it has class files of version {needed}, which need Java {needs}: Java {java}, which was \
             found, cannot load them"
        );
        let help = format!("install a JDK {needs} or later, and set JAVA_HOME to it");
        request.progress.warn(&Diagnostic::new(message).at(request.source).help(help));
    }

    /// The diagnostic for a source without callable members.
    pub(crate) fn nothing_callable(&self, source: &Path) -> Diagnostic {
        let (message, help) = match self.read {
            0 if self.skipped.is_empty() && self.declares_module => (
                "it only declares a Java module, and contains no classes",
                "its classes are in other jars: pass those",
            ),
            0 => (
                "none of its class files can be read",
                "compile it for a supported Java version, or download it again",
            ),
            _ => (
                "it contains no public class",
                "only public members of public classes can be called",
            ),
        };
        let reasons = self.skipped.iter().filter(|_| self.read == 0).take(MAX_REASONS);
        Diagnostic::new(message)
            .at(source)
            .help(help)
            .related(reasons.map(|(what, why)| Diagnostic::new(format!("{what}: {why}"))))
    }

    /// One module for each package; the unnamed package's module is named `stem`.
    pub(crate) fn modules(&mut self, stem: &str) -> Vec<Module> {
        let mut skipped = std::mem::take(&mut self.skipped);
        let reader = Reader::of(&self.classes, &self.sources);
        let mut modules: BTreeMap<(bool, &str), Module> = BTreeMap::new();
        for (role, is_external) in [(Role::Own, false), (Role::Described, true)] {
            for class in self.classes.shown(role) {
                let Some(read) = reader.read(class, role) else {
                    skipped.add_unnameable(&class.name);
                    continue;
                };
                read.unnameable.iter().for_each(|name| skipped.add_unnameable(name));
                let package = class.package();
                let module = modules.entry((is_external, package));
                let module =
                    module.or_insert_with(|| Module { is_external, ..self.module(package, stem) });
                module.classes.push(read.class);
            }
        }
        let modules = modules.into_values().collect();
        self.skipped = skipped;
        modules
    }

    /// An empty module for `package`; tagged `internal` if the package's Java module does not
    /// export it. It can still be called: on a class path all packages are open.
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
