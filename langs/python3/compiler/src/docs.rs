//! Documentation as the lines of a docstring.

use metaffi_idl::{Function, Parameter};

use crate::literals::{escaped, is_invisible};

/// The lines of a function's docstring; none when there is nothing to say.
/// `parameters` are those with a documentation of their own, by Python name.
pub(crate) fn of_function(function: &Function, parameters: &[(&str, &Parameter)]) -> Vec<String> {
    let mut lines = text(&function.comment, function.deprecated.as_deref());
    let documented: Vec<_> =
        parameters.iter().filter(|(_, parameter)| !parameter.comment.trim().is_empty()).collect();
    if !documented.is_empty() {
        section(&mut lines, "Args:");
    }
    for (name, parameter) in documented {
        let text = normalized(&parameter.comment).join(" ");
        lines.push(format!("    {name}: {text}"));
    }
    let results = function.return_values.iter().map(|result| normalized(&result.comment).join(" "));
    let results: Vec<String> = results.filter(|text| !text.is_empty()).collect();
    if !results.is_empty() {
        section(&mut lines, "Returns:");
    }
    lines.extend(results.into_iter().map(|text| format!("    {text}")));
    padded(lines)
}

/// The lines for anything with a comment that may be deprecated, and why.
pub(crate) fn of_element(comment: &str, deprecated: Option<&str>) -> Vec<String> {
    padded(text(comment, deprecated))
}

fn text(comment: &str, deprecated: Option<&str>) -> Vec<String> {
    let mut lines = normalized(comment);
    if let Some(reason) = deprecated {
        let reason = normalized(reason).join(" ");
        let note = if reason.is_empty() {
            "Deprecated.".to_owned()
        } else {
            format!("Deprecated: {reason}")
        };
        match lines.is_empty() {
            true => lines.push(note),
            false => section(&mut lines, &note),
        }
    }
    lines
}

/// Adds a line below an empty one: nothing but a summary comes first.
fn section(lines: &mut Vec<String>, title: &str) {
    lines.extend([String::new(), title.to_owned()]);
}

/// A quote beside the quotes of the docstring gets a blank between.
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

/// The comment's lines: no blanks behind, none in front that all have, escaped
/// for a docstring.
fn normalized(comment: &str) -> Vec<String> {
    let text = comment.replace('\t', "    ");
    let mut lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    let indent_of = |line: &&str| line.len() - line.trim_start().len();
    let rest = lines.iter().skip(1).filter(|line| !line.is_empty());
    let indent = rest.map(indent_of).min().unwrap_or(0);
    for line in lines.iter_mut().skip(1) {
        *line = line.get(indent..).unwrap_or("");
    }
    lines.into_iter().map(escape).collect()
}

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
    fn comments_lose_what_is_not_text() {
        assert_eq!(
            normalized("  Finds.\n    More:\n      code  \n\n    end.\n"),
            ["Finds.", "More:", "  code", "", "end."]
        );
        assert_eq!(normalized("a\\b \"\"\"\u{1}"), ["a\\\\b \\\"\\\"\\\"\\x01"]);
        assert!(normalized(" \n ").is_empty());
    }

    #[test]
    fn quotes_keep_their_distance() {
        let lines = |comment| of_element(comment, None);
        assert_eq!(lines("\"a\" b"), [" \"a\" b"]);
        assert_eq!(lines("a \"b\""), ["a \"b\" "]);
        assert_eq!(lines("a\n\"b\""), ["a", "\"b\""]);
    }

    #[test]
    fn deprecation_and_parameters_are_told() {
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
