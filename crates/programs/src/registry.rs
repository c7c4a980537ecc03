//! Paths that installers record in the Windows registry; empty on other
//! systems.

use std::path::PathBuf;

/// The recorded paths below `key` for each version: the version's name, and the path in `value`
/// below `inner`. The user's entries come before the machine's. The name `""` is the default
/// value.
#[must_use]
pub fn registered(key: &str, inner: &str, value: &str) -> Vec<(String, PathBuf)> {
    system::registered(key, inner, value)
}

#[cfg(windows)]
mod system {
    use std::path::PathBuf;

    use windows_registry::{CURRENT_USER, Key, LOCAL_MACHINE};

    pub(super) fn registered(key: &str, inner: &str, value: &str) -> Vec<(String, PathBuf)> {
        let of = |hive: &Key| {
            let versions = hive.open(key).ok()?;
            let path = |version: String| {
                let noted = versions.open(&version).and_then(|key| match inner {
                    "" => key.get_string(value),
                    inner => key.open(inner)?.get_string(value),
                });
                Some((version, PathBuf::from(noted.ok()?)))
            };
            Some(versions.keys().ok()?.filter_map(path).collect::<Vec<_>>())
        };
        [CURRENT_USER, LOCAL_MACHINE].into_iter().filter_map(of).flatten().collect()
    }
}

#[cfg(not(windows))]
mod system {
    use std::path::PathBuf;

    pub(super) fn registered(_: &str, _: &str, _: &str) -> Vec<(String, PathBuf)> {
        Vec::new()
    }
}

#[cfg(all(test, windows))]
mod tests {
    use windows_registry::CURRENT_USER;

    use super::*;

    #[test]
    fn recorded_paths_are_found_by_version() {
        let key = r"Software\MetaFFI tests\registry";
        let noted = CURRENT_USER.create(format!(r"{key}\3.13\InstallPath")).unwrap();
        noted.set_string("ExecutablePath", r"C:\Program Files\Tool é\tool.exe").unwrap();
        CURRENT_USER.create(format!(r"{key}\3.9")).unwrap(); // without a path
        let found = registered(key, "InstallPath", "ExecutablePath");
        CURRENT_USER.remove_tree(r"Software\MetaFFI tests").unwrap();
        let path = PathBuf::from(r"C:\Program Files\Tool é\tool.exe");
        assert_eq!(found, [("3.13".to_owned(), path)]);
        assert!(registered(key, "", "x").is_empty());
    }
}
