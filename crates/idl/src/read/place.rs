//! A value of the document with its path.

use std::fmt;

use serde_json::Value;

/// A value and its position. Places link to their parents, so that a path is
/// only printed for a problem.
pub(super) struct Place<'a> {
    pub(super) value: &'a Value,
    step: Step<'a>,
}

enum Step<'a> {
    Root,
    Field(&'a Place<'a>, &'a str),
    Item(&'a Place<'a>, usize),
}

impl<'a> Place<'a> {
    pub(super) fn root(value: &'a Value) -> Self {
        Self { value, step: Step::Root }
    }

    pub(super) fn field(&'a self, name: &'a str, value: &'a Value) -> Self {
        Self { value, step: Step::Field(self, name) }
    }

    pub(super) fn item(&'a self, index: usize, value: &'a Value) -> Self {
        Self { value, step: Step::Item(self, index) }
    }

    /// The number of steps from the root.
    pub(super) fn depth(&self) -> usize {
        match self.step {
            Step::Root => 0,
            Step::Field(parent, _) | Step::Item(parent, _) => parent.depth() + 1,
        }
    }

    /// The kind of the JSON value.
    pub(super) fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.step {
            Step::Root => f.write_str("$"),
            Step::Item(parent, index) => write!(f, "{parent}[{index}]"),
            Step::Field(parent, name) if is_plain(name) => write!(f, "{parent}.{name}"),
            Step::Field(parent, name) => write!(f, "{parent}[{}]", Value::from(name)),
        }
    }
}

/// Whether a field's name needs no quotes in a path.
fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_quote_what_needs_it() {
        let value = Value::Null;
        let root = Place::root(&value);
        let list = root.field("tags", &value);
        let odd = list.item(3, &value);
        assert_eq!(odd.field("a \"b\"", &value).to_string(), r#"$.tags[3]["a \"b\""]"#);
    }
}
