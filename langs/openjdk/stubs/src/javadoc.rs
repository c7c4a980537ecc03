//! Documentation as Javadoc: converts Markdown to the HTML that Javadoc accepts.

use metaffi_stubs::Documentation;

const WIDTH: usize = 94;

/// A comment: its text and tags.
#[derive(Debug, Default)]
pub(crate) struct Comment {
    text: Vec<String>,
    tags: Vec<String>,
}

impl Comment {
    /// The comment of a documented item; `summary` if its documentation is empty.
    pub(crate) fn of(documentation: &Documentation, summary: &str) -> Comment {
        let mut text = html(&documentation.text);
        if text.is_empty() {
            text.push(summary.to_owned());
        }
        let mut comment = Comment { text, tags: Vec::new() };
        if let Some(reason) = &documentation.deprecated {
            let reason =
                if reason.is_empty() { "should no longer be used".into() } else { inline(reason) };
            comment.tags.push(format!("@deprecated {reason}"));
        }
        comment
    }

    pub(crate) fn plain(text: &str) -> Comment {
        Comment { text: vec![text.to_owned()], tags: Vec::new() }
    }

    #[must_use]
    pub(crate) fn tag(mut self, tag: String) -> Comment {
        // The deprecation comes last.
        let at = self.tags.iter().position(|one| one.starts_with("@deprecated"));
        self.tags.insert(at.unwrap_or(self.tags.len()), tag);
        self
    }

    /// The lines of the comment, including its delimiters.
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

/// Wraps a line of text.
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

/// Escapes what HTML, Javadoc or a comment would interpret; code remains code.
fn escaped(text: &str) -> String {
    let mut html = String::new();
    let is_paired = text.matches('`').count().is_multiple_of(2);
    for (at, part) in text.split('`').enumerate() {
        let is_code = at % 2 == 1 && !part.is_empty() && is_paired;
        if is_code {
            html.push_str(&format!("<code>{}</code>", entities(part)));
        } else {
            if at > 0 && !is_paired {
                html.push('`');
            }
            html.push_str(&entities(part));
        }
    }
    html
}

fn entities(text: &str) -> String {
    let mut html = String::new();
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '@' => html.push_str("&#64;"),
            '*' => html.push_str("&#42;"),
            '/' => html.push_str("&#47;"),
            '\\' => html.push_str("&#92;"),
            '{' => html.push_str("&#123;"),
            '}' => html.push_str("&#125;"),
            c if c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{feff}') => {
                html.push(' ')
            }
            c => html.push(c),
        }
    }
    // A slash ends a comment only after a star, and is easier to read unescaped.
    html.replace("&#47;", "/")
}

/// Paragraphs, lists and code blocks, each on a line of its own.
fn html(lines: &[String]) -> Vec<String> {
    let mut html: Vec<String> = Vec::new();
    let mut paragraph: Vec<&str> = Vec::new();
    let mut items: Vec<String> = Vec::new();
    let mut code: Option<Vec<String>> = None;
    for line in lines.iter().map(String::as_str).chain([""]) {
        let trimmed = line.trim();
        if let Some(block) = &mut code {
            if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
                push_code(&mut html, block);
                code = None;
            } else {
                block.push(entities(line));
            }
            continue;
        }
        let item = trimmed.strip_prefix("- ").or_else(|| trimmed.strip_prefix("* "));
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            flush(&mut html, &mut paragraph, &mut items);
            code = Some(Vec::new());
        } else if let Some(item) = item {
            push_paragraph(&mut html, &mut paragraph);
            items.push(escaped(item));
        } else if trimmed.is_empty() {
            flush(&mut html, &mut paragraph, &mut items);
        } else if line.starts_with("  ") && !items.is_empty() {
            if let Some(last) = items.last_mut() {
                last.push(' ');
                last.push_str(&escaped(trimmed));
            }
        } else {
            push_items(&mut html, &mut items);
            paragraph.push(trimmed.trim_start_matches('#').trim_start());
        }
    }
    if let Some(mut block) = code {
        push_code(&mut html, &mut block);
    }
    flush(&mut html, &mut paragraph, &mut items);
    html
}

fn flush(html: &mut Vec<String>, paragraph: &mut Vec<&str>, items: &mut Vec<String>) {
    push_paragraph(html, paragraph);
    push_items(html, items);
}

fn push_paragraph(html: &mut Vec<String>, paragraph: &mut Vec<&str>) {
    if paragraph.is_empty() {
        return;
    }
    let text = escaped(&paragraph.join(" "));
    paragraph.clear();
    if html.is_empty() {
        html.push(text);
    } else {
        html.extend([String::new(), format!("<p>{text}")]);
    }
}

fn push_items(html: &mut Vec<String>, items: &mut Vec<String>) {
    if items.is_empty() {
        return;
    }
    if html.is_empty() {
        html.push("In short:".to_owned());
    }
    html.extend([String::new(), "<ul>".to_owned()]);
    html.extend(items.drain(..).map(|item| format!("  <li>{item}")));
    html.push("</ul>".to_owned());
}

fn push_code(html: &mut Vec<String>, block: &mut Vec<String>) {
    if html.is_empty() {
        html.push("For example:".to_owned());
    }
    html.push(String::new());
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
    // The lines of a code block keep their spaces.
    html.extend(lines.into_iter().map(|line| match line.starts_with("<pre>") {
        true => line,
        false => format!(" {line}"),
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documentation(text: &str) -> Vec<String> {
        let lines = text.lines().map(str::to_owned).collect();
        Comment::of(&Documentation { text: lines, ..Documentation::default() }, "None.").lines()
    }

    #[test]
    fn markdown_becomes_javadoc() {
        assert_eq!(
            documentation("Adds `a<b>` & */ {@x}."),
            ["/** Adds <code>a&lt;b&gt;</code> &amp; &#42;/ &#123;&#64;x&#125;. */"]
        );
        assert_eq!(documentation(""), ["/** None. */"]);
        assert_eq!(
            documentation("One.\n\nTwo:\n- a\n- b\n\n```\nx < y\n z\n```"),
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
