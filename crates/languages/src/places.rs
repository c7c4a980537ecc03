//! The values of the placeholders in a `language.json`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

/// Placeholders and their values.
#[derive(Clone, Debug, Default)]
pub struct Places {
    words: BTreeMap<&'static str, String>,
    /// The folder for default places.
    usual: PathBuf,
}

impl Places {
    /// The placeholders that are the same everywhere; `target` is Cargo's
    /// folder.
    #[must_use]
    pub fn new(root: &Path, target: &Path, home: &Path) -> Places {
        let places = Places { words: BTreeMap::new(), usual: target.to_owned() };
        let places = places.with("root", root.display()).with("target", target.display());
        let places = places.with("built", target.join("release").display());
        places
            .with("home", home.display())
            .with(
                "metaffi",
                home.join("bin").join(format!("metaffi{}", std::env::consts::EXE_SUFFIX)).display(),
            )
            .with("topics", root.join("conformance").display())
            .with("exe", std::env::consts::EXE_SUFFIX)
            .with("dll", std::env::consts::DLL_SUFFIX)
            .with("abi3", if cfg!(windows) { ".pyd" } else { ".abi3.so" })
            .with("dll_prefix", std::env::consts::DLL_PREFIX)
            .with(":", if cfg!(windows) { ";" } else { ":" })
    }

    /// The same with one more placeholder.
    #[must_use]
    pub fn with(mut self, word: &'static str, place: impl ToString) -> Places {
        self.words.insert(word, place.to_string());
        self
    }

    /// The same with every value changed.
    #[must_use]
    pub fn map(mut self, change: impl Fn(&str) -> String) -> Places {
        self.words.values_mut().for_each(|place| *place = change(place));
        self
    }

    /// Replaces the placeholders in `text`. `{VARIABLE|default/place}` is the
    /// placeholder of that name, or else the value of the environment variable, or
    /// else that place below Cargo's folder.
    ///
    /// # Errors
    /// If a placeholder is unknown.
    pub fn fill(&self, text: &str) -> Result<String> {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, word)) = rest.split_once('{') {
            let Some((word, after)) = word.split_once('}') else {
                bail!("`{text}` has an unclosed brace");
            };
            filled += before;
            filled += &self.word(word)?;
            rest = after;
        }
        Ok(filled + rest)
    }

    fn word(&self, word: &str) -> Result<String> {
        if let Some(place) = self.words.get(word) {
            return Ok(place.clone());
        }
        let Some((variable, usual)) = word.split_once('|') else {
            let words: Vec<_> = self.words.keys().collect();
            bail!("unknown placeholder `{{{word}}}`; the known ones are {words:?}");
        };
        if let Some(place) = self.words.get(variable) {
            return Ok(place.clone());
        }
        let named = std::env::var(variable).ok().filter(|place| !place.is_empty());
        Ok(named.unwrap_or_else(|| self.usual.join(usual).display().to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_replaced_and_unknown_ones_are_errors() {
        let places = Places::new(Path::new("/r"), Path::new("/t"), Path::new("/h"));
        let places = places.with("topic", "strings");
        assert_eq!(places.fill("{topics}/{topic}.py").unwrap(), "/r/conformance/strings.py");
        assert_eq!(places.fill("{METAFFI_NOT_SET|deps/x}/11").unwrap(), "/t/deps/x/11");
        let error = places.fill("{topc}").unwrap_err().to_string();
        let elsewhere =
            places.clone().with("METAFFI_NOT_SET", "/e").map(|place| format!("Z:{place}"));
        assert_eq!(elsewhere.fill("{METAFFI_NOT_SET|deps/x}/{topic}").unwrap(), "Z:/e/Z:strings");
        assert!(error.starts_with("unknown placeholder `{topc}`; the known ones are ["), "{error}");
        assert!(places.fill("{home").is_err());
    }
}
