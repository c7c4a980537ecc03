//! Which language a name or a source means.
//!
//! Decides by what the languages say of themselves, and names none.

use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::language::{Emitter, Language, Reader};
use crate::likeness::did_you_mean;

/// The languages that there are.
#[derive(Clone, Copy)]
pub struct Languages<'a>(pub &'a [&'a dyn Language]);

/// A folder with sources of several languages, or the name of a module in each.
fn of_several(source: &Path, languages: &[&dyn Language]) -> Diagnostic {
    let names: Vec<&str> = languages.iter().map(|language| language.name()).collect();
    let choices: Vec<String> = names.iter().map(|name| format!("-g {name}")).collect();
    let (what, otherwise) = match source.exists() {
        true => ("there are sources of several languages here", ", or name a file"),
        false => ("several languages have a module of this name", ""),
    };
    Diagnostic::new(format!("{what}: {}", names.join(", ")))
        .at(source)
        .help(format!("say which one is meant: {}{otherwise}", choices.join(" or ")))
}

impl<'a> Languages<'a> {
    /// The language with this name or alias.
    ///
    /// # Errors
    /// When there is none: with the one that may have been meant.
    pub fn named(self, name: &str) -> Result<&'a dyn Language, Diagnostic> {
        let found = self
            .0
            .iter()
            .find(|language| language.name() == name || language.aliases().contains(&name));
        found.copied().ok_or_else(|| {
            let mut help = format!("the languages are: {}", names(self.0));
            if let Some(meant) = self.meant_by(name) {
                help = format!("did you mean '{meant}'? {help}");
            }
            Diagnostic::new(format!("unknown language '{name}'")).help(help).misuse()
        })
    }

    /// The language whose name, or another word for it, is written most alike.
    fn meant_by(self, name: &str) -> Option<&'a str> {
        let mut words: Vec<(&str, &str)> = Vec::new();
        for language in self.0 {
            let own = language.name();
            let others = language.aliases().into_iter().chain(language.often_written());
            words.extend(std::iter::once(own).chain(others).map(|word| (word, own)));
        }
        let meant = did_you_mean(name, words.iter().map(|(word, _)| *word))?;
        words.iter().find(|(word, _)| *word == meant).map(|(_, own)| *own)
    }

    /// The language that `source` is written in.
    ///
    /// # Errors
    /// When it is of none, or may be of several.
    pub fn of_source(self, source: &Path) -> Result<&'a dyn Language, Diagnostic> {
        if source.as_os_str().is_empty() {
            return Err(Diagnostic::new("no module is named")
                .help("name a file, a folder or an importable name")
                .misuse());
        }
        match self.claimants(source)[..] {
            [language] => Ok(language),
            [] => Err(self.nobody(source)),
            ref several => Err(of_several(source, several)),
        }
    }

    fn claimants(self, source: &Path) -> Vec<&'a dyn Language> {
        let asking = |claims: &dyn Fn(&dyn Reader) -> bool| -> Vec<&'a dyn Language> {
            let claims = |language: &&dyn Language| language.reader().is_some_and(claims);
            self.0.iter().copied().filter(claims).collect()
        };
        let claimed = asking(&|reader| reader.claims(source));
        if claimed.len() > 1 {
            let is_project = |language: &&dyn Language| {
                language.reader().is_some_and(|reader| reader.is_project(source))
            };
            let projects: Vec<_> = claimed.iter().copied().filter(is_project).collect();
            return if projects.len() == 1 { projects } else { claimed };
        }
        match source.to_str() {
            // A folder of data may have the name of a module.
            Some(name) if claimed.is_empty() && !source.is_file() => {
                asking(&|reader| reader.claims_name(name))
            }
            _ => claimed,
        }
    }

    fn nobody(self, source: &Path) -> Diagnostic {
        let (message, help) = if source.exists() {
            ("no language reads this", format!("sources are read of: {}", self.that_read()))
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
            Diagnostic::new(format!("{} cannot be a guest: it reads no sources", language.name()))
                .help(format!("those that can: {}", self.that_read()))
        })
    }

    /// The emitter of `language`.
    pub(crate) fn emitter(self, language: &'a dyn Language) -> Result<&'a dyn Emitter, Diagnostic> {
        language.emitter().ok_or_else(|| {
            let able = self.0.iter().copied().filter(|language| language.emitter().is_some());
            Diagnostic::new(format!("{} cannot be a host", language.name()))
                .help(format!("those that can: {}", names(&able.collect::<Vec<_>>())))
        })
    }

    fn that_read(self) -> String {
        let readers = self.0.iter().copied().filter(|language| language.reader().is_some());
        names(&readers.collect::<Vec<_>>())
    }
}

fn names(languages: &[&dyn Language]) -> String {
    let names: Vec<&str> = languages.iter().map(|language| language.name()).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}
