//! Builds hosts and guests into `target/conformance`, if something changed, as
//! `langs/<language>/language.json` describes.
//!
//! One module contains the guests of all topics, unless each is a separate file.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use metaffi_languages::{Language, Library, Places, Recipe, all, named};
use serde_json::{Map, Value};

use super::cells::{Cell, Task};
use super::toolchain::Toolchain;
use super::topic::Topic;
use crate::recipe::make;
use crate::steps::{processors, some_at_once};

/// The output folder of the matrix.
pub fn built(toolchain: &Toolchain) -> Result<PathBuf> {
    Ok(PathBuf::from(toolchain.places.fill("{target}/conformance")?))
}

/// The output folder of a language.
fn out(toolchain: &Toolchain, language: &Language, part: &str) -> Result<PathBuf> {
    Ok(built(toolchain)?.join(toolchain.label(language)).join(part))
}

/// The module paths of a topic's guests.
pub fn modules(toolchain: &Toolchain, topic: &Topic) -> Result<Value> {
    let mut modules = Map::new();
    for language in all() {
        let Some(guest) = &language.guest else { continue };
        let out = toolchain.seen(&out(toolchain, language, "guest")?);
        let places = toolchain.seen_places.clone().with("topic", &topic.name).with("out", out);
        modules.insert(language.name.clone(), places.fill(&guest.module)?.into());
    }
    Ok(modules.into())
}

/// Builds what the cells need.
pub fn build(toolchain: &Toolchain, cells: &[Cell<'_>]) -> Result<()> {
    let (programs, with_plans): (Vec<_>, Vec<_>) =
        cells.iter().partition(|cell| cell.way().is_some());
    for language in all() {
        let has_host = with_plans.iter().any(|cell| cell.host == language.name);
        let hosts = language.host.as_ref().and_then(|host| host.build.as_ref());
        if let Some(recipe) = hosts.filter(|_| has_host) {
            build_part(toolchain, language, &toolchain.places, "host", recipe)?;
        }
        let guests = language.guest.as_ref().and_then(|guest| guest.build.as_ref());
        if let Some(recipe) = guests.filter(|_| !with_plans.is_empty()) {
            build_part(toolchain, language, &toolchain.places, "guest", recipe)?;
        }
    }
    build_programs(toolchain, &programs)
}

/// Builds the libraries, and the programs that call them: each separately, several at a time.
fn build_programs(toolchain: &Toolchain, cells: &[&Cell<'_>]) -> Result<()> {
    let guests: BTreeSet<_> = cells.iter().map(|cell| cell.guest).collect();
    for guest in guests {
        if let Some(recipe) = &library(named(guest))?.build {
            build_part(toolchain, named(guest), &toolchain.places, "library", recipe)?;
        }
    }
    let of = |cell: &&Cell<'_>| Some((cell.way()?.to_owned(), cell.host, cell.guest));
    let programs: BTreeSet<_> = cells.iter().filter_map(of).collect();
    some_at_once(processors(), programs, |(way, host, guest)| {
        build_program(toolchain, &way, named(host), named(guest))
    })
}

fn build_program(
    toolchain: &Toolchain,
    way: &str,
    host: &Language,
    guest: &Language,
) -> Result<()> {
    let programs = host.programs(way).context("a program")?;
    let library = out(toolchain, guest, "library")?;
    let places = with_library(&toolchain.places, guest, library.display())?;
    let recipe = Recipe { what: places.fill(&programs.build.what)?, ..programs.build.clone() };
    build_part(toolchain, host, &places, &program(way, guest), &recipe)
}

/// The folder of a host's program that calls a guest's library.
fn program(way: &str, guest: &Language) -> String {
    format!("{way}-of-{}", guest.name)
}

fn library(guest: &Language) -> Result<&Library> {
    let library = guest.guest.as_ref().and_then(|guest| guest.library.as_ref());
    library.with_context(|| format!("{} has no library", guest.name))
}

/// `places` extended for a program that calls a guest's library: `{guest}`, `{source}`,
/// `{library}`. `out` is the output of that guest.
fn with_library(places: &Places, guest: &Language, out: impl ToString) -> Result<Places> {
    let library = library(guest)?;
    let of_guest = places.clone().with("out", out);
    let (source, module) = (of_guest.fill(&library.source)?, of_guest.fill(&library.module)?);
    let places = places.clone().with("guest", &guest.name).with("title", &guest.title);
    Ok(places.with("source", source).with("library", module))
}

fn build_part(
    toolchain: &Toolchain,
    language: &Language,
    places: &Places,
    part: &str,
    recipe: &Recipe,
) -> Result<()> {
    let command = |program: &str| {
        toolchain.builder(language, program).unwrap_or_else(|_| Command::new(program))
    };
    make(recipe, places, &out(toolchain, language, part)?, &command)
        .with_context(|| format!("with {toolchain}"))
}

/// The command that runs a cell in a folder, without the plan's path or the constructs.
pub fn host(toolchain: &Toolchain, cell: &Cell<'_>, folder: &Path) -> Result<Command> {
    let (language, guest) = (named(cell.host), named(cell.guest));
    let host = language.host.as_ref().context("it has a column")?;
    let (part, places, words) = match &cell.task {
        Task::Constructs(way, _) => {
            let programs = language.programs(way).context("a program")?;
            let library = toolchain.seen(&out(toolchain, guest, "library")?);
            let places = with_library(&toolchain.seen_places, guest, library)?;
            (program(way, guest), places, &programs.run)
        }
        Task::Plan(_) => ("host".to_owned(), toolchain.seen_places.clone(), &host.run),
    };
    let places = places.with("out", toolchain.seen(&out(toolchain, language, &part)?));
    let words = words.iter().map(|word| places.fill(word)).collect::<Result<Vec<_>>>()?;
    let (program, arguments) = words.split_first().context("a command names a program")?;
    let mut command = toolchain.runner(program, folder)?;
    command.args(arguments);
    Ok(command)
}
