//! The overlay: the files that Go sees instead of those on disk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use metaffi_compiler::{Diagnostic, write_file};

/// Files that appear, with the content of others, and files that are hidden.
#[derive(Clone, Debug, Default)]
pub(crate) struct Overlay {
    replace: BTreeMap<String, String>,
}

impl Overlay {
    /// Shows `seen` with the content of `backing`.
    pub(crate) fn show(&mut self, seen: &Path, backing: &Path) {
        self.replace.insert(text(seen), text(backing));
    }

    /// Hides `path`.
    pub(crate) fn hide(&mut self, path: &Path) {
        self.replace.insert(text(path), String::new());
    }

    /// Shows `seen` with this text, which is stored in the folder `store`.
    pub(crate) fn generate(
        &mut self,
        seen: &Path,
        store: &Path,
        content: &str,
    ) -> Result<(), Diagnostic> {
        let name = text(seen).replace(['/', '\\', ':'], "_");
        let backing = store.join(name.trim_start_matches('_'));
        write_file(&backing, content.as_bytes())?;
        self.show(seen, &backing);
        Ok(())
    }

    /// The files that appear, and the files with their content.
    #[cfg(test)]
    pub(crate) fn shown(&self) -> impl Iterator<Item = (&str, &str)> {
        let replaced = self.replace.iter().map(|(seen, backing)| (seen.as_str(), backing.as_str()));
        replaced.filter(|(_, backing)| !backing.is_empty())
    }

    /// Writes it where `go build -overlay` reads it.
    pub(crate) fn write(&self, path: &Path) -> Result<PathBuf, Diagnostic> {
        let json = serde_json::json!({ "Replace": self.replace });
        write_file(path, format!("{json:#}\n").as_bytes())?;
        Ok(path.to_owned())
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
