//! The rust compiler: stubs for Rust programs.
//!
//! `names` and `natural` make identifiers, `spelling` writes names of types, `parameters`
//! and `results` decide on the Rust types of values and their conversions, `callables` and
//! `classes` decide on signatures and calls, `view` holds the data of the templates, `emit`
//! prints it, `checks` looks for Cargo. Any thread may enter; nothing here is shared.
#![forbid(unsafe_code)]

mod builders;
mod callables;
mod checks;
mod classes;
mod docs;
mod emit;
mod file;
mod functions;
mod layout;
mod literals;
mod names;
mod natural;
mod parameters;
mod results;
mod spelling;
mod view;

use std::path::Path;

use metaffi_compiler::{Diagnostic, Emitter, Finding, Key, Language, OutputFile, Request};
use metaffi_idl::Idl;

/// Rust.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rust;

impl Language for Rust {
    fn name(&self) -> &str {
        "rust"
    }

    fn often_written(&self) -> Vec<&str> {
        vec!["rs"]
    }

    fn emitter(&self) -> Option<&dyn Emitter> {
        Some(self)
    }

    fn checks(&self, _home: &Path) -> Vec<Finding> {
        vec![checks::CARGO.check()]
    }
}

impl Emitter for Rust {
    fn options(&self) -> Vec<Key<'_>> {
        vec![Key { name: "package", about: "for hosts with packages; ignored here" }]
    }

    fn emit(&self, request: &Request<'_>, idl: &Idl) -> Result<Vec<OutputFile>, Diagnostic> {
        Ok(vec![emit::emit(request, idl)?])
    }
}
