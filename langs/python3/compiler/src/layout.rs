//! Breaks long lines like `black` and `ruff format`.
//!
//! Templates print each statement on one line. One that is too long is split at its
//! last brackets (a `def` at its parameters): their content goes on a line of its
//! own, or, if that is still too long, each item on its own line with a comma. An
//! assignment and a result without brackets get some, and a union gets two lines.
//! Docstrings and comments are not changed.

const WIDTH: usize = 88;

/// Breaks the long lines of `source`.
pub(crate) fn layout(source: &str) -> String {
    let mut laid = String::with_capacity(source.len());
    let mut in_docstring = false;
    for line in source.lines() {
        let quotes = line.matches("\"\"\"").count() - line.matches("\\\"\"\"").count();
        if in_docstring || quotes > 0 || line.trim_start().starts_with('#') {
            in_docstring ^= quotes % 2 == 1;
            laid.push_str(line);
            laid.push('\n');
        } else {
            let text = line.trim_start();
            break_line(&mut laid, line.len() - text.len(), text, "");
        }
    }
    laid
}

/// Writes one logical line; `comma` is the separator of a list around it.
fn break_line(out: &mut String, indent: usize, text: &str, comma: &str) {
    if indent + width(text) + comma.len() <= WIDTH {
        line(out, indent, &[text, comma]);
    } else if let Some(left) = optional(text) {
        break_line(out, indent, left, "");
        line(out, indent, &["| None", comma]);
    } else if let Some(open) = Opened::of(text) {
        open.write(out, indent, comma);
    } else if let Some((target, value)) = assignment(text, indent) {
        line(out, indent, &[target, " = ("]);
        line(out, indent + 4, &[value]);
        line(out, indent, &[")"]);
    } else if let Some((head, returned, end)) = signature_end(text, indent) {
        line(out, indent, &[head, " -> ("]);
        line(out, indent + 4, &[returned]);
        line(out, indent, &[")", end]);
    } else if let Some((left, right)) = last_of_union(text) {
        line(out, indent, &[left]);
        line(out, indent, &["| ", right, comma]);
    } else {
        line(out, indent, &[text, comma]);
    }
}

/// A union without its last member, and that member.
fn last_of_union(text: &str) -> Option<(&str, &str)> {
    let is_bar = |(at, c): &(usize, char)| *c == '|' && text[..*at].ends_with(' ');
    let (at, _) = code(text).filter(is_bar).last()?;
    Some((text[..at].trim_end(), text[at + 1..].trim_start()))
}

/// A parameter that may be `None`, without that.
fn optional(text: &str) -> Option<&str> {
    let left = text.strip_suffix(" | None")?;
    let is_parameter = left.split_once(": ").is_some_and(|(name, _)| is_word(name));
    is_parameter.then_some(left)
}

fn is_word(text: &str) -> bool {
    !text.is_empty()
        && text.trim_start_matches('*').chars().all(|c| c == '_' || c.is_alphanumeric())
}

/// An assignment without brackets whose value fits on a line of its own.
fn assignment(text: &str, indent: usize) -> Option<(&str, &str)> {
    let assignment = text.split_once(" = ")?;
    (indent + 4 + width(assignment.1) <= WIDTH).then_some(assignment)
}

/// The last line of a signature, split around the return type. `None` if that does
/// not fit on a line of its own either.
fn signature_end(text: &str, indent: usize) -> Option<(&str, &str, &str)> {
    let (head, rest) = text.split_once(" -> ")?;
    let (returned, end) = rest.split_at(rest.rfind(':')?);
    (indent + 4 + width(returned) <= WIDTH).then_some((head, returned, end))
}

fn line(out: &mut String, indent: usize, parts: &[&str]) {
    if parts.iter().any(|part| !part.is_empty()) {
        out.extend(std::iter::repeat_n(' ', indent));
    }
    out.extend(parts.iter().copied());
    out.push('\n');
}

fn width(text: &str) -> usize {
    text.chars().count()
}

/// A line that is split at a pair of brackets.
struct Opened<'t> {
    head: &'t str,
    items: Vec<&'t str>,
    /// Whether a trailing comma would make it a tuple of one item.
    is_tuple: bool,
    tail: &'t str,
}

