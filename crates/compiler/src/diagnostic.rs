//! Problems in a compilation: what is wrong, where, and what to do.
//!
//! One type for all languages. Its `Display` has the form that editors
//! recognise (`file:line:column: message`); the command adds colours.

use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use metaffi_programs::NotFound;
use serde::{Deserialize, Serialize};

/// An error or a warning, with its location and a suggestion.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Diagnostic {
    /// What is wrong: in lower case, naming the thing.
    pub message: String,
    /// The file it is about.
    pub file: Option<PathBuf>,
    /// The line, from 1.
    pub line: Option<u32>,
    /// The column, from 1.
    pub column: Option<u32>,
    /// What to do.
    pub help: Option<String>,
    /// Related diagnostics, each with its own location.
    pub related: Vec<Diagnostic>,
    /// The command was used incorrectly, as opposed to a problem in its input.
    pub is_misuse: bool,
}

impl Diagnostic {
    /// A diagnostic without a location.
    pub fn new(message: impl Into<String>) -> Diagnostic {
        Diagnostic { message: message.into(), ..Diagnostic::default() }
    }

    /// The same, about `file`.
    #[must_use]
    pub fn at(mut self, file: impl Into<PathBuf>) -> Diagnostic {
        self.file = Some(file.into());
        self
    }

    /// The same, at a line and, if known, a column (both from 1).
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

    /// The same, with related diagnostics.
    #[must_use]
    pub fn related(mut self, related: impl IntoIterator<Item = Diagnostic>) -> Diagnostic {
        self.related.extend(related);
        self
    }

    /// The same, as incorrect use of the command.
    #[must_use]
    pub fn misuse(mut self) -> Diagnostic {
        self.is_misuse = true;
        self
    }

    /// An I/O error for `file`; `doing` is the operation ("read").
    pub fn io(doing: &str, file: &Path, error: &std::io::Error) -> Diagnostic {
        let diagnostic = Diagnostic::new(format!("cannot {doing}: {error}")).at(file);
        match (error.kind(), doing) {
            (ErrorKind::NotFound, "read") => {
                diagnostic.help("check the path; it is relative to the working directory")
            }
            (ErrorKind::PermissionDenied, "read") => diagnostic.help("check its permissions"),
            (_, "read") => diagnostic,
            (ErrorKind::AlreadyExists | ErrorKind::NotADirectory, _) => diagnostic.help(
                "a file with the name of this folder exists; use another output folder (-o DIR)",
            ),
            _ => diagnostic.help("use a writable output folder (-o DIR)"),
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
    /// `file:line:column: message`, the related diagnostics, and the help, each
    /// on separate lines.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_place(f)?;
        f.write_str(&self.message)?;
        for diagnostic in &self.related {
            write!(f, "\n  {}", diagnostic.to_string().replace('\n', "\n  "))?;
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
