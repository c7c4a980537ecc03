//! What the extractor is asked and what it answers.
//!
//! Plain data, field for field that of `extractor/metaffi_extract/reading.py`.

use std::path::Path;

use metaffi_compiler::{Loss, Problem};
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
pub(crate) struct Question<'a> {
    /// Files, package folders, importable names.
    pub(crate) sources: &'a [String],
    /// Whether they are imported; else their text is read.
    pub(crate) import: bool,
    /// The file that imports as the runtime does.
    pub(crate) loader: &'a Path,
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(crate) struct Answer {
    /// The modules as the IDL has them.
    pub(crate) modules: Vec<serde_json::Value>,
    pub(crate) left_out: Vec<Loss>,
    pub(crate) warnings: Vec<Problem>,
    pub(crate) errors: Vec<Problem>,
}
