//! The loopback compiler: extract, names, emit.
//!
//! Complete and as small as a language can be, for it is copied to start a new
//! one: `extract` turns a source into the IDL, `names` makes identifiers,
//! `emit` prints stubs from it. Any thread may enter; nothing here is shared.
#![forbid(unsafe_code)]

mod emit;
mod extract;
mod names;

use std::path::Path;

use metaffi_compiler::{Capabilities, Diagnostic, GuestArtifact, Language, OutputFile, Request};
use metaffi_idl::Idl;

/// The language of the built-in test runtime. Its one source is named
/// `loopback` and is no file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Loopback;

impl Language for Loopback {
    fn name(&self) -> &'static str {
        "loopback"
    }

    fn aliases(&self) -> &'static [&'static str] {
        &["test"]
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { extract: true, guest: true, host: true }
    }

    fn claims(&self, source: &Path) -> bool {
        source.extension().is_some_and(|suffix| suffix == "loopback")
    }

    fn claims_name(&self, name: &str) -> bool {
        name == self.name()
    }

    fn extract(&self, request: &Request<'_>) -> Result<Idl, Diagnostic> {
        request.options.only(&[])?;
        Ok(extract::extract(request.source))
    }

    fn build_guest(&self, _request: &Request<'_>, _idl: &Idl) -> Result<GuestArtifact, Diagnostic> {
        Ok(GuestArtifact::NotNeeded("loopback's module is built into its runtime".to_owned()))
    }

    fn emit_host(&self, request: &Request<'_>, idl: &Idl) -> Result<Vec<OutputFile>, Diagnostic> {
        request.options.only(&[])?;
        emit::emit(idl)
    }
}
