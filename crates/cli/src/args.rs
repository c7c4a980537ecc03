//! The command line. `-h` names host languages; help is `--help`.

use std::path::PathBuf;

use clap::{ArgAction, ArgGroup, CommandFactory, FromArgMatches, Parser, Subcommand};
use clap_complete::Shell;
use metaffi_compiler::{Emitter, ExtraCommand, Key, Language, ONLY, Reader};

use crate::plugin::Plugins;
use crate::{help, registry, version};

/// The command line, unless it is a command of a language.
#[derive(Debug, Parser)]
#[command(
    name = "metaffi",
    bin_name = "metaffi",
    version,
    about = registry::ABOUT,
    long_about = None,
    disable_help_flag = true,
    disable_help_subcommand = true,
    arg_required_else_help = true,
    args_conflicts_with_subcommands = true
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    #[command(flatten)]
    pub(crate) compile: Compile,

    #[command(flatten)]
    pub(crate) plugins: Plugins,

    /// Print help
    #[arg(long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
}

/// Compile mode.
#[derive(Debug, clap::Args)]
#[command(group = ArgGroup::new("work").multiple(true).requires("compile"))]
pub(crate) struct Compile {
    /// Compile what --idl names
    #[arg(short, long, requires = "idl", requires = "work")]
    compile: bool,

    /// What to read: a source, a folder, a jar, a built guest, an importable name, or a saved
    /// IDL (.json); separate several paths with ';'
    #[arg(long, value_name = "PATH", requires = "compile")]
    pub(crate) idl: Option<PathBuf>,

    /// Build the guest, by default in the source's language
    #[arg(short, long, value_name = "LANG", num_args = 0..=1, group = "work")]
    pub(crate) guest_lang: Option<Option<String>>,

    /// Write stubs for these hosts
    #[arg(
        short = 'h',
        long,
        value_name = "LANG",
        num_args = 1..,
        value_delimiter = ',',
        group = "work"
    )]
    pub(crate) host_langs: Vec<String>,

    /// Print the IDL on standard output
    #[arg(long, group = "work")]
    pub(crate) print_idl: bool,

    /// Write what the stubs skip or simplify to this file, with the reason
    #[arg(long, value_name = "FILE", requires = "compile")]
    pub(crate) report: Option<PathBuf>,

    /// Ignore the cache: read the source and write the stubs again
    #[arg(long, requires = "compile")]
    pub(crate) no_cache: bool,

    /// Folder to write to; created if missing
    #[arg(short, long, value_name = "DIR", default_value = ".", hide_default_value = true)]
    pub(crate) out_dir: PathBuf,

    /// Options for the stubs; `help` lists them
    #[arg(long, value_name = "k=v,…", default_value = "", hide_default_value = true)]
    pub(crate) host_options: String,

    /// Options for reading the source and building the guest; `help` lists them
    #[arg(long, value_name = "k=v,…", default_value = "", hide_default_value = true)]
    pub(crate) guest_options: String,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List what can be called in a module, with the entity path of each
    Inspect {
        /// A source, a jar, a built guest, an importable name, or a saved IDL
        module: PathBuf,

        /// Options for reading the source; `help` lists them
        #[arg(long, value_name = "k=v,…", default_value = "", hide_default_value = true)]
        guest_options: String,

        /// The module's language, if several languages have a module of this
        /// name
        #[arg(short, long, value_name = "LANG")]
        guest_lang: Option<String>,
    },
    /// Show what is installed, what is missing, and how to fix it
    Doctor {
        /// Print JSON, for programs
        #[arg(long)]
        json: bool,

        /// Load only this runtime, in this process
        #[arg(long, value_name = "RUNTIME", hide = true)]
        load: Option<String>,
    },
    /// Print this help, or help about a topic or a command
    Help {
        /// A topic that `metaffi help` lists, or a command
        topic: Vec<String>,
    },
    /// Print a completion script for a shell
    Completions {
        /// The shell to complete in
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

/// What the command line requests.
pub(crate) enum Invocation {
    /// The command's own work.
    Own(Box<Args>),
    /// A command of a language.
    Extra(ExtraCommand),
    /// The list of an option's keys, as text.
    Keys(String),
}

impl Invocation {
    /// Parses the command line. Exits the process when it is invalid or
    /// requests help.
    pub(crate) fn parse() -> Invocation {
        if let Some(keys) = requested_keys(std::env::args()) {
            return Invocation::Keys(keys);
        }
        let matches = command().get_matches();
        let name = matches.subcommand_name();
        match registry::commands().into_iter().find(|extra| Some(extra.name) == name) {
            Some(extra) => Invocation::Extra(extra),
            None => {
                let own = Args::from_arg_matches(&matches).unwrap_or_else(|e| e.exit());
                Invocation::Own(Box::new(own))
            }
        }
    }
}

/// The keys to list when `help` is an option's value, whatever else the command
/// line contains or lacks.
fn requested_keys(arguments: impl Iterator<Item = String>) -> Option<String> {
    let arguments: Vec<String> = arguments.collect();
    let is_requested = |option: &str| {
        let together = format!("{option}=help");
        let apart = |pair: &[String]| pair[0] == option && pair[1] == "help";
        arguments.contains(&together) || arguments.windows(2).any(apart)
    };
    if is_requested("--guest-options") {
        Some(guest_options())
    } else {
        is_requested("--host-options").then(host_options)
    }
}

/// The command line, including the commands of all languages.
pub(crate) fn command() -> clap::Command {
    let extra = registry::commands();
    let mut usage = "metaffi -c --idl PATH [-g [LANG]] [-h LANG…] [-o DIR]\n       \
                     metaffi --plugin --install SOURCE | --remove NAME | --list | --exist NAME\n       \
                     metaffi inspect MODULE\n       metaffi doctor"
        .to_owned();
    extra.iter().for_each(|extra| usage += &format!("\n       metaffi {}", extra.name));
    let after = [guest_options(), host_options(), help::list(), registry::EXAMPLES.to_owned()];
    let command = Args::command()
        .long_version(version::long())
        .override_usage(usage)
        .after_help(after.join("\n"));
    extra.iter().fold(command, |command, extra| {
        command.subcommand(clap::Command::new(extra.name).about(extra.about))
    })
}

/// The options for reading sources and building guests, by language.
fn guest_options() -> String {
    keys("--guest-options", &[], |language| language.reader().map_or(vec![], Reader::options))
}

/// The options for stubs: those of every host, then by language.
fn host_options() -> String {
    keys("--host-options", &[ONLY], |language| language.emitter().map_or(vec![], Emitter::options))
}

fn keys(option: &str, common: &[Key<'_>], keys: impl Fn(&dyn Language) -> Vec<Key<'_>>) -> String {
    let line = |of: &str, Key { name, about }: Key<'_>| format!("  {of:<9} {name:<10} {about}\n");
    let mut text = format!("{option}, k=v,…:\n");
    text.extend(common.iter().map(|key| line("every", *key)));
    for language in registry::languages().0 {
        text.extend(keys(*language).into_iter().map(|key| line(language.name(), key)));
    }
    text
}
