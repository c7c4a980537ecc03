//! Builds hosts and guests into `target/conformance`, when something changed,
//! as `langs/<language>/language.json` says.
//!
//! One module holds the guests of all topics, unless each is a file of its own.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use metaffi_languages::{Language, Recipe, all, named};
use serde_json::{Map, Value};

use super::cells::Cell;
use super::toolchain::Toolchain;
use super::topic::Topic;
use crate::paths::target;
use crate::recipe::make;

/// Where everything goes that the matrix makes.
pub fn built() -> PathBuf {
    target().join("conformance")
}

/// Where what a language builds goes.
fn out(toolchain: &Toolchain, language: &Language, part: &str) -> PathBuf {
    built().join(toolchain.label(language)).join(part)
}

/// The module paths of a topic's guests.
pub fn modules(toolchain: &Toolchain, topic: &Topic) -> Result<Value> {
    let mut modules = Map::new();
    for language in all() {
        let Some(guest) = &language.guest else { continue };
        let out = out(toolchain, language, "guest");
        let places = toolchain.places.clone().with("topic", &topic.name).with("out", out.display());
        modules.insert(language.name.clone(), places.fill(&guest.module)?.into());
    }
    Ok(modules.into())
}

/// Builds what the cells need.
pub fn build(toolchain: &Toolchain, cells: &[Cell<'_>]) -> Result<()> {
    for language in all() {
        let hosts = language.host.as_ref().and_then(|host| host.build.as_ref());
        if let Some(recipe) = hosts.filter(|_| cells.iter().any(|cell| cell.host == language.name))
        {
            build_part(toolchain, language, "host", recipe)?;
        }
        if let Some(recipe) = language.guest.as_ref().and_then(|guest| guest.build.as_ref()) {
            build_part(toolchain, language, "guest", recipe)?;
        }
    }
    Ok(())
}

fn build_part(
    toolchain: &Toolchain,
    language: &Language,
    part: &str,
    recipe: &Recipe,
) -> Result<()> {
    let command = |program: &str| {
        toolchain.builder(language, program).unwrap_or_else(|_| Command::new(program))
    };
    make(recipe, &toolchain.places, &out(toolchain, language, part), &command)
        .with_context(|| format!("with {toolchain}"))
}

/// The command that runs a cell's host, but for the plan's path.
pub fn host(toolchain: &Toolchain, name: &str) -> Result<Command> {
    let language = named(name);
    let host = language.host.as_ref().context("it has a column")?;
    let places = toolchain.places.clone().with("out", out(toolchain, language, "host").display());
    let words = host.run.iter().map(|word| places.fill(word)).collect::<Result<Vec<_>>>()?;
    let (program, arguments) = words.split_first().context("a command names a program")?;
    let mut command = toolchain.runner(program)?;
    command.args(arguments);
    Ok(command)
}
