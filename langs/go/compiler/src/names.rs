//! The only place that makes Go identifiers for generated code.
//!
//! A generated file is part of the user's package, so its names must not collide with those of the
//! package, and a local name must not hide a type that it needs.

use std::collections::{BTreeMap, HashSet};

/// The package that the extractor writes in front of a predeclared name which the user's package
/// redefines.
const PREDECLARED: &str = "predeclared";

/// Creates names that are not yet used in the package.
#[derive(Debug)]
pub(crate) struct Names {
    /// The names at package level, and ours.
    taken: HashSet<String>,
    /// The names of imports in the package's files: our names at package level must not be among
    /// them.
    file_names: HashSet<String>,
    /// From an import path to the name under which it is imported.
    imports: BTreeMap<String, String>,
    /// The name that xcall is imported under.
    xcall: String,
    /// The predeclared names that the package declares.
    shadowed: HashSet<String>,
}

impl Names {
    /// For a package with these names at package level and of imports, where xcall has this path.
    pub(crate) fn new(of_package: &[String], of_files: &[String], xcall: &str) -> Names {
        let taken: HashSet<String> = of_package.iter().cloned().collect();
        let mut names = Names {
            shadowed: taken.clone(),
            taken,
            file_names: of_files.iter().cloned().collect(),
            imports: BTreeMap::new(),
            xcall: String::new(),
        };
        names.xcall = names.import(xcall);
        names
    }

    /// The name that xcall is imported under.
    pub(crate) fn xcall(&self) -> &str {
        &self.xcall
    }

    /// The predeclared type `name`, even if the package redefines the name.
    pub(crate) fn predeclared(&self, name: &str) -> String {
        if !self.shadowed.contains(name) {
            return name.to_owned();
        }
        let (first, rest) = name.split_at(1);
        format!("{}.Predeclared{}{rest}", self.xcall, first.to_ascii_uppercase())
    }

    /// nil as a value of the predeclared type error, behind `prefix`.
    pub(crate) fn nil(&self, prefix: &str) -> String {
        if !self.shadowed.contains("nil") {
            return "nil".to_owned();
        }
        format!("{}.Nil[{prefix}{}]()", self.xcall, self.predeclared("error"))
    }

    /// `wanted`, or that followed by a number.
    pub(crate) fn fresh(&mut self, wanted: &str) -> String {
        let numbered = (2..).map(|number| format!("{wanted}{number}"));
        let mut candidates = std::iter::once(wanted.to_owned()).chain(numbered);
        let name = candidates.find(|name| !self.taken.contains(name)).unwrap_or_default();
        self.taken.insert(name.clone());
        name
    }

    /// `metaffi` and the parts, in camel case: `metaffiTestMapSet`.
    pub(crate) fn function(&mut self, parts: &[&str]) -> String {
        let mut name = "metaffi".to_owned();
        for word in parts.iter().flat_map(|part| part.split(|c: char| !c.is_alphanumeric())) {
            let mut letters = word.chars();
            name.extend(letters.next().into_iter().flat_map(char::to_uppercase));
            name.push_str(letters.as_str());
        }
        while self.file_names.contains(&name) {
            name.push('_');
        }
        self.fresh(&name)
    }

    /// The name under which the package at `path` is imported.
    pub(crate) fn import(&mut self, path: &str) -> String {
        if let Some(name) = self.imports.get(path) {
            return name.clone();
        }
        let name = self.fresh(&import_name(path));
        self.imports.insert(path.to_owned(), name.clone());
        name
    }

    /// A type expression with each `{path}.` replaced by the name of its import.
    pub(crate) fn resolve(&mut self, expression: &str) -> String {
        let mut resolved = String::with_capacity(expression.len());
        let mut rest = expression;
        while let Some((before, path, after)) = qualified(rest) {
            resolved.push_str(before);
            rest = after;
            if path == PREDECLARED {
                let name = rest.trim_start_matches('.');
                let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
                resolved.push_str(&self.predeclared(&name[..end]));
                rest = &name[end..];
            } else {
                resolved.push_str(&self.import(path));
            }
        }
        resolved + rest
    }

