//! Whether each runtime plugin of the installation loads.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use metaffi::{Error, Runtime};
use metaffi_compiler::{Finding, Language, State};
use metaffi_manifest::{Installed, Levels, Manifest};
use serde::{Deserialize, Serialize};

use crate::registry::languages;

/// The name of findings about runtimes.
const RUNTIME: &str = "runtime";

/// What a loaded runtime reports about itself.
#[derive(Default, Deserialize, Serialize)]
struct RuntimeInfo {
    version: String,
    place: Option<PathBuf>,
    remark: String,
}

/// What a loaded runtime reports about itself, as JSON, for
/// [`Plugins::runtime_of`] to parse.
pub(crate) fn runtime_info_json(name: &str, runtime: &Runtime) -> String {
    let info = runtime_info(name, runtime).unwrap_or_default();
    serde_json::to_string(&info).unwrap_or_default()
}

fn runtime_info(name: &str, runtime: &Runtime) -> Result<RuntimeInfo, Error> {
    let language = languages().0.iter().find(|language| language.name() == name);
    let Some(facts) = language.and_then(|language| language.runtime_facts()) else {
        return Ok(RuntimeInfo::default());
    };
    let module = runtime.module(facts.module)?;
    let property = module.function::<(&str,), String>(facts.entity_path)?;
    let remark = facts.remark.map(|remark| {
        module.function::<(&str, &str), String>(facts.entity_path)?.call((remark, ""))
    });
    Ok(RuntimeInfo {
        version: property.call((facts.version,))?,
        place: Some(property.call((facts.place,))?.into()),
        remark: remark.transpose()?.unwrap_or_default(),
    })
}

/// The plugins of an installation.
pub(crate) struct Plugins {
    folder: PathBuf,
    installed: Vec<Manifest>,
    /// Whether there is a hub to load them with.
    can_load: bool,
}

impl Plugins {
    pub(crate) fn of(home: &Path, can_load: bool) -> Plugins {
        let installed = Installed::read(&Levels::of(home));
        let installed = installed.visible().map(|plugin| plugin.manifest.clone()).collect();
        Plugins { installed, folder: home.join("plugins"), can_load }
    }

    /// Whether a language's runtime loads, if the language has one. `needs` is
    /// what the runtime requires.
    pub(crate) fn runtime_of(&self, language: &dyn Language, needs: &[Finding]) -> Option<Finding> {
        let manifest = self.installed.iter().find(|plugin| plugin.name == language.name());
        let Some(manifest) = manifest else {
            // Languages that are only hosts have no runtime.
            return language.reader().filter(|_| self.can_load).map(|_| self.absent());
        };
        let library = manifest.library.as_ref().filter(|_| self.can_load)?;
        match needs.iter().find(|need| need.state != State::Ok) {
            None => Some(try_load(&manifest.name, library)),
            Some(need) => {
                let detail = format!("not loaded: needs the {} above", need.name);
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
            .map(|(name, library)| (name.clone(), try_load(name, library)))
            .collect()
    }

    fn absent(&self) -> Finding {
        let detail = format!("no plugin in {}", self.folder.display());
        Finding::missing(RUNTIME, detail, "reinstall MetaFFI")
    }
}

fn try_load(name: &str, library: &str) -> Finding {
    let start = Instant::now();
    let outcome = std::env::current_exe()
        .and_then(|exe| Command::new(exe).args(["doctor", "--load", name]).output());
    let diagnostic = match outcome {
        Ok(output) if output.status.success() => {
            return loaded(&output.stdout, library, start.elapsed().as_millis());
        }
        Ok(output) => String::from_utf8_lossy(&output.stderr).into_owned(),
        Err(error) => error.to_string(),
    };
    let diagnostic = diagnostic.trim().trim_start_matches("error:").trim();
    let detail =
        if diagnostic.is_empty() { "its process crashed while loading it" } else { diagnostic };
    Finding::broken(
        RUNTIME,
        detail,
        "install what the message names; if it is installed, reinstall MetaFFI",
    )
}

fn loaded(output: &[u8], library: &str, milliseconds: u128) -> Finding {
    let found: RuntimeInfo = serde_json::from_slice(output).unwrap_or_default();
    let version = if found.version.is_empty() { library } else { &found.version };
    let remark = match &*found.remark {
        "" => String::new(),
        remark => format!(" (not {remark})"),
    };
    let detail = format!("{version}{remark}, loaded in {milliseconds} ms");
    Finding { path: found.place, ..Finding::good(RUNTIME, detail) }
}
