//! Extract, check, emit: the driver of the language compilers.
//!
//! Build path: a language's `extract` → the IDL → a language's `emit_host`.
//! The crate names no language; each brings a [`Language`], and a [`Job`] is
//! done with the [`Languages`] that there are. Any thread may enter; nothing
//! here is shared.
#![forbid(unsafe_code)]

mod choose;
mod diagnostic;
mod driver;
mod language;
mod options;
mod output;
mod progress;
mod saved;
mod source;
mod stem;
mod templates;

pub use choose::Languages;
pub use diagnostic::Diagnostic;
pub use driver::{Compiled, Guest, Job};
pub use language::{Capabilities, GuestArtifact, Language, Reading, Request, Source};
pub use options::Options;
pub use output::{OutputFile, Written, make_folder, write_file, write_files};
pub use progress::{Progress, Silent};
pub use source::{idl_for, read_file, source_paths};
pub use stem::{identifier, stem_of_archive, stem_of_file};
pub use templates::template_environment;
