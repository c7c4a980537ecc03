//! Hosts × guests × topics as text: for the screen, and for docs/conformance.md.

use std::fmt::Write;
use std::path::PathBuf;

use anyhow::{Result, bail};

use super::run::Outcome;
use super::topic::{Topic, WAYS};
use crate::paths::root;
use metaffi_languages::{guests, hosts, named};

/// The results of a run, cell by cell: `✓` works, `✗` cannot work and does not, `!` neither, a
/// blank for cells that were not run.
pub fn plain(topics: &[Topic], outcomes: &[Outcome]) -> String {
    let width = topics.iter().map(|topic| topic.name.len()).max().unwrap_or(0);
    let mut text = format!("{:width$}", "");
    for host in hosts() {
        let _ = write!(text, "  {:8}", title(host));
    }
    let _ = writeln!(text, " (each to {})", titles(guests()));
    for topic in topics {
        let _ = write!(text, "{:width$}", topic.name);
        for host in hosts() {
            let marks = guests().map(|guest| mark(topic, host, guest, outcomes));
            let _ = write!(text, "  {:8}", marks.collect::<String>());
        }
        text = text.trim_end().to_owned() + "\n";
    }
    text
}

fn mark(topic: &Topic, host: &str, guest: &str, outcomes: &[Outcome]) -> char {
    // One process may have run all constructs that can work.
    let together = topic.construct().filter(|_| topic.cannot(host, guest, None).is_none());
    let names = [&*topic.name, together.map_or("", |(way, _)| way)];
    let this = |o: &&Outcome| names.contains(&&*o.topic) && (o.host, o.guest) == (host, guest);
    match outcomes.iter().find(this) {
        None => ' ',
        Some(outcome) if outcome.complaint().is_some() => '!',
        Some(outcome) if outcome.failure.is_some() => '✗',
        Some(_) => '✓',
    }
}

const PAGE: &str = "docs/conformance.md";

fn page() -> PathBuf {
    root().join(PAGE)
}

/// Writes the page for a matrix in which every cell ended as its topic requires.
pub fn write(topics: &[Topic]) -> Result<()> {
    Ok(std::fs::write(page(), markdown(topics))?)
}

/// Fails if the page is not up to date.
pub fn check(topics: &[Topic]) -> Result<()> {
    if std::fs::read_to_string(page()).is_ok_and(|written| written == markdown(topics)) {
        return Ok(());
    }
    bail!("{PAGE} does not match the topics; run `cargo xtask matrix --write`")
}

const HEAD: &str = "# Conformance\n\nEvery host against every guest, topic by topic, each cell in a \
    process of its own. ✓ works. ✗ is not supported, for the reason in the note, and the tests \
    check that it fails. Written by `cargo xtask matrix --write`; \
    [conformance/README.md](../conformance/README.md) describes how.\n";

/// The introduction of each of the [`WAYS`].
const HEADINGS: [&str; 2] = [
    "\n## By stubs\n\nWhat programs do with one library of each language, by the stubs \
     that `metaffi -c --idl … -h …` writes.\n",
    "\n## By natural objects\n\nWhat programs do with the same libraries by the names of their \
     members, with nothing generated and no types declared.\n",
];

fn markdown(topics: &[Topic]) -> String {
    let mut notes: Vec<&str> = Vec::new();
    let planned: Vec<_> = topics.iter().filter(|topic| topic.steps.is_some()).collect();
    let mut text = HEAD.to_owned() + &section("topic", &planned, &mut notes);
    for (way, heading) in WAYS.into_iter().zip(HEADINGS) {
        let is_so = |topic: &&Topic| topic.construct().is_some_and(|(own, _)| own == way);
        text += heading;
        text += &section("construct", &topics.iter().filter(is_so).collect::<Vec<_>>(), &mut notes);
    }
    for (number, note) in notes.iter().enumerate() {
        let _ = writeln!(text, "\n[{}] {note}", number + 1);
    }
    text
}

/// The table of topics that have the same hosts and guests.
fn section<'a>(what: &str, topics: &[&'a Topic], notes: &mut Vec<&'a str>) -> String {
    let Some(first) = topics.first() else { return String::new() };
    let (hosts, guests) = (first.hosts(), first.guests());
    let columns =
        hosts.clone().map(|host| format!(" {} → {} |", title(host), titles(guests.clone())));
    let mut text = format!(
        "\n| {what} | what works |{}\n|---|---|{}\n",
        columns.collect::<String>(),
        "---|".repeat(hosts.clone().count()),
    );
    for topic in topics {
        let name = topic.construct().map_or(&*topic.name, |(_, construct)| construct);
        let _ = write!(text, "| `{name}` | {} |", topic.about);
        for host in hosts.clone() {
            let marks: Vec<_> =
                guests.clone().map(|guest| noted(topic, host, guest, notes)).collect();
            let _ = write!(text, " {} |", marks.join(" "));
        }
        text.push('\n');
    }
    text
}

/// `✓`, or `✗` with the number of its note.
fn noted<'a>(topic: &'a Topic, host: &str, guest: &str, notes: &mut Vec<&'a str>) -> String {
    let Some(cannot) = topic.cannot(host, guest, None) else { return "✓".into() };
    let known = notes.iter().position(|note| *note == cannot.because);
    let number = known.unwrap_or_else(|| {
        notes.push(&cannot.because);
        notes.len() - 1
    });
    format!("✗[{}]", number + 1)
}

fn titles(languages: impl Iterator<Item = &'static str>) -> String {
    languages.map(title).collect::<Vec<_>>().join(", ")
}

fn title(language: &str) -> &str {
    &named(language).title
}