    /// Path and name of each import, sorted by path.
    pub(crate) fn imports(&self) -> impl Iterator<Item = (&str, &str)> {
        self.imports.iter().map(|(path, name)| (path.as_str(), name.as_str()))
    }
}

/// The last part of an import path, as an identifier without a special meaning in Go.
fn import_name(path: &str) -> String {
    let last = path.rsplit('/').next().unwrap_or(path);
    let plain: String = last.chars().filter(char::is_ascii_alphanumeric).collect();
    let starts_well = plain.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_free = [KEYWORDS, RESERVED].iter().all(|names| !names.contains(&plain.as_str()));
    if starts_well && is_free { plain } else { format!("pkg{plain}") }
}

/// The keywords of the language.
pub(crate) const KEYWORDS: &[&str] = &[
    "break",
    "case",
    "chan",
    "const",
    "continue",
    "default",
    "defer",
    "else",
    "fallthrough",
    "for",
    "func",
    "go",
    "goto",
    "if",
    "import",
    "interface",
    "map",
    "package",
    "range",
    "return",
    "select",
    "struct",
    "switch",
    "type",
    "var",
];

/// The predeclared names that generated code uses, and names with a special meaning in Go.
const RESERVED: &[&str] = &[
    "any", "bool", "error", "false", "float32", "float64", "init", "int", "int16", "int32",
    "int64", "int8", "main", "new", "nil", "string", "true", "uint", "uint16", "uint32", "uint64",
    "uint8", "uintptr",
];

/// Splits at the first `{path}.`, which is unambiguous in a Go type: braces of a struct or an
/// interface contain blanks or nothing.
fn qualified(expression: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let open = from + expression[from..].find('{')?;
        let inside = &expression[open + 1..];
        let close = inside.find(['{', '}', ' '])?;
        if close > 0 && inside[close..].starts_with("}.") {
            return Some((&expression[..open], &inside[..close], &inside[close + 1..]));
        }
        from = open + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_avoid_the_packages_own() {
        let mut names = Names::new(&["metaffiSayHello".into()], &["metaffiX".into()], "a/xcall");
        assert_eq!(names.function(&["x"]), "metaffiX_");
        assert_eq!(names.function(&["SayHello"]), "metaffiSayHello2");
        assert_eq!(names.function(&["*Stack[int]", "push"]), "metaffiStackIntPush");
        assert_eq!(names.function(&["Stack", "IntPush"]), "metaffiStackIntPush2");
    }

    #[test]
    fn types_get_their_imports() {
        let mut names = Names::new(&[], &[], "xcall");
        let text = "map[string]*{net/url}.URL";
        assert_eq!(names.resolve(text), "map[string]*url.URL");
        let text = "struct{X {a.b/url}.T; Y interface{}; Z struct{}}";
        assert_eq!(names.resolve(text), "struct{X url2.T; Y interface{}; Z struct{}}");
        assert_eq!(names.resolve("chan struct{}"), "chan struct{}");
        let imports: Vec<_> = names.imports().collect();
        assert_eq!(imports, [("a.b/url", "url2"), ("net/url", "url"), ("xcall", "xcall")]);
        assert_eq!(names.import("github.com/go-git/go"), "pkggo");
    }

    #[test]
    fn predeclared_names_are_found_where_the_package_has_its_own() {
        let mut names = Names::new(&["string".into(), "nil".into()], &[], "a/xcall");
        let text = "map[{predeclared}.string][]string";
        assert_eq!(names.resolve(text), "map[xcall.PredeclaredString][]string");
        assert_eq!(names.predeclared("int64"), "int64");
        assert_eq!(names.nil("*"), "xcall.Nil[*error]()");
    }
}
