//! The python3 compiler: extract, names, emit.
//!
//! From an IDL to stubs: `plan` names everything, `passes` decide on signatures
//! and calls, `view` holds what the templates print, `emit` prints it, and
//! `layout` breaks long lines. `shape` knows what a type is to Python.
//! Any thread may enter; nothing here is shared.
#![forbid(unsafe_code)]

mod classes;
mod docs;
mod emit;
mod entities;
mod layout;
mod literals;
mod members;
mod names;
mod overloads;
mod passes;
mod plan;
mod public;
mod role;
mod shape;
mod signatures;
mod spelling;
mod view;

use std::path::Path;
use std::process::{Command, Stdio};

use metaffi_compiler::{Capabilities, Diagnostic, GuestArtifact, Language, OutputFile, Request};
use metaffi_idl::Idl;

/// Python.
#[derive(Clone, Copy, Debug, Default)]
pub struct Python3;

/// Whether the Python on PATH finds a module of this name. It is not imported,
/// and what lies in the working directory is not looked at.
fn is_importable(name: &str) -> bool {
    const LOOK: &str = "import importlib.util as u, sys; sys.exit(not u.find_spec(sys.argv[1]))";
    let mut parts = name.split('.');
    let package = parts.next().unwrap_or_default();
    let is_name =
        |part: &str| !part.is_empty() && part.chars().all(|c| c == '_' || c.is_alphanumeric());
    let python = || metaffi_programs::find("python3");
    is_name(package)
        && parts.all(is_name)
        && python().is_some_and(|python| {
            let mut look = Command::new(python);
            look.args(["-P", "-c", LOOK, package]).stderr(Stdio::null());
            look.status().is_ok_and(|status| status.success())
        })
}

impl Language for Python3 {
    fn name(&self) -> &'static str {
        "python3"
    }

    fn aliases(&self) -> &'static [&'static str] {
        &["python"]
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { extract: false, guest: true, host: true }
    }

    fn claims(&self, source: &Path) -> bool {
        source.extension().is_some_and(|suffix| suffix == "py")
    }

    fn claims_name(&self, name: &str) -> bool {
        is_importable(name)
    }

    fn extract(&self, request: &Request<'_>) -> Result<Idl, Diagnostic> {
        Err(Diagnostic::new("this version of MetaFFI reads no Python sources")
            .at(request.source)
            .help("write the IDL by hand, as JSON, and pass that"))
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
