//! Printing the model as JSON, the same bytes for the same model.

use metaffi_entity_path::EntityPath;
use serde::{Serialize, Serializer};

use crate::model::Idl;

/// The version of the format that is printed. Version 1, which had no types
/// but those that cross, is still read.
pub const VERSION: u32 = 2;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    #[serde(flatten)]
    idl: &'a Idl,
}

impl Idl {
    /// The IDL as JSON: two blanks a level, fields in the model's order, a
    /// line break at the end.
    pub fn to_json(&self) -> String {
        let document = Document { version: VERSION, idl: self };
        let mut json = serde_json::to_string_pretty(&document)
            .unwrap_or_else(|error| unreachable!("every key of the model is a string: {error}"));
        json.push('\n');
        json
    }
}

/// An entity path as the string map that the IDL wants.
pub(crate) fn entity_path<S: Serializer>(path: &EntityPath, to: S) -> Result<S::Ok, S::Error> {
    to.collect_map(path.iter())
}
