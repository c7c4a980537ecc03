//! The interface between a language and the compiler.
//!
//! Names no language. A language is one value of [`Language`], listed in the
//! command or started as a [`program`](crate::Program). It omits what it does
//! not support: without a [`Reader`] there are no sources, and without an
//! [`Emitter`] no stubs.

use std::path::{Path, PathBuf};

use metaffi_idl::Idl;
use metaffi_stubs::Simplified;

use crate::cache::Input;
use crate::diagnostic::Diagnostic;
use crate::finding::{Finding, RuntimeFacts};
use crate::options::{Key, Options};
use crate::output::OutputFile;
use crate::progress::Progress;

/// The input of a compilation step.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The source as the user passed it: a file, a folder, paths separated by
    /// `;`, or an importable name.
    pub source: &'a Path,
    /// The output folder; it exists when a guest is built.
    pub out_dir: &'a Path,
    /// The options for this side (`--guest-options` or `--host-options`), all
    /// of which the side supports.
    pub options: &'a Options,
    /// The installation (METAFFI_HOME).
    pub home: &'a Path,
    /// Receives long steps, warnings and what is skipped.
    pub progress: &'a dyn Progress,
}

impl Request<'_> {
    /// Reports the types that the host cannot express.
    pub fn report_simplified(&self, all: &[Simplified]) {
        all.iter().for_each(|one| self.progress.simplified(&one.what, &one.why));
    }
}

/// The result of building a guest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GuestArtifact {
    /// The source is loaded directly; the text says why.
    NotNeeded(String),
    /// The guest's library.
    File(PathBuf),
}

/// Builds the guest of a source that has been read, into the request's
/// `out_dir`.
pub type BuildGuest = Box<dyn FnOnce(&Request<'_>) -> Result<GuestArtifact, Diagnostic>>;

/// A source that has been read: its interface, and how to build its guest, so
/// that one reading serves both.
pub struct Source {
    /// The interface.
    pub idl: Idl,
    /// Builds the guest.
    pub guest: BuildGuest,
}

impl Source {
    /// A source whose guest is built by `guest`.
    pub fn new(
        idl: Idl,
        guest: impl FnOnce(&Request<'_>) -> Result<GuestArtifact, Diagnostic> + 'static,
    ) -> Source {
        Source { idl, guest: Box::new(guest) }
    }

    /// A source that is loaded directly; `why` is shown to the user.
    pub fn loaded_directly(idl: Idl, why: impl Into<String>) -> Source {
        let why = why.into();
        Source::new(idl, move |_| Ok(GuestArtifact::NotNeeded(why)))
    }
}

/// One language's side of the compiler.
pub trait Language: Sync {
    /// The name in options and in the IDL's `target_language`.
    fn name(&self) -> &str;

    /// Other names that a user may use.
    fn aliases(&self) -> Vec<&str> {
        Vec::new()
    }

    /// Words that users often use for it, other than its names.
    fn often_written(&self) -> Vec<&str> {
        Vec::new()
    }

    /// Reads sources of this language, and builds their guests.
    fn reader(&self) -> Option<&dyn Reader> {
        None
    }

    /// Writes stubs for hosts in this language.
    fn emitter(&self) -> Option<&dyn Emitter> {
        None
    }

    /// Checks the tools that this language needs; `home` is the installation.
    fn checks(&self, _home: &Path) -> Vec<Finding> {
        Vec::new()
    }

    /// Checks what the runtime plugin needs, in the same way as the plugin
    /// finds it. The runtime is not loaded if something is missing.
    fn runtime_needs(&self) -> Vec<Finding> {
        Vec::new()
    }

    /// How to query the runtime plugin for the runtime that it found.
    fn runtime_facts(&self) -> Option<RuntimeFacts> {
        None
    }

    /// Additional commands of this language: `metaffi NAME`.
    fn commands(&self) -> Vec<ExtraCommand> {
        Vec::new()
    }
}

/// Reads the sources of a language.
pub trait Reader: Sync {
    /// Whether `source` belongs to this language, by its suffix or content. It
    /// need not exist: a missing file is claimed by its suffix, so that
    /// [`read`](Self::read) reports what is missing.
    fn claims(&self, source: &Path) -> bool;

    /// Whether a folder that several languages claim is a project of this one,
    /// by a file in it (`go.mod`, `pom.xml`).
    fn is_project(&self, _folder: &Path) -> bool {
        false
    }

    /// Whether `name`, which is not a file and which no language claims, can be
    /// imported in this language.
    fn claims_name(&self, _name: &str) -> bool {
        false
    }

    /// What the user may mean by `name`, which is not a file and which no
    /// language claims.
    fn hint(&self, _name: &str) -> Option<String> {
        None
    }

    /// The options for reading and building (`--guest-options`).
    fn options(&self) -> Vec<Key<'_>> {
        Vec::new()
    }

    /// Everything that [`read`](Self::read) depends on, existing or not, so that
    /// its result can be cached; `None` if not all of it is known.
    fn inputs(&self, _request: &Request<'_>) -> Option<Vec<Input>> {
        None
    }

    /// Reads the source (or a built guest).
    ///
    /// # Errors
    /// If there is nothing to read, or it is invalid, with the location.
    fn read(&self, request: &Request<'_>) -> Result<Source, Diagnostic>;

    /// The guest of a source whose interface was saved as `idl`.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    fn guest_of(&self, request: &Request<'_>, _idl: &Idl) -> Result<BuildGuest, Diagnostic> {
        Ok(self.read(request)?.guest)
    }
}

/// Writes stubs for hosts in a language.
pub trait Emitter: Sync {
    /// The options for the stubs (`--host-options`).
    fn options(&self) -> Vec<Key<'_>> {
        Vec::new()
    }

    /// Everything that [`emit`](Self::emit) depends on besides the interface and
    /// the options; by default nothing. `None` if not all of it is known.
    fn inputs(&self, _request: &Request<'_>) -> Option<Vec<Input>> {
        Some(Vec::new())
    }

    /// The stubs with which this language calls what `idl` describes. Does not
    /// write files, which is up to the driver.
    ///
    /// # Errors
    /// If the interface cannot be expressed in this language.
    fn emit(&self, request: &Request<'_>, idl: &Idl) -> Result<Vec<OutputFile>, Diagnostic>;
}

/// A command that one language adds.
#[derive(Clone, Copy)]
pub struct ExtraCommand {
    /// The command's name.
    pub name: &'static str,
    /// What it does, in one line.
    pub about: &'static str,
    /// Runs it in the working directory, and returns the text to print.
    pub run: fn(&CommandRequest<'_>) -> Result<String, Diagnostic>,
}

/// The input of an [`ExtraCommand`].
#[derive(Clone, Copy)]
pub struct CommandRequest<'a> {
    /// The working directory.
    pub folder: &'a Path,
    /// The installation (METAFFI_HOME).
    pub home: &'a Path,
    /// Receives warnings.
    pub progress: &'a dyn Progress,
}
