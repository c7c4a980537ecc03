//! Errors and warnings on standard error: message, location, source excerpt,
//! and what to do.

use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use metaffi_compiler::{Diagnostic, read_file};
use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, Severity, SourceCode,
    ThemeCharacters, ThemeStyles,
};

/// Lines for a pipe are not wrapped.
const NO_WRAPPING: usize = 100_000;

/// Prints an error, with its related diagnostics.
pub(crate) fn error(diagnostic: &Diagnostic) {
    print(diagnostic, Severity::Error);
}

/// Prints a warning.
pub(crate) fn warning(diagnostic: &Diagnostic) {
    print(diagnostic, Severity::Warning);
}

/// Related diagnostics that have a file are printed below; the others become
/// lines of the message.
fn print(diagnostic: &Diagnostic, severity: Severity) {
    let text: String = Report::all(diagnostic, severity).iter().map(rendered).collect();
    // Nothing can be done if standard error is closed.
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

fn rendered(report: &Report) -> String {
    let mut text = String::new();
    if handler().render_report(&mut text, report).is_err() {
        return format!("{report}\n");
    }
    if io::stderr().is_terminal() {
        return text;
    }
    text.lines().map(|line| flush(line).to_owned() + "\n").collect()
}

/// Moves messages to the first column of a pipe; excerpts stay indented.
fn flush(line: &str) -> &str {
    let is_message = |line: &&str| {
        ["error: ", "warning: ", "help: ", "| "].iter().any(|start| line.starts_with(start))
    };
    line.strip_prefix("  ").filter(is_message).unwrap_or(line)
}

fn handler() -> GraphicalReportHandler {
    let term = console::Term::stderr();
    let styles = match console::colors_enabled_stderr() {
        true => ThemeStyles::ansi(),
        false => ThemeStyles::none(),
    };
    let icons = |characters: ThemeCharacters| ThemeCharacters {
        error: "error:".to_owned(),
        warning: "warning:".to_owned(),
        ..characters
    };
    if io::stderr().is_terminal() {
        let theme = GraphicalTheme { characters: icons(ThemeCharacters::unicode()), styles };
        GraphicalReportHandler::new_themed(theme).with_width(term.size().1.into())
    } else {
        let theme = GraphicalTheme { characters: icons(ThemeCharacters::ascii()), styles };
        GraphicalReportHandler::new_themed(theme).with_width(NO_WRAPPING).with_links(false)
    }
}

/// A diagnostic in the form that miette prints.
#[derive(Debug)]
struct Report {
    message: String,
    severity: Severity,
    help: Option<String>,
    excerpt: Option<Excerpt>,
}

impl Report {
    fn all(diagnostic: &Diagnostic, severity: Severity) -> Vec<Report> {
        let (placed, plain): (Vec<_>, Vec<_>) =
            diagnostic.related.iter().partition(|diagnostic| diagnostic.file.is_some());
        let first = Report::new(diagnostic, &plain, severity);
        let others = placed.into_iter().flat_map(|diagnostic| Report::all(diagnostic, severity));
        std::iter::once(first).chain(others).collect()
    }

    fn new(diagnostic: &Diagnostic, lines: &[&Diagnostic], severity: Severity) -> Report {
        let excerpt = Excerpt::of(diagnostic);
        let own = Diagnostic { related: Vec::new(), help: None, ..diagnostic.clone() };
        let own = if excerpt.is_some() { own.message } else { own.to_string() };
        let lines = lines.iter().map(|diagnostic| format!("  {diagnostic}"));
        let message = std::iter::once(own).chain(lines).collect::<Vec<_>>().join("\n");
        Report { message, severity, help: diagnostic.help.clone(), excerpt }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Report {}

impl miette::Diagnostic for Report {
    fn severity(&self) -> Option<Severity> {
        Some(self.severity)
    }

    fn help(&self) -> Option<Box<dyn fmt::Display + '_>> {
        self.help.as_ref().map(|help| Box::new(help) as _)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|excerpt| &excerpt.text as _)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let excerpt = self.excerpt.as_ref()?;
        let span = LabeledSpan::new(None, excerpt.start, excerpt.length);
        Some(Box::new(std::iter::once(span)))
    }
}

/// A source location with its text.
#[derive(Debug)]
struct Excerpt {
    text: NamedSource<String>,
    start: usize,
    length: usize,
}

impl Excerpt {
    /// `None` when the diagnostic has no line, or the file has no such line.
    fn of(diagnostic: &Diagnostic) -> Option<Excerpt> {
        let (file, line): (&Path, u32) = (diagnostic.file.as_deref()?, diagnostic.line?);
        let text = String::from_utf8(read_file(file).ok()?).ok()?;
        let (start, length) = span(&text, line, diagnostic.column)?;
        Some(Excerpt { text: NamedSource::new(file.to_string_lossy(), text), start, length })
    }
}

/// From the column, or else the first non-blank character, to the end of the
/// line. Lines and columns start at 1; columns are in bytes.
fn span(text: &str, line: u32, column: Option<u32>) -> Option<(usize, usize)> {
    let index = usize::try_from(line).ok()?.checked_sub(1)?;
    let line = text.split_inclusive('\n').nth(index)?;
    let start: usize = text.split_inclusive('\n').take(index).map(str::len).sum();
    let line = line.trim_end();
    let indent = line.len() - line.trim_start().len();
    let column = column.and_then(|column| usize::try_from(column).ok()?.checked_sub(1));
    let skipped = column.unwrap_or(indent).min(line.len());
    Some((start + skipped, line.len() - skipped))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_end_with_their_line() {
        let text = "one\n  two\n\nfour";
        assert_eq!(span(text, 1, None), Some((0, 3)));
        assert_eq!(span(text, 2, None), Some((6, 3)));
        assert_eq!(span(text, 2, Some(5)), Some((8, 1)));
        assert_eq!(span(text, 2, Some(90)), Some((9, 0)));
        assert_eq!(span(text, 3, Some(1)), Some((10, 0)));
        assert_eq!(span(text, 4, Some(1)), Some((11, 4)));
        assert_eq!(span(text, 5, None), None);
        assert_eq!(span(text, 0, None), None);
    }
}
