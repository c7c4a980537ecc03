//! What the manifest of a plugin must say to be installed, and whether its files
//! are those that it names.

use std::collections::BTreeMap;

use metaffi_compiler::Diagnostic;
use metaffi_manifest::{FILE, Manifest, is_valid_name};

use super::content::{Content, Entry};

/// A manifest is no longer than this.
const MANIFEST: u64 = 1 << 20;

/// A plugin that may be installed, if its files have their digests.
pub(crate) struct Checked {
    pub(crate) content: Content,
    pub(crate) manifest: Manifest,
    /// The manifest as it is written.
    pub(crate) text: Vec<u8>,
}

/// Reads the manifest, and holds it against the files.
pub(crate) fn check(mut content: Content) -> Result<Checked, Diagnostic> {
    let entry = content.entries.iter().find(|entry| entry.name == FILE).cloned();
    let entry = entry.filter(|entry| entry.size <= MANIFEST).ok_or_else(|| {
        let why = format!("there is no {FILE} at the top, or it is larger than a manifest is");
        Diagnostic::new(why).help("docs/plugins.md says what a plugin consists of")
    })?;
    let mut text = Vec::new();
    content.copy(&entry, &mut text)?;
    let fault = |why: String| Diagnostic::new(format!("{FILE}: {why}"));
    let manifest = String::from_utf8(text.clone()).map_err(|_| fault("it is not UTF-8".into()))?;
    let manifest = Manifest::parse(&manifest).map_err(fault)?;
    complete(&manifest).map_err(fault)?;
    if let Some(files) = &manifest.files {
        listed(files, &content.entries)?;
    } else if content.is_archive() {
        return Err(fault("an archive lists its `files` with their digests".into()));
    }
    has_its_library(&manifest, &content.entries).map_err(fault)?;
    Ok(Checked { content, manifest, text })
}

/// What a plugin that somebody else made has to say.
fn complete(manifest: &Manifest) -> Result<(), String> {
    for name in manifest.names() {
        if !is_valid_name(name) {
            return Err(format!(
                "{name:?} cannot be a name; it has lower-case letters, digits, '-' and '_'"
            ));
        }
    }
    let says = [
        ("version", manifest.version.as_ref().is_some_and(|version| is_version(version))),
        ("platforms", !manifest.platforms.is_empty()),
        ("abi", manifest.abi.is_some()),
    ];
    match says.iter().find(|(_, says)| !says) {
        Some((missing, _)) => Err(format!("it must say its `{missing}`")),
        None => Ok(()),
    }
}

/// One word that can be printed.
fn is_version(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.chars().all(|c| c.is_ascii_graphic())
}

fn has_its_library(manifest: &Manifest, entries: &[Entry]) -> Result<(), String> {
    match &manifest.library {
        Some(library) if !entries.iter().any(|entry| entry.name == *library) => {
            Err(format!("its library '{library}' is not there"))
        }
        None if manifest.compiler.is_none() => {
            Err("it has neither a `library` nor a `compiler`".to_owned())
        }
        _ => Ok(()),
    }
}

/// Every file but the manifest is listed, and every listed one is there.
fn listed(files: &BTreeMap<String, String>, entries: &[Entry]) -> Result<(), Diagnostic> {
    let unlisted = entries.iter().find(|one| one.name != FILE && !files.contains_key(&one.name));
    if let Some(entry) = unlisted {
        return Err(Diagnostic::new(format!("'{}' is not one of the `files`", entry.name)));
    }
    match files.keys().find(|name| !entries.iter().any(|entry| entry.name == **name)) {
        Some(name) => Err(Diagnostic::new(format!("'{name}' is one of the `files`, and missing"))),
        None => Ok(()),
    }
}
