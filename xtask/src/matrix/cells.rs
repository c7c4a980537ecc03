//! All cells, and the selection to run.

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::Options;
use super::build::modules;
use super::plan::plan;
use super::toolchain::Toolchain;
use super::topic::{Cannot, Topic};
use metaffi_languages::{guests, hosts};

/// One host, one guest, one topic.
pub struct Cell<'a> {
    /// The topic that its outcome is reported under.
    pub topic: &'a str,
    pub host: &'static str,
    pub guest: &'static str,
    pub task: Task<'a>,
    /// Why it cannot work, if it cannot.
    pub cannot: Option<&'a Cannot>,
}

/// What the host's process does.
pub enum Task<'a> {
    /// It reads a plan.
    Plan(Value),
    /// It is a program that calls a library, construct by construct; the first value is the way of
    /// calling.
    Constructs(&'a str, Vec<&'a str>),
}

impl Cell<'_> {
    /// Whether `language` is the host or the guest.
    pub fn has(&self, language: &str) -> bool {
        self.host == language || self.guest == language
    }

    /// The way in which it calls a library, if it is a program that does.
    pub fn way(&self) -> Option<&str> {
        match self.task {
            Task::Plan(_) => None,
            Task::Constructs(way, _) => Some(way),
        }
    }
}

/// The cells that `options` select.
pub fn chosen<'a>(
    options: &Options,
    toolchain: &Toolchain,
    topics: &'a [Topic],
) -> Result<Vec<Cell<'a>>> {
    let mut cells = Vec::new();
    for topic in topics {
        cells.extend(of_topic(toolchain, topic)?);
    }
    let is = |option: &Option<String>, name| option.as_deref().is_none_or(|o| o == name);
    cells.retain(|cell| is(&options.host, cell.host) && is(&options.guest, cell.guest));
    cells.retain(|cell| options.with.as_deref().is_none_or(|language| cell.has(language)));
    cells.retain(|cell| cell.way().is_none() || toolchain.has_stubs());
    if cells.is_empty() {
        let (hosts, guests): (Vec<_>, Vec<_>) = (hosts().collect(), guests().collect());
        bail!("no cell matches; the hosts are {hosts:?}, the guests {guests:?}");
    }
    Ok(if toolchain.is_installed() { cells } else { merged(cells) })
}

fn of_topic<'a>(toolchain: &Toolchain, topic: &'a Topic) -> Result<Vec<Cell<'a>>> {
    let modules = modules(toolchain, topic)?;
    let mut cells = Vec::new();
    for host in topic.hosts() {
        for guest in topic.guests() {
            let task = match (&topic.steps, topic.construct()) {
                (None, Some((way, construct))) => Task::Constructs(way, vec![construct]),
                (steps, _) => {
                    let steps = steps.as_ref().context("a topic has steps or a construct")?;
                    Task::Plan(plan(topic, steps, host, guest, &modules)?)
                }
            };
            let cannot = topic.cannot(host, guest, toolchain.system.map(|system| system.name));
            cells.push(Cell { topic: &topic.name, host, guest, task, cannot });
        }
    }
    Ok(cells)
}

/// All constructs of a program in one process: with another version of a language it is the
/// language that is tested, and each process of a JVM takes a second.
fn merged(cells: Vec<Cell<'_>>) -> Vec<Cell<'_>> {
    let mut merged: Vec<Cell<'_>> = Vec::new();
    for cell in cells {
        let Task::Constructs(way, constructs) = &cell.task else {
            merged.push(cell);
            continue;
        };
        if cell.cannot.is_some() {
            continue;
        }
        let is_same = |other: &&mut Cell<'_>| {
            (other.host, other.guest, other.way()) == (cell.host, cell.guest, cell.way())
        };
        match merged.iter_mut().find(is_same) {
            Some(Cell { task: Task::Constructs(_, others), .. }) => others.extend(constructs),
            _ => merged.push(Cell { topic: way, ..cell }),
        }
    }
    merged
}
