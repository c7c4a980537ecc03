//! Printing the model as JSON, the same bytes for the same model.

use metaffi_entity_path::EntityPath;
use serde::Serializer;

use crate::model::Idl;

impl Idl {
    /// The IDL as JSON: two blanks a level, fields in the model's order, a
    /// line break at the end.
    pub fn to_json(&self) -> String {
        let mut json = serde_json::to_string_pretty(self)
            .unwrap_or_else(|error| unreachable!("every key of the model is a string: {error}"));
        json.push('\n');
        json
    }
}

/// An entity path as the string map that the IDL wants.
pub(crate) fn entity_path<S: Serializer>(path: &EntityPath, to: S) -> Result<S::Ok, S::Error> {
    to.collect_map(path.iter())
}
