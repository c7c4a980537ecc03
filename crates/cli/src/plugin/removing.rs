//! Removes a plugin: at once by renaming it, then file by file.

use std::fs;

use metaffi_compiler::Diagnostic;
use metaffi_manifest::{Installed, Level, Levels};

use super::installing::{GONE, hidden, lock};

/// Removes the plugin of a name, and says which it was.
pub(crate) fn remove(levels: &Levels, name: &str) -> Result<String, Diagnostic> {
    let installed = Installed::read(levels);
    let answering = || installed.plugins.iter().filter(|one| one.manifest.answers_to(name));
    let Some(plugin) = answering().find(|plugin| plugin.level != Level::System) else {
        return Err(match answering().next() {
            Some(own) => Diagnostic::new(format!("'{name}' came with MetaFFI and stays with it"))
                .at(&own.folder),
            None => Diagnostic::new(format!("no plugin '{name}' is installed"))
                .help("`metaffi --plugin --list` lists those that are"),
        });
    };
    let level = plugin.folder.parent().unwrap_or(&plugin.folder);
    let _lock = lock(level)?;
    let gone = hidden(level, GONE, &plugin.manifest.name);
    let fault = |error: std::io::Error| {
        Diagnostic::new(format!("cannot remove: {error}")).at(&plugin.folder)
    };
    fs::rename(&plugin.folder, &gone).map_err(fault)?;
    fs::remove_dir_all(&gone).map_err(fault)?;
    Ok(format!("removed {} from {}\n", plugin.manifest.name, plugin.folder.display()))
}
