//! What a language brings to the compiler.
//!
//! Names no language. A language is one value of this trait, listed in the
//! command; the driver asks it and writes what it answers.

use std::path::{Path, PathBuf};

use metaffi_idl::Idl;

use crate::diagnostic::Diagnostic;
use crate::options::Options;
use crate::output::OutputFile;
use crate::progress::Progress;

/// What is to be compiled, and with what at hand.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The source as the user gave it: a file, a folder, paths joined with
    /// `;`, or an importable name.
    pub source: &'a Path,
    /// Where results go; it exists when a language is asked to build.
    pub out_dir: &'a Path,
    /// The options for this side (`--guest-options` or `--host-options`).
    pub options: &'a Options,
    /// The installation (METAFFI_HOME).
    pub home: &'a Path,
    /// Where long steps and warnings are told.
    pub progress: &'a dyn Progress,
}

/// What a language can do. The driver refuses the rest before any work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Capabilities {
    /// [`Language::extract`] reads sources.
    pub extract: bool,
    /// [`Language::build_guest`] makes (or needs no) guest.
    pub guest: bool,
    /// [`Language::emit_host`] writes stubs.
    pub host: bool,
}

/// What building a guest came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GuestArtifact {
    /// The source is loaded as it is; says why.
    NotNeeded(String),
    /// The guest's library.
    File(PathBuf),
}

/// What reading a source came to.
pub struct Reading {
    /// The interface.
    pub idl: Idl,
    /// What was read, for the guest to be built from; without it the source is
    /// read again.
    pub source: Option<Box<dyn Source>>,
}

/// A source that was read.
pub trait Source {
    /// Builds its guest into `out_dir`, with what reading has found.
    fn build_guest(&self, request: &Request<'_>) -> Result<GuestArtifact, Diagnostic>;
}

/// One language's side of the compiler.
pub trait Language: Sync {
    /// The name in options and in the IDL's `target_language`.
    fn name(&self) -> &'static str;

    /// Other names that a user may write.
    fn aliases(&self) -> &'static [&'static str] {
        &[]
    }

    /// What this language can do.
    fn capabilities(&self) -> Capabilities;

    /// Whether `source` is this language's, by its suffix or content. It need
    /// not exist: a missing file is claimed by its suffix, so that
    /// [`extract`](Self::extract) says what is missing.
    fn claims(&self, source: &Path) -> bool;

    /// Whether `name`, which is no file and which nobody claims, can be
    /// imported in this language.
    fn claims_name(&self, _name: &str) -> bool {
        false
    }

    /// What may be meant by `name`, which is no file and which nobody claims.
    fn hint(&self, _name: &str) -> Option<String> {
        None
    }

    /// Reads the source (or a built guest) into an IDL.
    fn extract(&self, request: &Request<'_>) -> Result<Idl, Diagnostic>;

    /// Reads the source once, for its interface and its guest.
    fn read(&self, request: &Request<'_>) -> Result<Reading, Diagnostic> {
        Ok(Reading { idl: self.extract(request)?, source: None })
    }

    /// Builds the guest of a source of this language into `out_dir`.
    fn build_guest(&self, request: &Request<'_>, idl: &Idl) -> Result<GuestArtifact, Diagnostic>;

    /// The stubs with which this language calls what `idl` describes. Writes
    /// nothing: the driver does.
    fn emit_host(&self, request: &Request<'_>, idl: &Idl) -> Result<Vec<OutputFile>, Diagnostic>;
}
