//! Identifiers of the stubs: valid and unique.

use std::collections::HashSet;

use metaffi_compiler::identifier;

/// Rust's keywords, and the names that every stub file defines.
const TAKEN: &[&str] = &[
    "as",
    "async",
    "await",
    "bind_module_to_code",
    "box",
    "break",
    "const",
    "continue",
    "crate",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "struct",
    "super",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
    "yield",
];

/// The names of one scope.
#[derive(Default)]
pub(crate) struct Names(HashSet<String>);

impl Names {
    /// A name based on `wanted`, in lower case, different from all previous ones.
    pub(crate) fn unique(&mut self, wanted: &str) -> String {
        let mut name = identifier(wanted).to_lowercase();
        while TAKEN.contains(&name.as_str()) || !self.0.insert(name.clone()) {
            name.push('_');
        }
        name
    }
}
