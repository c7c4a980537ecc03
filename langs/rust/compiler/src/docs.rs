//! Documentation for rustdoc: Markdown whose code is not run, and whose brackets are not
//! broken links.

use metaffi_stubs::Documentation;

use crate::literals::is_invisible;

/// The lines of a doc comment, without their prefix.
pub(crate) fn lines(documentation: &Documentation) -> Vec<String> {
    let mut lines = markdown(&documentation.text);
    let mut section = |title: &str, items: Vec<String>| {
        if items.is_empty() {
            return;
        }
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend([format!("# {title}"), String::new()]);
        lines.extend(items);
    };
    let parameters = documentation.parameters.iter();
    let parameters = parameters.map(|(name, said)| format!("- `{name}`: {}", inline(said)));
    section("Arguments", parameters.collect());
    section("Returns", documentation.results.iter().map(|said| inline(said)).collect());
    let raises = documentation.raises.iter().map(|name| format!("- `{}`", name.replace('`', "'")));
    section("Errors", raises.collect());
    lines
}

/// Text on one line, as for a reason in rustdoc.
pub(crate) fn note(text: &str) -> String {
    inline(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The lines of any comment.
pub(crate) fn of_comment(comment: &str) -> Vec<String> {
    lines(&Documentation::of(comment, None))
}

/// Code is put into fences marked as text; the rest keeps its Markdown.
fn markdown(text: &[String]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut fence: Option<String> = None;
    let mut is_indented = false;
    for line in text {
        let trimmed = line.trim_start();
        if let Some(open) = &fence {
            let closes = trimmed.starts_with(open.as_str())
                && trimmed.trim_end().chars().all(|c| open.starts_with(c));
            lines.push(visible(line).trim_end().to_owned());
            if closes {
                fence = None;
            }
            continue;
        }
        let is_code =
            line.starts_with("    ") && (is_indented || lines.last().is_none_or(String::is_empty));
        match (is_code, is_indented) {
            (true, false) => lines.push("```text".to_owned()),
            (false, true) if !trimmed.is_empty() => lines.push("```".to_owned()),
            _ => {}
        }
        is_indented = is_code || is_indented && trimmed.is_empty();
        if is_indented {
            let line = visible(line.strip_prefix("    ").unwrap_or(line));
            lines.push(line.trim_end().to_owned());
        } else if let Some(open) = opened(trimmed) {
            lines.push(format!("{open}text"));
            fence = Some(open);
        } else {
            lines.push(inline(line));
        }
    }
    if is_indented {
        lines.push("```".to_owned());
    }
    lines.extend(fence);
    lines
}

/// The backticks or tildes that open a fence.
fn opened(line: &str) -> Option<String> {
    let first = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let run: String = line.chars().take_while(|c| *c == first).collect();
    (run.len() >= 3 && !line[run.len()..].contains('`')).then_some(run)
}

/// Text outside of fences: brackets that are not links or code are escaped.
fn inline(line: &str) -> String {
    let pieces: Vec<&str> = line.split('`').collect();
    let is_balanced = pieces.len() % 2 == 1;
    let mut text = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        if at > 0 {
            text.push_str(if is_balanced { "`" } else { "\\`" });
        }
        match at % 2 == 1 && is_balanced {
            true => text.push_str(&visible(piece)),
            false => text.push_str(&prose(piece)),
        }
    }
    text.trim_end().to_owned()
}

fn prose(text: &str) -> String {
    let mut prose = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let link = if letter == '[' { link(rest) } else { None };
        if let Some(link) = link {
            prose.push_str(&rest[..link]);
            rest = &rest[link..];
            continue;
        }
        if let Some(address) = address(rest) {
            prose.push_str(&format!("<{}>", &rest[..address]));
            rest = &rest[address..];
            continue;
        }
        match letter {
            '[' | ']' | '<' | '>' => prose.extend(['\\', letter]),
            letter => prose.push_str(&visible(letter.encode_utf8(&mut [0; 4]))),
        }
        rest = &rest[letter.len_utf8()..];
    }
    prose
}

/// The length of `[text](https://…)`, which is a complete link.
fn link(text: &str) -> Option<usize> {
    let middle = text.find("](http")?;
    if text[1..middle].contains(['[', ']', '<', '>']) {
        return None;
    }
    let end = middle + text[middle..].find(')')?;
    let target = &text[middle + 2..end];
    (!target.contains([' ', '(', '<', '>', '\\'])).then_some(end + 1)
}

/// The length of a bare address.
fn address(text: &str) -> Option<usize> {
    let is_one = text.starts_with("http://") || text.starts_with("https://");
    let ends =
        |c: char| c.is_whitespace() || matches!(c, '<' | '>' | ')' | ']' | '"' | '\'' | '[' | '\\');
    let end = text.find(ends).unwrap_or(text.len());
    let end = text[..end].trim_end_matches(['.', ',', ';', ':']).len();
    (is_one && end > "https://".len()).then_some(end)
}

/// The same with invisible characters escaped.
fn visible(text: &str) -> String {
    let mut visible = String::new();
    for letter in text.chars() {
        match letter {
            letter if is_invisible(letter) => visible.extend(letter.escape_unicode()),
            letter => visible.push(letter),
        }
    }
    visible
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(comment: &str) -> Vec<String> {
        of_comment(comment)
    }

    #[test]
    fn code_is_not_run_and_brackets_are_no_links() {
        assert_eq!(printed("a\n\n```python\nx[0]\n```"), ["a", "", "```text", "x[0]", "```"]);
        assert_eq!(
            printed("a\n\n    x = [1]\n\nb"),
            ["a", "", "```text", "x = [1]", "", "```", "b"]
        );
        assert_eq!(printed("open\n\n~~~\nx"), ["open", "", "~~~text", "x", "~~~"]);
        assert_eq!(printed("[a] `[b]` List<String>"), ["\\[a\\] `[b]` List\\<String\\>"]);
        assert_eq!(printed("[a](https://b/c) https://d/e."), ["[a](https://b/c) <https://d/e>."]);
        assert_eq!(printed("odd ` tick"), ["odd \\` tick"]);
    }
}
