//! Selects the language for a name or a source.
//!
//! Decides by what the languages report about themselves, and names none of
//! them.

use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::language::{Emitter, Language, Reader};
use crate::likeness::did_you_mean;

/// The available languages.
#[derive(Clone, Copy)]
pub struct Languages<'a>(pub &'a [&'a dyn Language]);

/// The error for a folder with sources of several languages, or for a module
/// name that exists in several.
fn of_several(source: &Path, languages: &[&dyn Language]) -> Diagnostic {
    let names: Vec<&str> = languages.iter().map(|language| language.name()).collect();
    let choices: Vec<String> = names.iter().map(|name| format!("-g {name}")).collect();
    let (what, otherwise) = match source.exists() {
        true => ("this folder has sources of several languages", ", or name a file"),
        false => ("several languages have a module with this name", ""),
    };
    Diagnostic::new(format!("{what}: {}", names.join(", ")))
        .at(source)
        .help(format!("choose one: {}{otherwise}", choices.join(" or ")))
}

impl<'a> Languages<'a> {
    /// The language with this name or alias.
    ///
    /// # Errors
    /// If there is none; the help suggests the nearest one.
    pub fn named(self, name: &str) -> Result<&'a dyn Language, Diagnostic> {
        let found = self
            .0
            .iter()
            .find(|language| language.name() == name || language.aliases().contains(&name));
        found.copied().ok_or_else(|| {
            let mut help = format!("the languages are: {}", names(self.0));
            if let Some(suggestion) = self.most_similar_to(name) {
                help = format!("did you mean '{suggestion}'? {help}");
            }
            Diagnostic::new(format!("unknown language '{name}'")).help(help).misuse()
        })
    }

    /// The language whose name, or another word for it, is most similar.
    fn most_similar_to(self, name: &str) -> Option<&'a str> {
        let mut words: Vec<(&str, &str)> = Vec::new();
        for language in self.0 {
            let own = language.name();
            let others = language.aliases().into_iter().chain(language.often_written());
            words.extend(std::iter::once(own).chain(others).map(|word| (word, own)));
        }
        let found = did_you_mean(name, words.iter().map(|(word, _)| *word))?;
        words.iter().find(|(word, _)| *word == found).map(|(_, own)| *own)
    }

    /// The language that `source` is written in.
    ///
    /// # Errors
    /// If no language reads it, or several may.
    pub fn of_source(self, source: &Path) -> Result<&'a dyn Language, Diagnostic> {
        if source.as_os_str().is_empty() {
            return Err(Diagnostic::new("no module given")
                .help("pass a file, a folder or an importable name")
                .misuse());
        }
        match self.claimants(source)[..] {
            [language] => Ok(language),
            [] => Err(self.unclaimed(source)),
            ref several => Err(of_several(source, several)),
        }
    }

    fn claimants(self, source: &Path) -> Vec<&'a dyn Language> {
        let languages_where = |claims: &dyn Fn(&dyn Reader) -> bool| -> Vec<&'a dyn Language> {
            let claims = |language: &&dyn Language| language.reader().is_some_and(claims);
            self.0.iter().copied().filter(claims).collect()
        };
        let claimed = languages_where(&|reader| reader.claims(source));
        if claimed.len() > 1 {
            let is_project = |language: &&dyn Language| {
                language.reader().is_some_and(|reader| reader.is_project(source))
            };
            let projects: Vec<_> = claimed.iter().copied().filter(is_project).collect();
            return if projects.len() == 1 { projects } else { claimed };
        }
        match source.to_str() {
            // A folder of data may have the same name as a module.
            Some(name) if claimed.is_empty() && !source.is_file() => {
                languages_where(&|reader| reader.claims_name(name))
            }
            _ => claimed,
        }
    }

    fn unclaimed(self, source: &Path) -> Diagnostic {
        let (message, help) = if source.exists() {
            (
                "no language can read this",
                format!("languages that can be read: {}", self.reader_names()),
            )
        } else {
            (
                "no such file or folder, and no module of this name can be imported",
                "check the path; it is relative to the working directory".to_owned(),
            )
        };
        let name = source.to_str().unwrap_or_default();
        let hints = self.0.iter().filter_map(|language| language.reader()?.hint(name));
        let help = std::iter::once(help).chain(hints).collect::<Vec<_>>().join("; ");
        Diagnostic::new(message).at(source).help(help)
    }

    /// The reader of `language`.
    pub(crate) fn reader(self, language: &'a dyn Language) -> Result<&'a dyn Reader, Diagnostic> {
        language.reader().ok_or_else(|| {
            Diagnostic::new(format!(
                "{} cannot be a guest: its sources cannot be read",
                language.name()
            ))
            .help(format!("languages that can: {}", self.reader_names()))
        })
    }

    /// The emitter of `language`.
    pub(crate) fn emitter(self, language: &'a dyn Language) -> Result<&'a dyn Emitter, Diagnostic> {
        language.emitter().ok_or_else(|| {
            let able = self.0.iter().copied().filter(|language| language.emitter().is_some());
            Diagnostic::new(format!("{} cannot be a host", language.name()))
                .help(format!("languages that can: {}", names(&able.collect::<Vec<_>>())))
        })
    }

    fn reader_names(self) -> String {
        let readers = self.0.iter().copied().filter(|language| language.reader().is_some());
        names(&readers.collect::<Vec<_>>())
    }
}

fn names(languages: &[&dyn Language]) -> String {
    let names: Vec<&str> = languages.iter().map(|language| language.name()).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}
