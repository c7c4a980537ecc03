//! Which language a name or a source means.
//!
//! Decides by what the languages say of themselves, and names none.

use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::language::{Capabilities, Language};

/// The languages that there are.
#[derive(Clone, Copy)]
pub struct Languages<'a>(pub &'a [&'a dyn Language]);

impl<'a> Languages<'a> {
    /// The language with this name or alias.
    pub fn named(self, name: &str) -> Result<&'a dyn Language, Diagnostic> {
        let found = self
            .0
            .iter()
            .find(|language| language.name() == name || language.aliases().contains(&name));
        found.copied().ok_or_else(|| {
            Diagnostic::new(format!("unknown language '{name}'"))
                .help(format!("the languages are: {}", names(self.0)))
        })
    }

    /// The language that `source` is written in.
    pub fn of_source(self, source: &Path) -> Result<&'a dyn Language, Diagnostic> {
        match self.claimants(source)[..] {
            [language] => Ok(language),
            [] => Err(self.nobody(source)),
            ref several => Err(Diagnostic::new(format!(
                "this may be a source of several languages: {}",
                names(several)
            ))
            .at(source)
            .help("name one of them as the guest language, or a file instead of the folder")),
        }
    }

    fn claimants(self, source: &Path) -> Vec<&'a dyn Language> {
        let asking = |claims: &dyn Fn(&dyn Language) -> bool| -> Vec<&'a dyn Language> {
            self.0.iter().copied().filter(|language| claims(*language)).collect()
        };
        let claimed = asking(&|language| language.claims(source));
        match source.to_str() {
            // A folder of data may have the name of a module.
            Some(name) if claimed.is_empty() && !source.is_file() => {
                asking(&|language| language.claims_name(name))
            }
            _ => claimed,
        }
    }

    fn nobody(self, source: &Path) -> Diagnostic {
        let readers: Vec<&dyn Language> =
            self.0.iter().copied().filter(|language| language.capabilities().extract).collect();
        let (message, help) = if source.exists() {
            ("no language reads this", format!("sources are read of: {}", names(&readers)))
        } else {
            (
                "no such file or folder, and no module of this name can be imported",
                "check the path; it is relative to the working directory".to_owned(),
            )
        };
        let name = source.to_str().unwrap_or_default();
        let hints = self.0.iter().filter_map(|language| language.hint(name));
        let help = std::iter::once(help).chain(hints).collect::<Vec<_>>().join("; ");
        Diagnostic::new(message).at(source).help(help)
    }

    /// Refuses what `language` says it cannot do.
    pub(crate) fn check(
        self,
        language: &dyn Language,
        what: &str,
        can: fn(Capabilities) -> bool,
    ) -> Result<(), Diagnostic> {
        if can(language.capabilities()) {
            return Ok(());
        }
        let able: Vec<&dyn Language> =
            self.0.iter().copied().filter(|language| can(language.capabilities())).collect();
        Err(Diagnostic::new(format!("{} cannot {what}", language.name()))
            .help(format!("those that can: {}", names(&able))))
    }
}

fn names(languages: &[&dyn Language]) -> String {
    let names: Vec<&str> = languages.iter().map(|language| language.name()).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}