impl<'t> Opened<'t> {
    fn of(text: &'t str) -> Option<Opened<'t>> {
        let pairs = outer_brackets(text);
        let is_full = |pair: &&(usize, usize)| pair.1 > pair.0 + 1;
        let is_signature = text.starts_with("def ") || text.starts_with("class ");
        let mut full = pairs.iter().filter(is_full);
        let (open, close) = *if is_signature { full.next() } else { full.next_back() }?;
        let inside = &text[open + 1..close];
        let is_tuple = inside.ends_with(',');
        Some(Opened { head: &text[..=open], items: items(inside), is_tuple, tail: &text[close..] })
    }

    fn write(&self, out: &mut String, indent: usize, comma: &str) {
        line(out, indent, &[self.head]);
        let joined = self.items.join(", ");
        if indent + 4 + width(&joined) <= WIDTH && !self.needs_comma() {
            line(out, indent + 4, &[&joined]);
        } else {
            let is_subscript = self.tail.starts_with(']') && self.items.len() == 1;
            for item in &self.items {
                break_line(out, indent + 4, item, if is_subscript { "" } else { "," });
            }
        }
        break_line(out, indent, self.tail, comma);
    }

    /// A signature's only parameter gets a comma too.
    fn needs_comma(&self) -> bool {
        let is_signature = self.head.starts_with("def ") || self.head.starts_with("class ");
        self.is_tuple || is_signature && self.items.len() == 1
    }
}

/// The positions of the outermost brackets.
fn outer_brackets(text: &str) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut opened = Vec::new();
    for (at, c) in code(text) {
        match c {
            '(' | '[' | '{' => opened.push(at),
            ')' | ']' | '}' => {
                if let Some(open) = opened.pop().filter(|_| opened.is_empty()) {
                    pairs.push((open, at));
                }
            }
            _ => {}
        }
    }
    pairs
}

/// The parts between commas that are outside of all brackets.
fn items(text: &str) -> Vec<&str> {
    let mut depth = 0;
    let mut start = 0;
    let mut items = Vec::new();
    for (at, c) in code(text) {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                items.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    items.push(text[start..].trim());
    items.retain(|item| !item.is_empty());
    items
}

/// The characters outside of string literals.
fn code(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut quote = None;
    let mut escaped = false;
    text.char_indices().filter(move |(_, c)| {
        let was_in_string = quote.is_some();
        match quote {
            Some(_) if escaped => escaped = false,
            Some(_) if *c == '\\' => escaped = true,
            Some(open) if *c == open => quote = None,
            None if matches!(c, '"' | '\'') => quote = Some(*c),
            _ => {}
        }
        !was_in_string && quote.is_none()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_lines_and_docstrings_stay() {
        let text = format!(
            "def f(a: int) -> None:\n    \"\"\"{0}\n\n    {0}\n    \"\"\"\n",
            "x ".repeat(60)
        );
        assert_eq!(layout(&text), text);
    }

    #[test]
    fn arguments_go_on_a_line_of_their_own() {
        let long = "a".repeat(70);
        assert_eq!(
            layout(&format!("    return f({long}, \"(, \")\n")),
            format!("    return f(\n        {long}, \"(, \"\n    )\n")
        );
    }

    #[test]
    fn too_many_go_on_a_line_each() {
        let (long, longer) = ("a".repeat(39), "b".repeat(50));
        assert_eq!(
            layout(&format!("x = f({long}, [{long}, {long}], {{}})\n")),
            format!("x = f(\n    {long},\n    [{long}, {long}],\n    {{}},\n)\n")
        );
        assert_eq!(
            layout(&format!("x = f({long}, [{longer}, {longer}])\n")),
            format!(
                "x = f(\n    {long},\n    [\n        {longer},\n        {longer},\n    ],\n)\n"
            )
        );
    }

    #[test]
    fn what_has_no_brackets_gets_some() {
        let long = "a".repeat(60);
        assert_eq!(
            layout(&format!("{long} = b.{long}\n")),
            format!("{long} = (\n    b.{long}\n)\n")
        );
        assert_eq!(
            layout(&format!("def f{long}() -> {long}:\n")),
            format!("def f{long}() -> (\n    {long}\n):\n")
        );
    }

    #[test]
    fn a_text_is_no_union() {
        let text = format!("X: Final[str] = \"{0} | {0}\"\n", "a".repeat(60));
        let lines = layout(&text);
        assert!(lines.contains(&format!("\"{0} | {0}\"\n", "a".repeat(60))), "{lines}");
    }

    #[test]
    fn a_signature_is_opened_at_its_parameters() {
        let long = "a".repeat(60);
        assert_eq!(
            layout(&format!("def {long}(self, b: int) -> list[str]:\n")),
            format!("def {long}(\n    self, b: int\n) -> list[str]:\n")
        );
        assert_eq!(
            layout(&format!("def {long}(self) -> dict[int, str]:\n")),
            format!("def {long}(\n    self,\n) -> dict[int, str]:\n")
        );
    }
}
