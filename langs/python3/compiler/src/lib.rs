//! The python3 compiler: extract, names, emit.
//!
//! From sources to an IDL: `extract` runs the extractor, a Python program, with
//! the interpreter that `python` finds, and `answer` defines its answer.
//! From an IDL to stubs: `plan` names everything, `passes` decide on signatures
//! and calls, `view` holds the data of the templates, `emit` prints it, and
//! `layout` breaks long lines. `annotations` maps types to Python's, `target`
//! describes Python to what all emitters share (`metaffi-stubs`); `shown` and
//! `assignable` decide which signatures type checkers accept.
//! Any thread may enter; nothing here is shared.
#![forbid(unsafe_code)]

mod annotations;
mod answer;
mod assignable;
mod checks;
mod docs;
mod emit;
mod entities;
mod extract;
mod layout;
mod literals;
mod names;
mod operations;
mod passes;
mod plan;
mod public;
mod python;
mod role;
mod shown;
mod signatures;
mod spelling;
mod target;
mod varargs;
mod view;

use std::path::Path;

use metaffi_compiler::{
    BuildGuest, Diagnostic, Emitter, Finding, GuestArtifact, Key, Language, OutputFile, Reader,
    Request, RuntimeFacts, Source, source_paths,
};
use metaffi_idl::Idl;

/// Python.
#[derive(Clone, Copy, Debug, Default)]
pub struct Python3;

/// Whether `path` is a Python file, or the folder of a package.
fn is_python(path: &Path) -> bool {
    let is_file = path.extension().is_some_and(|suffix| suffix == "py");
    is_file || path.join("__init__.py").is_file()
}

/// The reason why no guest is built.
fn no_guest(source: &Path) -> String {
    format!("python3 imports {} directly", source.display())
}

impl Language for Python3 {
    fn name(&self) -> &str {
        "python3"
    }

    fn aliases(&self) -> Vec<&str> {
        vec!["python"]
    }

    fn often_written(&self) -> Vec<&str> {
        vec!["py", "cpython"]
    }

    fn reader(&self) -> Option<&dyn Reader> {
        Some(self)
    }

    fn emitter(&self) -> Option<&dyn Emitter> {
        Some(self)
    }

    fn checks(&self, home: &Path) -> Vec<Finding> {
        checks::package(home).into_iter().collect()
    }

    fn runtime_needs(&self) -> Vec<Finding> {
        checks::interpreter()
    }

    fn runtime_facts(&self) -> Option<RuntimeFacts> {
        Some(checks::FACTS)
    }
}

impl Reader for Python3 {
    fn claims(&self, source: &Path) -> bool {
        let paths = source_paths(source);
        !paths.is_empty() && paths.iter().all(|path| is_python(path))
    }

    fn is_project(&self, folder: &Path) -> bool {
        folder.join("__init__.py").is_file()
    }

    fn claims_name(&self, name: &str) -> bool {
        python::is_module_name(name) && python::chosen().is_ok_and(|python| python.finds(name))
    }

    fn hint(&self, name: &str) -> Option<String> {
        python::hint(name)
    }

    fn options(&self) -> Vec<Key<'_>> {
        vec![extract::NO_IMPORT]
    }

    fn read(&self, request: &Request<'_>) -> Result<Source, Diagnostic> {
        Ok(Source::loaded_directly(extract::extract(request)?, no_guest(request.source)))
    }

    fn guest_of(&self, request: &Request<'_>, _idl: &Idl) -> Result<BuildGuest, Diagnostic> {
        let why = no_guest(request.source);
        Ok(Box::new(|_| Ok(GuestArtifact::NotNeeded(why))))
    }
}

impl Emitter for Python3 {
    fn options(&self) -> Vec<Key<'_>> {
        vec![Key { name: "package", about: "for hosts with packages; ignored here" }]
    }

    fn emit(&self, request: &Request<'_>, idl: &Idl) -> Result<Vec<OutputFile>, Diagnostic> {
        Ok(vec![emit::emit(request, idl)?])
    }
}
