//! One line of the doctor's report.

use console::style;

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// There, and works.
    Good,
    /// Not there, or too old: what needs it does not work.
    Missing,
    /// There, and does not work.
    Broken,
}

/// What was found out about one thing.
#[derive(Debug)]
pub(crate) struct Finding {
    pub(crate) name: String,
    pub(crate) state: State,
    pub(crate) detail: String,
    /// What to do about it.
    pub(crate) mend: Option<String>,
}

impl Finding {
    pub(crate) fn good(name: impl Into<String>, detail: impl Into<String>) -> Finding {
        Finding { name: name.into(), state: State::Good, detail: detail.into(), mend: None }
    }
}

/// A title and its findings.
pub(crate) fn section(title: &str, findings: &[Finding]) -> String {
    if findings.is_empty() {
        return String::new();
    }
    format!("{}\n{}", style(title).bold(), findings.iter().map(line).collect::<String>())
}

fn line(finding: &Finding) -> String {
    let state = match finding.state {
        State::Good => style("ok     ").green(),
        State::Missing => style("missing").yellow(),
        State::Broken => style("broken ").red(),
    };
    let detail = finding.detail.trim().replace('\n', "\n                           ");
    let mend = finding.mend.iter().map(|mend| format!("           to mend it: {mend}\n"));
    format!("  {state}  {:<14}  {detail}\n{}", finding.name, mend.collect::<String>())
}
