//! A topic as it is written down: `conformance/<topic>/<topic>.json`.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::paths::root;

/// One feature, with the steps that show it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// The folder's name, and the stem of all its files.
    #[serde(skip)]
    pub name: String,
    /// What it shows, in half a line.
    pub about: String,
    /// Entities by name; `entity.rs` reads them.
    pub entities: Map<String, Value>,
    /// What is done, in order; `plan.rs` reads them.
    pub steps: Vec<Value>,
    /// Whether hosts end while they and the guest still hold everything.
    #[serde(default)]
    pub leaves: bool,
    /// Cells that cannot work.
    #[serde(default)]
    pub cannot: Vec<Cannot>,
}

/// Cells that cannot work, and therefore must fail.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cannot {
    /// The host, or every one.
    pub host: Option<String>,
    /// The guest, or every one.
    pub guest: Option<String>,
    /// Why: a sentence for docs/conformance.md.
    pub because: String,
    /// Text that the failing host prints, so that it fails for this reason.
    pub says: String,
}

impl Topic {
    /// Why this host cannot run it against this guest, if so.
    pub fn cannot(&self, host: &str, guest: &str) -> Option<&Cannot> {
        let fits = |named: &Option<String>, name: &str| named.as_deref().is_none_or(|n| n == name);
        self.cannot.iter().find(|cannot| fits(&cannot.host, host) && fits(&cannot.guest, guest))
    }
}

/// The folder of all topics.
pub fn folder() -> PathBuf {
    root().join("conformance")
}

/// Every topic, or the one of that name, in alphabetical order.
pub fn all(only: Option<&str>) -> Result<Vec<Topic>> {
    let mut names: Vec<String> = std::fs::read_dir(folder())?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| only.is_none_or(|only| only == name) && file(name).is_file())
        .collect();
    names.sort();
    if names.is_empty() {
        bail!("there is no topic {}", only.unwrap_or("at all"));
    }
    names.iter().map(|name| read(name)).collect()
}

fn file(name: &str) -> PathBuf {
    folder().join(name).join(name).with_extension("json")
}

fn read(name: &str) -> Result<Topic> {
    let path = file(name);
    let shown = path.strip_prefix(root()).unwrap_or(Path::new(name)).display();
    let topic: Topic = serde_json::from_str(&std::fs::read_to_string(&path)?)
        .with_context(|| format!("{shown}"))?;
    Ok(Topic { name: name.into(), ..topic })
}
