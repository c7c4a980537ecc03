//! The languages, as described by `langs/<language>/language.json`.
//!
//! The only reader of those files, for the task runner and the test kit. It
//! names no language; `docs/language-json.md` is the manual.
#![forbid(unsafe_code)]

mod places;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::{Context, Result};
use serde::Deserialize;

pub use places::Places;

/// A language, as its file describes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// The folder's name, which users name the language by.
    #[serde(skip)]
    pub name: String,
    /// Its name in prose.
    pub title: String,
    /// Other names that users may use.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// How its files are named.
    #[serde(default)]
    pub files: Files,
    /// The tools that build and run it.
    #[serde(default)]
    pub toolchain: Toolchain,
    /// Whether it has a runtime plugin.
    #[serde(default)]
    pub runtime: bool,
    /// What else an installation contains for it, besides the plugin.
    #[serde(default)]
    pub install: Install,
    /// Its host program in the matrix.
    pub host: Option<Host>,
    /// Its guest modules in the matrix.
    pub guest: Option<Guest>,
}

/// How a language's files are named; `{stem}` is the source's identifier.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Files {
    /// The suffixes of sources, without a dot.
    pub sources: Vec<String>,
    /// The name of a host's stubs.
    pub stubs: Option<String>,
    /// The name of the guest that is built.
    pub guest: Option<String>,
}

/// The tools of a language.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Toolchain {
    /// The commands that must be on PATH.
    pub commands: Vec<String>,
    /// Environment variables of every program in which the language takes part.
    pub variables: BTreeMap<String, String>,
    /// Versions other than the installed one that the tests run on.
    pub versions: BTreeMap<String, Version>,
    /// Whether those versions also build; otherwise the installed version builds
    /// for them.
    pub versions_build: bool,
}

/// Another version of a language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// The folder of its programs.
    pub path: String,
    /// Environment variables that it needs.
    #[serde(default)]
    pub variables: BTreeMap<String, String>,
    /// Environment variables of the user to hide from it.
    #[serde(default)]
    pub without: Vec<String>,
    /// Whether it is too old for stubs.
    #[serde(default)]
    pub without_stubs: bool,
}

/// What an installation contains for a language, besides the plugin.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Install {
    /// Packages of the workspace to build, besides the runtime.
    pub packages: Vec<String>,
    /// Files and folders that are copied.
    pub copies: Vec<Copy>,
    /// What the language's own tools make.
    pub makes: Vec<Recipe>,
}

/// A file or a folder to copy.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Copy {
    /// The source file or folder.
    pub from: String,
    /// The destination.
    pub to: String,
    /// For a folder, the suffixes of the files to copy.
    #[serde(default)]
    pub suffixes: Vec<String>,
}

/// How to make something, and what it depends on.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// What it makes, for progress output.
    pub what: String,
    /// The folder of the sources.
    pub folder: String,
    /// The suffixes of the sources in that folder.
    pub suffixes: Vec<String>,
    /// Other files and folders that it depends on.
    #[serde(default)]
    pub inputs: Vec<String>,
    /// Whether the sources are copied first, because the commands change them.
    #[serde(default)]
    pub copied: bool,
    /// The output; `{out}` if it fills a folder.
    #[serde(default = "out")]
    pub output: String,
    /// Environment variables for the commands.
    #[serde(default)]
    pub variables: BTreeMap<String, String>,
    /// Programs with their arguments. The argument `{sources}` stands for all
    /// sources.
    pub commands: Vec<Vec<String>>,
    /// Arguments to insert for `{older}` if a tool is older than something.
    pub older: Option<Older>,
}

fn out() -> String {
    "{out}".to_owned()
}

/// Additional arguments for a tool that is older than a version.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Older {
    /// Prints the tool's version.
    pub command: Vec<String>,
    /// The first version that does not need the arguments.
    pub than: String,
    /// The arguments.
    pub arguments: Vec<String>,
}

impl Language {
    /// Its programs that call guest libraries in this way.
    #[must_use]
    pub fn programs(&self, way: &str) -> Option<&Programs> {
        self.host.as_ref()?.programs.get(way)
    }
}

