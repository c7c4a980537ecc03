//! Extracts a source to its IDL: its parts, what they need, and what a host loads.

use std::path::{Path, PathBuf};

use metaffi_compiler::{
    Diagnostic, Input, Key, Options, Request, identifier, idl_for, source_paths, stem_of_archive,
    stem_of_file,
};
use metaffi_idl::Idl;

use crate::class_path::ClassPath;
use crate::found::Found;
use crate::jdk::{self, Jdk};
use crate::source::{self, suffix};
use crate::{docs, elsewhere, javac, operations};

/// The only option of the reader.
pub(crate) const CLASS_PATH: Key<'_> =
    Key { name: "classpath", about: "jars and folders that .java sources need, joined with ';'" };

/// Reads the classes of `request.source`.
pub(crate) fn extract(request: &Request<'_>) -> Result<Idl, Diagnostic> {
    let jdk = Jdk::find();
    let parts = Parts::of(request.source, jdk.as_ref().ok());
    let mut found = Found::default();
    for path in &parts.classes {
        let files = source::read(path, &mut found.skipped)?;
        found.add_all(&files);
    }
    let class_path = class_path(&parts.classes, request.options);
    if !parts.sources.is_empty() {
        let made = javac::compile(&parts.sources, &class_path)?;
        let files = source::read(made.path(), &mut found.skipped)?;
        found.add_all(&files);
    }
    if let Err(why) = &jdk {
        let message = format!("classes of the JDK are not described, only named: {why}");
        request.progress.warn(&Diagnostic::new(message).help(metaffi_openjdk_jdk::get_jdk()));
    }
    found.warn_if_too_new(request);
    parts.classes.iter().chain(&parts.sources).for_each(|path| found.sources.add_beside(path));
    if let (false, Ok(jdk)) = (parts.names.is_empty(), &jdk) {
        found.sources.add_archive(&jdk.sources(), 1);
    }
    let jdk = jdk.ok();
    found.add_of_jdk(&parts.names, jdk.as_ref());
    let mut class_path = ClassPath::new(&class_path, jdk.as_ref());
    elsewhere::describe(&mut found.classes, &mut |name| class_path.find(name));
    let stem = stem(request.source);
    let modules = found.modules(&stem);
    found.skipped.report(request.progress);
    if !modules.iter().any(|module| !module.is_external) {
        return Err(found.nothing_callable(request.source));
    }
    let idl = idl_for(request.source, "openjdk", stem, parts.guest_lib());
    let is_file = parts.names.is_empty();
    let (class_of, supertypes_of) =
        (Some(operations::class_of()), Some(operations::supertypes_of()));
    Ok(Idl {
        modules,
        class_of,
        supertypes_of,
        has_null_elements: true,
        object_operations: operations::of_objects(),
        idl_extension: if is_file { idl.idl_extension } else { String::new() },
        ..idl
    })
}

/// The inputs that reading depends on: class files, the sources next to them, the class path and
/// the JDK. For Java sources only javac knows its inputs.
pub(crate) fn inputs(request: &Request<'_>) -> Option<Vec<Input>> {
    let parts = Parts::of(request.source, None);
    if !parts.sources.is_empty() {
        return None;
    }
    let mut inputs: Vec<Input> = Vec::new();
    for path in class_path(&parts.classes, request.options) {
        inputs.extend(docs::archive_beside(&path).map(Input::Content));
        inputs.extend(source::nested(&path).into_iter().map(Input::Content));
        inputs.push(Input::Content(path));
    }
    inputs.extend(jdk::files().into_iter().map(Input::Stamp));
    Some(inputs)
}

/// The parts of a source: its paths, and names of the JDK.
#[derive(Default)]
struct Parts {
    classes: Vec<PathBuf>,
    /// Java sources without class files.
    sources: Vec<PathBuf>,
    /// Packages and classes of the JDK.
    names: Vec<String>,
    /// The paths that a host loads.
    loaded: Vec<PathBuf>,
}

impl Parts {
    fn of(source: &Path, jdk: Option<&Jdk>) -> Parts {
        let mut parts = Parts::default();
        for path in source_paths(source) {
            let name = path.to_string_lossy();
            if !path.exists() && jdk.is_some_and(|jdk| jdk.has(&name)) {
                parts.names.push(name.into_owned());
                continue;
            }
            let sources = source::sources(&path);
            match suffix(&path).as_str() {
                "java" => parts.loaded.push(path.with_extension("class")),
                _ => parts.loaded.push(path.clone()),
            }
            if sources.is_empty() {
                parts.classes.push(path);
            } else {
                parts.sources.extend(sources);
            }
        }
        parts
    }

    /// The path that a host loads: the source, or the class file made from it; empty for classes
    /// that every JVM has.
    fn guest_lib(&self) -> String {
        let paths = self.loaded.iter().map(|path| path.to_string_lossy().into_owned());
        paths.collect::<Vec<_>>().join(";")
    }
}

/// The class path for compiling sources: the given jars, then the option.
fn class_path(classes: &[PathBuf], options: &Options) -> Vec<PathBuf> {
    let option = options.get(CLASS_PATH.name).map(|text| source_paths(Path::new(text)));
    classes.iter().cloned().chain(option.into_iter().flatten()).collect()
}

fn stem(source: &Path) -> String {
    let Some(first) = source_paths(source).into_iter().next() else { return identifier("") };
    let Ok(full) = dunce::canonicalize(&first) else { return name_stem(&first) };
    match suffix(&full).as_str() {
        _ if full.is_dir() => identifier(&full.file_name().unwrap_or_default().to_string_lossy()),
        "jar" => stem_of_archive(&full),
        _ => stem_of_file(&full),
    }
}

/// `java.util` is `java_util`.
fn name_stem(name: &Path) -> String {
    identifier(&name.to_string_lossy())
}
