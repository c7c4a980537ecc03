//! Extract, check, emit: the driver of the language compilers.
//!
//! Build path: a language's `extract` → the IDL → a language's `emit_host`.
//! The crate names no language; each brings a [`Language`]. Any thread may
//! enter; the driver keeps no state.
#![forbid(unsafe_code)]

mod diagnostic;
mod language;
mod options;
mod output;
mod progress;

pub use diagnostic::Diagnostic;
pub use language::{Capabilities, GuestArtifact, Language, Request};
pub use options::Options;
pub use output::OutputFile;
pub use progress::{Progress, Silent};
