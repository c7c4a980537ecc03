//! The options of one side: `k=v,k=v`.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;

/// Options as given with `--guest-options` or `--host-options`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    values: BTreeMap<String, String>,
}

impl Options {
    /// Parses `k=v,k=v`; a bare `k` is `k=true`, blanks around items and empty
    /// items are ignored.
    pub fn parse(text: &str) -> Result<Options, Diagnostic> {
        let mut values = BTreeMap::new();
        for item in text.split(',').map(str::trim).filter(|item| !item.is_empty()) {
            let (key, value) = item.split_once('=').unwrap_or((item, "true"));
            let (key, value) = (key.trim(), value.trim());
            if key.is_empty() {
                return Err(Diagnostic::new(format!("option '{item}' has no name"))
                    .help("write options as name=value,name=value"));
            }
            if values.insert(key.to_owned(), value.to_owned()).is_some() {
                return Err(Diagnostic::new(format!("option '{key}' is given twice"))
                    .help("keep one of them"));
            }
        }
        Ok(Options { values })
    }

    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(String::as_str)
    }

    /// Refuses every option that is not among `known`, naming those that are.
    pub fn only(&self, known: &[&str]) -> Result<(), Diagnostic> {
        let Some(key) = self.values.keys().find(|key| !known.contains(&key.as_str())) else {
            return Ok(());
        };
        let help = match known {
            [] => "there are no options here".to_owned(),
            _ => format!("the options here are: {}", known.join(", ")),
        };
        Err(Diagnostic::new(format!("unknown option '{key}'")).help(help))
    }
}
