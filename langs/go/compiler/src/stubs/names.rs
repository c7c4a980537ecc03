//! Identifiers of stubs: exported ones for everything that the guest names, and parameter names
//! that hide nothing that the bodies use.

use crate::names::KEYWORDS;

/// Predeclared names, and what generated bodies use.
const TAKEN: &[&str] = &[
    "any",
    "append",
    "bool",
    "byte",
    "call",
    "cap",
    "clear",
    "close",
    "comparable",
    "complex",
    "complex128",
    "complex64",
    "copy",
    "delete",
    "err",
    "error",
    "failed",
    "false",
    "float32",
    "float64",
    "imag",
    "init",
    "int",
    "int16",
    "int32",
    "int64",
    "int8",
    "iota",
    "iter",
    "len",
    "main",
    "make",
    "max",
    "min",
    "module",
    "new",
    "nil",
    "options",
    "panic",
    "print",
    "println",
    "real",
    "recover",
    "rune",
    "string",
    "stubs",
    "this",
    "true",
    "uint",
    "uint16",
    "uint32",
    "uint64",
    "uint8",
    "uintptr",
];

/// Members that every type of the stubs has, or names with another meaning to Go or its `vet`.
pub(super) const RESERVED_MEMBERS: &[&str] = &[
    "All",
    "As",
    "Equal",
    "Error",
    "Exception",
    "GobDecode",
    "GobEncode",
    "Is",
    "MarshalJSON",
    "MarshalXML",
    "MetaFFIClass",
    "MetaFFILift",
    "MetaFFIMember",
    "MetaFFIObject",
    "Object",
    "ReadByte",
    "ReadRune",
    "Seek",
    "String",
    "UnmarshalJSON",
    "UnmarshalXML",
    "UnreadByte",
    "UnreadRune",
    "Unwrap",
    "WriteByte",
];

/// `name` as an exported identifier: `read_csv` and `readCsv` become `ReadCsv`, `Map$Entry` becomes
/// `MapEntry`, `MAX_VALUE` is unchanged.
pub(super) fn exported(name: &str) -> String {
    let is_constant = !name.chars().any(char::is_lowercase) && name.chars().any(char::is_uppercase);
    let mut words = String::new();
    for word in name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if is_constant && !words.is_empty() {
            words.push('_');
        }
        let mut letters = word.chars();
        words.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        words.push_str(letters.as_str());
    }
    if !words.starts_with(char::is_uppercase) {
        words.insert(0, 'X');
    }
    if name.ends_with('_') && !name.starts_with('_') {
        words.push('_');
    }
    words
}

/// `name` as a parameter name.
pub(super) fn parameter(name: &str) -> String {
    let mut exported = exported(name.trim_matches('_'));
    if name.trim_start_matches('_').chars().next().is_some_and(|first| !first.is_alphabetic())
        && exported.starts_with('X')
    {
        exported = exported.replacen('X', "arg", 1);
    }
    let first = exported.chars().take_while(|c| c.is_uppercase()).count();
    let total = exported.chars().count();
    // URL is url, URLPath is urlPath, Name is name.
    let lowered = if first == total || first <= 1 { first.max(1) } else { first - 1 };
    let mut text: String = exported
        .chars()
        .enumerate()
        .flat_map(
            |(at, c)| if at < lowered { c.to_lowercase().collect::<Vec<_>>() } else { vec![c] },
        )
        .collect();
    if is_taken(&text) {
        text.push('_');
    }
    text
}

/// Whether a parameter or a package must not have this name.
pub(super) fn is_taken(name: &str) -> bool {
    is_keyword(name) || TAKEN.contains(&name)
}

/// Whether a name is a keyword.
pub(super) fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

/// The package name for a stem, or nothing if it has no letter.
pub(super) fn package(stem: &str) -> String {
    let letters = stem.chars().filter(char::is_ascii_alphanumeric);
    let mut name: String = letters.collect::<String>().to_ascii_lowercase();
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        name.insert(0, 'p');
    }
    if is_taken(&name) || matches!(name.as_str(), "internal" | "vendor" | "testdata") {
        name.push_str("stubs");
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_exported_as_go_writes_them() {
        for (name, expected) in [
            ("getLogger", "GetLogger"),
            ("read_csv", "ReadCsv"),
            ("Map$Entry", "MapEntry"),
            ("MAX_VALUE", "MAX_VALUE"),
            ("__len__", "Len"),
            ("_private", "Private"),
            ("from_", "From_"),
            ("2d", "X2d"),
            ("größe", "Größe"),
            ("数", "X数"),
            ("", "X"),
        ] {
            assert_eq!(exported(name), expected, "{name}");
        }
    }

    #[test]
    fn parameters_hide_nothing() {
        for (name, expected) in [
            ("Name", "name"),
            ("first_name", "firstName"),
            ("URL", "url"),
            ("URLPath", "urlPath"),
            ("type", "type_"),
            ("err", "err_"),
            ("_x", "x"),
            ("2", "arg2"),
            ("", "x"),
        ] {
            assert_eq!(parameter(name), expected, "{name}");
        }
    }

    #[test]
    fn packages_are_words() {
        for (stem, expected) in [
            ("log4j_api", "log4japi"),
            ("TestMap", "testmap"),
            ("func", "funcstubs"),
            ("main", "mainstubs"),
            ("7zip", "p7zip"),
            ("_", "p"),
        ] {
            assert_eq!(package(stem), expected, "{stem}");
        }
    }
}
