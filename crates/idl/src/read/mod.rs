//! JSON to the model, with every fault and not only the first.
//!
//! Documents of version 1 are turned into version 2 (`version1`), and
//! references between classes are checked (`references`).
//!
//! `place` knows where in the document we are, `fields` reads one object's
//! fields, `elements` knows what the model's elements consist of. The JSON
//! schema in `schema/` says the same; `tests/schema.rs` holds the two together.

mod elements;
mod fields;
mod place;
mod references;
mod trees;
mod version1;

use std::fmt;

use serde_json::Value;

use crate::model::Idl;
use fields::Reader;
use place::Place;

/// Something wrong in an IDL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The JSON path: `$.modules[0].functions[2].parameters[0].type`.
    pub path: String,
    /// What is wrong there and what would be right.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

impl std::error::Error for Fault {}

impl Idl {
    /// Reads an IDL, or returns all that is wrong with it.
    ///
    /// ```
    /// let faults = metaffi_idl::Idl::from_json(r#"{ "idl_source": "x", "modules": 3 }"#).unwrap_err();
    /// assert_eq!(faults[0].to_string(), "$: 'target_language' is missing");
    /// assert_eq!(faults[1].path, "$.modules");
    /// ```
    pub fn from_json(text: &str) -> Result<Idl, Vec<Fault>> {
        let document: Value = serde_json::from_str(text).map_err(|error| {
            vec![Fault { path: "$".to_owned(), message: format!("this is not JSON: {error}") }]
        })?;
        let reader = Reader::default();
        let root = Place::root(&document);
        let version = elements::version(&reader, &root);
        let mut idl = elements::idl(&reader, &root);
        let faults = reader.into_faults();
        if !faults.is_empty() {
            return Err(faults);
        }
        if version == 1 {
            version1::upgrade(&mut idl);
            idl.complete();
        }
        let faults = references::check(&mut idl);
        if faults.is_empty() { Ok(idl) } else { Err(faults) }
    }
}
