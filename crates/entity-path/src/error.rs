//! Errors in an entity path, with their location.
//!
//! Errors own their text, since they outlive the path and cross to other
//! languages.

use std::fmt;

/// What is wrong at the location of a [`ParseError`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseErrorKind {
    /// `a=b=c`.
    #[error("two '=' in one item: separate items with ','")]
    SecondEquals,
    /// `=x`.
    #[error("no key before '=': write key=value")]
    MissingKey,
    /// `callable=`, or a bare `callable`.
    #[error("'{key}' has no value: write {key}=value")]
    EmptyValue {
        /// The key without a value.
        key: String,
    },
    /// `callable=a,callable=b`.
    #[error("'{key}' is given twice: keep one of them")]
    RepeatedKey {
        /// The repeated key.
        key: String,
    },
    /// `getter,setter`, or `getter,getter=false`.
    #[error("'{second}' contradicts '{first}': keep one of them")]
    Contradiction {
        /// The item that comes first.
        first: String,
        /// The item that contradicts it, which the error points at.
        second: String,
    },
    /// `getter=perhaps`.
    #[error("'{key}' is a tag, but '{value}' is neither true nor false: write {key}")]
    NotATagValue {
        /// The tag.
        key: String,
        /// The invalid value.
        value: String,
    },
    /// A key or value that could not be parsed after printing: from a builder or a
    /// variable.
    #[error("'{text}' is not allowed in an entity path: it contains {what}")]
    Unprintable {
        /// The key or value.
        text: String,
        /// What is not allowed in it.
        what: &'static str,
    },
}

/// An entity path that cannot be parsed. Its `Display` shows the text with the
/// location marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    pub(crate) kind: ParseErrorKind,
    pub(crate) text: String,
    pub(crate) offset: usize,
    pub(crate) length: usize,
}

impl ParseError {
    /// What is wrong.
    pub fn kind(&self) -> &ParseErrorKind {
        &self.kind
    }

    /// The text that was parsed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The start of the error, in bytes of [`text`](Self::text).
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// The length of the error in bytes; at least 1.
    pub fn length(&self) -> usize {
        self.length
    }
}

impl std::error::Error for ParseError {}

impl fmt::Display for ParseError {
    /// The error, the text, and a line of carets under the location.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = (self.offset + self.length).min(self.text.len());
        let before = self.text[..self.offset].chars().count();
        let marked = self.text[self.offset..end].chars().count().max(1);
        // A tab or line break in the text would shift the carets.
        let line: String =
            self.text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        writeln!(f, "entity path: {}", self.kind)?;
        writeln!(f, "  {line}")?;
        write!(f, "  {:before$}{:^<marked$}", "", "")
    }
}

/// A missing key that the reader of a path needs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("entity path '{path}' has no '{key}': add {key}=…")]
pub struct MissingKey {
    /// The path as text.
    pub path: String,
    /// The key that is missing.
    pub key: String,
}
