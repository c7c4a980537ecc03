//! Identifiers of stubs: what Python allows, each once in its scope.
//!
//! Every name in generated code comes through here, from the IDL or made up.

use std::collections::HashSet;

use unicode_ident::is_xid_continue;
use unicode_normalization::UnicodeNormalization;

/// Words that are no identifiers.
const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

/// `name` as an identifier, the same for the same name wherever it occurs.
///
/// Other characters become `_`; a keyword and a name with a meaning of its own
/// (`__init__`) get a `_` behind; two leading `_`, which a class would mangle,
/// become one. Python itself reads identifiers in NFKC.
pub(crate) fn identifier(name: &str) -> String {
    let legal = |c: char| if is_xid_continue(c) { c } else { '_' };
    let mut name: String = name.nfkc().map(legal).collect();
    let is_special = name.len() > 4 && name.starts_with("__") && name.ends_with("__");
    if !is_special {
        name = unmangled(name);
    }
    if !name.starts_with(is_first) {
        name.insert(0, '_');
    }
    if is_special || KEYWORDS.contains(&name.as_str()) {
        name.push('_');
    }
    name
}

/// `name` as a class leaves it.
fn unmangled(name: String) -> String {
    match name.starts_with("__") && !name.ends_with("__") {
        true => format!("_{}", name.trim_start_matches('_')),
        false => name,
    }
}

/// Whether an identifier may begin with it.
fn is_first(c: char) -> bool {
    c == '_' || unicode_ident::is_xid_start(c)
}

/// The names of one scope.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names(HashSet<String>);

impl Names {
    /// A scope in which `taken` are given already.
    pub(crate) fn without<'n>(taken: impl IntoIterator<Item = &'n str>) -> Names {
        Names(taken.into_iter().map(str::to_owned).collect())
    }

    /// All names that are given, in no order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Gives `name` to somebody, or nothing when it is given.
    pub(crate) fn take(&mut self, name: &str) -> Option<String> {
        self.0.insert(name.to_owned()).then(|| name.to_owned())
    }

    /// Gives `name` as an identifier, else the nearest that is free: with `_`,
    /// `_2`, `_3`… behind it.
    pub(crate) fn give(&mut self, name: &str) -> String {
        self.give_none_of(name, |_| false)
    }

    /// The same, and none of those that `is_taken` elsewhere.
    pub(crate) fn give_none_of(&mut self, name: &str, is_taken: impl Fn(&str) -> bool) -> String {
        let name = identifier(name);
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        let candidates = [name.clone(), format!("{name}_")].into_iter().chain(numbered);
        let mut free = candidates.map(unmangled).filter(|candidate| !is_taken(candidate));
        free.find_map(|candidate| self.take(&candidate)).unwrap_or(name)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_stay_where_they_can() {
        for (name, expected) in [
            ("getLogger", "getLogger"),
            ("größe", "größe"),
            ("list", "list"),
            ("match", "match"),
            ("from", "from_"),
            ("None", "None_"),
            ("a$b", "a_b"),
            ("Map$Entry", "Map_Entry"),
            ("2d", "_2d"),
            ("", "_"),
            ("_private", "_private"),
            ("__mangled", "_mangled"),
            ("__", "__"),
            ("__init__", "__init___"),
            ("ﬁx", "fix"),
            ("x²", "x2"),
        ] {
            assert_eq!(identifier(name), expected, "{name}");
        }
    }

    #[test]
    fn nobody_gets_anothers_name() {
        let mut names = Names::without(["self"]);
        let given = ["a", "a", "a", "a_", "self", "if"].map(|name| names.give(name));
        assert_eq!(given, ["a", "a_", "a_2", "a__", "self_", "if_"]);
    }

    proptest! {
        #[test]
        fn every_name_becomes_an_identifier(wanted in proptest::collection::vec(".*", 1..9)) {
            let mut names = Names::default();
            let given: Vec<String> = wanted.iter().map(|name| names.give(name)).collect();
            let unique: HashSet<&String> = given.iter().collect();
            prop_assert_eq!(unique.len(), given.len());
            for name in &given {
                prop_assert!(name.starts_with(is_first) && name.chars().all(is_xid_continue));
                prop_assert!(!KEYWORDS.contains(&name.as_str()));
                prop_assert_eq!(&name.nfkc().collect::<String>(), name);
                let mangled = name.starts_with("__") && !name.ends_with("__");
                prop_assert!(!mangled || name.ends_with('_'), "{}", name);
            }
        }
    }
}
