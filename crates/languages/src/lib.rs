//! What the languages are: `langs/<language>/language.json`.
//!
//! The one reader of those files, for the task runner and the test kit. It
//! names no language; `docs/language-json.md` is the manual.
#![forbid(unsafe_code)]

mod places;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::{Context, Result};
use serde::Deserialize;

pub use places::Places;

/// A language as its folder says it is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// The folder's name, which is what users call it.
    #[serde(skip)]
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Other names that users may write.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// How its files are named.
    #[serde(default)]
    pub files: Files,
    /// The tools that it is built and run with.
    #[serde(default)]
    pub toolchain: Toolchain,
    /// Whether it has a runtime plugin.
    #[serde(default)]
    pub runtime: bool,
    /// What of it is in an installation, besides the plugin.
    #[serde(default)]
    pub install: Install,
    /// The program in the matrix that calls.
    pub host: Option<Host>,
    /// The modules in the matrix that are called.
    pub guest: Option<Guest>,
}

/// How a language's files are named; `{stem}` is the source's identifier.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Files {
    /// The suffixes of sources, without a dot.
    pub sources: Vec<String>,
    /// What the stubs of a host are called.
    pub stubs: Option<String>,
    /// What the guest is called that is built.
    pub guest: Option<String>,
}

/// The tools of a language.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Toolchain {
    /// The commands that must be on PATH.
    pub commands: Vec<String>,
    /// Variables of every program in which the language takes part.
    pub variables: BTreeMap<String, String>,
    /// Other versions than the installed one that the tests run on.
    pub versions: BTreeMap<String, Version>,
    /// Whether those versions also build; else the installed one builds for them.
    pub versions_build: bool,
}

/// Another version of a language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// The folder of its programs.
    pub path: String,
    /// Variables that it needs.
    #[serde(default)]
    pub variables: BTreeMap<String, String>,
    /// Variables of the user that must not be seen.
    #[serde(default)]
    pub without: Vec<String>,
    /// Whether it is older than what stubs need.
    #[serde(default)]
    pub without_stubs: bool,
}

/// What of a language is in an installation, besides the plugin.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Install {
    /// Packages of the workspace to build, besides the runtime.
    pub packages: Vec<String>,
    /// Files and folders that are copied.
    pub copies: Vec<Copy>,
    /// What is made by the language's own tools.
    pub makes: Vec<Recipe>,
}

/// A file or a folder to copy.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Copy {
    /// The file, or the folder.
    pub from: String,
    /// Its place.
    pub to: String,
    /// Which files of a folder, by their suffixes.
    #[serde(default)]
    pub suffixes: Vec<String>,
}

/// How something is made, and when it has to be made again.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// What it makes, for the screen.
    pub what: String,
    /// The folder of the sources.
    pub folder: String,
    /// Which files there are sources, by their suffixes.
    pub suffixes: Vec<String>,
    /// Other files and folders that it is made from.
    #[serde(default)]
    pub inputs: Vec<String>,
    /// Whether the sources are copied first, because the commands change them.
    #[serde(default)]
    pub copied: bool,
    /// What it makes; `{out}` where it fills a folder.
    #[serde(default = "out")]
    pub output: String,
    /// Variables of the commands.
    #[serde(default)]
    pub variables: BTreeMap<String, String>,
    /// Programs with their arguments. `{sources}` as an argument is all of them.
    pub commands: Vec<Vec<String>>,
    /// Arguments in the place of `{older}`, for a tool that is older.
    pub older: Option<Older>,
}

fn out() -> String {
    "{out}".to_owned()
}

/// What a tool needs besides when it is older than something.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Older {
    /// Prints the version.
    pub command: Vec<String>,
    /// The version, without which nothing is needed.
    pub than: String,
    /// What is needed.
    pub arguments: Vec<String>,
}

impl Language {
    /// Its programs that call the libraries of guests in this way.
    #[must_use]
    pub fn programs(&self, way: &str) -> Option<&Programs> {
        self.host.as_ref()?.programs.get(way)
    }
}

/// A language's host in the matrix.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Host {
    /// Its place in the columns.
    pub column: u32,
    /// How it is built, if it is.
    pub build: Option<Recipe>,
    /// The command that runs it, but for the plan's path.
    pub run: Vec<String>,
    /// Its programs that call the libraries of guests, by the way they do: the folder
    /// of `conformance` that they are in.
    #[serde(default)]
    pub programs: BTreeMap<String, Programs>,
    /// What its stubs declare, for the page that shows them.
    pub outline: Option<Outline>,
}

/// How declarations are found in stubs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outline {
    /// The suffix of the sources.
    pub suffix: String,
    /// How lines with a declaration begin.
    pub starts: Vec<String>,
    /// What is in declarations that are not for users.
    pub without: Vec<String>,
}

/// Programs that call the libraries of guests in one way, one for each guest.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programs {
    /// How the one for `{guest}` is made, and its stubs of `{source}` if it has some.
    pub build: Recipe,
    /// The command that runs it, but for the names of constructs; `{library}` is the module.
    pub run: Vec<String>,
}

/// A language's guests in the matrix.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guest {
    /// Whether a host in the same language is another runtime, with handles
    /// between the two.
    #[serde(default)]
    pub apart_from_its_host: bool,
    /// How the guests of all topics are built, if they are.
    pub build: Option<Recipe>,
    /// The module's path, with `{topic}` in it where each topic has its own.
    pub module: String,
    /// Where entities are: paths by kind (`function`, `method`, `new`,
    /// `global`, `field`), with `{topic}`, `{class}`, `{member}` in them.
    pub entities: BTreeMap<String, String>,
    /// The library that programs call.
    pub library: Option<Library>,
}

/// A library that programs call.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Library {
    /// How it is built, if it is.
    pub build: Option<Recipe>,
    /// What stubs are made from.
    pub source: String,
    /// What they are bound to.
    pub module: String,
}

/// The checkout.
#[must_use]
pub fn root() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
    folder.expect("this crate is inside the checkout").into()
}

/// Every language, those that are hosts first and in their order.
///
/// # Panics
/// When the file of one is not understood.
pub fn all() -> &'static [Language] {
    static ALL: OnceLock<Vec<Language>> = OnceLock::new();
    ALL.get_or_init(|| read(&root().join("langs")).unwrap_or_else(|error| panic!("{error:#}")))
}

/// The language of this name.
///
/// # Panics
/// When there is none.
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
/// When the file of one is not understood: with its path.
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
    fn every_folder_says_what_its_language_is() {
        let folders = std::fs::read_dir(root().join("langs")).unwrap().count();
        assert_eq!(all().len(), folders, "each has a language.json");
    }

    #[test]
    fn a_file_that_is_not_understood_is_named() {
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
