//! The `compiler` of a `plugin.json`: how a language's program is started, and
//! what it does.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use metaffi_manifest::{FILE, Installed, Levels, Plugin};
use serde::Deserialize;

use super::messages::PROTOCOL;
use crate::diagnostic::Diagnostic;

/// A plugin that has a compiler.
#[derive(Clone, Debug)]
pub(crate) struct Manifest {
    pub(crate) name: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) compiler: Compiler,
    pub(crate) folder: PathBuf,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Compiler {
    #[serde(rename = "protocol")]
    _protocol: u32,
    /// The program with its arguments.
    command: Vec<String>,
    #[serde(default)]
    pub(crate) reads: bool,
    #[serde(default)]
    pub(crate) emits: bool,
    /// How the names of its sources end.
    #[serde(default)]
    pub(crate) suffixes: Vec<String>,
    /// Whether names that are no files can be imported in the language.
    #[serde(default)]
    pub(crate) names: bool,
    /// Keys, and what they do.
    #[serde(default)]
    pub(crate) guest_options: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) host_options: BTreeMap<String, String>,
    /// How many seconds it may say nothing.
    #[serde(default = "ten_minutes")]
    timeout: u64,
}

fn ten_minutes() -> u64 {
    600
}

impl Manifest {
    /// The program: beside the manifest, or on PATH; and its arguments.
    pub(crate) fn command(&self) -> Result<(PathBuf, &[String]), Diagnostic> {
        let (program, arguments) = self.compiler.command.split_first().unwrap_or((&self.name, &[]));
        let beside = self.folder.join(program);
        let found = if beside.is_file() { Some(beside) } else { metaffi_programs::find(program) };
        found.map(|program| (program, arguments)).ok_or_else(|| {
            Diagnostic::new(format!(
                "the compiler of {}, '{program}', is not beside this file and not on PATH",
                self.name
            ))
            .at(self.path())
            .help("reinstall the plugin")
        })
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.join(FILE)
    }

    pub(crate) fn limit(&self) -> Duration {
        Duration::from_secs(self.compiler.timeout)
    }
}

/// The manifests of all levels that name a compiler, and what is wrong with
/// others.
pub(crate) fn all(home: &Path) -> (Vec<Manifest>, Vec<Diagnostic>) {
    let installed = Installed::read(&Levels::of(home));
    let unusable = installed.faults.iter();
    let mut faults: Vec<_> =
        unusable.map(|fault| Diagnostic::new(&*fault.why).at(&fault.path)).collect();
    let mut found = Vec::new();
    for plugin in installed.visible() {
        match read(plugin) {
            Ok(manifest) => found.extend(manifest),
            Err(why) => faults.push(Diagnostic::new(why).at(plugin.path())),
        }
    }
    (found, faults)
}

/// `None` when the plugin has no compiler.
fn read(plugin: &Plugin) -> Result<Option<Manifest>, String> {
    let Some(compiler) = &plugin.manifest.compiler else { return Ok(None) };
    let version = &compiler["protocol"];
    if version != PROTOCOL {
        return Err(format!(
            "the compiler speaks version {version} of the protocol, and this metaffi version \
             {PROTOCOL}: install versions that fit"
        ));
    }
    let compiler = Compiler::deserialize(compiler)
        .map_err(|error| format!("`compiler` is not understood: {error}"))?;
    Ok(Some(Manifest {
        name: plugin.manifest.name.clone(),
        aliases: plugin.manifest.aliases.clone(),
        compiler,
        folder: plugin.folder.clone(),
    }))
}
