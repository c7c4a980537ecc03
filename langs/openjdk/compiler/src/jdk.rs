//! The classes of the JDK, read from its image without running a JVM.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use ristretto_jimage::Image;

use crate::class_file;
use crate::java::JavaClass;
use crate::module_info;

/// A JDK's classes by package.
pub(crate) struct Jdk {
    home: PathBuf,
    image: Image,
    packages: BTreeMap<String, Package>,
}

/// A package of one of the JDK's modules.
struct Package {
    module: String,
    /// The names of its classes within it: `Map$Entry`.
    classes: BTreeSet<String>,
    is_exported: bool,
}

/// The files of the JDK that may be read, in either location.
pub(crate) fn files() -> Vec<PathBuf> {
    let Some(home) = metaffi_openjdk_jdk::home() else { return Vec::new() };
    let homes = [home.join(BUNDLE), home];
    homes.iter().flat_map(|home| [IMAGE, SOURCES].map(|file| home.join(file))).collect()
}

/// The subfolder of a JDK for macOS that has the usual layout.
const BUNDLE: &str = "Contents/Home";
const IMAGE: &str = "lib/modules";
const SOURCES: &str = "lib/src.zip";

impl Jdk {
    /// The JDK that a host would run, or why its classes cannot be read.
    pub(crate) fn find() -> Result<Jdk, String> {
        let home = metaffi_openjdk_jdk::home().ok_or("no JDK found")?;
        let within = home.join(BUNDLE);
        Jdk::open(home).or_else(|error| Jdk::open(within).map_err(|_| error))
    }

    fn open(home: PathBuf) -> Result<Jdk, String> {
        let path = home.join(IMAGE);
        let unreadable = |error| format!("{} cannot be read: {error}", path.display());
        let image = Image::from_file(&path).map_err(unreadable)?;
        let packages = catching_panics(|| packages(&image)).ok_or_else(|| {
            format!(
                "{} cannot be read: its classes are compressed by jlink: set JAVA_HOME \
                 to a full JDK",
                path.display()
            )
        })?;
        let mut jdk = Jdk { home, image, packages };
        jdk.mark_exported();
        Ok(jdk)
    }

    /// Marks the packages that their modules export to everyone.
    fn mark_exported(&mut self) {
        let modules: BTreeSet<String> =
            self.packages.values().map(|package| package.module.clone()).collect();
        for module in modules {
            let Some(bytes) = self.bytes(&format!("/{module}/module-info.class")) else { continue };
            let exported = module_info::exported_packages(&bytes).ok().flatten();
            for name in exported.into_iter().flatten() {
                if let Some(package) = self.packages.get_mut(&name) {
                    package.is_exported = true;
                }
            }
        }
    }

    /// The archive of its sources, which may not be installed; its top folders are modules.
    pub(crate) fn sources(&self) -> PathBuf {
        self.home.join(SOURCES)
    }

    fn bytes(&self, resource: &str) -> Option<Vec<u8>> {
        self.image.get_resource(resource).ok().map(|found| found.data().to_owned())
    }

    /// A class by its binary name.
    pub(crate) fn class(&self, name: &str) -> Option<JavaClass> {
        let (package, class) = name.rsplit_once('.')?;
        let found = self.packages.get(package).filter(|found| found.classes.contains(class))?;
        let path = name.replace('.', "/");
        let bytes = self.bytes(&format!("/{}/{path}.class", found.module))?;
        let class = class_file::read(&bytes).ok()?;
        Some(JavaClass { is_internal: !found.is_exported, ..class })
    }

    /// The classes of a package, or a class with its nested classes, by name; empty for any other
    /// name.
    pub(crate) fn named(&self, name: &str) -> Vec<JavaClass> {
        if let Some(package) = self.packages.get(name).filter(|package| package.is_exported) {
            let names = package.classes.iter().map(|class| format!("{name}.{class}"));
            return names.filter_map(|name| self.class(&name)).collect();
        }
        let Some((package, class)) = self.split(name) else { return Vec::new() };
        let nested = format!("{class}$");
        let names = self.packages.get(package).into_iter().flat_map(|found| &found.classes);
        let matching = names.filter(|name| **name == class || name.starts_with(&nested));
        matching.filter_map(|name| self.class(&format!("{package}.{name}"))).collect()
    }

    /// Whether an exported package or class has this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.packages.get(name).is_some_and(|package| package.is_exported)
            || self.split(name).is_some()
    }

    /// The package and the nested name of an exported class, which may be written as in a source:
    /// `java.util.Map.Entry`.
    fn split<'n>(&self, name: &'n str) -> Option<(&'n str, String)> {
        let ends = name.match_indices('.').map(|(index, _)| index);
        ends.rev().find_map(|end| {
            let (package, class) = (&name[..end], name[end + 1..].replace('.', "$"));
            let found = self.packages.get(package).filter(|found| found.is_exported)?;
            found.classes.contains(&class).then_some((package, class))
        })
    }
}

/// The packages that contain classes.
fn packages(image: &Image) -> BTreeMap<String, Package> {
    let mut packages: BTreeMap<String, Package> = BTreeMap::new();
    for resource in image {
        let Ok(resource) = resource else { continue };
        if resource.extension() != "class" || resource.parent().is_empty() {
            continue;
        }
        let package = packages.entry(resource.parent().replace('/', "."));
        let package = package.or_insert_with(|| Package {
            module: resource.module().to_owned(),
            classes: BTreeSet::new(),
            is_exported: false,
        });
        package.classes.insert(resource.base().to_owned());
    }
    packages
}

/// The result of reading an image; `None` if the library panics, as it does for compressed classes.
fn catching_panics<T>(read: impl FnOnce() -> T) -> Option<T> {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| ()));
    // The image is only read, so a panic leaves nothing inconsistent.
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(read));
    std::panic::set_hook(hook);
    outcome.ok()
}
