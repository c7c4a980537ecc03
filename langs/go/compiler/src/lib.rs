//! The go compiler: extracts, builds guests, writes stubs, sets up projects of hosts.
//!
//! From a source to its guest: `plan` decides which files the packages consist of and where
//! generated ones go, `extract` lets Go's own front end read them, `glue` generates Go source from
//! the result, `carrier` decides where the C side is put, and `guest` builds it all. `stubs` writes
//! the packages of Go hosts. The user's folders are never written to: everything is an overlay.
//! (`setup` is the exception: it edits a go.mod, which is its purpose.) Any thread may enter;
//! processes are started and waited for.
#![forbid(unsafe_code)]

mod answer;
mod carrier;
mod checks;
mod embedded;
mod extract;
mod glue;
mod guest;
mod import;
mod messages;
mod names;
mod overlay;
mod plan;
mod setup;
mod stubs;
mod toolchain;
mod whole;

use std::path::Path;

use metaffi_compiler::{
    Diagnostic, Emitter, ExtraCommand, Finding, GuestArtifact, Key, Language, OutputFile, Reader,
    Request, Source, Tool,
};
use metaffi_idl::Idl;

pub use embedded::{EmbeddedIdlError, embedded_idl};
pub use plan::library_name;

/// Go.
#[derive(Clone, Copy, Debug, Default)]
pub struct Go;

impl Language for Go {
    fn name(&self) -> &str {
        "go"
    }

    fn often_written(&self) -> Vec<&str> {
        vec!["golang"]
    }

    fn reader(&self) -> Option<&dyn Reader> {
        Some(self)
    }

    fn emitter(&self) -> Option<&dyn Emitter> {
        Some(self)
    }

    fn checks(&self, _home: &Path) -> Vec<Finding> {
        checks::TOOLS.iter().map(Tool::check).collect()
    }

    fn commands(&self) -> Vec<ExtraCommand> {
        vec![ExtraCommand {
            name: "go-setup",
            about: "Add the Go API to the Go project in the working directory",
            run: setup::run,
        }]
    }
}

impl Emitter for Go {
    fn options(&self) -> Vec<Key<'_>> {
        stubs::OPTIONS.to_vec()
    }

    fn emit(&self, request: &Request<'_>, idl: &Idl) -> Result<Vec<OutputFile>, Diagnostic> {
        stubs::emit(request, idl)
    }
}

impl Reader for Go {
    fn claims(&self, source: &Path) -> bool {
        plan::is_source(source) || embedded::is_library(source)
    }

    fn is_project(&self, folder: &Path) -> bool {
        folder.join("go.mod").is_file()
    }

    fn claims_name(&self, name: &str) -> bool {
        import::is_import(name)
    }

    fn options(&self) -> Vec<Key<'_>> {
        plan::OPTIONS.to_vec()
    }

    fn read(&self, request: &Request<'_>) -> Result<Source, Diagnostic> {
        if !embedded::is_library(request.source) {
            let extracted = extract::extract(request)?;
            let idl = extracted.idl.clone(); // it is embedded in the guest as well
            return Ok(Source::new(idl, move |request| {
                guest::build(request, &extracted).map(GuestArtifact::File)
            }));
        }
        let idl =
            embedded_idl(request.source).map_err(|error| error.into_diagnostic(request.source))?;
        let why = format!("{} is already a guest", request.source.display());
        Ok(Source::loaded_directly(idl, why))
    }
}
