//! The languages: one line for each, and one in Cargo.toml.

use metaffi_compiler::{Diagnostic, Language, Languages};

/// Every language that the command knows.
pub(crate) const LANGUAGES: Languages<'static> = Languages(&[
    &metaffi_go_compiler::Go,
    &metaffi_loopback_compiler::Loopback,
    &metaffi_openjdk_compiler::OpenJdk,
    &metaffi_python3_compiler::Python3,
]);

/// Refuses a name that is no language's, with the one that may have been meant.
pub(crate) fn check_name(name: &str) -> Result<(), Diagnostic> {
    let unknown = match LANGUAGES.named(name) {
        Ok(_) => return Ok(()),
        Err(unknown) => unknown,
    };
    Err(match nearest(name) {
        Some(meant) => {
            let help = unknown.help.clone().unwrap_or_default();
            unknown.help(format!("did you mean '{meant}'? {help}"))
        }
        None => unknown,
    })
}

/// The language whose name, or another name of it, is written most alike.
fn nearest(name: &str) -> Option<&'static str> {
    let names = |language: &&'static dyn Language| {
        std::iter::once(language.name()).chain(language.aliases().iter().copied())
    };
    let likeness = |known: &str| strsim::jaro_winkler(&name.to_lowercase(), known);
    LANGUAGES
        .0
        .iter()
        .flat_map(names)
        .map(|known| (likeness(known), known))
        .filter(|(likeness, _)| *likeness > 0.7)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_guessed_and_nonsense_is_not() {
        for (slip, meant) in [("pyton3", "python3"), ("Python", "python"), ("openjkd", "openjdk")] {
            assert_eq!(nearest(slip), Some(meant));
        }
        assert_eq!(nearest("java"), Some("jvm"));
        assert_eq!(nearest("cobol"), None);
    }
}
