//! Lists installed plugins.

use std::path::PathBuf;

use metaffi_compiler::Diagnostic;
use metaffi_manifest::{Installed, Levels, Plugin, UnusablePlugin};
use serde_json::{Value, json};

use crate::{out, report};

/// The folder of the plugin with this name or alias.
pub(crate) fn folder_of(levels: &Levels, name: &str) -> Option<PathBuf> {
    Installed::read(levels).find(name).map(|plugin| plugin.folder.clone())
}

/// Prints name, version, level and folder of all usable plugins, separated by
/// tabs; or JSON, which includes unusable plugins.
pub(crate) fn list(levels: &Levels, json: bool) -> Result<(), Diagnostic> {
    let installed = Installed::read(levels);
    if json {
        let plugins: Vec<Value> = installed.visible().map(plugin_json).collect();
        let unusable: Vec<Value> = installed.unusable.iter().map(unusable_json).collect();
        let all = json!({"plugins": plugins, "faults": unusable});
        return out::print(&format!("{all:#}\n"));
    }
    for UnusablePlugin { path, why } in &installed.unusable {
        report::warning(&Diagnostic::new(why).at(path));
    }
    out::print(&installed.visible().map(line).collect::<String>())
}

fn line(plugin: &Plugin) -> String {
    let version = plugin.manifest.version.as_deref().unwrap_or("-");
    let (name, level) = (&plugin.manifest.name, plugin.level.name());
    format!("{name}\t{version}\t{level}\t{}\n", plugin.folder.display())
}

fn plugin_json(plugin: &Plugin) -> Value {
    let manifest = &plugin.manifest;
    json!({
        "name": manifest.name,
        "aliases": manifest.aliases,
        "version": manifest.version,
        "platforms": manifest.platforms,
        "abi": manifest.abi,
        "level": plugin.level.name(),
        "folder": plugin.folder,
        "library": plugin.library(),
        "has_compiler": manifest.compiler.is_some(),
    })
}

fn unusable_json(plugin: &UnusablePlugin) -> Value {
    json!({"path": plugin.path, "message": plugin.why})
}
