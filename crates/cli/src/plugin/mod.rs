//! `metaffi --plugin`: installs, removes and lists plugins.
//! `docs/plugins.md` is the manual.
//!
//! A source is opened as [`content`], its signature is verified, then its
//! manifest is checked ([`check`]). Only a plugin that passes is put in place.

mod args;
mod check;
mod content;
mod download;
mod installing;
mod listing;
mod removing;
mod signature;
mod source;

use metaffi_compiler::Diagnostic;
use metaffi_manifest::{Level, Levels, Place};

pub(crate) use args::{Plugins, Task};
use content::LIMITS;
use source::Source;

use crate::progress::Steps;
use crate::{Failure, home, out, report};

/// Does what the options request, and prints the result.
pub(crate) fn run(task: &Task<'_>) -> Result<(), Failure> {
    let levels = Levels::of(&home::home());
    match *task {
        Task::Install { source, level, verify } => Ok(install(&levels, source, level, verify)?),
        Task::Remove(name) => Ok(out::print(&removing::remove(&levels, name)?)?),
        Task::List { json } => Ok(listing::list(&levels, json)?),
        Task::Exist(name) => match listing::folder_of(&levels, name) {
            Some(folder) => Ok(out::print(&format!("{}\n", folder.display()))?),
            None => Err(Failure::Reported),
        },
    }
}

fn install(
    levels: &Levels,
    source: &str,
    level: Option<Level>,
    verify: bool,
) -> Result<(), Diagnostic> {
    let place = target(levels, level)?;
    let steps = Steps::new();
    let keys = if verify { signature::keys()? } else { Vec::new() };
    if !verify {
        let warning = format!("the signature of {source} is not checked (--no-verify)");
        report::warning(&Diagnostic::new(warning));
    }
    let source = Source::named(source, !keys.is_empty())?;
    let mut opened = source.open(&steps)?;
    if !keys.is_empty() {
        signature::verify(&source, &mut opened, &keys)?;
    }
    let plugin = check::check(opened.content(LIMITS)?)
        .map_err(|why| Diagnostic { message: format!("{source}: {}", why.message), ..why })?;
    let done = installing::install(levels, place, plugin)?;
    drop(steps);
    out::print(&done)
}

/// The level to install to: the requested one, else the virtual environment if
/// there is one, else the user's folder.
fn target(levels: &Levels, level: Option<Level>) -> Result<&Place, Diagnostic> {
    let default = || levels.place(Level::Venv).or_else(|| levels.place(Level::User));
    level.map_or_else(default, |level| levels.place(level)).ok_or_else(|| {
        let help = match level {
            Some(Level::Environment) => "set METAFFI_PLUGINS to an absolute folder",
            Some(Level::Venv) => "activate a virtual environment, which sets VIRTUAL_ENV",
            _ => "set HOME, or METAFFI_PLUGINS and pass `--level environment`",
        };
        Diagnostic::new("no folder to install to").help(help)
    })
}
