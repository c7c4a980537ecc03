//! The classes of a source, as they are found, and its modules: one for each package.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use metaffi_compiler::{Diagnostic, Request};
use metaffi_idl::Module;

use crate::docs::Sources;
use crate::jdk::Jdk;
use crate::left_out::LeftOut;
use crate::members::Reader;
use crate::source::ClassFile;
use crate::visible::{ClassSet, Role};
use crate::{class_file, module_info};

/// The class-file version of the first Java there was.
const OLDEST_VERSION: u16 = 45;
/// What a class file's version is more than its Java's.
const VERSION_OF_JAVA_0: u16 = 44;
/// No Java of the next decades has a class-file version like this.
const NEWEST_VERSION: u16 = 98;

/// How many of its class files an error names.
const MOST_REASONS: usize = 3;

/// The classes of all class files.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) classes: ClassSet,
    pub(crate) left_out: LeftOut,
    pub(crate) sources: Sources,
    /// Packages that their Java module keeps to itself.
    internal: BTreeSet<String>,
    /// How many classes could be read.
    read: usize,
    declares_module: bool,
    /// The newest class-file version.
    version: u16,
}

impl Found {
    /// Adds the files of one jar or folder; a broken one is left out.
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
                self.left_out.add(file.place.display().to_string(), why);
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
            return Err(format!("its class-file version {version} is that of no known Java"));
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

    /// Warns when the JVM that a host would run cannot load what was read.
    pub(crate) fn tell_too_new(&self, request: &Request<'_>) {
        let (Some(java), needed) = (metaffi_openjdk_jdk::version(), self.version) else { return };
        if needed <= java as u16 + VERSION_OF_JAVA_0 {
            return;
        }
        let needs = needed - VERSION_OF_JAVA_0;
        let message = format!(
            "it has class files of version {needed}, which need Java {needs}, and Java {java} was \
             found: that cannot load them"
        );
        let help = format!("install a JDK {needs} or later, and set JAVA_HOME to it");
        request.progress.warn(&Diagnostic::new(message).at(request.source).help(help));
    }

    /// Why nothing of the source can be called.
    pub(crate) fn nothing(&self, source: &Path) -> Diagnostic {
        let (message, help) = match self.read {
            0 if self.left_out.is_empty() && self.declares_module => (
                "it only declares a Java module, and has no class",
                "its classes are in other jars: name those",
            ),
            0 => (
                "none of its class files can be read",
                "compile it for a Java that is known, or download it again",
            ),
            _ => (
                "there is no public class in it",
                "only public members of public classes can be called",
            ),
        };
        let reasons = self.left_out.iter().filter(|_| self.read == 0).take(MOST_REASONS);
        Diagnostic::new(message)
            .at(source)
            .help(help)
            .related(reasons.map(|(what, why)| Diagnostic::new(format!("{what}: {why}"))))
    }

    /// One module for each package; that of classes without one is named `stem`.
    pub(crate) fn modules(&mut self, stem: &str) -> Vec<Module> {
        let mut left_out = std::mem::take(&mut self.left_out);
        let reader = Reader::of(&self.classes, &self.sources);
        let mut modules: BTreeMap<(bool, &str), Module> = BTreeMap::new();
        for (role, is_external) in [(Role::Own, false), (Role::Described, true)] {
            for class in self.classes.shown(role) {
                let Some(read) = reader.read(class, role) else {
                    left_out.add_unnameable(&class.name);
                    continue;
                };
                read.unnameable.iter().for_each(|name| left_out.add_unnameable(name));
                let package = class.package();
                let module = modules.entry((is_external, package));
                let module =
                    module.or_insert_with(|| Module { is_external, ..self.module(package, stem) });
                module.classes.push(read.class);
            }
        }
        let modules = modules.into_values().collect();
        self.left_out = left_out;
        modules
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
