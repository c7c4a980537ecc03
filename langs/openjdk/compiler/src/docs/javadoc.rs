//! Converts a Javadoc comment to Markdown, and splits it into its tags.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use htmd::element_handler::Handlers;
use htmd::options::{BrStyle, BulletListMarker, Options};
use htmd::{Element, HtmlToMarkdown};

/// The content of a comment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Docs {
    pub(crate) text: String,
    pub(crate) parameters: BTreeMap<String, String>,
    pub(crate) result: String,
    /// The exceptions, and when they are thrown.
    pub(crate) throws: Vec<(String, String)>,
    pub(crate) deprecated: Option<String>,
}

impl Docs {
    pub(crate) fn of(text: String) -> Docs {
        Docs { text, ..Docs::default() }
    }

    /// The text and the exceptions, for which the IDL has no other place.
    pub(crate) fn text_and_throws(&self) -> String {
        let mut text = self.text.clone();
        if !self.throws.is_empty() {
            text.push_str(if text.is_empty() { "Throws:\n" } else { "\n\nThrows:\n" });
        }
        for (name, when) in &self.throws {
            text.push_str(&format!("\n- `{name}`: {}", when.replace('\n', "\n  ")));
        }
        text
    }
}

/// The markup language of a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// HTML, between `/**` and `*/`.
    Html,
    /// Markdown, in lines with `///` (JEP 467).
    Markdown,
}

/// Reads the content of a comment.
pub(super) fn read(comment: &str, form: Form) -> Docs {
    let mut docs = Docs::default();
    let markdown = |text: &str| match form {
        Form::Html => markdown(text),
        Form::Markdown => inline_tags(text, form).trim().to_owned(),
    };
    for (tag, text) in blocks(comment, form) {
        match tag.as_str() {
            "" => docs.text = markdown(&text),
            "param" => {
                let (name, text) = first_word(&text);
                // `<T>` is a type parameter.
                if !name.starts_with('<') {
                    docs.parameters.insert(name.to_owned(), markdown(text));
                }
            }
            "return" => docs.result = markdown(&text),
            "throws" | "exception" => {
                let (name, text) = first_word(&text);
                docs.throws.push((name.to_owned(), markdown(text)));
            }
            "deprecated" => docs.deprecated = Some(markdown(&text)),
            _ => {}
        }
    }
    docs
}

fn first_word(text: &str) -> (&str, &str) {
    let text = text.trim();
    text.split_once(char::is_whitespace).unwrap_or((text, ""))
}

/// The text before the first tag, and the text of each tag. A tag begins a line, and is not inside
/// an inline tag.
fn blocks(comment: &str, form: Form) -> Vec<(String, String)> {
    let mut blocks = vec![(String::new(), String::new())];
    let mut depth = 0_i32;
    for line in comment.lines() {
        let line = if form == Form::Html { without_star(line) } else { line };
        let tag = line.trim_start().strip_prefix('@').filter(|_| depth == 0);
        if let Some(tag) = tag.filter(|tag| tag.starts_with(|c: char| c.is_ascii_alphabetic())) {
            let (name, rest) = first_word(tag);
            blocks.push((name.to_owned(), rest.to_owned()));
        } else if let Some((_, text)) = blocks.last_mut() {
            text.push('\n');
            text.push_str(line);
        }
        let braces = |brace| i32::try_from(line.matches(brace).count()).unwrap_or(0);
        depth = (depth + braces('{') - braces('}')).max(0);
    }
    blocks
}

/// A line without the leading star.
fn without_star(line: &str) -> &str {
    let trimmed = line.trim_start();
    match trimmed.strip_prefix('*') {
        Some(rest) => rest.trim_start_matches('*'),
        None => line,
    }
}

/// Tags for emphasis only, which is of no use in code comments.
const EMPHASIS: [&str; 5] = ["b", "i", "em", "strong", "u"];

/// Lists in the usual Markdown style.
static CONVERTER: LazyLock<HtmlToMarkdown> = LazyLock::new(|| {
    let bullet_list_marker = BulletListMarker::Dash;
    // Trailing spaces would be removed.
    let br_style = BrStyle::Backslash;
    let options =
        Options { bullet_list_marker, ul_bullet_spacing: 1, br_style, ..Options::default() };
    let plain =
        |handlers: &dyn Handlers, element: Element<'_>| Some(handlers.walk_children(element.node));
    let builder = HtmlToMarkdown::builder().options(options);
    builder.add_handler(EMPHASIS.to_vec(), plain).build()
});

