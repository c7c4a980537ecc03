//! The folders of plugins, in search order.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

#[cfg(target_os = "macos")]
const USER: (&str, &str) = ("", "Library/Application Support");
#[cfg(windows)]
const USER: (&str, &str) = ("LOCALAPPDATA", "AppData/Local");
#[cfg(not(any(target_os = "macos", windows)))]
const USER: (&str, &str) = ("XDG_DATA_HOME", ".local/share");

/// Who a plugin folder is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The processes that set `METAFFI_PLUGINS`.
    Environment,
    /// The virtual environment of `VIRTUAL_ENV`.
    Venv,
    /// The user.
    User,
    /// All users: the installation, with the plugins that it ships with.
    System,
}

impl Level {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Level::Environment => "environment",
            Level::Venv => "venv",
            Level::User => "user",
            Level::System => "system",
        }
    }
}

/// A plugin folder, which need not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Who it is for.
    pub level: Level,
    /// Absolute, except for that of an installation with a relative path.
    pub folder: PathBuf,
}

/// All plugin folders; the first one that has a plugin with a given name is
/// used.
#[derive(Clone, Debug)]
pub struct Levels(pub Vec<Place>);

impl Levels {
    /// The folders of this process, for the installation `home`. Folders that
    /// would depend on the working directory are skipped.
    #[must_use]
    pub fn of(home: &Path) -> Levels {
        Levels::from_variables(home, |name| env::var_os(name))
    }

    fn from_variables(home: &Path, variable: impl Fn(&str) -> Option<OsString>) -> Levels {
        let folder = |name: &str| variable(name).map(PathBuf::from).filter(|at| at.is_absolute());
        let named = variable("METAFFI_PLUGINS").unwrap_or_default();
        let system = home.join("plugins");
        let named = env::split_paths(&named);
        // The installation's own folder keeps its level even if a variable names
        // it.
        let named = named.filter(|folder| folder.is_absolute() && *folder != system);
        let user = folder(USER.0).or_else(|| Some(metaffi_programs::home_dir()?.join(USER.1)));
        let venv = folder("VIRTUAL_ENV").map(|venv| venv.join("share/metaffi/plugins"));
        let user = user.map(|data| data.join("metaffi/plugins"));
        let place = |level| move |folder| Place { level, folder };
        let places = named.map(place(Level::Environment));
        let places = places.chain(venv.map(place(Level::Venv)));
        let places = places.chain(user.map(place(Level::User)));
        Levels(places.chain([place(Level::System)(system.clone())]).collect())
    }

    /// The folder of a level; the first if there are several.
    #[must_use]
    pub fn place(&self, level: Level) -> Option<&Place> {
        self.0.iter().find(|place| place.level == level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn levels_have_one_order_and_no_relative_folders() {
        let levels = |variables: &[(&str, &str)]| -> Vec<String> {
            let value = |name: &str| {
                let known = variables.iter().find(|(known, _)| *known == name);
                known.map(|(_, value)| OsString::from(value))
            };
            let levels = Levels::from_variables(Path::new("/opt/metaffi"), value);
            let shown = |at: &Place| format!("{} {}", at.level.name(), at.folder.display());
            levels.0.iter().map(shown).collect()
        };
        let all = levels(&[
            ("METAFFI_PLUGINS", "/a:b::/opt/metaffi/plugins:/c"),
            ("VIRTUAL_ENV", "/venv"),
            (USER.0, "/data"),
        ]);
        assert_eq!(
            all,
            [
                "environment /a",
                "environment /c",
                "venv /venv/share/metaffi/plugins",
                "user /data/metaffi/plugins",
                "system /opt/metaffi/plugins",
            ]
        );
        let home = metaffi_programs::home_dir().unwrap();
        let user = format!("user {}", home.join(USER.1).join("metaffi/plugins").display());
        let relative = levels(&[("VIRTUAL_ENV", "venv"), (USER.0, "data")]);
        assert_eq!(relative, [user, "system /opt/metaffi/plugins".to_owned()]);
    }
}
