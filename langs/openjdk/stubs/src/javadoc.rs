//! Documentation as Javadoc: Markdown becomes the HTML that Javadoc takes.

use metaffi_stubs::Documentation;

const WIDTH: usize = 94;

/// A comment: its text and tags.
#[derive(Debug, Default)]
pub(crate) struct Comment {
    text: Vec<String>,
    tags: Vec<String>,
}

impl Comment {
    /// What is said of something; `summary` where nothing is.
    pub(crate) fn of(said: &Documentation, summary: &str) -> Comment {
        let mut text = html(&said.text);
        if text.is_empty() {
            text.push(summary.to_owned());
        }
        let mut comment = Comment { text, tags: Vec::new() };
        if let Some(reason) = &said.deprecated {
            let reason =
                if reason.is_empty() { "no longer to be used".into() } else { inline(reason) };
            comment.tags.push(format!("@deprecated {reason}"));
        }
        comment
    }

    pub(crate) fn plain(text: &str) -> Comment {
        Comment { text: vec![text.to_owned()], tags: Vec::new() }
    }

    #[must_use]
    pub(crate) fn tag(mut self, tag: String) -> Comment {
        // What is deprecated is said last.
        let at = self.tags.iter().position(|one| one.starts_with("@deprecated"));
        self.tags.insert(at.unwrap_or(self.tags.len()), tag);
        self
    }

    /// The lines of the comment, its delimiters included.
    pub(crate) fn lines(&self) -> Vec<String> {
        if let ([only], []) = (&self.text[..], &self.tags[..])
            && only.chars().count() <= WIDTH - 7
        {
            return vec![format!("/** {only} */")];
        }
        let mut lines = vec!["/**".to_owned()];
        for line in &self.text {
            lines.extend(filled(line, ""));
        }
        if !self.tags.is_empty() {
            lines.push(" *".to_owned());
        }
        for tag in &self.tags {
            lines.extend(filled(tag, "    "));
        }
        lines.push(" */".to_owned());
        lines
    }
}

/// A line of text, in lines that are short enough.
fn filled(text: &str, indent: &str) -> Vec<String> {
    if text.starts_with("<pre>") || text.starts_with(' ') || text.is_empty() {
        return vec![format!(" * {text}").trim_end().to_owned()];
    }
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(format!(" * {line}"));
            line = indent.to_owned();
        } else if !line.trim().is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(format!(" * {line}"));
    lines
}

/// Text on one line.
pub(crate) fn inline(text: &str) -> String {
    escaped(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// What HTML, Javadoc and a comment would read otherwise; code stays code.
fn escaped(text: &str) -> String {
    let mut made = String::new();
    let is_paired = text.matches('`').count().is_multiple_of(2);
    for (at, part) in text.split('`').enumerate() {
        let is_code = at % 2 == 1 && !part.is_empty() && is_paired;
        if is_code {
            made.push_str(&format!("<code>{}</code>", entities(part)));
        } else {
            if at > 0 && !is_paired {
                made.push('`');
            }
            made.push_str(&entities(part));
        }
    }
    made
}

fn entities(text: &str) -> String {
    let mut made = String::new();
    for c in text.chars() {
        match c {
            '&' => made.push_str("&amp;"),
            '<' => made.push_str("&lt;"),
            '>' => made.push_str("&gt;"),
            '@' => made.push_str("&#64;"),
            '*' => made.push_str("&#42;"),
            '/' => made.push_str("&#47;"),
            '\\' => made.push_str("&#92;"),
            '{' => made.push_str("&#123;"),
            '}' => made.push_str("&#125;"),
            c if c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{feff}') => {
                made.push(' ')
            }
            c => made.push(c),
        }
    }
    // A slash ends a comment only behind a star, and reads better.
    made.replace("&#47;", "/")
}

/// Paragraphs, lists and code, each on a line of its own.
fn html(lines: &[String]) -> Vec<String> {
    let mut made: Vec<String> = Vec::new();
    let mut paragraph: Vec<&str> = Vec::new();
    let mut items: Vec<String> = Vec::new();
    let mut code: Option<Vec<String>> = None;
    for line in lines.iter().map(String::as_str).chain([""]) {
        let trimmed = line.trim();
        if let Some(block) = &mut code {
            if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
                push_code(&mut made, block);
                code = None;
            } else {
                block.push(entities(line));
            }
            continue;
        }
        let item = trimmed.strip_prefix("- ").or_else(|| trimmed.strip_prefix("* "));
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            flush(&mut made, &mut paragraph, &mut items);
            code = Some(Vec::new());
        } else if let Some(item) = item {
            push_paragraph(&mut made, &mut paragraph);
            items.push(escaped(item));
        } else if trimmed.is_empty() {
            flush(&mut made, &mut paragraph, &mut items);
        } else if line.starts_with("  ") && !items.is_empty() {
            if let Some(last) = items.last_mut() {
                last.push(' ');
                last.push_str(&escaped(trimmed));
            }
        } else {
            push_items(&mut made, &mut items);
            paragraph.push(trimmed.trim_start_matches('#').trim_start());
        }
    }
    if let Some(mut block) = code {
        push_code(&mut made, &mut block);
    }
    flush(&mut made, &mut paragraph, &mut items);
    made
}

