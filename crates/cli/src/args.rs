//! The command line. `-h` names host languages; help is `--help`.

use std::path::PathBuf;

use clap::{ArgAction, ArgGroup, CommandFactory, FromArgMatches, Parser, Subcommand};
use clap_complete::Shell;
use metaffi_compiler::{Emitter, ExtraCommand, Key, Language, ONLY, Reader};

use crate::plugin::Plugins;
use crate::{help, registry, version};

/// What is asked for, unless a language's own command is.
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
    /// IDL (.json); several paths are joined with ';'
    #[arg(long, value_name = "PATH", requires = "compile")]
    pub(crate) idl: Option<PathBuf>,

    /// Build the guest; without a value that of the source's language
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

    /// Write here what is left out or has no type of its own in stubs, with the reason
    #[arg(long, value_name = "FILE", requires = "compile")]
    pub(crate) report: Option<PathBuf>,

    /// Read the source and write the stubs anew, also where they are remembered
    #[arg(long, requires = "compile")]
    pub(crate) no_cache: bool,

    /// Where to write; made if missing
    #[arg(short, long, value_name = "DIR", default_value = ".", hide_default_value = true)]
    pub(crate) out_dir: PathBuf,

    /// Options of the stubs; `help` lists them
    #[arg(long, value_name = "k=v,…", default_value = "", hide_default_value = true)]
    pub(crate) host_options: String,

    /// Options of reading the source and building the guest; `help` lists them
    #[arg(long, value_name = "k=v,…", default_value = "", hide_default_value = true)]
    pub(crate) guest_options: String,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show what is callable in a module, with the entity path of each
    Inspect {
        /// A source, a jar, a built guest, an importable name, or a saved IDL
        module: PathBuf,

        /// Options of reading the source; `help` lists them
        #[arg(long, value_name = "k=v,…", default_value = "", hide_default_value = true)]
        guest_options: String,

        /// The module's language, where several have one of this name
        #[arg(short, long, value_name = "LANG")]
        guest_lang: Option<String>,
    },
    /// Say what is installed, found and missing, and how to fix it
    Doctor {
        /// As JSON, for programs
        #[arg(long)]
        json: bool,

        /// Only load this runtime, in this process
        #[arg(long, value_name = "RUNTIME", hide = true)]
        load: Option<String>,
    },
    /// Print help, as --help does, or that about a topic or a command
    Help {
        /// One of those that `metaffi help` lists, or a command
        topic: Vec<String>,
    },
    /// Print a script that completes this command in a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the page of the manual
    Man,
}

/// What the command line says.
pub(crate) enum Asked {
    /// What the command itself does.
    Own(Box<Args>),
    /// The command of a language.
    Extra(ExtraCommand),
    /// The keys of options.
    Keys(String),
}

impl Asked {
    /// Reads the command line; one that is wrong, or asks for help, ends the
    /// process.
    pub(crate) fn parse() -> Asked {
        if let Some(keys) = asked_keys(std::env::args()) {
            return Asked::Keys(keys);
        }
        let matches = command().get_matches();
        let name = matches.subcommand_name();
        match registry::commands().into_iter().find(|extra| Some(extra.name) == name) {
            Some(extra) => Asked::Extra(extra),
            None => {
                let own = Args::from_arg_matches(&matches).unwrap_or_else(|e| e.exit());
                Asked::Own(Box::new(own))
            }
        }
    }
}

/// The keys that are asked for by `help` as an option's value, whatever else
/// is or is not there.
fn asked_keys(arguments: impl Iterator<Item = String>) -> Option<String> {
    let arguments: Vec<String> = arguments.collect();
    let is_asked = |option: &str| {
        let together = format!("{option}=help");
        let apart = |pair: &[String]| pair[0] == option && pair[1] == "help";
        arguments.contains(&together) || arguments.windows(2).any(apart)
    };
    if is_asked("--guest-options") {
        Some(guest_options())
    } else {
        is_asked("--host-options").then(host_options)
    }
}

/// The command line with the commands of all languages.
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

/// The options of reading sources and building guests, by language.
fn guest_options() -> String {
    keys("--guest-options", &[], |language| language.reader().map_or(vec![], Reader::options))
}

/// The options of stubs: of every host, then by language.
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
