//! The python3 compiler: extract, names, emit.
//!
//! From sources to an IDL: `extract` runs the extractor, a program in Python,
//! by the interpreter that `python` finds, and `answer` is what it says.
//! From an IDL to stubs: `plan` names everything, `passes` decide on signatures
//! and calls, `view` holds what the templates print, `emit` prints it, and
//! `layout` breaks long lines. `shape` knows what a type is to Python.
//! Any thread may enter; nothing here is shared.
#![forbid(unsafe_code)]

mod answer;
mod classes;
mod docs;
mod emit;
mod entities;
mod extract;
mod layout;
mod literals;
mod members;
mod names;
mod operations;
mod overloads;
mod passes;
mod plan;
mod public;
mod python;
mod role;
mod shape;
mod signatures;
mod spelling;
mod view;

use std::path::Path;

use metaffi_compiler::{
    Capabilities, Diagnostic, GuestArtifact, Language, OutputFile, Request, source_paths,
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

impl Language for Python3 {
    fn name(&self) -> &'static str {
        "python3"
    }

    fn aliases(&self) -> &'static [&'static str] {
        &["python"]
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { extract: true, guest: true, host: true }
    }

    fn claims(&self, source: &Path) -> bool {
        let paths = source_paths(source);
        !paths.is_empty() && paths.iter().all(|path| is_python(path))
    }

    fn claims_name(&self, name: &str) -> bool {
        python::is_module_name(name) && python::chosen().is_ok_and(|python| python.finds(name))
    }

    fn hint(&self, name: &str) -> Option<String> {
        python::hint(name)
    }

    fn extract(&self, request: &Request<'_>) -> Result<Idl, Diagnostic> {
        extract::extract(request)
    }

    fn build_guest(&self, request: &Request<'_>, _idl: &Idl) -> Result<GuestArtifact, Diagnostic> {
        let source = request.source.display();
        Ok(GuestArtifact::NotNeeded(format!("python3 imports {source} as it is")))
    }

    fn emit_host(&self, request: &Request<'_>, idl: &Idl) -> Result<Vec<OutputFile>, Diagnostic> {
        // Hosts share their options; `package` is for those that have packages.
        request.options.only(&["package"])?;
        Ok(vec![emit::emit(idl)?])
    }
}
