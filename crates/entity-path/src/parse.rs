//! Parses text to items, checking each against the previous ones.
//!
//! All offsets are bytes of the text as the user wrote it, before expansion.

use crate::env;
use crate::error::{ParseError, ParseErrorKind};
use crate::path::{TAGS, VALUE_KEYS};

type Items = Vec<(String, String)>;
type Variable<'a> = &'a dyn Fn(&str) -> Option<String>;

/// A piece of the text with its offset.
#[derive(Clone, Copy)]
struct Span<'a> {
    text: &'a str,
    offset: usize,
}

impl<'a> Span<'a> {
    fn trim(self) -> Self {
        let start = self.text.trim_start();
        Self { text: start.trim_end(), offset: self.offset + self.text.len() - start.len() }
    }

    /// The part of this span from byte `from` to byte `to`.
    fn slice(self, from: usize, to: usize) -> Self {
        Self { text: &self.text[from..to], offset: self.offset + from }
    }

    fn error(self, kind: ParseErrorKind) -> ErrorAt {
        ErrorAt { kind, offset: self.offset, length: self.text.len().max(1) }
    }
}

/// An error without the whole text.
struct ErrorAt {
    kind: ParseErrorKind,
    offset: usize,
    length: usize,
}

impl ErrorAt {
    fn of(self, text: &str) -> ParseError {
        let Self { kind, offset, length } = self;
        ParseError { kind, text: text.to_owned(), offset, length }
    }
}

/// Splits `text` into items.
pub(crate) fn parse(text: &str, variable: Variable<'_>) -> Result<Items, ParseError> {
    let mut items = Items::new();
    let mut offset = 0;
    for piece in text.split(',') {
        let item = Span { text: piece, offset }.trim();
        offset += piece.len() + 1;
        if !item.text.is_empty() {
            let parsed = parse_item(item, &items, variable).map_err(|error| error.of(text))?;
            items.push(parsed);
        }
    }
    Ok(items)
}

/// Parses one item and checks it against `before`.
fn parse_item(
    item: Span<'_>,
    before: &Items,
    variable: Variable<'_>,
) -> Result<(String, String), ErrorAt> {
    let (key, value) = split(item)?;
    let text = match value {
        Some(value) => expanded(value, variable)?,
        None => "true".to_owned(),
    };
    if text.is_empty() || (value.is_none() && VALUE_KEYS.contains(&key.text)) {
        return Err(item.error(ParseErrorKind::EmptyValue { key: key.text.to_owned() }));
    }
    check_tag(key.text, &text).map_err(|kind| value.unwrap_or(item).error(kind))?;
    check_against(before, key.text, &text).map_err(|kind| item.error(kind))?;
    Ok((key.text.to_owned(), text))
}

/// Splits an item at its `=`; a bare tag has no value.
fn split(item: Span<'_>) -> Result<(Span<'_>, Option<Span<'_>>), ErrorAt> {
    let Some(equals) = item.text.find('=') else { return Ok((item, None)) };
    if let Some(second) = item.text[equals + 1..].find('=') {
        let at = equals + 1 + second;
        return Err(item.slice(at, at + 1).error(ParseErrorKind::SecondEquals));
    }
    let key = item.slice(0, equals).trim();
    if key.text.is_empty() {
        return Err(item.slice(equals, equals + 1).error(ParseErrorKind::MissingKey));
    }
    Ok((key, Some(item.slice(equals + 1, item.text.len()).trim())))
}

/// The value with its variables expanded, if it is allowed in a path.
fn expanded(value: Span<'_>, variable: Variable<'_>) -> Result<String, ErrorAt> {
    let text = env::expand(value.text, variable).trim().to_owned();
    check_printable(&text).map_err(|kind| value.error(kind))?;
    Ok(text)
}

/// Whether `key=value` may be added to `before`, and can be parsed again after
/// printing.
pub(crate) fn check_new(before: &Items, key: &str, value: &str) -> Result<(), ParseError> {
    check_item(before, key, value).map_err(|kind| {
        let text = format!("{key}={value}");
        ParseError { kind, offset: 0, length: text.len(), text }
    })
}

fn check_item(before: &Items, key: &str, value: &str) -> Result<(), ParseErrorKind> {
    if key.is_empty() {
        return Err(ParseErrorKind::MissingKey);
    }
    if value.is_empty() {
        return Err(ParseErrorKind::EmptyValue { key: key.to_owned() });
    }
    check_printable(key)?;
    check_printable(value)?;
    check_tag(key, value)?;
    check_against(before, key, value)
}

/// Whether `text` can be parsed again after printing.
fn check_printable(text: &str) -> Result<(), ParseErrorKind> {
    let what = match text {
        _ if text.contains(',') => "a ','",
        _ if text.contains('=') => "an '='",
        _ if text.trim() != text => "leading or trailing blanks",
        _ => return Ok(()),
    };
    Err(ParseErrorKind::Unprintable { text: text.to_owned(), what })
}

/// A tag is on or off.
fn check_tag(key: &str, value: &str) -> Result<(), ParseErrorKind> {
    if TAGS.contains(&key) && !matches!(value, "true" | "false") {
        return Err(ParseErrorKind::NotATagValue { key: key.to_owned(), value: value.to_owned() });
    }
    Ok(())
}

/// No key may occur twice, and no path is both a getter and a setter.
fn check_against(before: &Items, key: &str, value: &str) -> Result<(), ParseErrorKind> {
    for (earlier, set) in before {
        if earlier == key && set == value {
            return Err(ParseErrorKind::RepeatedKey { key: key.to_owned() });
        }
        if earlier == key && !TAGS.contains(&key) {
            return Err(ParseErrorKind::RepeatedKey { key: key.to_owned() });
        }
        if earlier == key || (are_opposed(earlier, key) && set == "true" && value == "true") {
            return Err(ParseErrorKind::Contradiction {
                first: text_of(earlier, set),
                second: text_of(key, value),
            });
        }
    }
    Ok(())
}

fn are_opposed(a: &str, b: &str) -> bool {
    matches!((a, b), ("getter", "setter") | ("setter", "getter"))
}

fn text_of(key: &str, value: &str) -> String {
    if value == "true" { key.to_owned() } else { format!("{key}={value}") }
}
