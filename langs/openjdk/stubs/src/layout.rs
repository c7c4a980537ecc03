//! Breaks long lines about as google-java-format does.
//!
//! Templates print each statement on one line. A line that is too long is broken at its last
//! bracket: the contents of the brackets move to a line of their own and, if that is still too
//! long, each item to its own line. Comments stay as they are.

const WIDTH: usize = 100;
/// The extra indentation of a continuation line.
const DEEPER: usize = 4;

/// Breaks the long lines of `source`.
pub(crate) fn layout(source: &str) -> String {
    let mut laid = String::with_capacity(source.len());
    for line in source.lines() {
        let text = line.trim_start();
        let is_comment =
            text.starts_with('*') || text.starts_with('/') || text.starts_with("import ");
        if is_comment || text.is_empty() {
            laid.push_str(line.trim_end());
            laid.push('\n');
        } else {
            break_line(&mut laid, line.len() - text.len(), text);
        }
    }
    laid
}

fn break_line(out: &mut String, indent: usize, text: &str) {
    if indent + width(text) <= WIDTH {
        return push(out, indent, text);
    }
    if let Some((head, value)) = assignment(text) {
        push(out, indent, &format!("{head} ="));
        return break_line(out, indent + DEEPER, value);
    }
    let Some((open, close)) = last_brackets(text) else { return push(out, indent, text) };
    let (head, inside, tail) = (&text[..=open], &text[open + 1..close], &text[close..]);
    push(out, indent, head);
    if indent + DEEPER + width(inside) + width(tail) <= WIDTH {
        return push(out, indent + DEEPER, &format!("{inside}{tail}"));
    }
    let items = items(inside);
    let last = items.len() - 1;
    for (at, item) in items.into_iter().enumerate() {
        let item = if at < last { format!("{item},") } else { format!("{item}{tail}") };
        break_line(out, indent + DEEPER, &item);
    }
}

fn push(out: &mut String, indent: usize, text: &str) {
    out.extend(std::iter::repeat_n(' ', indent));
    out.push_str(text.trim_end());
    out.push('\n');
}

fn width(text: &str) -> usize {
    text.chars().count()
}

/// Splits `int a = value`.
fn assignment(text: &str) -> Option<(&str, &str)> {
    let at = code(text).find(|(at, c)| *c == '=' && text[..*at].ends_with(' '))?.0;
    let is_plain = text[at..].starts_with("= ") && !text[..at].contains('(');
    is_plain.then(|| (text[..at].trim_end(), &text[at + 2..]))
}

/// The position of the last non-empty pair of parentheses or braces that is not nested in another.
fn last_brackets(text: &str) -> Option<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut opened = Vec::new();
    for (at, c) in code(text) {
        match c {
            '(' => opened.push(at),
            ')' => {
                let open = opened.pop();
                if let Some(open) = open.filter(|open| opened.is_empty() && at > open + 1) {
                    pairs.push((open, at));
                }
            }
            _ => {}
        }
    }
    pairs.pop()
}

/// Splits at commas outside of all brackets.
fn items(text: &str) -> Vec<&str> {
    let (mut depth, mut start) = (0, 0);
    let mut items = Vec::new();
    for (at, c) in code(text) {
        match c {
            '(' | '{' | '<' | '[' => depth += 1,
            '>' if text[..at].ends_with('-') => {}
            ')' | '}' | '>' | ']' => depth -= 1,
            ',' if depth == 0 => {
                items.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    items.push(text[start..].trim());
    items
}

/// The characters outside of string literals.
fn code(text: &str) -> impl Iterator<Item = (usize, char)> {
    let (mut in_string, mut escaped) = (false, false);
    text.char_indices().filter(move |(_, c)| {
        let was = in_string;
        if in_string {
            in_string = escaped || *c != '"';
            escaped = !escaped && *c == '\\';
        } else {
            in_string = *c == '"';
        }
        !was && !in_string
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_opened_at_their_last_bracket() {
        let (long, longer) = ("a".repeat(50), "b".repeat(60));
        assert_eq!(layout("  f(\"(, \");\n"), "  f(\"(, \");\n");
        assert_eq!(
            layout(&format!("  return f({long}, g(\"(, \"), {long});\n")),
            format!("  return f(\n      {long},\n      g(\"(, \"),\n      {long});\n")
        );
        assert_eq!(
            layout(&format!("  int {long} = f({longer});\n")),
            format!("  int {long} =\n      f({longer});\n")
        );
        assert_eq!(
            layout(&format!("  public Map<{long}, {longer}> f(int a) {{\n")),
            format!("  public Map<{long}, {longer}> f(\n      int a) {{\n")
        );
    }
}
