//! Finds the plugin with a name or alias.

use std::path::Path;

use metaffi_manifest::{Installed, Levels, Plugin};
use metaffi_plugin::did_you_mean;
use metaffi_value::{Error, ErrorKind};

/// The runtime plugin with this name or alias.
pub(crate) fn find(home: &Path, name: &str) -> Result<Plugin, Error> {
    find_in(&Levels::of(home), name)
}

fn find_in(levels: &Levels, name: &str) -> Result<Plugin, Error> {
    let mut installed = Installed::read(levels);
    installed.plugins.retain(|plugin| plugin.manifest.library.is_some());
    installed.find(name).cloned().ok_or_else(|| unknown(levels, &installed, name))
}

fn unknown(levels: &Levels, installed: &Installed, name: &str) -> Error {
    let names: Vec<_> =
        installed.plugins.iter().flat_map(|plugin| plugin.manifest.names()).collect();
    let folders: Vec<_> = levels.0.iter().map(|place| place.folder.display().to_string()).collect();
    let unusable: String = installed.unusable.iter().map(|plugin| format!("; {plugin}")).collect();
    Error::new(
        ErrorKind::NotFound,
        format!(
            "no runtime `{name}`{}; found in {}: {}{unusable}",
            did_you_mean(name, names.iter().copied()),
            folders.join(", "),
            if names.is_empty() { "none".into() } else { names.join(", ") },
        ),
    )
}

#[cfg(test)]
mod tests {
    use metaffi_manifest::{Level, Place};

    use super::*;

    #[test]
    fn an_unknown_runtime_lists_known_and_unreadable_plugins() {
        let home = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("one", r#"{"name":"one","aliases":["uno"],"library":"one.so"}"#),
            ("two", r#"{"name":}"#),
            ("three", r#"{"name":"three","compiler":{}}"#),
        ] {
            let folder = home.path().join(name);
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join("plugin.json"), text).unwrap();
        }
        let levels =
            Levels(vec![Place { level: Level::System, folder: home.path().to_path_buf() }]);
        let one = find_in(&levels, "uno").unwrap();
        assert_eq!(one.manifest.name, "one");
        assert_eq!(one.library(), Some(home.path().join("one/one.so")));
        let error = find_in(&levels, "onne").unwrap_err().into_parts().message;
        assert!(error.contains("no runtime `onne`; did you mean `one`?"), "{error}");
        assert!(!error.contains("three"), "{error}");
        assert!(error.contains("one, uno") && error.contains("two/plugin.json"), "{error}");
    }
}
