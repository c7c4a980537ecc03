//! The folders that plugins are in, in the order in which they are looked at.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

#[cfg(target_os = "macos")]
const USER: (&str, &str) = ("", "Library/Application Support");
#[cfg(windows)]
const USER: (&str, &str) = ("LOCALAPPDATA", "AppData/Local");
#[cfg(not(any(target_os = "macos", windows)))]
const USER: (&str, &str) = ("XDG_DATA_HOME", ".local/share");

/// Who a folder of plugins is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Whoever sets `METAFFI_PLUGINS`.
    Environment,
    /// The virtual environment that `VIRTUAL_ENV` names.
    Venv,
    /// The user.
    User,
    /// Everybody: the installation, with what it came with.
    System,
}

impl Level {
    /// What it is called.
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

/// A folder of plugins, which need not be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Who it is for.
    pub level: Level,
    /// Absolute, but for the one of an installation that is not.
    pub folder: PathBuf,
}

/// All such folders; the first that has a plugin of a name has it.
#[derive(Clone, Debug)]
pub struct Levels(pub Vec<Place>);

impl Levels {
    /// The folders of this process, which works with the installation `home`.
    /// Those that would depend on the working directory are left out.
    #[must_use]
    pub fn of(home: &Path) -> Levels {
        Levels::from_variables(home, |name| env::var_os(name))
    }

    fn from_variables(home: &Path, variable: impl Fn(&str) -> Option<OsString>) -> Levels {
        let folder = |name: &str| variable(name).map(PathBuf::from).filter(|at| at.is_absolute());
        let named = variable("METAFFI_PLUGINS").unwrap_or_default();
        let system = home.join("plugins");
        let named = env::split_paths(&named);
        // The installation's own folder stays what it is, whoever else names it.
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

    /// The folder of a level, the first if it has several.
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
