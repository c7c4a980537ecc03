//! Compile mode: from the options to a job, and from its outcome to lines.

use std::path::Path;

use metaffi_compiler::{Compiled, Guest, GuestArtifact, Job, Options};

use crate::args::Compile;
use crate::progress::Steps;
use crate::registry::{LANGUAGES, check_name};
use crate::{Failure, home, out};

/// Does what the options ask for, and prints where the results are.
pub(crate) fn compile(args: &Compile) -> Result<(), Failure> {
    let wanted = args.host_langs.iter().chain(args.guest_lang.iter().flatten());
    wanted.map(String::as_str).try_for_each(check_name).map_err(Failure::Use)?;
    let guest_options = Options::parse(&args.guest_options).map_err(Failure::Use)?;
    let host_options = Options::parse(&args.host_options).map_err(Failure::Use)?;
    let hosts: Vec<&str> = args.host_langs.iter().map(String::as_str).collect();
    let steps = Steps::new();
    let job = Job {
        source: args.idl.as_deref().unwrap_or(Path::new("")), // clap requires it
        out_dir: &args.out_dir,
        home: &home::home(),
        guest: guest(args),
        hosts: &hosts,
        guest_options: &guest_options,
        host_options: &host_options,
        progress: &steps,
    };
    let only_print = hosts.is_empty() && args.guest_lang.is_none();
    let text = if only_print {
        job.read(LANGUAGES)?.to_json()
    } else {
        let compiled = job.compile(LANGUAGES)?;
        if args.print_idl { compiled.idl.to_json() } else { lines(&compiled) }
    };
    drop(steps);
    Ok(out::print(&text)?)
}

fn guest(args: &Compile) -> Guest<'_> {
    match &args.guest_lang {
        None => Guest::None,
        Some(None) => Guest::OfSource,
        Some(Some(name)) => Guest::Named(name),
    }
}

/// The paths of what was made, the guest first, one a line.
fn lines(compiled: &Compiled) -> String {
    let guest = compiled.guest.iter().map(|guest| match guest {
        GuestArtifact::File(path) => path.display().to_string(),
        GuestArtifact::NotNeeded(why) => format!("no guest is needed: {why}"),
    });
    let stubs = compiled.files.iter().map(|file| file.path.display().to_string());
    guest.chain(stubs).map(|line| line.trim_start_matches("./").to_owned() + "\n").collect()
}