fn flush(made: &mut Vec<String>, paragraph: &mut Vec<&str>, items: &mut Vec<String>) {
    push_paragraph(made, paragraph);
    push_items(made, items);
}

fn push_paragraph(made: &mut Vec<String>, paragraph: &mut Vec<&str>) {
    if paragraph.is_empty() {
        return;
    }
    let text = escaped(&paragraph.join(" "));
    paragraph.clear();
    if made.is_empty() {
        made.push(text);
    } else {
        made.extend([String::new(), format!("<p>{text}")]);
    }
}

fn push_items(made: &mut Vec<String>, items: &mut Vec<String>) {
    if items.is_empty() {
        return;
    }
    if made.is_empty() {
        made.push("In short:".to_owned());
    }
    made.extend([String::new(), "<ul>".to_owned()]);
    made.extend(items.drain(..).map(|item| format!("  <li>{item}")));
    made.push("</ul>".to_owned());
}

fn push_code(made: &mut Vec<String>, block: &mut Vec<String>) {
    if made.is_empty() {
        made.push("For example:".to_owned());
    }
    made.push(String::new());
    let mut lines = std::mem::take(block);
    if lines.is_empty() {
        lines.push(String::new());
    }
    if let Some(first) = lines.first_mut() {
        *first = format!("<pre>{first}");
    }
    if let Some(last) = lines.last_mut() {
        last.push_str("</pre>");
    }
    // The lines of a block keep their blanks.
    made.extend(lines.into_iter().map(|line| match line.starts_with("<pre>") {
        true => line,
        false => format!(" {line}"),
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        let lines = text.lines().map(str::to_owned).collect();
        Comment::of(&Documentation { text: lines, ..Documentation::default() }, "None.").lines()
    }

    #[test]
    fn markdown_becomes_javadoc() {
        assert_eq!(
            said("Adds `a<b>` & */ {@x}."),
            ["/** Adds <code>a&lt;b&gt;</code> &amp; &#42;/ &#123;&#64;x&#125;. */"]
        );
        assert_eq!(said(""), ["/** None. */"]);
        assert_eq!(
            said("One.\n\nTwo:\n- a\n- b\n\n```\nx < y\n z\n```"),
            [
                "/**",
                " * One.",
                " *",
                " * <p>Two:",
                " *",
                " * <ul>",
                " *   <li>a",
                " *   <li>b",
                " * </ul>",
                " *",
                " * <pre>x &lt; y",
                " *   z</pre>",
                " */"
            ]
        );
    }
}
