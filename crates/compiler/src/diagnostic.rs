//! What went wrong in a compilation, where, and what to do.
//!
//! One type for all languages. It prints itself in the form that editors
//! know (`file:line:column: message`); colours are the command's business.

use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use metaffi_programs::NotFound;
use serde::{Deserialize, Serialize};

/// An error or a warning, with its place and a way out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Diagnostic {
    /// What is wrong: lower-case, naming the thing.
    pub message: String,
    /// The file it is about.
    pub file: Option<PathBuf>,
    /// The line, from 1.
    pub line: Option<u32>,
    /// The column, from 1.
    pub column: Option<u32>,
    /// What to do.
    pub help: Option<String>,
    /// Further faults that belong to it, each with a place of its own.
    pub related: Vec<Diagnostic>,
    /// The command was called wrongly: nothing is wrong with what it works on.
    pub is_misuse: bool,
}

impl Diagnostic {
    /// A diagnostic without a place.
    pub fn new(message: impl Into<String>) -> Diagnostic {
        Diagnostic { message: message.into(), ..Diagnostic::default() }
    }

    /// The same, about `file`.
    #[must_use]
    pub fn at(mut self, file: impl Into<PathBuf>) -> Diagnostic {
        self.file = Some(file.into());
        self
    }

    /// The same, at a line and, where known, a column (both from 1).
    #[must_use]
    pub fn line(mut self, line: u32, column: Option<u32>) -> Diagnostic {
        self.line = Some(line);
        self.column = column;
        self
    }

    /// The same, with what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// The same, with further faults.
    #[must_use]
    pub fn related(mut self, related: impl IntoIterator<Item = Diagnostic>) -> Diagnostic {
        self.related.extend(related);
        self
    }

    /// The same, as an error of whoever called the command.
    #[must_use]
    pub fn misuse(mut self) -> Diagnostic {
        self.is_misuse = true;
        self
    }

    /// An input or output error on `file`; `doing` is what was tried ("read").
    pub fn io(doing: &str, file: &Path, error: &std::io::Error) -> Diagnostic {
        let told = Diagnostic::new(format!("cannot {doing}: {error}")).at(file);
        match (error.kind(), doing) {
            (ErrorKind::NotFound, "read") => {
                told.help("check the path; it is relative to the working directory")
            }
            (ErrorKind::PermissionDenied, "read") => told.help("check its permissions"),
            (_, "read") => told,
            (ErrorKind::AlreadyExists | ErrorKind::NotADirectory, _) => {
                told.help("a file has the name of a folder here; write elsewhere (-o DIR)")
            }
            _ => told.help("write to a folder that can be written to (-o DIR)"),
        }
    }

    fn write_place(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(file) = &self.file else { return Ok(()) };
        write!(f, "{}:", file.display())?;
        for number in [self.line, self.column].into_iter().flatten() {
            write!(f, "{number}:")?;
        }
        f.write_str(" ")
    }
}

impl fmt::Display for Diagnostic {
    /// `file:line:column: message`, the related faults, and the help, each on
    /// lines of their own.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_place(f)?;
        f.write_str(&self.message)?;
        for fault in &self.related {
            write!(f, "\n  {}", fault.to_string().replace('\n', "\n  "))?;
        }
        match &self.help {
            Some(help) => write!(f, "\nhelp: {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Diagnostic {}

impl From<NotFound> for Diagnostic {
    fn from(NotFound { what, fix }: NotFound) -> Diagnostic {
        Diagnostic::new(what).help(fix)
    }
}
