//! Compile mode: turns the options into a job, and its outcome into lines of
//! text.

use std::path::Path;

use metaffi_compiler::{
    Cache, Diagnostic, Guest, GuestArtifact, Job, Loss, Options, Outcome, cache_folder, write_file,
};

use crate::args::Compile;
use crate::progress::Steps;
use crate::registry::{languages, named};
use crate::{Failure, home, out};

/// Does what the options request, and prints the paths of the results.
pub(crate) fn compile(args: &Compile) -> Result<(), Failure> {
    for name in args.host_langs.iter().chain(args.guest_lang.iter().flatten()) {
        named(name)?;
    }
    let guest_options = Options::parse(&args.guest_options)?;
    let host_options = Options::parse(&args.host_options)?;
    let hosts: Vec<&str> = args.host_langs.iter().map(String::as_str).collect();
    let steps = Steps::new();
    let job = Job {
        source: args.idl.as_deref().unwrap_or(Path::new("")), // clap requires it
        out_dir: &args.out_dir,
        home: &home::installation()?,
        guest: guest(args),
        hosts: &hosts,
        guest_options: &guest_options,
        host_options: &host_options,
        progress: &steps,
    };
    let only_print = hosts.is_empty() && args.guest_lang.is_none();
    let text = if only_print {
        let interface = job.read(languages())?;
        report(args, &interface.left_out, &[])?;
        interface.idl.to_json()
    } else if args.print_idl {
        let compiled = job.compile_with(languages(), &cache(args))?;
        report(args, &compiled.left_out, &compiled.simplified)?;
        compiled.idl.to_json()
    } else {
        let made = job.make(languages(), &cache(args))?;
        report(args, &made.left_out, &made.simplified)?;
        lines(&made)
    };
    drop(steps);
    Ok(out::print(&text)?)
}

fn cache(args: &Compile) -> Cache {
    let cache = Cache::of(&cache_folder());
    if args.no_cache { cache.without_outcomes() } else { cache }
}

/// Writes what was skipped and what was simplified, one line each, to the file
/// that `--report` names.
fn report(args: &Compile, left_out: &[Loss], simplified: &[Loss]) -> Result<(), Diagnostic> {
    let Some(file) = &args.report else { return Ok(()) };
    let line = |one: &Loss| format!("{}: {}", one.what, one.reason).replace('\n', " ") + "\n";
    write_file(file, left_out.iter().chain(simplified).map(line).collect::<String>().as_bytes())
        .map(drop)
}

fn guest(args: &Compile) -> Guest<'_> {
    match &args.guest_lang {
        None => Guest::None,
        Some(None) => Guest::OfSource,
        Some(Some(name)) => Guest::Named(name),
    }
}

/// The paths of the results, one per line, the guest first.
fn lines(made: &Outcome) -> String {
    let guest = made.guest.iter().map(|guest| match guest {
        GuestArtifact::File(path) => path.display().to_string(),
        GuestArtifact::NotNeeded(why) => format!("no guest is needed: {why}"),
    });
    let stubs = made.files.iter().map(|file| file.path.display().to_string());
    guest.chain(stubs).map(|line| line.trim_start_matches("./").to_owned() + "\n").collect()
}
