//! What a language brings to the compiler.
//!
//! Names no language. A language is one value of [`Language`], listed in the
//! command or started as a [`program`](crate::Program); what it cannot do it
//! does not have: no [`Reader`], no sources; no [`Emitter`], no stubs.

use std::path::{Path, PathBuf};

use metaffi_idl::Idl;
use metaffi_stubs::Simplified;

use crate::cache::Input;
use crate::diagnostic::Diagnostic;
use crate::finding::{Finding, RuntimeFacts};
use crate::options::{Key, Options};
use crate::output::OutputFile;
use crate::progress::Progress;

/// What is to be compiled, and with what at hand.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The source as the user gave it: a file, a folder, paths joined with
    /// `;`, or an importable name.
    pub source: &'a Path,
    /// Where results go; it exists when a guest is built.
    pub out_dir: &'a Path,
    /// The options for this side (`--guest-options` or `--host-options`). They
    /// are among those that the side knows.
    pub options: &'a Options,
    /// The installation (METAFFI_HOME).
    pub home: &'a Path,
    /// Where long steps, warnings and what is left out are told.
    pub progress: &'a dyn Progress,
}

impl Request<'_> {
    /// Tells the types that the host cannot write.
    pub fn tell_simplified(&self, all: &[Simplified]) {
        all.iter().for_each(|one| self.progress.simplified(&one.what, &one.why));
    }
}

/// What building a guest came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GuestArtifact {
    /// The source is loaded as it is; says why.
    NotNeeded(String),
    /// The guest's library.
    File(PathBuf),
}

/// Builds the guest of a source that was read, into the request's `out_dir`.
pub type BuildGuest = Box<dyn FnOnce(&Request<'_>) -> Result<GuestArtifact, Diagnostic>>;

/// A source that was read: its interface, and what its guest is built with, so
/// that it is read once for both.
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

    /// A source that is loaded as it is; `why` says so to the user.
    pub fn loaded_as_it_is(idl: Idl, why: impl Into<String>) -> Source {
        let why = why.into();
        Source::new(idl, move |_| Ok(GuestArtifact::NotNeeded(why)))
    }
}

/// One language's side of the compiler.
pub trait Language: Sync {
    /// The name in options and in the IDL's `target_language`.
    fn name(&self) -> &str;

    /// Other names that a user may write.
    fn aliases(&self) -> Vec<&str> {
        Vec::new()
    }

    /// What users write who mean it, and what is not its name.
    fn often_written(&self) -> Vec<&str> {
        Vec::new()
    }

    /// What reads sources of this language and builds their guests.
    fn reader(&self) -> Option<&dyn Reader> {
        None
    }

    /// What writes stubs for hosts in this language.
    fn emitter(&self) -> Option<&dyn Emitter> {
        None
    }

    /// Whether the tools that this language needs are there; `home` is the
    /// installation.
    fn checks(&self, _home: &Path) -> Vec<Finding> {
        Vec::new()
    }

    /// What the runtime plugin loads, as the plugin finds it; it is not loaded
    /// where some of that is missing.
    fn runtime_needs(&self) -> Vec<Finding> {
        Vec::new()
    }

    /// What the runtime plugin is asked, to say which runtime it found.
    fn runtime_facts(&self) -> Option<RuntimeFacts> {
        None
    }

    /// Commands of this language's own: `metaffi NAME`.
    fn commands(&self) -> Vec<ExtraCommand> {
        Vec::new()
    }
}

/// Reads the sources of a language.
pub trait Reader: Sync {
    /// Whether `source` is this language's, by its suffix or content. It need
    /// not exist: a missing file is claimed by its suffix, so that
    /// [`read`](Self::read) says what is missing.
    fn claims(&self, source: &Path) -> bool;

    /// Whether a folder that several languages claim is a project of this one,
    /// because a file in it says so (`go.mod`, `pom.xml`).
    fn is_project(&self, _folder: &Path) -> bool {
        false
    }

    /// Whether `name`, which is no file and which nobody claims, can be
    /// imported in this language.
    fn claims_name(&self, _name: &str) -> bool {
        false
    }

    /// What may be meant by `name`, which is no file and which nobody claims.
    fn hint(&self, _name: &str) -> Option<String> {
        None
    }

    /// The options of reading and building (`--guest-options`).
    fn options(&self) -> Vec<Key<'_>> {
        Vec::new()
    }

    /// Everything that [`read`](Self::read) looks at, there or not, so that what
    /// it came to can be remembered; `None` when not all of it can be named.
    fn inputs(&self, _request: &Request<'_>) -> Option<Vec<Input>> {
        None
    }

    /// Reads the source (or a built guest).
    ///
    /// # Errors
    /// When there is nothing to read, or it is broken: with its place.
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
    /// The options of the stubs (`--host-options`).
    fn options(&self) -> Vec<Key<'_>> {
        Vec::new()
    }

    /// What [`emit`](Self::emit) looks at besides the interface and the options:
    /// nothing. `None` when it does, and not all of it can be named.
    fn inputs(&self, _request: &Request<'_>) -> Option<Vec<Input>> {
        Some(Vec::new())
    }

    /// The stubs with which this language calls what `idl` describes. Writes
    /// nothing: the driver does.
    ///
    /// # Errors
    /// When the interface cannot be said in this language.
    fn emit(&self, request: &Request<'_>, idl: &Idl) -> Result<Vec<OutputFile>, Diagnostic>;
}

/// A command that one language adds.
#[derive(Clone, Copy)]
pub struct ExtraCommand {
    /// What the user writes.
    pub name: &'static str,
    /// What it does, in a line.
    pub about: &'static str,
    /// Does it in the working directory; gives what is printed.
    pub run: fn(&CommandRequest<'_>) -> Result<String, Diagnostic>,
}

/// What an [`ExtraCommand`] works with.
#[derive(Clone, Copy)]
pub struct CommandRequest<'a> {
    /// The working directory.
    pub folder: &'a Path,
    /// The installation (METAFFI_HOME).
    pub home: &'a Path,
    /// Where warnings are told.
    pub progress: &'a dyn Progress,
}
