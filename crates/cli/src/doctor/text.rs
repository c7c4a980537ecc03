//! The doctor's report for eyes: a line for each finding.

use std::path::Path;

use console::{Alignment, pad_str, style};
use metaffi_compiler::{Finding, State};

use super::report::{About, Report};

/// What comes before the detail of a finding.
const INDENT: usize = 27;

/// The whole report.
pub(crate) fn text(report: &Report) -> String {
    let Report { version, abi, platform, installation, languages, .. } = report;
    let title = style(format!("metaffi {version}, ABI {abi}, {platform}")).bold();
    let languages: String = languages.iter().map(section).collect();
    format!("{title}\n{}{languages}", line(installation, &[]))
}

fn section(about: &About) -> String {
    let lines: String = about.findings.iter().map(|one| line(one, &about.findings)).collect();
    let names = about.aliases.iter().fold(about.name.clone(), |names, alias| names + ", " + alias);
    if lines.is_empty() { lines } else { format!("{}\n{lines}", style(names).bold()) }
}

fn line(finding: &Finding, others: &[Finding]) -> String {
    let state = match finding.state {
        State::Ok => style("ok     ").green(),
        State::Missing => style("missing").yellow(),
        State::Broken => style("broken ").red(),
    };
    let name = pad_str(&finding.name, 14, Alignment::Left, None);
    let said = said(finding, others).replace('\n', &format!("\n{:INDENT$}", ""));
    let fix = finding.fix.iter().map(|fix| format!("           to fix it: {fix}\n"));
    format!("  {state}  {name}  {said}\n{}", fix.collect::<String>())
}

/// What was seen, where, and why there; a place that another line says is left
/// out.
fn said(finding: &Finding, others: &[Finding]) -> String {
    let mut said = finding.detail.trim().to_owned();
    let is_said = |path: &Path| {
        others.iter().take_while(|other| *other != finding).any(|o| o.path.as_deref() == Some(path))
    };
    if let Some(path) = finding.path.as_deref().filter(|path| !is_said(path)) {
        let comma = if said.is_empty() { "" } else { ", " };
        said += &format!("{comma}{}", path.display());
    }
    if let Some(why) = &finding.why {
        said += &format!(" ({why})");
    }
    said
}
