//! Documentation in gofmt's format: paragraphs, and code indented by a tab.

use metaffi_stubs::Documentation;

/// The lines of a comment, without the slashes.
pub(super) fn lines(docs: &Documentation) -> Vec<String> {
    let mut lines = paragraphs(&docs.text);
    for (name, text) in &docs.parameters {
        paragraph(&mut lines, &format!("{name}: {}", ended(text)));
    }
    for text in &docs.results {
        paragraph(&mut lines, &format!("Returns: {}", ended(text)));
    }
    if let Some(reason) = &docs.deprecated {
        let reason = if reason.is_empty() { "do not use it." } else { reason };
        paragraph(&mut lines, &format!("Deprecated: {}", ended(reason)));
    }
    lines
}

/// Adds a separate paragraph.
pub(super) fn paragraph(lines: &mut Vec<String>, text: &str) {
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines.extend(text.lines().map(plain));
}

/// Text and code in turn, with an empty line between.
fn paragraphs(text: &[String]) -> Vec<String> {
    let (mut lines, mut code): (Vec<String>, Vec<&str>) = (Vec::new(), Vec::new());
    let mut is_fenced = false;
    for line in text {
        if line.trim_start().starts_with("```") {
            is_fenced = !is_fenced;
        } else if is_fenced
            || line.starts_with("    ")
            || line.trim().is_empty() && !code.is_empty()
        {
            code.push(line);
        } else {
            put_code(&mut lines, &mut code);
            match line.trim().is_empty() {
                true => part(&mut lines),
                false => lines.push(plain(line)),
            }
        }
    }
    put_code(&mut lines, &mut code);
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    no_headings(&mut lines);
    lines
}

/// Ends a paragraph.
fn part(lines: &mut Vec<String>) {
    if lines.last().is_some_and(|last| !last.is_empty()) {
        lines.push(String::new());
    }
}

/// Adds a block of code; a block that Go would take for a list becomes text.
fn put_code(lines: &mut Vec<String>, code: &mut Vec<&str>) {
    let block = std::mem::take(code);
    let is_blank = |line: &&str| line.trim().is_empty();
    let indent_of = |line: &&str| line.len() - line.trim_start().len();
    let Some(first) = block.iter().position(|line| !is_blank(line)) else { return };
    let last = block.iter().rposition(|line| !is_blank(line)).unwrap_or(first);
    let block = &block[first..=last];
    let indent = block.iter().filter(|line| !is_blank(line)).map(indent_of).min().unwrap_or(0);
    // A comment cannot consist of code alone.
    let is_text = lines.is_empty() || begins_list(block[0].trim_start());
    part(lines);
    for line in block {
        match line.get(indent..).map(str::trim_end).unwrap_or_default() {
            "" => part(lines),
            text if is_text => lines.push(plain(text)),
            text => lines.push(format!("\t{}", clean(text))),
        }
    }
    part(lines);
}

/// Whether an indented line begins a list.
fn begins_list(line: &str) -> bool {
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with(['-', '*', '+', '•'])
        || digits.len() < line.len() && digits.starts_with(['.', ')'])
}

/// A line on its own that could be taken for a heading gets the end of a sentence.
fn no_headings(lines: &mut [String]) {
    for at in 0..lines.len() {
        let is_alone =
            (at == 0 || lines[at - 1].is_empty()) && lines.get(at + 1).is_none_or(String::is_empty);
        let is_text = !lines[at].is_empty() && !lines[at].starts_with('\t');
        if is_alone && is_text {
            lines[at] = ended(&lines[at]);
        }
    }
}

/// A sentence with its final punctuation.
fn ended(text: &str) -> String {
    let text = text.trim_end();
    match text.chars().last() {
        Some(last) if last.is_alphanumeric() || matches!(last, ')' | ',') => format!("{text}."),
        _ => text.to_owned(),
    }
}

/// A line of a paragraph, without anything that means a list, a heading, a link or a quotation
/// mark.
fn plain(line: &str) -> String {
    let line = clean(line.trim());
    let mut line = line.trim_start_matches('#').trim_start().replace("''", "\"");
    while line.contains("``") {
        line = line.replace("``", "`");
    }
    match line.starts_with('[') && line.contains("]:") {
        true => line.replace("]:", "] :"),
        false => line,
    }
}

/// Without characters that end a line or a comment.
fn clean(line: &str) -> String {
    line.chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documentation_is_as_gofmt_leaves_it() {
        let docs = Documentation {
            text: [
                "# Title",
                "",
                "  - one",
                "    x = 1",
                "text",
                "```",
                "y",
                "```",
                "[a]: b ''",
                "",
            ]
            .map(str::to_owned)
            .to_vec(),
            deprecated: Some(String::new()),
            parameters: vec![("name".into(), "who".into())],
            ..Documentation::default()
        };
        let expected = [
            "Title.",
            "",
            "- one.",
            "",
            "\tx = 1",
            "",
            "text.",
            "",
            "\ty",
            "",
            "[a] : b \"",
            "",
            "name: who.",
            "",
            "Deprecated: do not use it.",
        ];
        assert_eq!(lines(&docs), expected);
    }
}
