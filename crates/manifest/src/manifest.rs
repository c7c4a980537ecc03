//! The content of a `plugin.json`.

use std::collections::BTreeMap;

use metaffi_abi as abi;
use serde::{Deserialize, Serialize};

/// The name of the file.
pub const FILE: &str = "plugin.json";

/// The ABI version of this MetaFFI: `1.0`.
#[must_use]
pub fn own_abi() -> String {
    format!("{}.{}", abi::ABI_VERSION, abi::ABI_MINOR)
}

/// This platform's name in manifests: `linux-x86_64`.
#[must_use]
pub fn own_platform() -> String {
    format!("{}-{}", std::env::consts::OS, std::env::consts::ARCH)
}

/// The manifest of a plugin. The fields that an archive must have besides the
/// name are optional in a folder that was put in place by hand.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default)]
pub struct Manifest {
    /// The name that the plugin is loaded by.
    pub name: String,
    /// Other names for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Its version, for display.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The platforms that it runs on: `linux-x86_64`, or `any`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub platforms: Vec<String>,
    /// The minimum ABI version that it needs: `1.0`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub abi: Option<String>,
    /// The file name of the library, beside the manifest. A plugin without one
    /// is only a compiler, not a runtime.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub library: Option<String>,
    /// How to run its compiler; see `docs/language-programs.md`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compiler: Option<serde_json::Value>,
    /// Its other files, with `/` between folders, and their SHA-256 in
    /// hexadecimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub files: Option<BTreeMap<String, String>>,
}

impl Manifest {
    /// Parses a manifest.
    ///
    /// # Errors
    /// Why it cannot be used here: not JSON, no name, another platform or ABI.
    pub fn parse(text: &str) -> Result<Manifest, String> {
        let manifest: Manifest = serde_json::from_str(text).map_err(|error| {
            let kind = if error.is_data() { "invalid" } else { "not JSON" };
            format!("{kind}: {error}")
        })?;
        if manifest.name.is_empty() {
            return Err("it has no name".to_owned());
        }
        manifest.check_platform()?;
        manifest.check_abi()?;
        Ok(manifest)
    }

    /// Whether this is its name or one of its aliases.
    #[must_use]
    pub fn answers_to(&self, name: &str) -> bool {
        self.names().any(|own| own == name)
    }

    /// Its name and its aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.aliases).map(String::as_str)
    }

    fn check_platform(&self) -> Result<(), String> {
        let own = own_platform();
        let fits = |platform: &String| *platform == own || platform == "any";
        if self.platforms.is_empty() || self.platforms.iter().any(fits) {
            return Ok(());
        }
        let platforms = self.platforms.join(", ");
        Err(format!(
            "{} is for {platforms}, but this is {own}: get a build for this platform",
            self.name
        ))
    }

    fn check_abi(&self) -> Result<(), String> {
        let Some(text) = &self.abi else { return Ok(()) };
        let own = (abi::ABI_VERSION, abi::ABI_MINOR);
        let numbers = text.split_once('.');
        let numbers = numbers.and_then(|(version, minor)| {
            Some((version.parse::<u32>().ok()?, minor.parse::<u32>().ok()?))
        });
        let Some(needed) = numbers else {
            return Err(format!("invalid `abi` '{text}'; use the form {}", own_abi()));
        };
        if needed.0 == own.0 && needed.1 <= own.1 {
            return Ok(());
        }
        let newer = if needed > own { "a newer MetaFFI" } else { "a newer build of the plugin" };
        Err(format!(
            "{} needs ABI {text}, but this MetaFFI has {}: install {newer}",
            self.name,
            own_abi()
        ))
    }
}

/// Whether a plugin may have this name: lower-case letters, digits, `-` and `_`,
/// starting with a letter or digit, at most 64. It is also the name of a folder.
#[must_use]
pub fn is_valid_name(name: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    name.len() <= 64
        && name.starts_with(is_plain)
        && name.chars().all(|c| is_plain(c) || matches!(c, '-' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unusable(text: &str) -> String {
        Manifest::parse(text).unwrap_err()
    }

    #[test]
    fn unusable_manifests_are_explained() {
        assert!(unusable("{").starts_with("not JSON: "));
        assert!(unusable(r#"{"name": 7}"#).starts_with("invalid: invalid type"));
        assert_eq!(unusable(r#"{"library": "a.so"}"#), "it has no name");
        let alien = unusable(r#"{"name": "t", "platforms": ["plan9-mips", "os2-x86"]}"#);
        assert!(alien.starts_with("t is for plan9-mips, os2-x86, but this is "), "{alien}");
        let ours = own_abi();
        for (abi, why) in [
            ("0.9", "needs ABI 0.9, but this MetaFFI has {}: install a newer build of the"),
            ("1.99", "needs ABI 1.99, but this MetaFFI has {}: install a newer MetaFFI"),
            ("2.0", "needs ABI 2.0, but this MetaFFI has {}: install a newer MetaFFI"),
            ("one", "invalid `abi` 'one'; use the form "),
        ] {
            let found = unusable(&format!(r#"{{"name": "t", "abi": "{abi}"}}"#));
            assert!(found.contains(&why.replace("{}", &ours)), "{found}");
        }
    }

    #[test]
    fn usable_manifests_are_read() {
        let platforms = format!(r#""platforms": ["x", "{}"], "abi": "1.0""#, own_platform());
        let text = format!(r#"{{"name": "t", "aliases": ["u"], {platforms}}}"#);
        let manifest = Manifest::parse(&text).unwrap();
        assert!(manifest.answers_to("t") && manifest.answers_to("u"));
        assert!(!manifest.answers_to("v"));
        assert!(Manifest::parse(r#"{"name": "t", "platforms": ["any"]}"#).is_ok());
        let written = serde_json::to_string_pretty(&manifest).unwrap();
        assert_eq!(Manifest::parse(&written.replace('\n', "\r\n")).as_ref(), Ok(&manifest));
        assert_eq!(Manifest::parse(&written), Ok(manifest));
    }

    #[test]
    fn names_are_plain() {
        for name in ["t", "python3", "3d", "no-symbol_2"] {
            assert!(is_valid_name(name), "{name}");
        }
        let long = "t".repeat(65);
        for name in ["", "-t", "_t", "T", "ä", "a.b", "a/b", "..", "a b", "a\\b", "c:", &long] {
            assert!(!is_valid_name(name), "{name}");
        }
    }
}
