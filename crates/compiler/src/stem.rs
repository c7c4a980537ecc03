//! The stem: the identifier that a source's files are named after.
//!
//! `log4j-api-2.21.1.jar` → `log4j_api`, and from it `log4j_api_MetaFFIHost.py`.
//! Which of these functions applies to a source is up to its language.

use std::path::Path;

/// The stem of a file: its name without the suffix, as an identifier.
///
/// ```
/// assert_eq!(metaffi_compiler::stem_of_file("src/hello-world.go".as_ref()), "hello_world");
/// ```
pub fn stem_of_file(path: &Path) -> String {
    identifier(&path.file_stem().unwrap_or_default().to_string_lossy())
}

/// The stem of a versioned archive, without the version.
///
/// ```
/// use metaffi_compiler::stem_of_archive;
/// assert_eq!(stem_of_archive("lib/log4j-api-2.21.1.jar".as_ref()), "log4j_api");
/// assert_eq!(stem_of_archive("guava-33.0.0-jre.jar".as_ref()), "guava");
/// assert_eq!(stem_of_archive("log4j-1.2-api-2.21.1.jar".as_ref()), "log4j_1_2_api");
/// ```
pub fn stem_of_archive(path: &Path) -> String {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    identifier(without_version(&name))
}

/// Makes `name` an identifier in every language: other characters become `_`,
/// and a leading digit gets a `_` prefix.
///
/// ```
/// assert_eq!(metaffi_compiler::identifier("3d.shapes"), "_3d_shapes");
/// ```
pub fn identifier(name: &str) -> String {
    let mut identifier: String =
        name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    if !identifier.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        identifier.insert(0, '_');
    }
    identifier
}

/// Words that may follow the number of a version and belong to it.
const QUALIFIERS: &[&str] = &[
    "alpha",
    "android",
    "beta",
    "build",
    "cr",
    "dev",
    "final",
    "ga",
    "incubating",
    "jdk",
    "jre",
    "m",
    "pre",
    "preview",
    "rc",
    "release",
    "snapshot",
    "sp",
];

/// `name` without the version at its end, unless nothing would remain.
pub(crate) fn without_version(name: &str) -> &str {
    let mut parts: Vec<&str> = name.split('-').collect();
    while parts.len() > 1 && parts.last().is_some_and(|part| is_qualifier(part)) {
        parts.pop();
    }
    let is_version = |part: &&str| part.starts_with(|c: char| c.is_ascii_digit());
    if !parts.last().is_some_and(is_version) {
        return name;
    }
    while parts.len() > 1 && parts.last().is_some_and(is_version) {
        parts.pop();
    }
    &name[..parts.join("-").len()]
}

/// `jre`, `SNAPSHOT`, `beta9`, `jdk8`: a known word, optionally followed by
/// digits.
fn is_qualifier(part: &str) -> bool {
    let word = part.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').to_ascii_lowercase();
    QUALIFIERS.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_dropped_and_nothing_else() {
        for (name, stem) in [
            ("commons-lang3-3.14.0", "commons_lang3"),
            ("log4j-api-2.0-beta9", "log4j_api"),
            ("shop-1.0-SNAPSHOT", "shop"),
            ("shop-1.0-20230101.123456-1", "shop"),
            ("hibernate-core-6.0.0.Final", "hibernate_core"),
            ("spring-rc", "spring_rc"),
            ("log4j-1.2-api", "log4j_1_2_api"),
            ("jdk8", "jdk8"),
            ("8.1", "_8_1"),
            ("shop", "shop"),
            ("größe-1", "größe"),
        ] {
            assert_eq!(stem_of_archive(Path::new(&format!("lib/{name}.jar"))), stem, "{name}");
        }
    }

    #[test]
    fn identifiers_are_valid() {
        for (name, expected) in [("", "_"), ("-", "_"), ("a b", "a_b"), ("ß1", "ß1"), ("1", "_1")]
        {
            assert_eq!(identifier(name), expected);
        }
    }
}
