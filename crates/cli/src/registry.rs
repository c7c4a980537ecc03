//! The languages: one line for each, and one in Cargo.toml. The only place in
//! this crate that names them.

use std::sync::OnceLock;

use metaffi_compiler::{Diagnostic, ExtraCommand, Language, Languages, Program};

use crate::home;

/// Every built-in language.
const COMPILED_IN: &[&dyn Language] = &[
    &metaffi_go_compiler::Go,
    &metaffi_loopback_compiler::Loopback,
    &metaffi_openjdk_compiler::OpenJdk,
    &metaffi_python3_compiler::Python3,
    &metaffi_rust_compiler::Rust,
];

/// All languages of this run.
struct Known {
    languages: Vec<&'static dyn Language>,
    /// Problems with plugins that name a compiler.
    diagnostics: Vec<Diagnostic>,
}

/// Computed once: the installation does not change while the command runs.
fn known() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let (programs, diagnostics) = Program::installed(&home::home());
        // A plugin's program replaces a built-in language of the same name.
        let is_replaced = |name: &str| programs.iter().any(|program| program.name() == name);
        let mut languages = COMPILED_IN.to_vec();
        languages.retain(|language| !is_replaced(language.name()));
        let programs = programs.into_iter().map(|program| &*Box::leak(Box::new(program)));
        languages.extend(programs.map(|program| program as &dyn Language));
        Known { languages, diagnostics }
    })
}

/// Every language: the built-in ones, and the programs of plugins.
pub(crate) fn languages() -> Languages<'static> {
    Languages(&known().languages)
}

/// The language with this name. The error includes unusable plugins, since the
/// language may be one of theirs.
pub(crate) fn named(name: &str) -> Result<&'static dyn Language, Diagnostic> {
    let diagnostics = plugin_diagnostics().iter().cloned();
    languages().named(name).map_err(|unknown| unknown.related(diagnostics))
}

/// Problems with the compilers of installed plugins.
pub(crate) fn plugin_diagnostics() -> &'static [Diagnostic] {
    &known().diagnostics
}

/// What the command is for.
pub(crate) const ABOUT: &str = "Call Python, Java and Go modules from one another, in one process";

/// How to use it.
pub(crate) const EXAMPLES: &str = "Examples:
  metaffi -c --idl hello.go -g               build hello_MetaFFIGuest
  metaffi -c --idl hello.go -g -h python3    the same, with stubs for Python
  metaffi -c --idl log4j-api-2.21.1.jar -h python3
  metaffi inspect hello.go";

/// The commands of all languages.
pub(crate) fn commands() -> Vec<ExtraCommand> {
    COMPILED_IN.iter().flat_map(|language| language.commands()).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use metaffi_testkit::languages;

    use super::COMPILED_IN;

    #[test]
    fn languages_are_what_their_folders_say() {
        for language in COMPILED_IN {
            let folder = languages::named(language.name());
            assert_eq!(language.aliases(), folder.aliases, "{}", folder.name);
            assert_eq!(language.reader().is_some(), !folder.files.sources.is_empty());
            assert_eq!(language.emitter().is_some(), folder.files.stubs.is_some());
            for suffix in &folder.files.sources {
                let source = format!("some.{suffix}");
                let reader = language.reader().unwrap();
                assert!(reader.claims(Path::new(&source)), "{} reads {source}", folder.name);
            }
        }
    }

    #[test]
    fn every_language_with_sources_or_stubs_is_compiled_in() {
        for folder in languages::all() {
            let is_expected = !folder.files.sources.is_empty() || folder.files.stubs.is_some();
            let is_here = COMPILED_IN.iter().any(|language| language.name() == folder.name);
            assert_eq!(is_here, is_expected, "{}", folder.name);
        }
    }
}
