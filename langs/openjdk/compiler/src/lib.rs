//! The openjdk compiler: extract, names, emit.
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
    Capabilities, Diagnostic, GuestArtifact, Language, OutputFile, Request, source_paths,
};
use metaffi_idl::Idl;

use crate::jdk::Jdk;

pub use javac::jdk_tool;

/// Java and every other language that compiles to class files.
#[derive(Clone, Copy, Debug, Default)]
pub struct OpenJdk;

/// Every package of the JDK has a dot in its name: no image need be read to say
/// that another word is not one.
fn may_be_of_jdk(name: &str) -> bool {
    name.contains('.')
}

impl Language for OpenJdk {
    fn name(&self) -> &'static str {
        "openjdk"
    }

    fn aliases(&self) -> &'static [&'static str] {
        &["jvm"]
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { extract: true, guest: true, host: false }
    }

    fn claims(&self, source: &Path) -> bool {
        let paths = source_paths(source);
        !paths.is_empty() && paths.iter().all(|path| source::is_java(path))
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

    fn extract(&self, request: &Request<'_>) -> Result<Idl, Diagnostic> {
        extract::extract(request)
    }

    fn build_guest(&self, request: &Request<'_>, idl: &Idl) -> Result<GuestArtifact, Diagnostic> {
        let source = request.source.display();
        Ok(GuestArtifact::NotNeeded(if idl.idl_extension == ".java" {
            format!("openjdk loads the class file that javac makes of {source}")
        } else {
            format!("openjdk loads {source} as it is")
        }))
    }

    fn emit_host(&self, _request: &Request<'_>, _idl: &Idl) -> Result<Vec<OutputFile>, Diagnostic> {
        Err(Diagnostic::new("this version of MetaFFI writes no openjdk stubs")
            .help("load entities with the openjdk API, or write stubs for another host"))
    }
}
