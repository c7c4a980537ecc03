//! The command line. `-h` names host languages; help is `--help`.

use std::path::PathBuf;

use clap::{ArgAction, ArgGroup, Parser, Subcommand};

/// Call Python, Java and Go modules from one another, in one process.
#[derive(Debug, Parser)]
#[command(
    name = "metaffi",
    version,
    disable_help_flag = true,
    disable_help_subcommand = true,
    arg_required_else_help = true,
    args_conflicts_with_subcommands = true,
    override_usage = "metaffi -c --idl PATH [-g [LANG]] [-h LANG…] [-o DIR]\n       \
                      metaffi inspect MODULE\n       metaffi doctor\n       metaffi go-setup",
    after_help = "Examples:\n  \
                  metaffi -c --idl hello.go -g               build hello_MetaFFIGuest\n  \
                  metaffi -c --idl hello.go -g -h python3    the same, with stubs for Python\n  \
                  metaffi -c --idl log4j-api-2.21.1.jar -h python3\n  \
                  metaffi inspect hello.go"
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    #[command(flatten)]
    pub(crate) compile: Compile,

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

    /// Where to write; made if missing
    #[arg(short, long, value_name = "DIR", default_value = ".", hide_default_value = true)]
    pub(crate) out_dir: PathBuf,

    /// Options of the stubs
    #[arg(long, value_name = "k=v,…", default_value = "", hide_default_value = true)]
    pub(crate) host_options: String,

    /// Options of reading the source and building the guest
    #[arg(long, value_name = "k=v,…", default_value = "", hide_default_value = true)]
    pub(crate) guest_options: String,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show what is callable in a module, with the entity path of each
    Inspect {
        /// A source, a jar, a built guest, an importable name, or a saved IDL
        module: PathBuf,
    },
    /// Say what is installed, found and missing, and how to mend it
    Doctor {
        /// Only load this runtime, in this process
        #[arg(long, value_name = "RUNTIME", hide = true)]
        load: Option<String>,
    },
    /// Make the Go project of the working directory find the Go API
    GoSetup,
}
