//! Text to items, each checked against those before it.
//!
//! All offsets are bytes of the text as the user wrote it, before expansion.

use crate::env;
use crate::error::{Fault, ParseError};
use crate::path::{TAGS, VALUE_KEYS};

type Items = Vec<(String, String)>;
type Variable<'a> = &'a dyn Fn(&str) -> Option<String>;

/// A piece of the text with its place.
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

    fn fault(self, fault: Fault) -> Located {
        Located { fault, offset: self.offset, length: self.text.len().max(1) }
    }
}

/// A fault that does not know the whole text yet.
struct Located {
    fault: Fault,
    offset: usize,
    length: usize,
}

impl Located {
    fn of(self, text: &str) -> ParseError {
        let Self { fault, offset, length } = self;
        ParseError { fault, text: text.to_owned(), offset, length }
    }
}

/// Takes `text` apart.
pub(crate) fn parse(text: &str, variable: Variable<'_>) -> Result<Items, ParseError> {
    let mut items = Items::new();
    let mut offset = 0;
    for piece in text.split(',') {
        let item = Span { text: piece, offset }.trim();
        offset += piece.len() + 1;
        if !item.text.is_empty() {
            let read = read_item(item, &items, variable).map_err(|fault| fault.of(text))?;
            items.push(read);
        }
    }
    Ok(items)
}

/// Reads one item and checks it against `before`.
fn read_item(
    item: Span<'_>,
    before: &Items,
    variable: Variable<'_>,
) -> Result<(String, String), Located> {
    let (key, value) = split(item)?;
    let text = match value {
        Some(value) => expanded(value, variable)?,
        None => "true".to_owned(),
    };
    if text.is_empty() || (value.is_none() && VALUE_KEYS.contains(&key.text)) {
        return Err(item.fault(Fault::EmptyValue { key: key.text.to_owned() }));
    }
    check_tag(key.text, &text).map_err(|fault| value.unwrap_or(item).fault(fault))?;
    check_against(before, key.text, &text).map_err(|fault| item.fault(fault))?;
    Ok((key.text.to_owned(), text))
}

/// Splits an item at its `=`; a bare tag has no value.
fn split(item: Span<'_>) -> Result<(Span<'_>, Option<Span<'_>>), Located> {
    let Some(equals) = item.text.find('=') else { return Ok((item, None)) };
    if let Some(second) = item.text[equals + 1..].find('=') {
        let at = equals + 1 + second;
        return Err(item.slice(at, at + 1).fault(Fault::SecondEquals));
    }
    let key = item.slice(0, equals).trim();
    if key.text.is_empty() {
        return Err(item.slice(equals, equals + 1).fault(Fault::MissingKey));
    }
    Ok((key, Some(item.slice(equals + 1, item.text.len()).trim())))
}

/// The value with its variables replaced, if that can stand in a path.
fn expanded(value: Span<'_>, variable: Variable<'_>) -> Result<String, Located> {
    let text = env::expand(value.text, variable).trim().to_owned();
    check_printable(&text).map_err(|fault| value.fault(fault))?;
    Ok(text)
}

/// Whether `key=value` may be added to `before` and survives printing.
pub(crate) fn check_new(before: &Items, key: &str, value: &str) -> Result<(), ParseError> {
    check_item(before, key, value).map_err(|fault| {
        let text = format!("{key}={value}");
        ParseError { fault, offset: 0, length: text.len(), text }
    })
}

fn check_item(before: &Items, key: &str, value: &str) -> Result<(), Fault> {
    if key.is_empty() {
        return Err(Fault::MissingKey);
    }
    if value.is_empty() {
        return Err(Fault::EmptyValue { key: key.to_owned() });
    }
    check_printable(key)?;
    check_printable(value)?;
    check_tag(key, value)?;
    check_against(before, key, value)
}

/// Whether `text` reads back as it was printed.
fn check_printable(text: &str) -> Result<(), Fault> {
    let what = match text {
        _ if text.contains(',') => "a ','",
        _ if text.contains('=') => "an '='",
        _ if text.trim() != text => "blanks around it",
        _ => return Ok(()),
    };
    Err(Fault::Unprintable { text: text.to_owned(), what })
}

/// A tag is on or off.
fn check_tag(key: &str, value: &str) -> Result<(), Fault> {
    if TAGS.contains(&key) && !matches!(value, "true" | "false") {
        return Err(Fault::NotATagValue { key: key.to_owned(), value: value.to_owned() });
    }
    Ok(())
}

/// No key twice, and no getter that is a setter too.
fn check_against(before: &Items, key: &str, value: &str) -> Result<(), Fault> {
    for (earlier, set) in before {
        if earlier == key && set == value {
            return Err(Fault::RepeatedKey { key: key.to_owned() });
        }
        if earlier == key && !TAGS.contains(&key) {
            return Err(Fault::RepeatedKey { key: key.to_owned() });
        }
        if earlier == key || (opposed(earlier, key) && set == "true" && value == "true") {
            return Err(Fault::Contradiction {
                first: shown(earlier, set),
                second: shown(key, value),
            });
        }
    }
    Ok(())
}

fn opposed(a: &str, b: &str) -> bool {
    matches!((a, b), ("getter", "setter") | ("setter", "getter"))
}

fn shown(key: &str, value: &str) -> String {
    if value == "true" { key.to_owned() } else { format!("{key}={value}") }
}
