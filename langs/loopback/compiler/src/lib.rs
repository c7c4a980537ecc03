//! The loopback compiler: extract, names, emit.
//!
//! Complete, and as small as a language can be, since it is copied to start a new
//! one: `extract` turns a source into an IDL, `names` makes identifiers, `emit`
//! prints stubs from it. Any thread may enter; nothing here is shared.
#![forbid(unsafe_code)]

mod emit;
mod extract;
mod names;

use std::path::Path;

use metaffi_compiler::{
    BuildGuest, Diagnostic, Emitter, GuestArtifact, Input, Language, OutputFile, Reader, Request,
    Source,
};
use metaffi_idl::Idl;

/// The language of the built-in test runtime. Its only source is named
/// `loopback` and is not a file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Loopback;

/// The reason why no guest is built.
const BUILT_IN: &str = "loopback's module is built into its runtime";

impl Language for Loopback {
    fn name(&self) -> &str {
        "loopback"
    }

    fn aliases(&self) -> Vec<&str> {
        vec!["test"]
    }

    fn reader(&self) -> Option<&dyn Reader> {
        Some(self)
    }

    fn emitter(&self) -> Option<&dyn Emitter> {
        Some(self)
    }
}

impl Reader for Loopback {
    fn claims(&self, source: &Path) -> bool {
        source.extension().is_some_and(|suffix| suffix == "loopback")
    }

    fn claims_name(&self, name: &str) -> bool {
        name == self.name()
    }

    /// None: the module is part of this program.
    fn inputs(&self, _request: &Request<'_>) -> Option<Vec<Input>> {
        Some(Vec::new())
    }

    fn read(&self, request: &Request<'_>) -> Result<Source, Diagnostic> {
        Ok(Source::loaded_directly(extract::extract(request.source), BUILT_IN))
    }

    fn guest_of(&self, _request: &Request<'_>, _idl: &Idl) -> Result<BuildGuest, Diagnostic> {
        Ok(Box::new(|_| Ok(GuestArtifact::NotNeeded(BUILT_IN.to_owned()))))
    }
}

impl Emitter for Loopback {
    fn emit(&self, _request: &Request<'_>, idl: &Idl) -> Result<Vec<OutputFile>, Diagnostic> {
        emit::emit(idl)
    }
}
