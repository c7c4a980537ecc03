//! The versions of languages that cells are built with and run on, and the system.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use metaffi_languages::{Language, Places, Version, all, named};

use crate::paths::{home, places};
use crate::systems::System;

/// A selection of languages.
pub struct Toolchain {
    /// Versions other than the installed ones, by language.
    versions: BTreeMap<&'static str, (String, &'static Version)>,
    /// A system other than this one.
    pub system: Option<&'static System>,
    /// What placeholders stand for in build steps.
    pub places: Places,
    /// What they stand for in the programs that run.
    pub seen_places: Places,
}

impl fmt::Display for Toolchain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = |(language, (version, _)): (&&str, &(String, _))| {
            format!("{} {version}", named(language).title)
        };
        let titles: Vec<_> = self.versions.iter().map(title).collect();
        match self.system {
            Some(system) => f.write_str(system.title),
            None if titles.is_empty() => f.write_str("installed toolchain"),
            None => f.write_str(&titles.join(", ")),
        }
    }
}

impl Toolchain {
    /// The installed languages, except for those that `chosen` names as `language=version`.
    pub fn find(chosen: &[String]) -> Result<Self> {
        let mut toolchain = Self {
            versions: BTreeMap::new(),
            system: None,
            places: places(),
            seen_places: places(),
        };
        for choice in chosen {
            let (name, number) = choice
                .split_once('=')
                .with_context(|| format!("`{choice}` has to be language=version"))?;
            let found = all().iter().find(|language| language.name == name);
            let language = found.with_context(|| format!("no language is named {name}"))?;
            let version = language.toolchain.versions.get(number).with_context(|| {
                let others: Vec<_> = language.toolchain.versions.keys().collect();
                format!("version {number} of {name} is not available; besides the installed one there are {others:?}")
            })?;
            let path = PathBuf::from(toolchain.places.fill(&version.path)?);
            if !path.is_dir() {
                bail!("{} is missing; `./dev test` installs it", path.display());
            }
            toolchain.versions.insert(&language.name, (number.to_owned(), version));
        }
        Ok(toolchain)
    }

    /// The languages of another system.
    pub fn of_system(system: &'static System) -> Self {
        Self {
            versions: BTreeMap::new(),
            system: Some(system),
            places: system.places(),
            seen_places: system.seen_places(),
        }
    }

    /// Whether it is the installed one.
    pub fn is_installed(&self) -> bool {
        self.versions.is_empty() && self.system.is_none()
    }

    /// The path by which running programs see a path of this machine.
    pub fn seen(&self, path: &Path) -> String {
        self.system.map_or_else(|| path.display().to_string(), |system| system.seen(path))
    }

    /// Whether its versions are new enough for stubs.
    pub fn has_stubs(&self) -> bool {
        self.versions.values().all(|(_, version)| !version.without_stubs)
    }

    /// The name of the output folder of a language.
    pub fn label(&self, language: &Language) -> String {
        match self.versions.get(language.name.as_str()) {
            Some((version, _)) if language.toolchain.versions_build => {
                format!("{}-{version}", language.name)
            }
            _ => language.name.clone(),
        }
    }

    /// A program for building something of a language.
    pub fn builder(&self, language: &Language, program: &str) -> Result<Command> {
        if let Some(system) = self.system {
            return Ok(system.builder(program));
        }
        let versions = self.versions.iter();
        let is_used = |name: &str| name != language.name || language.toolchain.versions_build;
        self.command(program, versions.filter(|(name, _)| is_used(name)).map(|(_, (_, v))| *v))
    }

    /// A program that runs with the chosen versions, and starts in a folder.
    pub fn runner(&self, program: &str, folder: &Path) -> Result<Command> {
        let mut command = match self.system {
            Some(system) => {
                let mut command = system.runner(program, folder);
                self.set_variables(&mut command)?;
                command
            }
            None => self.command(program, self.versions.values().map(|(_, version)| *version))?,
        };
        command.current_dir(folder);
        Ok(command)
    }

    /// A program in a shell's environment with the chosen versions.
    fn command(
        &self,
        program: &str,
        versions: impl Iterator<Item = &'static Version> + Clone,
    ) -> Result<Command> {
        let mut command = Command::new(found(program, &self.paths(versions.clone())?));
        command.env("METAFFI_HOME", home()).env("PATH", self.path(versions.clone())?);
        self.set_variables(&mut command)?;
        for version in versions {
            version.without.iter().for_each(|name| _ = command.env_remove(name));
            for (name, value) in &version.variables {
                command.env(name, self.places.fill(value)?);
            }
        }
        Ok(command)
    }

    /// Sets the variables of every language.
    fn set_variables(&self, command: &mut Command) -> Result<()> {
        for (name, value) in all().iter().flat_map(|language| &language.toolchain.variables) {
            command.env(name, self.seen_places.fill(value)?);
        }
        Ok(())
    }

    fn paths(&self, versions: impl Iterator<Item = &'static Version>) -> Result<Vec<PathBuf>> {
        versions.map(|version| Ok(self.places.fill(&version.path)?.into())).collect()
    }

    fn path(&self, versions: impl Iterator<Item = &'static Version>) -> Result<OsString> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let own = [home().join("bin")].into_iter().chain(self.paths(versions)?);
        Ok(std::env::join_paths(own.chain(std::env::split_paths(&path)))?)
    }
}

/// The program of a chosen version: the system searches the PATH of this process, not that of the
/// command.
fn found(program: &str, paths: &[PathBuf]) -> PathBuf {
    let own = paths.iter().map(|path| path.join(program)).find(|path| path.is_file());
    own.unwrap_or_else(|| program.into())
}
