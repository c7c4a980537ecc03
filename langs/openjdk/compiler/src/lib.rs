//! The openjdk compiler: extraction; stubs are written by a crate of their own.
//!
//! Extraction reads class files (of jars, of folders, single ones, or those
//! that `javac` makes of a source) and starts no JVM. Any thread may enter;
//! nothing here is shared.
//!
//! From bytes to the IDL: `source` finds class files, `class_file` reads one
//! into the plain model of `java`, `visible` decides what a caller may see,
//! and `members` and `types` say it in the IDL's words.
#![forbid(unsafe_code)]

mod annotations;
mod checks;
mod class_file;
mod class_path;
mod descriptors;
mod docs;
mod elsewhere;
mod extract;
mod found;
mod functional;
mod generic;
mod java;
mod javac;
mod jdk;
mod left_out;
mod members;
mod module_info;
mod operations;
mod parameters;
mod signature;
mod source;
mod trees;
mod types;
mod visible;

use std::cell::LazyCell;
use std::path::{Path, PathBuf};

use metaffi_compiler::{
    BuildGuest, Diagnostic, Emitter, Finding, GuestArtifact, Input, Key, Language, OutputFile,
    Reader, Request, RuntimeFacts, Source, source_paths,
};
use metaffi_idl::Idl;

use crate::jdk::Jdk;

/// Java and every other language that compiles to class files.
#[derive(Clone, Copy, Debug, Default)]
pub struct OpenJdk;

/// Every package of the JDK has a dot in its name: no image need be read to say
/// that another word is not one.
fn may_be_of_jdk(name: &str) -> bool {
    name.contains('.')
}

impl Language for OpenJdk {
    fn name(&self) -> &str {
        "openjdk"
    }

    fn aliases(&self) -> Vec<&str> {
        vec!["jvm"]
    }

    fn often_written(&self) -> Vec<&str> {
        vec!["java", "jdk", "kotlin", "scala"]
    }

    fn reader(&self) -> Option<&dyn Reader> {
        Some(self)
    }

    fn emitter(&self) -> Option<&dyn Emitter> {
        Some(self)
    }

    fn checks(&self, _home: &Path) -> Vec<Finding> {
        vec![checks::JAVAC.check()]
    }

    fn runtime_needs(&self) -> Vec<Finding> {
        vec![checks::jvm()]
    }

    fn runtime_facts(&self) -> Option<RuntimeFacts> {
        Some(checks::FACTS)
    }
}

impl Reader for OpenJdk {
    fn claims(&self, source: &Path) -> bool {
        let paths = source_paths(source);
        !paths.is_empty() && paths.iter().all(|path| source::is_java(path))
    }

    fn is_project(&self, folder: &Path) -> bool {
        ["pom.xml", "build.gradle", "build.gradle.kts"]
            .iter()
            .any(|file| folder.join(file).is_file())
    }

    fn claims_name(&self, name: &str) -> bool {
        let parts = source_paths(Path::new(name));
        let jdk = LazyCell::new(Jdk::find);
        let is_of_jdk = |name: &Path| {
            let jdk = jdk.as_ref().ok();
            jdk.is_some_and(|jdk| jdk.has(&name.to_string_lossy()))
        };
        let is_known = |part: &PathBuf| source::is_java(part) || is_of_jdk(part);
        may_be_of_jdk(name) && !parts.is_empty() && parts.iter().all(is_known)
    }

    fn options(&self) -> Vec<Key<'_>> {
        vec![extract::CLASS_PATH]
    }

    fn inputs(&self, request: &Request<'_>) -> Option<Vec<Input>> {
        extract::inputs(request)
    }

    fn read(&self, request: &Request<'_>) -> Result<Source, Diagnostic> {
        let idl = extract::extract(request)?;
        let why = no_guest(request.source, &idl);
        Ok(Source::loaded_as_it_is(idl, why))
    }

    fn guest_of(&self, request: &Request<'_>, idl: &Idl) -> Result<BuildGuest, Diagnostic> {
        let why = no_guest(request.source, idl);
        Ok(Box::new(|_| Ok(GuestArtifact::NotNeeded(why))))
    }
}

impl Emitter for OpenJdk {
    fn options(&self) -> Vec<Key<'_>> {
        vec![Key { name: "package", about: "the package of the stubs; else the module's name" }]
    }

    fn emit(&self, request: &Request<'_>, idl: &Idl) -> Result<Vec<OutputFile>, Diagnostic> {
        let package = metaffi_openjdk_stubs::package(request.options.get("package"), idl)?;
        metaffi_openjdk_stubs::emit(request, idl, &package)
    }
}

/// Why no guest is built.
fn no_guest(source: &Path, idl: &Idl) -> String {
    let source = source.display();
    match idl.idl_extension.as_str() {
        ".java" => format!("openjdk loads the class file that javac makes of {source}"),
        _ => format!("openjdk loads {source} as it is"),
    }
}
