//! Which cells there are, and which of them are to be run.

use anyhow::{Result, bail};
use serde_json::Value;

use super::Options;
use super::build::modules;
use super::plan::plan;
use super::toolchain::Toolchain;
use super::topic::{Cannot, Topic};
use metaffi_languages::{guests, hosts};

/// One host, one guest, one topic.
pub struct Cell<'a> {
    pub topic: &'a Topic,
    pub host: &'static str,
    pub guest: &'static str,
    /// What the host reads.
    pub plan: Value,
}

impl<'a> Cell<'a> {
    /// Why it cannot work, if so.
    pub fn cannot(&self) -> Option<&'a Cannot> {
        self.topic.cannot(self.host, self.guest)
    }

    /// Whether `language` is host or guest here.
    pub fn has(&self, language: &str) -> bool {
        self.host == language || self.guest == language
    }
}

/// The cells that `options` choose.
pub fn chosen<'a>(
    options: &Options,
    toolchain: &Toolchain,
    topics: &'a [Topic],
) -> Result<Vec<Cell<'a>>> {
    let wanted =
        |option: &Option<String>, name: &&str| option.as_deref().is_none_or(|o| o == *name);
    let (hosts, guests) = (hosts(), guests());
    let mut cells = Vec::new();
    for topic in topics {
        let modules = modules(toolchain, topic)?;
        for host in hosts.clone().filter(|host| wanted(&options.host, host)) {
            for guest in guests.clone().filter(|guest| wanted(&options.guest, guest)) {
                let plan = plan(topic, host, guest, &modules)?;
                cells.push(Cell { topic, host, guest, plan });
            }
        }
    }
    cells.retain(|cell| options.with.as_deref().is_none_or(|language| cell.has(language)));
    if cells.is_empty() {
        let (hosts, guests): (Vec<_>, Vec<_>) = (hosts.collect(), guests.collect());
        bail!("no cell is left; hosts are {hosts:?}, guests {guests:?}");
    }
    Ok(cells)
}
