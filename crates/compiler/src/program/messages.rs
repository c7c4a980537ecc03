//! The messages between the command and a language's program: one JSON value
//! per line. docs/language-programs.md is the manual.

use std::collections::BTreeMap;

use metaffi_idl::Idl;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::cache::hexadecimal;
use crate::diagnostic::Diagnostic;
use crate::output::OutputFile;
use crate::progress::Loss;

/// The version of the protocol.
pub(crate) const PROTOCOL: u32 = 1;

/// A line to the program.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Question {
    pub(crate) protocol: u32,
    #[serde(rename = "do")]
    pub(crate) what: Task,
    /// The source as the user passed it.
    pub(crate) source: String,
    #[serde(default)]
    pub(crate) out_dir: String,
    #[serde(default)]
    pub(crate) home: String,
    #[serde(default)]
    pub(crate) options: BTreeMap<String, String>,
    /// For building and emitting: the interface.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub(crate) idl: Value,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Task {
    /// Report whether the source is an importable name.
    Claims,
    /// Read the source.
    Read,
    /// Build the guest of the source, which was read just before or is saved.
    Build,
    /// Write stubs.
    Emit,
}

/// A line from the program. The first four may precede an answer; the others
/// are answers.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Message {
    Step(String),
    Warning(Diagnostic),
    LeftOut(Loss),
    Simplified(Loss),
    Error(Diagnostic),
    Claims(Claim),
    Idl(Value),
    Guest(Guest),
    Files(Vec<File>),
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Claim {
    pub(crate) is_mine: bool,
    /// What the user may mean by a name that no language claims.
    pub(crate) hint: Option<String>,
}

/// A built guest.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Guest {
    File(String),
    NotNeeded(String),
}

/// A file of stubs, with its text, or its bytes in hexadecimal.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct File {
    pub(crate) path: String,
    #[serde(flatten)]
    pub(crate) content: Content,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Content {
    Text(String),
    Hex(String),
}

impl File {
    /// `None` if the path is not UTF-8.
    pub(crate) fn of(file: OutputFile) -> Option<File> {
        let path = file.path.to_str()?.to_owned();
        Some(File { path, content: Content::of(file.bytes) })
    }

    /// `None` if the content is not hexadecimal.
    pub(crate) fn into_output(self) -> Option<OutputFile> {
        Some(OutputFile::new(self.path, self.content.into_bytes()?))
    }
}

impl Content {
    pub(crate) fn of(bytes: Vec<u8>) -> Content {
        String::from_utf8(bytes)
            .map_or_else(|error| Content::Hex(hexadecimal(error.as_bytes())), Content::Text)
    }

    /// `None` if the content is not hexadecimal.
    pub(crate) fn into_bytes(self) -> Option<Vec<u8>> {
        let hex = match self {
            Content::Text(text) => return Some(text.into_bytes()),
            Content::Hex(hex) => hex,
        };
        let digits = hex.as_bytes().chunks(2).map(|pair| match pair {
            [_, _] => u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok(),
            _ => None,
        });
        digits.collect()
    }
}

/// The interface as a part of a message.
pub(crate) fn value_of(idl: &Idl) -> Value {
    serde_json::from_str(&idl.to_json()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Content;

    #[test]
    fn any_bytes_come_back() {
        for bytes in [vec![], b"text".to_vec(), vec![0, 255, 16]] {
            assert_eq!(Content::of(bytes.clone()).into_bytes(), Some(bytes));
        }
        for broken in ["0", "zz", "ä"] {
            assert_eq!(Content::Hex(broken.to_owned()).into_bytes(), None);
        }
    }
}
