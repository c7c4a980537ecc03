//! The go compiler: extract, build guests, wire the projects of hosts.
//!
//! From a source to its guest: `plan` decides which files the packages consist
//! of and where generated ones go, `extract` lets Go's own front end read them,
//! `glue` turns what it found into Go text, `carrier` decides where the C side
//! is, and `guest` builds all that. The user's folders are never written to:
//! everything is an overlay. (`setup` is apart: it edits a go.mod, which is
//! what it is asked for.)
//! Any thread may enter; processes are started and waited for.
#![forbid(unsafe_code)]

mod answer;
mod carried;
mod carrier;
mod extract;
mod glue;
mod guest;
mod import;
mod messages;
mod names;
mod overlay;
mod plan;
mod setup;
mod toolchain;
mod whole;

use std::path::Path;

use metaffi_compiler::{
    Capabilities, Diagnostic, GuestArtifact, Language, OutputFile, Reading, Request, Source,
};
use metaffi_idl::Idl;

pub use carried::{CarriedError, carried_idl};
pub use plan::library_name;
pub use setup::{Wired, wire_project};
pub use toolchain::go_command;

/// Go.
#[derive(Clone, Copy, Debug, Default)]
pub struct Go;

impl Source for extract::Extracted {
    fn build_guest(&self, request: &Request<'_>) -> Result<GuestArtifact, Diagnostic> {
        guest::build_read(request, self).map(GuestArtifact::File)
    }
}

impl Language for Go {
    fn name(&self) -> &'static str {
        "go"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { extract: true, guest: true, host: false }
    }

    fn claims(&self, source: &Path) -> bool {
        plan::is_source(source) || carried::is_library(source)
    }

    fn claims_name(&self, name: &str) -> bool {
        import::is_import(name)
    }

    fn extract(&self, request: &Request<'_>) -> Result<Idl, Diagnostic> {
        if carried::is_library(request.source) {
            return carried_idl(request.source)
                .map_err(|error| error.into_diagnostic(request.source));
        }
        Ok(extract::extract(request)?.idl)
    }

    fn read(&self, request: &Request<'_>) -> Result<Reading, Diagnostic> {
        if carried::is_library(request.source) {
            return Ok(Reading { idl: self.extract(request)?, source: None });
        }
        let extracted = extract::extract(request)?;
        Ok(Reading { idl: extracted.idl.clone(), source: Some(Box::new(extracted)) })
    }

    fn build_guest(&self, request: &Request<'_>, _idl: &Idl) -> Result<GuestArtifact, Diagnostic> {
        if carried::is_library(request.source) {
            return Ok(GuestArtifact::NotNeeded(format!(
                "{} is a guest already",
                request.source.display()
            )));
        }
        guest::build(request).map(GuestArtifact::File)
    }

    fn emit_host(&self, _request: &Request<'_>, _idl: &Idl) -> Result<Vec<OutputFile>, Diagnostic> {
        Err(Diagnostic::new("this version of MetaFFI writes no go stubs")
            .help("load entities with the Go API, or write stubs for another host"))
    }
}
