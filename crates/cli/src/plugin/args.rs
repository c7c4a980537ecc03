//! The options of `metaffi --plugin`.

use clap::{ArgGroup, ValueEnum};
use metaffi_manifest::Level;

/// What to do with language plugins.
#[derive(Debug, clap::Args)]
#[command(group = ArgGroup::new("plugins").requires("plugin"))]
pub(crate) struct Plugins {
    /// Install, remove and list language plugins
    #[arg(long, requires = "plugins", conflicts_with = "compile")]
    plugin: bool,

    /// Install a plugin from an archive (.zip), a folder, or the URL of an archive
    #[arg(long, value_name = "SOURCE", group = "plugins")]
    install: Option<String>,

    /// Remove the plugin with this name
    #[arg(long, value_name = "NAME", group = "plugins")]
    remove: Option<String>,

    /// List the plugins and their folders
    #[arg(long, group = "plugins")]
    list: bool,

    /// Check for a plugin with this name; the exit code is 0 if it is
    /// installed, else 1
    #[arg(long, value_name = "NAME", group = "plugins")]
    exist: Option<String>,

    /// List as JSON
    #[arg(long, requires = "list", conflicts_with_all = ["install", "remove", "exist"])]
    json: bool,

    /// Where to install: a folder of METAFFI_PLUGINS, the virtual environment, or
    /// the user's folder
    #[arg(
        long,
        value_enum,
        requires = "install",
        conflicts_with_all = ["remove", "list", "exist"]
    )]
    level: Option<Writable>,

    /// Install without checking the signature
    #[arg(long, requires = "install", conflicts_with_all = ["remove", "list", "exist"])]
    no_verify: bool,
}

/// A level that plugins can be installed to. Plugins that ship with MetaFFI
/// cannot be changed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Writable {
    Environment,
    Venv,
    User,
}

impl Writable {
    pub(crate) fn level(self) -> Level {
        match self {
            Writable::Environment => Level::Environment,
            Writable::Venv => Level::Venv,
            Writable::User => Level::User,
        }
    }
}

/// The requested operation.
#[derive(Debug)]
pub(crate) enum Task<'a> {
    Install { source: &'a str, level: Option<Level>, verify: bool },
    Remove(&'a str),
    List { json: bool },
    Exist(&'a str),
}

impl Plugins {
    /// `None` when the command line is not about plugins.
    pub(crate) fn task(&self) -> Option<Task<'_>> {
        let level = self.level.map(Writable::level);
        if let Some(source) = &self.install {
            Some(Task::Install { source, level, verify: !self.no_verify })
        } else if let Some(name) = &self.remove {
            Some(Task::Remove(name))
        } else if let Some(name) = &self.exist {
            Some(Task::Exist(name))
        } else {
            self.list.then_some(Task::List { json: self.json })
        }
    }
}
