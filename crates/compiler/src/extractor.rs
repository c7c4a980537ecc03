//! Extractors: programs in a source's own language that read it. They get a
//! question as JSON on standard input, and answer as JSON on standard output.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;

/// An error or a warning of an extractor, with its location; fields are 0 or
/// empty if unknown.
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
    /// Converts it to a diagnostic.
    pub fn into_diagnostic(self) -> Diagnostic {
        let mut diagnostic = Diagnostic::new(self.message);
        if !self.help.is_empty() {
            diagnostic = diagnostic.help(self.help);
        }
        if self.file.is_empty() {
            return diagnostic;
        }
        diagnostic = diagnostic.at(shortened(Path::new(&self.file)));
        match (self.line, self.column) {
            (0, _) => diagnostic,
            (line, 0) => diagnostic.line(line, None),
            (line, column) => diagnostic.line(line, Some(column)),
        }
    }
}

/// The path relative to the working directory, as the user would write it.
pub(crate) fn shortened(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&here).unwrap_or(path).to_owned()
}

/// Runs an extractor, and returns its output for `question`.
///
/// # Errors
///
/// If the program cannot be run, or does not read the question.
pub fn ask_extractor(command: &mut Command, question: &impl Serialize) -> io::Result<Output> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let question = serde_json::to_vec(question)?;
    let mut child = command.spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(&question)?;
    }
    child.wait_with_output()
}

/// Parses an extractor's answer in `output`. `language` names the extractor in
/// the error.
///
/// # Errors
///
/// If the answer does not parse as `T`.
pub fn extractor_answer<T: DeserializeOwned>(
    language: &str,
    output: &Output,
) -> Result<T, Diagnostic> {
    serde_json::from_slice(&output.stdout).map_err(|error| {
        let message = format!("cannot parse the answer of the {language} extractor: {error}");
        Diagnostic::new(message).help("reinstall MetaFFI: its parts have different versions")
    })
}