/// A language's host in the matrix.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Host {
    /// The position of its column.
    pub column: u32,
    /// How to build it, if necessary.
    pub build: Option<Recipe>,
    /// The command that runs it, without the path of the plan.
    pub run: Vec<String>,
    /// Its programs that call guest libraries, by the way in which they do: the
    /// folder of `conformance` that they are in.
    #[serde(default)]
    pub programs: BTreeMap<String, Programs>,
    /// How to find declarations in its stubs, for the page that shows them.
    pub outline: Option<Outline>,
}

/// How to find declarations in stubs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outline {
    /// The suffix of the source files.
    pub suffix: String,
    /// How lines with a declaration start.
    pub starts: Vec<String>,
    /// Texts in declarations that are not for users.
    pub without: Vec<String>,
}

/// Programs that call guest libraries in one way, one program per guest.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programs {
    /// How to build the one for `{guest}`, including its stubs of `{source}` if it
    /// uses any.
    pub build: Recipe,
    /// The command that runs it, without the names of constructs; `{library}` is the module.
    pub run: Vec<String>,
}

/// A language's guests in the matrix.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guest {
    /// Whether a host in the same language is another runtime, so that objects
    /// cross as handles.
    #[serde(default)]
    pub apart_from_its_host: bool,
    /// How to build the guests of all topics, if necessary.
    pub build: Option<Recipe>,
    /// The module's path, containing `{topic}` if each topic has its own.
    pub module: String,
    /// Entity paths by kind (`function`, `method`, `new`, `global`, `field`),
    /// containing `{topic}`, `{class}`, `{member}`.
    pub entities: BTreeMap<String, String>,
    /// The library that host programs call.
    pub library: Option<Library>,
}

/// A library that host programs call.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Library {
    /// How to build it, if necessary.
    pub build: Option<Recipe>,
    /// The source that stubs are made from.
    pub source: String,
    /// The module that stubs are bound to.
    pub module: String,
}

/// The root folder of the checkout.
#[must_use]
pub fn root() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
    folder.expect("this crate is inside the checkout").into()
}

/// Every language: hosts first, in column order.
///
/// # Panics
/// If a file is invalid.
pub fn all() -> &'static [Language] {
    static ALL: OnceLock<Vec<Language>> = OnceLock::new();
    ALL.get_or_init(|| read(&root().join("langs")).unwrap_or_else(|error| panic!("{error:#}")))
}

/// The language with this name.
///
/// # Panics
/// If there is none.
#[must_use]
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

/// The languages whose folders are in `langs`.
///
/// # Errors
/// If a file is invalid, with its path.
pub fn read(langs: &Path) -> Result<Vec<Language>> {
    let folders = std::fs::read_dir(langs)?;
    let files = folders.flatten().map(|folder| folder.path().join("language.json"));
    let mut all =
        files.filter(|file| file.is_file()).map(|file| of(&file)).collect::<Result<Vec<_>>>()?;
    let column = |language: &Language| language.host.as_ref().map_or(u32::MAX, |host| host.column);
    all.sort_by_key(|language| (column(language), language.name.clone()));
    Ok(all)
}

fn of(file: &Path) -> Result<Language> {
    let shown = file.strip_prefix(root()).unwrap_or(file).display().to_string();
    let text = std::fs::read_to_string(file)?;
    let language: Language = serde_json::from_str(&text).with_context(|| shown)?;
    let name = file.parent().and_then(|folder| folder.file_name()).unwrap_or_default();
    Ok(Language { name: name.to_string_lossy().into_owned(), ..language })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_folder_has_a_language_file() {
        let folders = std::fs::read_dir(root().join("langs")).unwrap().count();
        assert_eq!(all().len(), folders, "each has a language.json");
    }

    #[test]
    fn an_invalid_file_is_named() {
        let langs = tempfile::tempdir().unwrap();
        let file = langs.path().join("tally/language.json");
        std::fs::create_dir(langs.path().join("tally")).unwrap();
        std::fs::write(&file, r#"{"title": "Tally", "runtme": true}"#).unwrap();
        let error = format!("{:#}", read(langs.path()).unwrap_err());
        assert!(error.contains("tally/language.json"), "{error}");
        assert!(error.contains("unknown field `runtme`"), "{error}");
        std::fs::write(&file, r#"{"title": "Tally"}"#).unwrap();
        let read = read(langs.path()).unwrap();
        assert_eq!((read[0].name.as_str(), read[0].title.as_str()), ("tally", "Tally"));
    }
}
