//! Topics as they are written: `conformance/<topic>/<topic>.json`, and the constructs of programs:
//! `conformance/<way>/constructs.json`.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use metaffi_languages::{Language, all as languages};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::paths::root;

/// The ways in which programs call libraries; their topics are `<way>/<construct>`.
pub const WAYS: [&str; 2] = ["stubs", "natural"];

/// One feature: a row of the table.
pub struct Topic {
    /// The folder's name, and the stem of all its files; or `<way>/<construct>`.
    pub name: String,
    /// What it shows, in a short phrase.
    pub about: String,
    /// Cells that cannot work.
    pub cannot: Vec<Cannot>,
    /// The steps of hosts; `None` if they are programs that call a library.
    pub steps: Option<Steps>,
}

/// The steps of hosts that run plans.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Steps {
    about: String,
    /// Entities by name; `entity.rs` reads them.
    pub entities: Map<String, Value>,
    /// The steps in order; `plan.rs` reads them.
    pub steps: Vec<Value>,
    /// Whether hosts end while they and the guest still hold everything.
    #[serde(default)]
    pub leaves: bool,
    #[serde(default)]
    cannot: Vec<Cannot>,
}

/// What one function of each program that calls a library shows.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Construct {
    name: String,
    about: String,
    #[serde(default)]
    cannot: Vec<Cannot>,
}

/// Cells that cannot work, and therefore must fail.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cannot {
    /// The host; without it, every host.
    pub host: Option<String>,
    /// The guest; without it, every guest.
    pub guest: Option<String>,
    /// The other system on which it cannot work; without it, all systems.
    pub system: Option<String>,
    /// Why: a sentence for docs/conformance.md.
    pub because: String,
    /// Text that the failing host prints, to make sure that it fails for this reason.
    pub says: String,
    /// Whether it fails only sometimes: only for the behaviour of another system's emulator.
    #[serde(default)]
    pub sometimes: bool,
}

impl Topic {
    /// Why this host cannot run it against this guest, if it cannot; `system` is a system other
    /// than this one.
    pub fn cannot(&self, host: &str, guest: &str, system: Option<&str>) -> Option<&Cannot> {
        let fits = |named: &Option<String>, name: &str| named.as_deref().is_none_or(|n| n == name);
        let is_there =
            |cannot: &&Cannot| cannot.system.is_none() || cannot.system.as_deref() == system;
        let mut found = self.cannot.iter().filter(is_there);
        found.find(|cannot| fits(&cannot.host, host) && fits(&cannot.guest, guest))
    }

    /// The way in which programs call a library, and the construct that they show.
    pub fn construct(&self) -> Option<(&str, &str)> {
        self.name.split_once('/')
    }

    fn way(&self) -> Option<&'static str> {
        let (way, _) = self.construct()?;
        WAYS.into_iter().find(|known| *known == way)
    }

    /// The hosts of its cells.
    pub fn hosts(&self) -> impl Iterator<Item = &'static str> + Clone {
        let way = self.way();
        named(move |language| {
            let does = |way| language.programs(way).is_some();
            language.host.is_some() && way.is_none_or(does)
        })
    }

    /// The guests of its cells.
    pub fn guests(&self) -> impl Iterator<Item = &'static str> + Clone {
        let is_plan = self.steps.is_some();
        named(move |language| {
            language.guest.as_ref().is_some_and(|guest| is_plan || guest.library.is_some())
        })
    }
}

fn named(
    is_wanted: impl Fn(&Language) -> bool + Clone,
) -> impl Iterator<Item = &'static str> + Clone {
    languages().iter().filter(move |own| is_wanted(own)).map(|own| own.name.as_str())
}

/// The folder of all topics.
pub fn folder() -> PathBuf {
    root().join("conformance")
}

/// Every topic, or those with that name, in alphabetical order; constructs come last, in the order
/// of their file.
pub fn all(only: Option<&str>) -> Result<Vec<Topic>> {
    let mut names: Vec<String> = std::fs::read_dir(folder())?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| file(name).is_file())
        .collect();
    names.sort();
    let mut topics = names.iter().map(|name| with_steps(name)).collect::<Result<Vec<_>>>()?;
    for way in WAYS {
        let constructs: Vec<Construct> = read(&folder().join(way).join("constructs.json"))?;
        topics.extend(constructs.into_iter().map(|Construct { name, about, cannot }| Topic {
            name: format!("{way}/{name}"),
            about,
            cannot,
            steps: None,
        }));
    }
    let is_part = |topic: &Topic, only| topic.name == only || topic.way() == Some(only);
    topics.retain(|topic| only.is_none_or(|only| is_part(topic, only)));
    if topics.is_empty() {
        bail!("there is no topic {}", only.unwrap_or("at all"));
    }
    Ok(topics)
}

fn file(name: &str) -> PathBuf {
    folder().join(name).join(name).with_extension("json")
}

fn with_steps(name: &str) -> Result<Topic> {
    let mut steps: Steps = read(&file(name))?;
    let (about, cannot) = (std::mem::take(&mut steps.about), std::mem::take(&mut steps.cannot));
    Ok(Topic { name: name.into(), about, cannot, steps: Some(steps) })
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let shown = path.strip_prefix(root()).unwrap_or(path).display();
    serde_json::from_str(&std::fs::read_to_string(path)?).with_context(|| format!("{shown}"))
}
