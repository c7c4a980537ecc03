//! `metaffi doctor`: what is installed, found and missing, and how to mend it.
//!
//! Every finding is made by trying: the hub is opened, each runtime is loaded
//! (in a process of its own, for a broken one may take its process down), each
//! tool is run.

mod finding;
mod runtimes;

use std::path::Path;

use metaffi::{Hub, Runtime};
use metaffi_compiler::{Diagnostic, Finding, State};

use crate::registry::{languages, plugin_faults};
use crate::{Failure, home, out};

/// Prints all findings; fails when what every user needs is broken.
pub(crate) fn doctor() -> Result<(), Failure> {
    let home = home::home();
    let hub = hub();
    let runtimes = match hub.state {
        State::Broken => Vec::new(),
        _ => runtimes::check(&home),
    };
    let runtimes: Vec<Finding> =
        runtimes.into_iter().chain(plugin_faults().iter().map(faulty)).collect();
    let is_broken = runtimes.iter().chain([&hub]).any(|finding| finding.state == State::Broken);
    let tools = languages().0.iter().flat_map(|language| language.checks(&home)).collect();
    let sections = [("installation", vec![hub]), ("runtimes", runtimes), ("tools", tools)];
    let text: String =
        sections.iter().map(|(title, findings)| finding::section(title, findings)).collect();
    out::print(&text)?;
    if is_broken { Err(Failure::Told) } else { Ok(()) }
}

/// Loads a runtime in this process, and prints which one it is.
pub(crate) fn load(runtime: &str) -> Result<(), Failure> {
    let loaded = Runtime::load(runtime).map_err(|error| Diagnostic::new(error.to_string()))?;
    let found = runtimes::describe(runtime, &loaded).unwrap_or_default();
    Ok(out::print(&found)?)
}

/// A plugin whose compiler cannot be used.
fn faulty(fault: &Diagnostic) -> Finding {
    let folder = fault.file.as_deref().and_then(Path::parent).and_then(Path::file_name);
    Finding {
        name: folder.unwrap_or_default().to_string_lossy().into_owned(),
        state: State::Broken,
        detail: fault.to_string(),
        mend: Some("reinstall the plugin, or remove its folder".to_owned()),
    }
}

fn hub() -> Finding {
    let name = format!("metaffi {}", env!("CARGO_PKG_VERSION"));
    match Hub::open(None) {
        Ok(hub) => Finding::good(name, hub.home().display().to_string()),
        Err(error) => Finding {
            name,
            state: State::Broken,
            detail: error.to_string(),
            mend: Some("install MetaFFI, or set METAFFI_HOME to its folder".to_owned()),
        },
    }
}
