//! Checks that a plugin's manifest allows it to be installed, and that its files
//! match the manifest.

use std::collections::BTreeMap;

use metaffi_compiler::Diagnostic;
use metaffi_manifest::{FILE, Manifest, is_valid_name};

use super::content::{Content, Entry};

/// The maximum size of a manifest, in bytes.
const MANIFEST: u64 = 1 << 20;

/// A plugin that may be installed once the digests of its files are verified.
pub(crate) struct Checked {
    pub(crate) content: Content,
    pub(crate) manifest: Manifest,
    /// The manifest's bytes, unchanged.
    pub(crate) text: Vec<u8>,
}

/// Reads the manifest, and checks it against the files.
pub(crate) fn check(mut content: Content) -> Result<Checked, Diagnostic> {
    let entry = content.entries.iter().find(|entry| entry.name == FILE).cloned();
    let entry = entry.filter(|entry| entry.size <= MANIFEST).ok_or_else(|| {
        let why = format!("no {FILE} at the top level, or it is too large");
        Diagnostic::new(why).help("docs/plugins.md describes the contents of a plugin")
    })?;
    let mut text = Vec::new();
    content.copy(&entry, &mut text)?;
    let diagnostic = |why: String| Diagnostic::new(format!("{FILE}: {why}"));
    let manifest =
        String::from_utf8(text.clone()).map_err(|_| diagnostic("it is not UTF-8".into()))?;
    let manifest = Manifest::parse(&manifest).map_err(diagnostic)?;
    check_required(&manifest).map_err(diagnostic)?;
    if let Some(files) = &manifest.files {
        check_listed(files, &content.entries)?;
    } else if content.is_archive() {
        return Err(diagnostic("an archive must list its `files` with their digests".into()));
    }
    has_library(&manifest, &content.entries).map_err(diagnostic)?;
    Ok(Checked { content, manifest, text })
}

/// Checks the keys that a plugin from outside the installation must have.
fn check_required(manifest: &Manifest) -> Result<(), String> {
    for name in manifest.names() {
        if !is_valid_name(name) {
            return Err(format!(
                "{name:?} is not a valid name; use lower-case letters, digits, '-' and '_'"
            ));
        }
    }
    let says = [
        ("version", manifest.version.as_ref().is_some_and(|version| is_version(version))),
        ("platforms", !manifest.platforms.is_empty()),
        ("abi", manifest.abi.is_some()),
    ];
    match says.iter().find(|(_, says)| !says) {
        Some((missing, _)) => Err(format!("`{missing}` is missing")),
        None => Ok(()),
    }
}

/// One printable word.
fn is_version(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.chars().all(|c| c.is_ascii_graphic())
}

fn has_library(manifest: &Manifest, entries: &[Entry]) -> Result<(), String> {
    match &manifest.library {
        Some(library) if !entries.iter().any(|entry| entry.name == *library) => {
            Err(format!("its library '{library}' is missing"))
        }
        None if manifest.compiler.is_none() => {
            Err("it has neither a `library` nor a `compiler`".to_owned())
        }
        _ => Ok(()),
    }
}

/// Checks that every file except the manifest is listed, and that every listed
/// file exists.
fn check_listed(files: &BTreeMap<String, String>, entries: &[Entry]) -> Result<(), Diagnostic> {
    let unlisted = entries.iter().find(|one| one.name != FILE && !files.contains_key(&one.name));
    if let Some(entry) = unlisted {
        return Err(Diagnostic::new(format!("'{}' is not listed in `files`", entry.name)));
    }
    match files.keys().find(|name| !entries.iter().any(|entry| entry.name == **name)) {
        Some(name) => Err(Diagnostic::new(format!("'{name}' is listed in `files` but missing"))),
        None => Ok(()),
    }
}
