//! What the languages are: `langs/<language>/language.json`.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::paths::root;

/// A language as its folder says it is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// The folder's name, which is what users call it.
    #[serde(skip)]
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Other names of its runtime.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Whether it has a runtime plugin.
    #[serde(default)]
    pub runtime: bool,
    /// Its place in the columns of the matrix, if `conformance/hosts` has one of it.
    pub host: Option<u32>,
    /// Its guests in the matrix.
    pub guest: Option<Guest>,
}

/// A language's guests in the matrix.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guest {
    /// Whether a host in the same language is another runtime, with handles
    /// between the two.
    #[serde(default)]
    pub apart_from_its_host: bool,
    /// Where entities are: paths by kind (`function`, `method`, `new`,
    /// `global`, `field`), with `{topic}`, `{class}`, `{member}` in them.
    pub entities: BTreeMap<String, String>,
}

/// Every language, those that are hosts first and in their order.
pub fn all() -> &'static [Language] {
    static ALL: OnceLock<Vec<Language>> = OnceLock::new();
    ALL.get_or_init(|| read().unwrap_or_else(|error| panic!("{error:#}")))
}

/// The language of this name.
pub fn named(name: &str) -> &'static Language {
    let found = all().iter().find(|language| language.name == name);
    found.unwrap_or_else(|| panic!("no language is named {name}"))
}

/// The hosts of the matrix.
pub fn hosts() -> impl Iterator<Item = &'static str> + Clone {
    all().iter().filter(|language| language.host.is_some()).map(|language| language.name.as_str())
}

/// The guests of the matrix.
pub fn guests() -> impl Iterator<Item = &'static str> + Clone {
    all().iter().filter(|language| language.guest.is_some()).map(|language| language.name.as_str())
}

fn read() -> Result<Vec<Language>> {
    let folders = std::fs::read_dir(root().join("langs"))?;
    let files = folders.flatten().map(|folder| folder.path().join("language.json"));
    let mut all = files.filter(|file| file.is_file()).map(of).collect::<Result<Vec<_>>>()?;
    all.sort_by_key(|language| (language.host.unwrap_or(u32::MAX), language.name.clone()));
    Ok(all)
}

fn of(file: PathBuf) -> Result<Language> {
    let shown = file.strip_prefix(root()).unwrap_or(&file).display().to_string();
    let text = std::fs::read_to_string(&file)?;
    let language: Language = serde_json::from_str(&text).with_context(|| shown)?;
    let name = file.parent().and_then(|folder| folder.file_name()).unwrap_or_default();
    Ok(Language { name: name.to_string_lossy().into_owned(), ..language })
}
