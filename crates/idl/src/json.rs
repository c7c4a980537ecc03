//! Prints the model as JSON. The same model always prints the same bytes.

use metaffi_entity_path::EntityPath;
use serde::{Serialize, Serializer};

use crate::model::Idl;

/// The version of the printed format. Version 1, which only had the ABI's
/// types, can still be read.
pub const VERSION: u32 = 2;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    #[serde(flatten)]
    idl: &'a Idl,
}

impl Idl {
    /// The IDL as JSON: indented by two spaces, fields in the model's order,
    /// with a line break at the end.
    pub fn to_json(&self) -> String {
        let document = Document { version: VERSION, idl: self };
        let mut json = serde_json::to_string_pretty(&document)
            .unwrap_or_else(|error| unreachable!("every key of the model is a string: {error}"));
        json.push('\n');
        json
    }
}

/// An entity path as a map of strings, which is its form in the IDL.
pub(crate) fn entity_path<S: Serializer>(path: &EntityPath, to: S) -> Result<S::Ok, S::Error> {
    to.collect_map(path.iter())
}
