//! What is wrong with an entity path, and where.
//!
//! Errors own their text: they outlive the path and cross to other languages.

use std::fmt;

/// What is wrong at the place that a [`ParseError`] points at.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
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
        /// The key that is there twice.
        key: String,
    },
    /// `getter,setter`, or `getter,getter=false`.
    #[error("'{second}' contradicts '{first}': keep one of them")]
    Contradiction {
        /// The item that stands first.
        first: String,
        /// The item that contradicts it; the error points at it.
        second: String,
    },
    /// `getter=perhaps`.
    #[error("'{key}' is a tag, and '{value}' is neither true nor false: write {key}")]
    NotATagValue {
        /// The tag.
        key: String,
        /// What stands as its value.
        value: String,
    },
    /// A key or value that would not survive printing: from a builder or a variable.
    #[error("'{text}' cannot stand in an entity path: it has {what}")]
    Unprintable {
        /// The key or value.
        text: String,
        /// What is wrong with it.
        what: &'static str,
    },
}

/// An entity path that cannot be read. Prints the text with the place marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    pub(crate) fault: Fault,
    pub(crate) text: String,
    pub(crate) offset: usize,
    pub(crate) length: usize,
}

impl ParseError {
    /// What is wrong.
    pub fn fault(&self) -> &Fault {
        &self.fault
    }

    /// The text that was parsed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the fault begins, in bytes of [`text`](Self::text).
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// How far the fault reaches, in bytes; at least 1.
    pub fn length(&self) -> usize {
        self.length
    }
}

impl std::error::Error for ParseError {}

impl fmt::Display for ParseError {
    /// The fault, the text, and a line of carets under the place.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = (self.offset + self.length).min(self.text.len());
        let before = self.text[..self.offset].chars().count();
        let marked = self.text[self.offset..end].chars().count().max(1);
        // A tab or line break in the text would move the carets.
        let line: String =
            self.text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        writeln!(f, "entity path: {}", self.fault)?;
        writeln!(f, "  {line}")?;
        write!(f, "  {:before$}{:^<marked$}", "", "")
    }
}

/// A key that the reader of a path needs and that is not there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("entity path '{path}' has no '{key}': add {key}=…")]
pub struct MissingKey {
    /// The path as it prints.
    pub path: String,
    /// The key that is missing.
    pub key: String,
}
