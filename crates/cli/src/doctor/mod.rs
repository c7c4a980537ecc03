//! `metaffi doctor`: what is installed, what is missing, and how to fix it.
//!
//! Every finding comes from an attempt: doctor opens the hub, loads each
//! runtime (in a separate process, since a broken one may crash its process),
//! and runs each tool. It finds tools the way the runtimes and compilers do.

mod report;
mod runtimes;
mod text;

use std::path::Path;

use metaffi::{Hub, Runtime};
use metaffi_compiler::{Diagnostic, Finding, Language, State};

use crate::registry::{languages, plugin_diagnostics};
use crate::{Failure, home, out};
use report::{About, Report};
use runtimes::Plugins;

/// Prints all findings. Fails when something is broken.
pub(crate) fn doctor(as_json: bool) -> Result<(), Failure> {
    let home = home::home();
    let hub = hub();
    let plugins = Plugins::of(&home, hub.state == State::Ok);
    let own = languages().0.iter().map(|language| about(*language, &plugins, &home));
    let report = Report::new(hub, own.chain(other_plugins(&plugins)).collect());
    out::print(&if as_json { report.json()? } else { text::text(&report) })?;
    if report.healthy { Ok(()) } else { Err(Failure::Reported) }
}

/// Loads a runtime in this process, and prints its description.
pub(crate) fn load(runtime: &str) -> Result<(), Failure> {
    let loaded = Runtime::load(runtime).map_err(|error| Diagnostic::new(error.to_string()))?;
    Ok(out::print(&runtimes::runtime_info_json(runtime, &loaded))?)
}

fn about(language: &dyn Language, plugins: &Plugins, home: &Path) -> About {
    let needs = language.runtime_needs();
    let runtime = plugins.runtime_of(language, &needs);
    let findings = needs.into_iter().chain(runtime).chain(language.checks(home));
    About {
        name: language.name().to_owned(),
        aliases: language.aliases().into_iter().map(str::to_owned).collect(),
        findings: findings.collect(),
    }
}

/// Plugins of languages that the compiler does not know, and plugins whose
/// compiler cannot be used.
fn other_plugins(plugins: &Plugins) -> impl Iterator<Item = About> {
    let unknown =
        plugins.unknown().into_iter().chain(plugin_diagnostics().iter().map(broken_plugin));
    unknown.map(|(name, finding)| About { name, aliases: Vec::new(), findings: vec![finding] })
}

fn broken_plugin(diagnostic: &Diagnostic) -> (String, Finding) {
    let folder = diagnostic.file.as_deref().and_then(Path::parent).and_then(Path::file_name);
    let name = folder.unwrap_or_default().to_string_lossy().into_owned();
    let fix = "reinstall the plugin, or remove its folder";
    (name, Finding::broken("compiler", diagnostic.to_string(), fix))
}

fn hub() -> Finding {
    match Hub::open(None) {
        Ok(hub) => {
            let why = metaffi_home::find(None).map_or("", |found| found.why);
            Finding::good("installation", "").at(hub.home()).because(why)
        }
        Err(error) => Finding::broken(
            "installation",
            error.to_string(),
            "install MetaFFI, or set METAFFI_HOME to its folder",
        ),
    }
}
