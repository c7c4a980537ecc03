//! The options of one side: `k=v,k=v`.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::likeness::did_you_mean;

/// An option that a side supports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key<'a> {
    /// The name, before the `=`.
    pub name: &'a str,
    /// A short description.
    pub about: &'a str,
}

/// Options from `--guest-options` or `--host-options`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    values: BTreeMap<String, String>,
}

impl Options {
    /// Parses `k=v,k=v`. A bare `k` means `k=true`. Blanks around items and
    /// empty items are ignored.
    pub fn parse(text: &str) -> Result<Options, Diagnostic> {
        let mut values = BTreeMap::new();
        for item in text.split(',').map(str::trim).filter(|item| !item.is_empty()) {
            let (key, value) = item.split_once('=').unwrap_or((item, "true"));
            let (key, value) = (key.trim(), value.trim());
            if key.is_empty() {
                return Err(Diagnostic::new(format!("option '{item}' has no name"))
                    .help("write options as name=value,name=value")
                    .misuse());
            }
            if values.insert(key.to_owned(), value.to_owned()).is_some() {
                return Err(Diagnostic::new(format!("option '{key}' is given twice"))
                    .help("keep one of them")
                    .misuse());
            }
        }
        Ok(Options { values })
    }

    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(String::as_str)
    }

    /// Refuses every option that is not in `known`, and lists the known ones.
    ///
    /// # Errors
    /// If there is such an option.
    pub fn only(&self, known: &[Key<'_>]) -> Result<(), Diagnostic> {
        let names: Vec<&str> = known.iter().map(|key| key.name).collect();
        let Some(key) = self.values.keys().find(|key| !names.contains(&key.as_str())) else {
            return Ok(());
        };
        let help = match &names[..] {
            [] => "no options are supported here".to_owned(),
            _ => format!("the options are: {}", names.join(", ")),
        };
        let suggestion = did_you_mean(key, names.iter().copied());
        let help = suggestion.map_or(help.clone(), |name| format!("did you mean '{name}'? {help}"));
        Err(Diagnostic::new(format!("unknown option '{key}'")).help(help).misuse())
    }

    /// The options that are in `known`.
    #[must_use]
    pub fn restricted_to(&self, known: &[Key<'_>]) -> Options {
        let is_known = |name: &&String| known.iter().any(|key| key.name == name.as_str());
        let values = self.values.iter().filter(|(name, _)| is_known(name));
        Options { values: values.map(|(name, value)| (name.clone(), value.clone())).collect() }
    }

    /// All options, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl FromIterator<(String, String)> for Options {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(items: T) -> Options {
        Options { values: items.into_iter().collect() }
    }
}
