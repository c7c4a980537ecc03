//! Converts names of other languages to Rust identifiers.

use unicode_ident::{is_xid_continue, is_xid_start};

/// Words that are not identifiers.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Words that are not even raw identifiers.
const NEVER: &[&str] = &["_", "self", "Self", "super", "crate"];

/// Methods that every class has from Rust traits: another method with the same name
/// would hide them.
pub(crate) const RESERVED: &[&str] = &[
    "as_ref",
    "borrow",
    "borrow_mut",
    "clone",
    "clone_from",
    "clone_into",
    "deref",
    "eq",
    "fmt",
    "from",
    "handle",
    "into",
    "into_iter",
    "is",
    "cast",
    "member_name",
    "ne",
    "of_member",
    "to_owned",
    "to_string",
    "try_from",
    "try_into",
    "type_id",
];

/// The name of a function, a parameter, a field: `getX` is `get_x`.
pub(crate) fn member(name: &str) -> String {
    escaped(snake(name))
}

/// The name of a class: `Map$Entry` is `MapEntry`, `java.util.List` `JavaUtilList`.
pub(crate) fn class(name: &str) -> String {
    let parts = name.split(|c: char| c == '_' || !is_xid_continue(c));
    let mut camel = String::new();
    for part in parts.filter(|part| !part.is_empty()) {
        let mut letters = part.chars();
        camel.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        camel.push_str(letters.as_str());
    }
    if !camel.starts_with(is_xid_start) {
        camel.insert(0, 'N');
    }
    escaped(camel)
}

/// The name of a constant: `maxValue` is `MAX_VALUE`.
pub(crate) fn constant(name: &str) -> String {
    escaped(snake(name).to_uppercase())
}

fn escaped(name: String) -> String {
    if NEVER.contains(&name.as_str()) {
        return format!("{name}_");
    }
    if KEYWORDS.contains(&name.as_str()) { format!("r#{name}") } else { name }
}

/// Lower case, with `_` between words.
pub(crate) fn snake(name: &str) -> String {
    let letters: Vec<char> =
        name.chars().map(|c| if is_xid_continue(c) { c } else { '_' }).collect();
    let mut snake = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| letters[at]);
        let after = letters.get(at + 1);
        let is_first = before.is_some_and(|before| {
            let ends_word = before.is_lowercase() || before.is_numeric();
            let starts_word = after.is_some_and(|after| after.is_lowercase());
            letter.is_uppercase() && (ends_word || before.is_uppercase() && starts_word)
        });
        if is_first {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    if snake.chars().all(|c| c == '_') {
        snake.push_str("unnamed");
    }
    if !snake.starts_with(|c| c == '_' || is_xid_start(c)) {
        snake.insert(0, '_');
    }
    snake
}

/// A name without the `r#` of a raw identifier.
pub(crate) fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_rusts() {
        for (name, expected) in [
            ("getLogger", "get_logger"),
            ("toURI", "to_uri"),
            ("HTTPServer", "http_server"),
            ("x1", "x1"),
            ("int32Value", "int32_value"),
            ("__init__", "__init__"),
            ("größe", "größe"),
            ("type", "r#type"),
            ("self", "self_"),
            ("_", "_unnamed"),
            ("a$b", "a_b"),
            ("2d", "_2d"),
            ("", "unnamed"),
        ] {
            assert_eq!(member(name), expected, "{name}");
        }
        for (name, expected) in [
            ("Map$Entry", "MapEntry"),
            ("java.util.List", "JavaUtilList"),
            ("snake_case", "SnakeCase"),
            ("Self", "Self_"),
            ("2d", "N2d"),
            ("_Grown", "Grown"),
        ] {
            assert_eq!(class(name), expected, "{name}");
        }
        assert_eq!(constant("maxValue"), "MAX_VALUE");
        assert_eq!(constant("MAX_VALUE"), "MAX_VALUE");
    }

    proptest! {
        #[test]
        fn every_name_becomes_an_identifier(name in ".*") {
            for made in [member(&name), class(&name), constant(&name)] {
                let made = plain(&made);
                prop_assert!(made.starts_with(|c| c == '_' || is_xid_start(c)), "{}", made);
                prop_assert!(made.chars().all(is_xid_continue), "{}", made);
                prop_assert!(made != "_");
            }
        }
    }
}