/// Text with HTML and inline tags as Markdown.
fn markdown(text: &str) -> String {
    let html = inline_tags(text, Form::Html);
    let is_plain = !html.contains(['<', '&']);
    let converted = if is_plain { None } else { CONVERTER.convert(&html).ok() };
    let text = converted.unwrap_or_else(|| joined(&html));
    text.trim().lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// The words of a paragraph on one line, as in HTML.
fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Converts `{@code a < b}` and similar tags to the markup of the surrounding text.
fn inline_tags(text: &str, form: Form) -> String {
    let mut html = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("{@") {
        html.push_str(&rest[..start]);
        let Some(length) = closing(&rest[start..]) else {
            rest = &rest[start + 2..];
            continue;
        };
        let (name, content) = first_word(&rest[start + 2..start + length]);
        html.push_str(&inline_tag(name, content, form));
        rest = &rest[start + length + 1..];
    }
    html + rest
}

/// The index of the brace that closes the one at the start of `text`.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (index, character) in text.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 1 => return Some(index),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn inline_tag(name: &str, content: &str, form: Form) -> String {
    match name {
        "code" => code(content, form),
        "literal" => escaped(content, form),
        "link" | "linkplain" => {
            let (target, label) = link(content);
            let label = if label.is_empty() { target } else { label.to_owned() };
            if name == "link" { code(&label, form) } else { label }
        }
        "return" => format!("Returns {}", inline_tags(content, form)),
        "snippet" => {
            let code = content.split_once(":\n").map_or("", |(_, code)| code);
            match form {
                Form::Html => format!("<pre><code>{}</code></pre>", escaped(code, form)),
                Form::Markdown => format!("```\n{}\n```", code.trim_end()),
            }
        }
        "inheritDoc" | "docRoot" => String::new(),
        _ => inline_tags(content, form),
    }
}

fn code(text: &str, form: Form) -> String {
    match form {
        Form::Html => format!("<code>{}</code>", escaped(text, form)),
        Form::Markdown => format!("`{text}`"),
    }
}

/// The target of a link in readable form, and its label:
/// `Map#get(Object) the value`.
fn link(content: &str) -> (String, &str) {
    let end = match content.find('(') {
        Some(open) if !content[..open].contains(char::is_whitespace) => {
            content.find(')').map_or(content.len(), |close| close + 1)
        }
        _ => content.find(char::is_whitespace).unwrap_or(content.len()),
    };
    let (target, label) = content.split_at(end);
    (target.trim_start_matches('#').replace('#', "."), label.trim())
}

fn escaped(text: &str, form: Form) -> String {
    if form == Form::Markdown {
        return text.to_owned();
    }
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_split_and_html_becomes_markdown() {
        let docs = read(
            "\n * Adds the <b>numbers</b> {@code a<b}, see\n * {@link java.util.Map#get(Object)}.\n *\n * <p>Also:\n * <ul><li>one\n * <li>two</ul>\n * @param first what\n *   comes {@literal @first}\n * @param <T> a type\n * @return the {@linkplain Sum sum}\n * @throws IOException when it {\n * @ends}\n * @deprecated use {@link #add}\n * @since 3",
            Form::Html,
        );
        assert_eq!(
            docs.text,
            "Adds the numbers `a<b`, see `java.util.Map.get(Object)`.\n\nAlso:\n\n- one\n- two"
        );
        assert_eq!(docs.parameters["first"], "what comes @first");
        assert_eq!((docs.parameters.len(), docs.result.as_str()), (1, "the sum"));
        assert_eq!(docs.throws, [("IOException".to_owned(), "when it { @ends}".to_owned())]);
        assert_eq!(docs.deprecated.as_deref(), Some("use `add`"));
        assert!(
            docs.text_and_throws().ends_with("two\n\nThrows:\n\n- `IOException`: when it { @ends}")
        );
    }

    #[test]
    fn markdown_stays_as_it_is() {
        let docs = read(
            "Adds **numbers** {@code a<b}:\n\n- one\n- {@link Map#get}\n\n@param first what\n@return all",
            Form::Markdown,
        );
        assert_eq!(docs.text, "Adds **numbers** `a<b`:\n\n- one\n- `Map.get`");
        assert_eq!((docs.parameters["first"].as_str(), docs.result.as_str()), ("what", "all"));
    }

    #[test]
    fn unclosed_tags_end_with_the_comment() {
        for text in ["{@code", "{@link {@code x}", "@", "@param", "{@", "é{@é}", "<b", "&"] {
            read(text, Form::Html);
            read(text, Form::Markdown);
        }
    }
}
