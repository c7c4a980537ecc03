//! The doctor's report for people: one line per finding.

use std::path::Path;

use console::{Alignment, pad_str, style};
use metaffi_compiler::{Finding, State};

use super::report::{About, Report};

/// The columns before the detail of a finding.
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
    let text = description(finding, others).replace('\n', &format!("\n{:INDENT$}", ""));
    let fix = finding.fix.iter().map(|fix| format!("           to fix: {fix}\n"));
    format!("  {state}  {name}  {text}\n{}", fix.collect::<String>())
}

/// The detail, the path, and why that path was chosen. A path that an earlier
/// line shows is omitted.
fn description(finding: &Finding, others: &[Finding]) -> String {
    let mut description = finding.detail.trim().to_owned();
    let is_shown = |path: &Path| {
        others.iter().take_while(|other| *other != finding).any(|o| o.path.as_deref() == Some(path))
    };
    if let Some(path) = finding.path.as_deref().filter(|path| !is_shown(path)) {
        let comma = if description.is_empty() { "" } else { ", " };
        description += &format!("{comma}{}", path.display());
    }
    if let Some(why) = &finding.why {
        description += &format!(" ({why})");
    }
    description
}
