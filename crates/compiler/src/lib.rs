//! Extract, check, emit: the driver of the language compilers.
//!
//! Build path: a language's [`Reader`] → the IDL → a language's [`Emitter`].
//! The crate names no language. Each provides a [`Language`], and a [`Job`]
//! runs with the available [`Languages`]. A language may also be a [`Program`],
//! implemented with [`serve`]. Any thread may enter; nothing here is shared.
#![forbid(unsafe_code)]

mod cache;
mod choose;
mod diagnostic;
mod driver;
mod extractor;
mod finding;
mod language;
mod likeness;
mod options;
mod origin;
mod outcome;
mod output;
mod program;
mod progress;
mod saved;
mod source;
mod stem;
mod templates;

pub use cache::{Cache, Input, hexadecimal};
pub use choose::Languages;
pub use diagnostic::Diagnostic;
pub use driver::{Compiled, Guest, Interface, Job, ONLY};
pub use extractor::{Problem, ask_extractor, extractor_answer};
pub use finding::{Finding, RuntimeFacts, State, Tool, first_line};
pub use language::{
    BuildGuest, CommandRequest, Emitter, ExtraCommand, GuestArtifact, Language, Reader, Request,
    Source,
};
pub use likeness::did_you_mean;
pub use metaffi_home::cache_folder;
pub use options::{Key, Options};
pub use origin::{is_same_source, origin};
pub use outcome::Outcome;
pub use output::{OutputFile, Written, make_folder, write_file, write_files};
pub use program::{Program, serve};
pub use progress::{Loss, Progress, Silent};
pub use source::{idl_for, read_file, source_paths};
pub use stem::{identifier, stem_of_archive, stem_of_file};
pub use templates::{Templates, template_environment};
