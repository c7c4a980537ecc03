//! Documentation in parts, each as plain lines. Emitters format them.

use metaffi_idl::{Function, Parameter, TypeTree};

/// The documentation of one element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Documentation {
    /// The text in Markdown, line by line.
    pub text: Vec<String>,
    /// The deprecation message, if the element is deprecated; may be empty.
    pub deprecated: Option<String>,
    /// The host's names of parameters, and their documentation on one line.
    pub parameters: Vec<(String, String)>,
    /// The documentation of the results, one line each.
    pub results: Vec<String>,
    /// The names of the documented exceptions.
    pub raises: Vec<String>,
}

impl Documentation {
    /// The documentation of a function. `parameters` are those that may be
    /// documented, with the host's names.
    pub fn of_function(function: &Function, parameters: &[(&str, &Parameter)]) -> Documentation {
        let text = |comment: &str| one_line(comment);
        let parameters = parameters.iter().filter(|(_, one)| !one.comment.trim().is_empty());
        let parameters = parameters.map(|(name, one)| ((*name).to_owned(), text(&one.comment)));
        let results = function.return_values.iter().map(|result| text(&result.comment));
        Documentation {
            parameters: parameters.collect(),
            results: results.filter(|text| !text.is_empty()).collect(),
            raises: function.raises.iter().filter_map(class_name).collect(),
            ..Documentation::of(&function.comment, function.deprecated.as_deref())
        }
    }

    /// The documentation of an element with a comment and an optional
    /// deprecation message.
    pub fn of(comment: &str, deprecated: Option<&str>) -> Documentation {
        let deprecated = deprecated.map(one_line);
        Documentation { text: lines_of(comment), deprecated, ..Documentation::default() }
    }

    /// Whether there is nothing to print.
    pub fn is_empty(&self) -> bool {
        *self == Documentation { raises: self.raises.clone(), ..Documentation::default() }
    }
}

fn class_name(tree: &TypeTree) -> Option<String> {
    match tree {
        TypeTree::Class { id: name, .. } | TypeTree::Foreign { name, .. } => Some(name.clone()),
        _ => None,
    }
}

/// The lines of a comment joined.
fn one_line(comment: &str) -> String {
    lines_of(comment).join(" ")
}

/// The lines of a comment, without trailing blanks and without common
/// indentation.
pub fn lines_of(comment: &str) -> Vec<String> {
    let text = comment.replace('\t', "    ");
    let mut lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    let indent_of = |line: &&str| line.len() - line.trim_start().len();
    let rest = lines.iter().skip(1).filter(|line| !line.is_empty());
    let indent = rest.map(indent_of).min().unwrap_or(0);
    for line in lines.iter_mut().skip(1) {
        *line = line.get(indent..).unwrap_or("");
    }
    lines.into_iter().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_lose_indentation_and_trailing_blanks() {
        let comment = "  Finds.\n    More:\n      code  \n\n    end.\n";
        assert_eq!(lines_of(comment), ["Finds.", "More:", "  code", "", "end."]);
        assert!(lines_of(" \n ").is_empty());
    }

    #[test]
    fn a_function_has_all_parts_of_its_documentation() {
        let mut function = Function { comment: "Does.".into(), ..Function::default() };
        function.deprecated = Some("use\nmore".into());
        function.raises = vec![TypeTree::foreign("java.io.IOException"), TypeTree::Any];
        let mut limit = Parameter::new("limit", metaffi_idl::Base::Int32);
        limit.comment = "at most\nso many".into();
        let other = Parameter::new("other", metaffi_idl::Base::Int32);
        let parameters = [("limit_", &limit), ("other", &other)];
        let expected = Documentation {
            text: vec!["Does.".into()],
            deprecated: Some("use more".into()),
            parameters: vec![("limit_".into(), "at most so many".into())],
            results: Vec::new(),
            raises: vec!["java.io.IOException".into()],
        };
        assert_eq!(Documentation::of_function(&function, &parameters), expected);
        assert!(Documentation::of("", None).is_empty());
    }
}
