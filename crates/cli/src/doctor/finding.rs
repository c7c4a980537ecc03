//! Lines of the doctor's report.

use console::style;
use metaffi_compiler::{Finding, State};

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
