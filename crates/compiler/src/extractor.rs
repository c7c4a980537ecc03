//! Extractors: programs of a source's own language that read it, are asked by
//! JSON on standard input and answer by JSON on standard output.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;

/// An error or a warning of an extractor, with its place; 0 and empty where
/// there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Problem {
    /// What is wrong.
    pub message: String,
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
    /// What to do.
    pub help: String,
}

impl Problem {
    /// The same as a diagnostic.
    pub fn into_diagnostic(self) -> Diagnostic {
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
pub(crate) fn shortened(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&here).unwrap_or(path).to_owned()
}

/// Runs an extractor, and returns all that it says to `question`.
///
/// # Errors
///
/// The program cannot be run, or does not read the question.
pub fn ask_extractor(command: &mut Command, question: &impl Serialize) -> io::Result<Output> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let question = serde_json::to_vec(question)?;
    let mut child = command.spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(&question)?;
    }
    child.wait_with_output()
}

/// What an extractor answered in `output`; `language` names it in the error of
/// an answer of another version.
///
/// # Errors
///
/// The answer is not what `T` reads.
pub fn extractor_answer<T: DeserializeOwned>(
    language: &str,
    output: &Output,
) -> Result<T, Diagnostic> {
    serde_json::from_slice(&output.stdout).map_err(|error| {
        let message = format!("the answer of the {language} extractor is not understood: {error}");
        Diagnostic::new(message).help("reinstall MetaFFI: its parts are of different versions")
    })
}
