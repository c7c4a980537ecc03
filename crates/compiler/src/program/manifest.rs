//! The `compiler` of a `plugin.json`: how to start a language's program, and
//! what it supports.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use metaffi_manifest::{FILE, Installed, Levels, Plugin};
use serde::Deserialize;

use super::messages::PROTOCOL;
use crate::diagnostic::Diagnostic;

/// A plugin with a compiler.
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
    /// The program and its arguments.
    command: Vec<String>,
    #[serde(default)]
    pub(crate) reads: bool,
    #[serde(default)]
    pub(crate) emits: bool,
    /// The suffixes of its sources.
    #[serde(default)]
    pub(crate) suffixes: Vec<String>,
    /// Whether names that are not files can be imported in the language.
    #[serde(default)]
    pub(crate) names: bool,
    /// Option names with their descriptions.
    #[serde(default)]
    pub(crate) guest_options: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) host_options: BTreeMap<String, String>,
    /// The maximum time without output, in seconds.
    #[serde(default = "ten_minutes")]
    timeout: u64,
}

fn ten_minutes() -> u64 {
    600
}

impl Manifest {
    /// The program, next to the manifest or on PATH, and its arguments.
    pub(crate) fn command(&self) -> Result<(PathBuf, &[String]), Diagnostic> {
        let (program, arguments) = self.compiler.command.split_first().unwrap_or((&self.name, &[]));
        let next_to_it = self.folder.join(program);
        let found =
            if next_to_it.is_file() { Some(next_to_it) } else { metaffi_programs::find(program) };
        found.map(|program| (program, arguments)).ok_or_else(|| {
            Diagnostic::new(format!(
                "the compiler of {}, '{program}', is neither next to this file nor on PATH",
                self.name
            ))
            .at(self.path())
            .help("reinstall the plugin")
        })
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.join(FILE)
    }

    pub(crate) fn timeout(&self) -> Duration {
        Duration::from_secs(self.compiler.timeout)
    }
}

/// The manifests of all levels that name a compiler, and the problems of
/// others.
pub(crate) fn all(home: &Path) -> (Vec<Manifest>, Vec<Diagnostic>) {
    let installed = Installed::read(&Levels::of(home));
    let unusable = installed.unusable.iter();
    let mut diagnostics: Vec<_> =
        unusable.map(|plugin| Diagnostic::new(&*plugin.why).at(&plugin.path)).collect();
    let mut found = Vec::new();
    for plugin in installed.visible() {
        match read(plugin) {
            Ok(manifest) => found.extend(manifest),
            Err(why) => diagnostics.push(Diagnostic::new(why).at(plugin.path())),
        }
    }
    (found, diagnostics)
}

/// `None` if the plugin has no compiler.
fn read(plugin: &Plugin) -> Result<Option<Manifest>, String> {
    let Some(compiler) = &plugin.manifest.compiler else { return Ok(None) };
    let version = &compiler["protocol"];
    if version != PROTOCOL {
        return Err(format!(
            "the compiler uses version {version} of the protocol, but this metaffi uses version \
             {PROTOCOL}: install compatible versions"
        ));
    }
    let compiler =
        Compiler::deserialize(compiler).map_err(|error| format!("invalid `compiler`: {error}"))?;
    Ok(Some(Manifest {
        name: plugin.manifest.name.clone(),
        aliases: plugin.manifest.aliases.clone(),
        compiler,
        folder: plugin.folder.clone(),
    }))
}
