//! The parsed path: ordered items, look-up, builders and printing.
//!
//! Must not know the syntax beyond printing it. `parse` checks every item,
//! including those of the builders, so that every printed path can be parsed
//! again.

use std::fmt;

use crate::error::{MissingKey, ParseError};
use crate::{env, parse};

/// Keys that name something: they need a value, and are never printed bare.
pub(crate) const VALUE_KEYS: &[&str] = &["class", "callable", "field", "attribute", "global"];
/// Keys that are on or off.
pub(crate) const TAGS: &[&str] =
    &["instance_required", "getter", "setter", "varargs", "named_args", "awaited"];

/// The location of an entity in its module: `key=value` items and bare tags.
///
/// Items keep their order. Two paths are equal when their items are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct EntityPath {
    items: Vec<(String, String)>,
}

impl EntityPath {
    /// An empty path, to build on with [`with`](Self::with) and [`tag`](Self::tag).
    pub fn new() -> Self {
        Self::default()
    }

    /// Parses `text` and expands `${VAR}` and `$VAR` from the process environment.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        Self::parse_with(text, env::process)
    }

    /// Parses `text` unchanged, without expanding variables.
    pub fn parse_literal(text: &str) -> Result<Self, ParseError> {
        Self::parse_with(text, |_| None)
    }

    /// Parses `text` and expands the variables that `variable` returns a value
    /// for.
    ///
    /// Values are expanded after the text has been split, so a variable cannot
    /// add items.
    pub fn parse_with(
        text: &str,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, ParseError> {
        parse::parse(text, &variable).map(|items| Self { items })
    }

    /// The value of `key`; of a bare tag, `true`.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.items.iter().find(|(k, _)| k == key).map(|(_, value)| value.as_str())
    }

    /// Whether the tag `name` is set; `name=false` is the same as absent.
    pub fn has_tag(&self, name: &str) -> bool {
        self.get(name) == Some("true")
    }

    /// The value of `key`, or an error that shows the path and the missing key.
    pub fn require(&self, key: &str) -> Result<&str, MissingKey> {
        self.get(key).ok_or_else(|| MissingKey { path: self.to_string(), key: key.to_owned() })
    }

    /// The items in the order in which they were written; a tag's value is `true`.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.items.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// Whether there is no item at all.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Adds `key=value`.
    ///
    /// # Panics
    /// If [`try_with`](Self::try_with) fails; use that for names that are not
    /// constants.
    #[must_use]
    pub fn with(self, key: &str, value: &str) -> Self {
        match self.try_with(key, value) {
            Ok(path) => path,
            Err(error) => panic!("{error}"),
        }
    }

    /// Adds the tag `name`.
    ///
    /// # Panics
    /// If the tag is already present, contradicts another, or is not the name
    /// of a tag.
    #[must_use]
    pub fn tag(self, name: &str) -> Self {
        self.with(name, "true")
    }

    /// Adds `key=value`, or returns why it is not allowed in an entity path: it
    /// contains a comma or `=`, or has blanks around it, or the key is already
    /// present.
    pub fn try_with(mut self, key: &str, value: &str) -> Result<Self, ParseError> {
        parse::check_new(&self.items, key, value)?;
        self.items.push((key.to_owned(), value.to_owned()));
        Ok(self)
    }
}

impl fmt::Display for EntityPath {
    /// Prints text that parses to the same path. `tag=true` is printed as the
    /// bare tag.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (key, value)) in self.items.iter().enumerate() {
            if index > 0 {
                f.write_str(",")?;
            }
            match value.as_str() {
                "true" if !VALUE_KEYS.contains(&key.as_str()) => f.write_str(key)?,
                _ => write!(f, "{key}={value}")?,
            }
        }
        Ok(())
    }
}

impl std::str::FromStr for EntityPath {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::parse(text)
    }
}
