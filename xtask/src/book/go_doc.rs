//! `go doc -all` as Markdown.
//!
//! gomarkdoc does this as well, but has had no release since 2023.

use std::fmt::Write;

/// What `go doc` indents documentation by.
const INDENT: &str = "    ";

const SECTIONS: [(&str, &str); 4] = [
    ("CONSTANTS", "Constants"),
    ("VARIABLES", "Variables"),
    ("FUNCTIONS", "Functions"),
    ("TYPES", "Types"),
];

/// The reference, below headings of level 2: a section for each kind of declaration, in it a
/// heading for each function, type and method.
pub fn markdown(text: &str) -> String {
    let mut written = String::new();
    // The first two lines name the package.
    let mut lines = text.lines().skip(1).peekable();
    let mut in_sections = false;
    while let Some(line) = lines.next() {
        if let Some((_, title)) = SECTIONS.iter().find(|(name, _)| *name == line) {
            in_sections = true;
            let _ = write!(written, "\n## {title}\n");
        } else if !in_sections {
            written += &prose(line);
            written.push('\n');
        } else if let Some(documentation) = line.strip_prefix(INDENT) {
            written += &prose(documentation);
            written.push('\n');
        } else if line.is_empty() {
            written.push('\n');
        } else {
            let mut declaration = line.to_owned();
            while opens(&declaration) {
                let Some(next) = lines.next() else { break };
                declaration.extend(["\n", next]);
            }
            if let Some(heading) = heading(line) {
                let _ = write!(written, "\n{heading}\n");
            }
            let _ = write!(written, "\n```go\n{declaration}\n```\n\n");
        }
    }
    written
}

/// Whether a declaration goes on: a brace or parenthesis that ends a line is open until one
/// begins a line.
fn opens(declaration: &str) -> bool {
    let first = declaration.lines().next().unwrap_or_default();
    let last = declaration.lines().last().unwrap_or_default();
    first.ends_with(['{', '(']) && (last == first || !last.starts_with(['}', ')']))
}

/// The heading of a function, a method or a type.
fn heading(declaration: &str) -> Option<String> {
    if let Some(rest) = declaration.strip_prefix("type ") {
        return Some(format!("### `{}`", rest.split([' ', '[']).next()?));
    }
    let rest = declaration.strip_prefix("func ")?;
    let Some(method) = rest.strip_prefix('(') else {
        return Some(format!("### `{}`", rest.split(['(', '[']).next()?));
    };
    let (receiver, method) = method.split_once(") ")?;
    let receiver = receiver.rsplit(' ').next()?.trim_start_matches('*');
    let receiver = receiver.split('[').next()?;
    Some(format!("#### `{receiver}.{}`", method.split('(').next()?))
}

/// A line of documentation; code, which is indented, stays as it is.
fn prose(line: &str) -> String {
    if line.starts_with(INDENT) || line.starts_with('\t') {
        return line.to_owned();
    }
    let mut escaped = String::with_capacity(line.len());
    for letter in line.chars() {
        if matches!(letter, '*' | '_' | '<' | '[' | ']' | '`') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
package demo // import \"example.com/demo\"

Package demo greets *all*.

FUNCTIONS

func Greet(name string) string
    Greet returns a greeting:

        Greet(\"you\")

TYPES

type Greeter struct {
\tName string

\t// contains filtered or unexported fields
}
    Greeter greets.

func (g *Greeter) Greet() string
";

    #[test]
    fn declarations_get_headings_and_documentation_becomes_prose() {
        let markdown = markdown(TEXT);
        assert!(markdown.contains("Package demo greets \\*all\\*."));
        assert!(markdown.contains("## Functions\n"));
        let greet = "### `Greet`\n\n```go\nfunc Greet(name string) string\n```\n";
        assert!(markdown.contains(greet), "{markdown}");
        assert!(markdown.contains("\n    Greet(\"you\")\n"));
        assert!(
            markdown.contains("### `Greeter`\n\n```go\ntype Greeter struct {\n\tName string\n\n")
        );
        assert!(markdown.contains("fields\n}\n```\n\nGreeter greets.\n"), "{markdown}");
        assert!(markdown.contains("#### `Greeter.Greet`\n"));
    }
}
