//! The serialised outcome of a compilation.

use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::output::OutputFile;
use crate::program::File;
use crate::progress::{Loss, Progress};

/// Everything that a compilation reported and made, except for a guest's
/// library.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct CachedOutcome {
    pub(crate) warnings: Vec<Diagnostic>,
    pub(crate) left_out: Vec<Loss>,
    pub(crate) simplified: Vec<Loss>,
    /// Why no guest was needed, if one was requested.
    pub(crate) no_guest: Option<String>,
    /// The path of the source that a saved IDL was read from.
    pub(crate) original: Option<String>,
    files: Vec<File>,
}

impl CachedOutcome {
    pub(crate) fn new(
        warnings: Vec<Diagnostic>,
        (left_out, simplified): (Vec<Loss>, Vec<Loss>),
        no_guest: Option<String>,
        original: Option<String>,
        files: Vec<OutputFile>,
    ) -> Option<CachedOutcome> {
        let files = files.into_iter().map(File::of).collect::<Option<Vec<_>>>()?;
        Some(CachedOutcome { warnings, left_out, simplified, no_guest, original, files })
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<CachedOutcome> {
        serde_json::from_slice(bytes).ok()
    }

    /// The same, and the files that were made.
    pub(crate) fn with_files(mut self) -> Option<(CachedOutcome, Vec<OutputFile>)> {
        let files: Option<Vec<_>> = self.files.drain(..).map(File::into_output).collect();
        Some((self, files?))
    }
}

/// Forwards everything, and records the warnings.
pub(crate) struct Recording<'a> {
    to: &'a dyn Progress,
    warnings: Mutex<Vec<Diagnostic>>,
}

impl<'a> Recording<'a> {
    pub(crate) fn new(to: &'a dyn Progress) -> Recording<'a> {
        Recording { to, warnings: Mutex::default() }
    }

    pub(crate) fn finish(self) -> Vec<Diagnostic> {
        self.warnings.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Progress for Recording<'_> {
    fn step(&self, message: &str) {
        self.to.step(message);
    }

    fn warn(&self, warning: &Diagnostic) {
        self.warnings.lock().unwrap_or_else(PoisonError::into_inner).push(warning.clone());
        self.to.warn(warning);
    }

    fn left_out(&self, what: &str, reason: &str) {
        self.to.left_out(what, reason);
    }

    fn simplified(&self, what: &str, became: &str) {
        self.to.simplified(what, became);
    }
}
