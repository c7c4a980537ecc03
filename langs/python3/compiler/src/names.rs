//! Python identifiers.

use unicode_ident::is_xid_continue;
use unicode_normalization::UnicodeNormalization;

/// Words that are not identifiers.
const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

/// `name` as an identifier; the same name always gives the same identifier.
///
/// Other characters become `_`; a keyword, or a name with a special meaning
/// (`__init__`), gets a trailing `_`; two leading `_`, which a class would mangle,
/// become one. Python itself normalizes identifiers to NFKC.
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

/// `name` without name mangling in a class.
fn unmangled(name: String) -> String {
    match name.starts_with("__") && !name.ends_with("__") {
        true => format!("_{}", name.trim_start_matches('_')),
        false => name,
    }
}

/// Whether an identifier may start with it.
fn is_first(c: char) -> bool {
    c == '_' || unicode_ident::is_xid_start(c)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use metaffi_stubs::Names;
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

    proptest! {
        #[test]
        fn every_name_becomes_an_identifier(candidate_name in proptest::collection::vec(".*", 1..9)) {
            let mut names = Names::new(identifier);
            let given: Vec<String> = candidate_name.iter().map(|name| names.give(name)).collect();
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
