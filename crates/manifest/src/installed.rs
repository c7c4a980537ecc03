//! The plugins that are there.

use std::path::{Path, PathBuf};

use metaffi_home::untrusted;

use crate::levels::{Level, Levels, Place};
use crate::manifest::{FILE, Manifest};

/// A plugin that is in place.
#[derive(Clone, Debug)]
pub struct Plugin {
    /// What it says.
    pub manifest: Manifest,
    /// Who it is for.
    pub level: Level,
    /// The folder with its manifest.
    pub folder: PathBuf,
}

impl Plugin {
    /// Its library; `None` when it is a compiler alone.
    #[must_use]
    pub fn library(&self) -> Option<PathBuf> {
        self.manifest.library.as_ref().map(|library| self.folder.join(library))
    }

    /// Its manifest.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.folder.join(FILE)
    }

    fn read(place: &Place, folder: &Path) -> Result<Plugin, Fault> {
        let path = folder.join(FILE);
        let fault = |why: String| Fault { path: path.clone(), why };
        let text = std::fs::read_to_string(&path).map_err(|error| fault(error.to_string()))?;
        let manifest = Manifest::parse(&text).map_err(fault)?;
        let plugin = Plugin { manifest, level: place.level, folder: folder.to_owned() };
        match untrusted(folder).or_else(|| untrusted(&plugin.library()?)) {
            Some(why) => Err(fault(format!("not loaded, for others may change it: {why}"))),
            None => Ok(plugin),
        }
    }
}

/// A plugin that cannot be used, or a folder that none is loaded from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The manifest, or the folder.
    pub path: PathBuf,
    /// What is wrong with it, and what to do.
    pub why: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.why)
    }
}

/// All plugins: those of the first level first, by name within one.
#[derive(Clone, Debug, Default)]
pub struct Installed {
    /// Those that can be used; one of an earlier level hides others of its name.
    pub plugins: Vec<Plugin>,
    /// What cannot be.
    pub faults: Vec<Fault>,
}

impl Installed {
    /// Reads the manifests of all levels.
    #[must_use]
    pub fn read(levels: &Levels) -> Installed {
        let mut all = Installed::default();
        levels.0.iter().for_each(|place| all.add(place));
        all
    }

    fn add(&mut self, place: &Place) {
        let entries = std::fs::read_dir(&place.folder).into_iter().flatten().flatten();
        let is_plugin = |folder: &PathBuf| {
            // The command makes plugins ready in hidden folders.
            let name = folder.file_name().unwrap_or_default();
            !name.as_encoded_bytes().starts_with(b".") && folder.join(FILE).is_file()
        };
        let mut folders: Vec<_> = entries.map(|entry| entry.path()).filter(is_plugin).collect();
        if let Some(why) = untrusted(&place.folder).filter(|_| !folders.is_empty()) {
            let why = format!("no plugin of it is loaded, for others may change them: {why}");
            return self.faults.push(Fault { path: place.folder.clone(), why });
        }
        folders.sort();
        for folder in folders {
            match Plugin::read(place, &folder) {
                Ok(plugin) => self.plugins.push(plugin),
                Err(fault) => self.faults.push(fault),
            }
        }
    }

    /// The plugin of this name; when there is none, the first with this alias.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Plugin> {
        let named = self.plugins.iter().find(|plugin| plugin.manifest.name == name);
        named.or_else(|| self.plugins.iter().find(|plugin| plugin.manifest.answers_to(name)))
    }

    /// The plugins that are not hidden by others of their name.
    pub fn visible(&self) -> impl Iterator<Item = &Plugin> {
        self.plugins.iter().filter(|plugin| {
            let first = self.find(&plugin.manifest.name);
            first.is_some_and(|first| std::ptr::eq(first, *plugin))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A level with these plugins: their folders, and what their manifests say.
    fn level(level: Level, folder: &tempfile::TempDir, plugins: &[(&str, &str)]) -> Place {
        for (name, text) in plugins {
            let own = folder.path().join(name);
            std::fs::create_dir_all(&own).unwrap();
            std::fs::write(own.join(FILE), text).unwrap();
        }
        Place { level, folder: folder.path().to_owned() }
    }

    #[test]
    fn the_first_level_wins_and_names_win_over_aliases() {
        let [user, system] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let levels = Levels(vec![
            level(Level::User, &user, &[("b", r#"{"name": "b", "aliases": ["a", "x"]}"#)]),
            level(
                Level::System,
                &system,
                &[
                    ("a", r#"{"name": "a", "library": "a.so"}"#),
                    ("b", r#"{"name": "b"}"#),
                    ("c", "{"),
                    (".staging", r#"{"name": "half"}"#),
                ],
            ),
        ]);
        std::fs::create_dir(system.path().join("no-plugin")).unwrap();
        let installed = Installed::read(&levels);
        let level = |name: &str| installed.find(name).map(|plugin| plugin.level);
        assert_eq!(level("a"), Some(Level::System));
        assert_eq!((level("b"), level("x")), (Some(Level::User), Some(Level::User)));
        assert_eq!((level("half"), level("c")), (None, None));
        assert_eq!(installed.find("a").unwrap().library(), Some(system.path().join("a/a.so")));
        let visible: Vec<_> = installed.visible().map(|one| one.manifest.name.as_str()).collect();
        assert_eq!(visible, ["b", "a"]);
        let faults: Vec<_> = installed.faults.iter().map(ToString::to_string).collect();
        assert_eq!(faults.len(), 1);
        assert!(faults[0].contains("c/plugin.json: not JSON: "), "{faults:?}");
    }

    #[test]
    #[cfg(unix)]
    fn what_others_may_write_is_refused_with_the_reason() {
        use std::os::unix::fs::PermissionsExt as _;
        let rights = |path: &Path, mode| {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
        };
        let system = tempfile::tempdir().unwrap();
        let text = r#"{"name": "a", "library": "a.so"}"#;
        let plugins = [("a", text), ("b", r#"{"name": "b"}"#)];
        let levels = Levels(vec![level(Level::System, &system, &plugins)]);
        let library = system.path().join("a/a.so");
        std::fs::write(&library, "").unwrap();
        let faults = |count: usize| {
            let installed = Installed::read(&levels);
            assert_eq!(installed.plugins.len(), count);
            installed.faults.iter().map(ToString::to_string).collect::<String>()
        };
        assert_eq!(faults(2), "");
        rights(&library, 0o666);
        assert!(faults(1).contains("a/plugin.json: not loaded, for others may change it: "));
        assert!(faults(1).contains("a/a.so: everybody may write it; take that right away (chmod"));
        rights(&library, 0o644);
        rights(&system.path().join("a"), 0o777);
        assert!(faults(1).contains("/a: everybody may write it"));
        rights(&system.path().join("a"), 0o755);
        rights(system.path(), 0o777);
        assert!(faults(0).contains("no plugin of it is loaded, for others may change them: "));
        rights(system.path(), 0o1777);
        assert_eq!(faults(2), "");
    }
}
