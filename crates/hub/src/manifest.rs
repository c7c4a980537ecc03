//! `plugins/<runtime>/plugin.json`: what a plugin is called and where it is.

use std::path::{Path, PathBuf};

use metaffi_plugin::did_you_mean;
use metaffi_value::{Error, ErrorKind};
use serde::Deserialize;

/// One installed plugin.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Manifest {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) aliases: Vec<String>,
    /// File name of the library, beside the manifest; a plugin without one is a
    /// compiler alone, and no runtime.
    library: Option<String>,
    #[serde(skip)]
    folder: PathBuf,
}

impl Manifest {
    pub(crate) fn library(&self) -> PathBuf {
        self.folder.join(self.library.as_deref().unwrap_or_default())
    }

    fn answers_to(&self, name: &str) -> bool {
        self.name == name || self.aliases.iter().any(|alias| alias == name)
    }
}

/// The plugin that answers to `name`.
pub(crate) fn find(home: &Path, name: &str) -> Result<Manifest, Error> {
    let folder = home.join("plugins");
    let (found, faults) = scan(&folder);
    if let Some(manifest) = found.iter().find(|manifest| manifest.answers_to(name)) {
        return Ok(manifest.clone());
    }
    let names: Vec<_> = found
        .iter()
        .flat_map(|m| std::iter::once(&m.name).chain(&m.aliases))
        .map(String::as_str)
        .collect();
    Err(Error::new(
        ErrorKind::NotFound,
        format!(
            "no runtime `{name}`{}; found in {}: {}{faults}",
            did_you_mean(name, names.iter().copied()),
            folder.display(),
            if names.is_empty() { "none".into() } else { names.join(", ") },
        ),
    ))
}

/// All plugins of an installation, by name, and what could not be read.
fn scan(folder: &Path) -> (Vec<Manifest>, String) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut faults = String::new();
    let mut found: Vec<_> = entries
        .filter(|entry| entry.path().join("plugin.json").is_file())
        .filter_map(|entry| {
            read(&entry.path()).map_err(|fault| faults.push_str(&format!("; {fault}"))).ok()
        })
        .filter(|manifest| manifest.library.is_some())
        .collect();
    found.sort_by(|a, b| a.name.cmp(&b.name));
    (found, faults)
}

fn read(folder: &Path) -> Result<Manifest, String> {
    let path = folder.join("plugin.json");
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let manifest: Manifest =
        serde_json::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(Manifest { folder: folder.to_path_buf(), ..manifest })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_runtime_lists_the_known_ones_and_the_unreadable() {
        let home = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("one", r#"{"name":"one","aliases":["uno"],"library":"one.so"}"#),
            ("two", r#"{"name":}"#),
            ("three", r#"{"name":"three","compiler":{}}"#),
        ] {
            let folder = home.path().join("plugins").join(name);
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join("plugin.json"), text).unwrap();
        }
        assert_eq!(find(home.path(), "uno").unwrap().name, "one");
        assert!(find(home.path(), "one").unwrap().library().ends_with("plugins/one/one.so"));
        let error = find(home.path(), "onne").unwrap_err().message;
        assert!(error.contains("no runtime `onne`; did you mean `one`?"), "{error}");
        assert!(!error.contains("three"), "{error}");
        assert!(error.contains("one, uno") && error.contains("two/plugin.json"), "{error}");
    }
}
