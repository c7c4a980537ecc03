//! The extractor's question and answer.
//!
//! Plain data, with the same fields as in `extractor/metaffi_extract/reading.py`.

use std::path::Path;

use metaffi_compiler::{Loss, Problem};
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
pub(crate) struct Question<'a> {
    /// Files, package folders, importable names.
    pub(crate) sources: &'a [String],
    /// Whether they are imported; otherwise only their text is read.
    pub(crate) import: bool,
    /// The runtime's file that imports modules.
    pub(crate) loader: &'a Path,
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(crate) struct Answer {
    /// The modules, in the form of the IDL.
    pub(crate) modules: Vec<serde_json::Value>,
    pub(crate) left_out: Vec<Loss>,
    pub(crate) warnings: Vec<Problem>,
    pub(crate) errors: Vec<Problem>,
}
