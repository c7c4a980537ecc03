//! What the extractor is asked and what it answers.
//!
//! Plain data, field for field that of `extractor/metaffi_extract/reading.py`.

use std::path::{Path, PathBuf};

use metaffi_compiler::Diagnostic;
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
pub(crate) struct Question<'a> {
    /// Files, package folders, importable names.
    pub(crate) sources: &'a [String],
    /// Whether they are imported; else their text is read.
    pub(crate) import: bool,
    /// The file that imports as the runtime does.
    pub(crate) loader: &'a Path,
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(crate) struct Answer {
    /// The modules as the IDL has them.
    pub(crate) modules: Vec<serde_json::Value>,
    pub(crate) left_out: Vec<LeftOut>,
    pub(crate) warnings: Vec<Problem>,
    pub(crate) errors: Vec<Problem>,
}

/// Something public that is not described.
#[derive(Deserialize)]
pub(crate) struct LeftOut {
    /// Its full name.
    pub(crate) name: String,
    /// Why.
    pub(crate) reason: String,
}

/// An error or a warning, with its place; 0 and empty where there is none.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Problem {
    pub(crate) message: String,
    pub(crate) file: String,
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) help: String,
}

impl Problem {
    /// The same as a diagnostic.
    pub(crate) fn into_diagnostic(self) -> Diagnostic {
        let mut told = Diagnostic::new(self.message);
        if !self.help.is_empty() {
            told = told.help(self.help);
        }
        if self.file.is_empty() {
            return told;
        }
        told = told.at(shortened(Path::new(&self.file)));
        match (self.line, self.column) {
            (0, _) => told,
            (line, 0) => told.line(line, None),
            (line, column) => told.line(line, Some(column)),
        }
    }
}

/// The path as the user would write it from here.
fn shortened(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&here).unwrap_or(path).to_owned()
}
