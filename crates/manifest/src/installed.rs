//! The installed plugins.

use std::path::{Path, PathBuf};

use metaffi_home::untrusted;

use crate::levels::{Level, Levels, Place};
use crate::manifest::{FILE, Manifest};

/// An installed plugin.
#[derive(Clone, Debug)]
pub struct Plugin {
    /// Its manifest.
    pub manifest: Manifest,
    /// The level that it is installed at.
    pub level: Level,
    /// The folder that contains its manifest.
    pub folder: PathBuf,
}

impl Plugin {
    /// The path of its library; `None` if it is only a compiler.
    #[must_use]
    pub fn library(&self) -> Option<PathBuf> {
        self.manifest.library.as_ref().map(|library| self.folder.join(library))
    }

    /// The path of its manifest.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.folder.join(FILE)
    }

    fn read(place: &Place, folder: &Path) -> Result<Plugin, UnusablePlugin> {
        let path = folder.join(FILE);
        let unusable = |why: String| UnusablePlugin { path: path.clone(), why };
        let text = std::fs::read_to_string(&path).map_err(|error| unusable(error.to_string()))?;
        let manifest = Manifest::parse(&text).map_err(unusable)?;
        let plugin = Plugin { manifest, level: place.level, folder: folder.to_owned() };
        match untrusted(folder).or_else(|| untrusted(&plugin.library()?)) {
            Some(why) => Err(unusable(format!("not loaded, because others can change it: {why}"))),
            None => Ok(plugin),
        }
    }
}

/// A plugin that cannot be used, or a folder that plugins are not loaded from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnusablePlugin {
    /// The manifest, or the folder.
    pub path: PathBuf,
    /// The problem, and what to do.
    pub why: String,
}

impl std::fmt::Display for UnusablePlugin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.why)
    }
}

/// All plugins, ordered by level, then by name.
#[derive(Clone, Debug, Default)]
pub struct Installed {
    /// The usable plugins; one of an earlier level hides others with its name.
    pub plugins: Vec<Plugin>,
    /// The unusable ones.
    pub unusable: Vec<UnusablePlugin>,
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
            // The command prepares plugins in hidden folders.
            let name = folder.file_name().unwrap_or_default();
            !name.as_encoded_bytes().starts_with(b".") && folder.join(FILE).is_file()
        };
        let mut folders: Vec<_> = entries.map(|entry| entry.path()).filter(is_plugin).collect();
        if let Some(why) = untrusted(&place.folder).filter(|_| !folders.is_empty()) {
            let why = format!("its plugins are not loaded, because others can change them: {why}");
            return self.unusable.push(UnusablePlugin { path: place.folder.clone(), why });
        }
        folders.sort();
        for folder in folders {
            match Plugin::read(place, &folder) {
                Ok(plugin) => self.plugins.push(plugin),
                Err(unusable) => self.unusable.push(unusable),
            }
        }
    }

    /// The plugin with this name, or else the first with this alias.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Plugin> {
        let named = self.plugins.iter().find(|plugin| plugin.manifest.name == name);
        named.or_else(|| self.plugins.iter().find(|plugin| plugin.manifest.answers_to(name)))
    }

    /// The plugins that are not hidden by others with the same name.
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

    /// A level with these plugins, given as folders and manifests.
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
        let unusable: Vec<_> = installed.unusable.iter().map(ToString::to_string).collect();
        assert_eq!(unusable.len(), 1);
        assert!(unusable[0].contains("c/plugin.json: not JSON: "), "{unusable:?}");
    }

    #[test]
    #[cfg(unix)]
    fn plugins_that_others_can_change_are_refused() {
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
        let unusable = |count: usize| {
            let installed = Installed::read(&levels);
            assert_eq!(installed.plugins.len(), count);
            installed.unusable.iter().map(ToString::to_string).collect::<String>()
        };
        assert_eq!(unusable(2), "");
        rights(&library, 0o666);
        assert!(unusable(1).contains("a/plugin.json: not loaded, because others can change it: "));
        assert!(
            unusable(1)
                .contains("a/a.so: everybody can write to it; remove that permission (chmod")
        );
        rights(&library, 0o644);
        rights(&system.path().join("a"), 0o777);
        assert!(unusable(1).contains("/a: everybody can write to it"));
        rights(&system.path().join("a"), 0o755);
        rights(system.path(), 0o777);
        assert!(
            unusable(0).contains("its plugins are not loaded, because others can change them: ")
        );
        rights(system.path(), 0o1777);
        assert_eq!(unusable(2), "");
    }
}
