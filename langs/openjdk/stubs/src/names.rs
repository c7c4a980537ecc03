//! Identifiers of stubs, as Java allows them.
//!
//! Every name in generated code passes through here, whether it is from the IDL or result up.

use unicode_ident::{is_xid_continue, is_xid_start};

/// Words that are not valid as identifiers, at least in some places; and the names of packages that
/// generated code writes in full, which nothing may hide.
const RESERVED: &[&str] = &[
    "_",
    "abstract",
    "assert",
    "boolean",
    "break",
    "byte",
    "case",
    "catch",
    "char",
    "class",
    "const",
    "continue",
    "default",
    "do",
    "double",
    "else",
    "enum",
    "extends",
    "false",
    "final",
    "finally",
    "float",
    "for",
    "goto",
    "if",
    "implements",
    "import",
    "instanceof",
    "int",
    "interface",
    "java",
    "long",
    "metaffi",
    "native",
    "new",
    "null",
    "package",
    "permits",
    "private",
    "protected",
    "public",
    "record",
    "return",
    "sealed",
    "short",
    "static",
    "strictfp",
    "super",
    "switch",
    "synchronized",
    "this",
    "throw",
    "throws",
    "transient",
    "true",
    "try",
    "var",
    "void",
    "volatile",
    "when",
    "while",
    "yield",
];

/// Whether a word is reserved by the language.
pub(crate) fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word)
}

/// `name` as an identifier; the result depends on the name alone.
pub(crate) fn identifier(name: &str) -> String {
    let legal = |c: char| if is_xid_continue(c) { c } else { '_' };
    let mut name: String = name.chars().map(legal).collect();
    if !name.starts_with(|c: char| c == '_' || is_xid_start(c)) {
        name.insert(0, '_');
    }
    if is_reserved(&name) {
        name.push('_');
    }
    name
}

/// The name of a class. It must not hide the classes of the JDK that the compiler looks up by
/// itself.
pub(crate) fn class_name(name: &str) -> String {
    let name = identifier(name.trim_start_matches(['.', '/', '*']));
    if matches!(name.as_str(), "String" | "Object" | "Override") { name + "_" } else { name }
}

/// `name` with a capital letter: `getName` of `name`.
pub(crate) fn capitalized(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// `SHOUTED_NAME` of `shoutedName`.
pub(crate) fn constant(name: &str) -> String {
    let mut result = String::new();
    let mut was_small = false;
    for c in name.chars() {
        if c.is_uppercase() && was_small {
            result.push('_');
        }
        was_small = c.is_lowercase() || c.is_numeric();
        result.extend(c.to_uppercase());
    }
    identifier(&result)
}

/// Whether `name` is the name of a package.
pub(crate) fn is_package(name: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && identifier(part) == part;
    name.split('.').all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_where_they_can() {
        for (name, expected) in [
            ("getLogger", "getLogger"),
            ("größe", "größe"),
            ("class", "class_"),
            ("_", "__"),
            ("2d", "_2d"),
            ("", "__"),
            ("a-b", "a_b"),
            ("__len__", "__len__"),
        ] {
            assert_eq!(identifier(name), expected, "{name}");
        }
        assert_eq!(class_name("Map$Entry"), "Map_Entry");
        assert_eq!(class_name("*net/url.URL"), "net_url_URL");
        assert_eq!(class_name("Object"), "Object_");
        assert_eq!(constant("getHTTPUrl"), "GET_HTTPURL");
        assert!(is_package("a.b_c") && !is_package("a..b") && !is_package("1a"));
        assert!(!is_package("a.class") && !is_package(""));
    }
}
