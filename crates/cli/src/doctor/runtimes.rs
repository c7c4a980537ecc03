//! Whether each runtime plugin of the installation loads.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use metaffi::{Error, Runtime};
use metaffi_compiler::{Finding, Language, State};
use metaffi_manifest::{Installed, Levels, Manifest};
use serde::{Deserialize, Serialize};

use crate::registry::languages;

/// What findings about runtimes are called.
const RUNTIME: &str = "runtime";

/// What a runtime that is loaded says about itself.
#[derive(Default, Deserialize, Serialize)]
struct Described {
    version: String,
    place: Option<PathBuf>,
    remark: String,
}

/// What a runtime that is loaded says about itself, for [`Plugins::runtime_of`]
/// to read.
pub(crate) fn describe(name: &str, runtime: &Runtime) -> String {
    let described = described(name, runtime).unwrap_or_default();
    serde_json::to_string(&described).unwrap_or_default()
}

fn described(name: &str, runtime: &Runtime) -> Result<Described, Error> {
    let language = languages().0.iter().find(|language| language.name() == name);
    let Some(facts) = language.and_then(|language| language.runtime_facts()) else {
        return Ok(Described::default());
    };
    let module = runtime.module(facts.module)?;
    let property = module.function::<(&str,), String>(facts.entity_path)?;
    let remark = facts
        .remark
        .map(|asked| module.function::<(&str, &str), String>(facts.entity_path)?.call((asked, "")));
    Ok(Described {
        version: property.call((facts.version,))?,
        place: Some(property.call((facts.place,))?.into()),
        remark: remark.transpose()?.unwrap_or_default(),
    })
}

/// The plugins of an installation.
pub(crate) struct Plugins {
    folder: PathBuf,
    installed: Vec<Manifest>,
    /// Whether there is a hub to load them.
    can_load: bool,
}

impl Plugins {
    pub(crate) fn of(home: &Path, can_load: bool) -> Plugins {
        let installed = Installed::read(&Levels::of(home));
        let installed = installed.visible().map(|plugin| plugin.manifest.clone()).collect();
        Plugins { installed, folder: home.join("plugins"), can_load }
    }

    /// Whether a language's runtime loads, if it has one. `needs` is what it
    /// would load.
    pub(crate) fn runtime_of(&self, language: &dyn Language, needs: &[Finding]) -> Option<Finding> {
        let manifest = self.installed.iter().find(|plugin| plugin.name == language.name());
        let Some(manifest) = manifest else {
            // Hosts alone have none.
            return language.reader().filter(|_| self.can_load).map(|_| self.absent());
        };
        let library = manifest.library.as_ref().filter(|_| self.can_load)?;
        match needs.iter().find(|need| need.state != State::Ok) {
            None => Some(tried(&manifest.name, library)),
            Some(need) => {
                let detail = format!("was not loaded: it needs the {} above", need.name);
                Some(Finding { fix: None, ..Finding::missing(RUNTIME, detail, "") })
            }
        }
    }

    /// The runtimes of languages that the compiler does not know.
    pub(crate) fn unknown(&self) -> Vec<(String, Finding)> {
        let is_known = |name: &str| languages().0.iter().any(|language| language.name() == name);
        let unknown =
            self.installed.iter().filter(|plugin| self.can_load && !is_known(&plugin.name));
        unknown
            .filter_map(|plugin| Some((&plugin.name, plugin.library.as_ref()?)))
            .map(|(name, library)| (name.clone(), tried(name, library)))
            .collect()
    }

    fn absent(&self) -> Finding {
        let detail = format!("no plugin in {}", self.folder.display());
        Finding::missing(RUNTIME, detail, "reinstall MetaFFI")
    }
}

fn tried(name: &str, library: &str) -> Finding {
    let start = Instant::now();
    let outcome = std::env::current_exe()
        .and_then(|exe| Command::new(exe).args(["doctor", "--load", name]).output());
    let fault = match outcome {
        Ok(output) if output.status.success() => {
            return loaded(&output.stdout, library, start.elapsed().as_millis());
        }
        Ok(output) => String::from_utf8_lossy(&output.stderr).into_owned(),
        Err(error) => error.to_string(),
    };
    let fault = fault.trim().trim_start_matches("error:").trim();
    let detail = if fault.is_empty() { "its process died while it was loaded" } else { fault };
    Finding::broken(
        RUNTIME,
        detail,
        "what it needs is named above; if it is there, reinstall MetaFFI",
    )
}

fn loaded(said: &[u8], library: &str, milliseconds: u128) -> Finding {
    let found: Described = serde_json::from_slice(said).unwrap_or_default();
    let version = if found.version.is_empty() { library } else { &found.version };
    let remark = match &*found.remark {
        "" => String::new(),
        remark => format!(" (not {remark})"),
    };
    let detail = format!("{version}{remark}, loaded in {milliseconds} ms");
    Finding { path: found.place, ..Finding::good(RUNTIME, detail) }
}
