//! Removes a plugin: renames its folder first, so that it disappears at once,
//! then deletes the files.

use std::fs;

use metaffi_compiler::Diagnostic;
use metaffi_manifest::{Installed, Level, Levels};

use super::installing::{REMOVING, hidden, lock};

/// Removes the plugin with this name or alias, and returns a message about it.
pub(crate) fn remove(levels: &Levels, name: &str) -> Result<String, Diagnostic> {
    let installed = Installed::read(levels);
    let matching = || installed.plugins.iter().filter(|one| one.manifest.answers_to(name));
    let Some(plugin) = matching().find(|plugin| plugin.level != Level::System) else {
        return Err(match matching().next() {
            Some(own) => {
                Diagnostic::new(format!("'{name}' ships with MetaFFI and cannot be removed"))
                    .at(&own.folder)
            }
            None => Diagnostic::new(format!("no plugin '{name}' is installed"))
                .help("`metaffi --plugin --list` lists installed plugins"),
        });
    };
    let level = plugin.folder.parent().unwrap_or(&plugin.folder);
    let _lock = lock(level)?;
    let gone = hidden(level, REMOVING, &plugin.manifest.name);
    let diagnostic = |error: std::io::Error| {
        Diagnostic::new(format!("cannot remove: {error}")).at(&plugin.folder)
    };
    fs::rename(&plugin.folder, &gone).map_err(diagnostic)?;
    fs::remove_dir_all(&gone).map_err(diagnostic)?;
    Ok(format!("removed {} from {}\n", plugin.manifest.name, plugin.folder.display()))
}
