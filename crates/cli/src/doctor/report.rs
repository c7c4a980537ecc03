//! The doctor's report. Its JSON form follows
//! `schema/metaffi-doctor.schema.json`.

use metaffi_compiler::{Diagnostic, Finding, State};
use metaffi_manifest::{own_abi, own_platform};
use serde::Serialize;

/// Increases when a field is removed or changes its meaning, but not when one
/// is added.
const FORMAT: u32 = 1;

/// All findings.
#[derive(Serialize)]
pub(crate) struct Report {
    format: u32,
    pub(crate) version: &'static str,
    pub(crate) abi: String,
    pub(crate) platform: String,
    /// Whether nothing is broken. Missing items do not count, since they may
    /// not be needed.
    pub(crate) healthy: bool,
    pub(crate) installation: Finding,
    pub(crate) languages: Vec<About>,
}

/// The findings about one language.
#[derive(Serialize)]
pub(crate) struct About {
    pub(crate) name: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) findings: Vec<Finding>,
}

impl Report {
    pub(crate) fn new(installation: Finding, languages: Vec<About>) -> Report {
        let findings = languages.iter().flat_map(|about| &about.findings);
        let healthy = findings.chain([&installation]).all(|one| one.state != State::Broken);
        Report {
            format: FORMAT,
            version: metaffi::VERSION,
            abi: own_abi(),
            platform: own_platform(),
            healthy,
            installation,
            languages,
        }
    }

    pub(crate) fn json(&self) -> Result<String, Diagnostic> {
        let text = serde_json::to_string_pretty(self);
        let text = text.map_err(|error| {
            Diagnostic::new(format!("cannot convert the report to JSON: {error}"))
        })?;
        Ok(text + "\n")
    }
}
