//! Converts JSON to the model, and reports every problem rather than only the
//! first.
//!
//! Documents of version 1 are converted to version 2 (`version1`), and
//! references between classes are checked (`references`).
//!
//! `place` tracks the position in the document, `fields` reads the fields of
//! one object, and `elements` knows the model's elements. The JSON schema in
//! `schema/` specifies the same; `tests/schema.rs` compares the two.

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

/// A problem in an IDL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdlDiagnostic {
    /// The JSON path: `$.modules[0].functions[2].parameters[0].type`.
    pub path: String,
    /// What is wrong, and what is expected.
    pub message: String,
}

impl fmt::Display for IdlDiagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

impl std::error::Error for IdlDiagnostic {}

impl Idl {
    /// Parses an IDL, or returns all its problems.
    ///
    /// ```
    /// let faults = metaffi_idl::Idl::from_json(r#"{ "idl_source": "x", "modules": 3 }"#).unwrap_err();
    /// assert_eq!(faults[0].to_string(), "$: 'target_language' is missing");
    /// assert_eq!(faults[1].path, "$.modules");
    /// ```
    pub fn from_json(text: &str) -> Result<Idl, Vec<IdlDiagnostic>> {
        let document: Value = serde_json::from_str(text).map_err(|error| {
            vec![IdlDiagnostic {
                path: "$".to_owned(),
                message: format!("this is not JSON: {error}"),
            }]
        })?;
        let reader = Reader::default();
        let root = Place::root(&document);
        let version = elements::version(&reader, &root);
        let mut idl = elements::idl(&reader, &root);
        let diagnostics = reader.into_diagnostics();
        if !diagnostics.is_empty() {
            return Err(diagnostics);
        }
        if version == 1 {
            version1::upgrade(&mut idl);
            idl.complete();
        }
        let diagnostics = references::check(&mut idl);
        if diagnostics.is_empty() { Ok(idl) } else { Err(diagnostics) }
    }
}
