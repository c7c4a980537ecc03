//! Writes documentation as the lines of a docstring.

use metaffi_idl::{Function, Parameter};
use metaffi_stubs::Documentation;

use crate::literals::{escaped, is_invisible};

/// The lines of a function's docstring; none if there is no documentation.
/// `parameters` are those with their own documentation, by Python name.
pub(crate) fn of_function(function: &Function, parameters: &[(&str, &Parameter)]) -> Vec<String> {
    let documentation = Documentation::of_function(function, parameters);
    let mut lines = text(&documentation);
    if !documentation.parameters.is_empty() {
        section(&mut lines, "Args:");
    }
    for (name, text) in &documentation.parameters {
        lines.push(format!("    {name}: {}", escape(text)));
    }
    if !documentation.results.is_empty() {
        section(&mut lines, "Returns:");
    }
    lines.extend(documentation.results.iter().map(|text| format!("    {}", escape(text))));
    padded(lines)
}

/// The lines for anything with a comment, with the reason if it is deprecated.
pub(crate) fn of_element(comment: &str, deprecated: Option<&str>) -> Vec<String> {
    padded(text(&Documentation::of(comment, deprecated)))
}

fn text(documentation: &Documentation) -> Vec<String> {
    let mut lines: Vec<String> = documentation.text.iter().map(|line| escape(line)).collect();
    if let Some(reason) = &documentation.deprecated {
        let note = match reason.as_str() {
            "" => "Deprecated.".to_owned(),
            reason => format!("Deprecated: {}", escape(reason)),
        };
        match lines.is_empty() {
            true => lines.push(note),
            false => section(&mut lines, &note),
        }
    }
    lines
}

/// Adds a line after an empty one, since the first paragraph is the summary.
fn section(lines: &mut Vec<String>, title: &str) {
    lines.extend([String::new(), title.to_owned()]);
}

/// Puts a blank between a quote and the quotes of the docstring.
fn padded(mut lines: Vec<String>) -> Vec<String> {
    let is_only = lines.len() == 1;
    if let Some(first) = lines.first_mut() {
        if is_only && first.ends_with('"') {
            first.push(' ');
        }
        if first.starts_with('"') {
            first.insert(0, ' ');
        }
    }
    lines
}

/// A line, escaped for a docstring.
fn escape(line: &str) -> String {
    let mut text = String::new();
    for c in line.chars() {
        match c {
            '\\' => text.push_str("\\\\"),
            c if is_invisible(c) => text.push_str(&escaped(c)),
            c => text.push(c),
        }
    }
    text.replace("\"\"\"", "\\\"\\\"\\\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_docstring_is_escaped() {
        assert_eq!(of_element("a\\b \"\"\"c\u{1}", None), ["a\\\\b \\\"\\\"\\\"c\\x01"]);
    }

    #[test]
    fn quotes_keep_their_distance() {
        let lines = |comment| of_element(comment, None);
        assert_eq!(lines("\"a\" b"), [" \"a\" b"]);
        assert_eq!(lines("a \"b\""), ["a \"b\" "]);
        assert_eq!(lines("a\n\"b\""), ["a", "\"b\""]);
    }

    #[test]
    fn deprecation_and_parameters_are_written() {
        let mut function = Function { comment: "Does.".into(), ..Function::default() };
        function.deprecated = Some("use more".into());
        let mut parameter = Parameter::new("limit", metaffi_idl::Base::Int32);
        parameter.comment = "at most\nso many".into();
        assert_eq!(
            of_function(&function, &[("limit_", &parameter)]),
            ["Does.", "", "Deprecated: use more", "", "Args:", "    limit_: at most so many"]
        );
    }
}
