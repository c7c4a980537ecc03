//! What the doctor reports. As JSON it has the shape of
//! `schema/metaffi-doctor.schema.json`.

use metaffi_compiler::{Diagnostic, Finding, State};
use metaffi_manifest::{own_abi, own_platform};
use serde::Serialize;

/// Grows when a field goes or means something else; new ones may come without.
const FORMAT: u32 = 1;

/// Everything that was found.
#[derive(Serialize)]
pub(crate) struct Report {
    format: u32,
    pub(crate) version: &'static str,
    pub(crate) abi: String,
    pub(crate) platform: String,
    /// Whether nothing is broken; what is missing may not be needed.
    pub(crate) healthy: bool,
    pub(crate) installation: Finding,
    pub(crate) languages: Vec<About>,
}

/// What was found about a language.
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
        let text = text.map_err(|error| Diagnostic::new(format!("no JSON of this: {error}")))?;
        Ok(text + "\n")
    }
}
