//! Runs the recipes of a `language.json`, if one of their inputs changed.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use metaffi_languages::{Older, Places, Recipe};

use crate::stage::{files, newer};
use crate::steps::quiet;

/// Folders whose sources do not belong to the modules next to them: programs, and libraries for
/// stubs.
const APART: [&str; 3] = ["hosts", "stubs", "natural"];

/// Runs `recipe`. `out` is the folder that it may fill, and `{out}` in it; `command` starts a
/// program of the right version.
pub fn make(
    recipe: &Recipe,
    places: &Places,
    out: &Path,
    command: &dyn Fn(&str) -> Command,
) -> Result<()> {
    let places = places.clone().with("out", out.display());
    let folder = PathBuf::from(places.fill(&recipe.folder)?);
    let suffixes: Vec<&str> = recipe.suffixes.iter().map(String::as_str).collect();
    let mut sources = files(&folder, &suffixes)?;
    sources.retain(|source| APART.iter().all(|apart| !source.starts_with(folder.join(apart))));
    let output = PathBuf::from(places.fill(&recipe.output)?);
    let stamp = if output == out { out.join(".built") } else { output.clone() };
    let places = places.with("output", output.display());
    if !newer(&[&sources[..], &inputs(recipe, &places)?].concat(), &stamp) {
        return Ok(());
    }
    let _ = std::fs::remove_dir_all(out);
    std::fs::create_dir_all(out)?;
    let folder = if recipe.copied { copied(&folder, out)? } else { folder };
    for words in &recipe.commands {
        let words = filled(words, &places, &sources, recipe.older.as_ref())?;
        let (program, arguments) = words.split_first().context("a command names a program")?;
        let mut step = command(program);
        for (name, value) in &recipe.variables {
            step.env(name, places.fill(value)?);
        }
        quiet(
            &format!("{}: {}", recipe.what, short(program)),
            step.current_dir(&folder).args(arguments),
        )?;
    }
    if stamp != output {
        std::fs::write(stamp, "")?;
    }
    Ok(())
}

/// The files that `inputs` name, and those below the folders.
fn inputs(recipe: &Recipe, places: &Places) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for input in &recipe.inputs {
        let path = PathBuf::from(places.fill(input)?);
        match path.is_dir() {
            true => found.extend(files(&path, &[])?),
            false => found.push(path),
        }
    }
    Ok(found)
}

fn copied(folder: &Path, out: &Path) -> Result<PathBuf> {
    let copy = out.join("sources");
    for file in files(folder, &[])? {
        let to = copy.join(file.strip_prefix(folder)?);
        std::fs::create_dir_all(to.parent().context("it is in the copy")?)?;
        std::fs::copy(&file, to)?;
    }
    Ok(copy)
}

fn filled(
    words: &[String],
    places: &Places,
    sources: &[PathBuf],
    older: Option<&Older>,
) -> Result<Vec<String>> {
    let mut filled = Vec::new();
    for word in words {
        match word.as_str() {
            "{sources}" => filled.extend(sources.iter().map(|path| path.display().to_string())),
            "{older}" => {
                filled.extend(older.map(older_arguments).transpose()?.into_iter().flatten())
            }
            word => filled.push(places.fill(word)?),
        }
    }
    Ok(filled)
}

/// Additional arguments for an older version of a tool.
pub fn older_arguments(older: &Older) -> Result<Vec<String>> {
    let (program, arguments) = older.command.split_first().context("a command")?;
    let output = Command::new(program).args(arguments).output().context(program.clone())?;
    let is_older = numbers(&String::from_utf8_lossy(&output.stdout)) < numbers(&older.than);
    Ok(if is_older { older.arguments.clone() } else { Vec::new() })
}

/// The first two numbers of a version: `go1.26.8` is 1, 26.
fn numbers(version: &str) -> Vec<u32> {
    let numbers = version.split(|c: char| !c.is_ascii_digit()).filter_map(|text| text.parse().ok());
    numbers.take(2).collect()
}

fn short(program: &str) -> &str {
    Path::new(program).file_name().and_then(|name| name.to_str()).unwrap_or(program)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_output_is_rebuilt_if_it_is_older_than_its_inputs() {
        let folder = tempfile::tempdir().unwrap();
        let sources = folder.path().join("sources");
        std::fs::create_dir_all(sources.join(APART[0])).unwrap();
        std::fs::write(sources.join("a.t"), "").unwrap();
        std::fs::write(sources.join(APART[0]).join("b.t"), "").unwrap();
        let recipe = Recipe {
            what: "tally".into(),
            folder: sources.display().to_string(),
            suffixes: vec!["t".into()],
            output: "{out}".into(),
            commands: vec![vec!["cp".into(), "{sources}".into(), "{out}/made".into()]],
            ..Recipe::default()
        };
        let (out, home) = (folder.path().join("out"), folder.path());
        let places = Places::new(home, home, home);
        let made = || {
            make(&recipe, &places, &out, &|program| Command::new(program)).unwrap();
            out.join("made").metadata().unwrap().modified().unwrap()
        };
        let first = made();
        assert_eq!(made(), first, "nothing changed");
        let later = std::time::SystemTime::now() + std::time::Duration::from_secs(5);
        let source = std::fs::File::options().append(true).open(sources.join("a.t")).unwrap();
        source.set_modified(later).unwrap();
        assert!(made() > first);
    }

    #[test]
    fn versions_are_compared_by_their_numbers() {
        assert!(numbers("go1.22.5\n") < numbers("1.26"));
        assert!(numbers("go1.26.1\n") >= numbers("1.26"));
    }
}
