//! The command that installs a package on this machine, for error messages and
//! for `metaffi doctor`.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use crate::{find_in, folders};

/// A package manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manager {
    /// Debian, Ubuntu.
    Apt,
    /// Fedora, Red Hat.
    Dnf,
    /// Alpine.
    Apk,
    /// Arch.
    Pacman,
    /// SUSE.
    Zypper,
    /// Homebrew.
    Brew,
    /// Windows.
    Winget,
}

/// Each with its program and its install command. A system's own package
/// manager comes before additional ones.
const MANAGERS: &[(Manager, &str, &str)] = &[
    (Manager::Apt, "apt-get", "apt-get install"),
    (Manager::Dnf, "dnf", "dnf install"),
    (Manager::Apk, "apk", "apk add"),
    (Manager::Pacman, "pacman", "pacman -S"),
    (Manager::Zypper, "zypper", "zypper install"),
    (Manager::Brew, "brew", "brew install"),
    (Manager::Winget, "winget", "winget install"),
];

/// Where they are if `PATH` is that of a service or a test.
const USUAL: &[&str] = &["/usr/bin", "/usr/sbin", "/sbin", "/opt/homebrew/bin", "/usr/local/bin"];

/// Something that a package manager installs.
#[derive(Clone, Copy, Debug)]
pub struct Package<'a> {
    /// Its names in the package managers that have it.
    pub names: &'a [(Manager, &'a str)],
    /// The oldest supported version; an older one in a package manager is not
    /// suggested.
    pub least: Option<(u32, u32)>,
    /// The website that explains how to install it on any system.
    pub site: &'a str,
}

impl Package<'_> {
    /// How to install it: the command of this machine's package manager
    /// (`apt-get install gcc`), or the website.
    #[must_use]
    pub fn how(&self) -> String {
        manager()
            .and_then(|manager| self.command(manager))
            .unwrap_or_else(|| format!("see {}", self.site))
    }

    fn command(&self, manager: Manager) -> Option<String> {
        let (_, name) = self.names.iter().find(|(of, _)| *of == manager)?;
        let (_, _, install) = MANAGERS.iter().find(|(of, ..)| *of == manager)?;
        let is_offered = manager != Manager::Apt
            || self.least.is_none_or(|least| candidate(name).is_none_or(|has| has >= least));
        is_offered.then(|| format!("{install} {name}"))
    }
}

/// The package manager of this machine.
fn manager() -> Option<Manager> {
    static MANAGER: OnceLock<Option<Manager>> = OnceLock::new();
    *MANAGER.get_or_init(|| first_in(&places()))
}

fn places() -> Vec<PathBuf> {
    folders().into_iter().chain(USUAL.iter().map(PathBuf::from)).collect()
}

fn first_in(places: &[PathBuf]) -> Option<Manager> {
    let found = MANAGERS.iter().find(|(_, program, _)| find_in(places, program).is_some());
    found.map(|(manager, ..)| *manager)
}

/// The version that apt would install, according to its package lists.
fn candidate(name: &str) -> Option<(u32, u32)> {
    let program = find_in(&places(), "apt-cache")?;
    let output = Command::new(program).args(["policy", name]).env("LC_ALL", "C").output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().find_map(|line| line.trim().strip_prefix("Candidate: "))?;
    version_of(line)
}

/// `2:1.19~1` and `3.11.2-1+b1` are 1.19 and 3.11; the number before `:` is the
/// epoch.
fn version_of(text: &str) -> Option<(u32, u32)> {
    let text = text.split_once(':').map_or(text, |(_, version)| version);
    let mut numbers = text.split(|c: char| !c.is_ascii_digit());
    let major = numbers.next()?.parse().ok()?;
    Some((major, numbers.next().and_then(|minor| minor.parse().ok()).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOOL: Package<'_> = Package {
        names: &[(Manager::Apt, "tool"), (Manager::Brew, "--cask tool@2")],
        least: None,
        site: "https://tool.example",
    };

    #[test]
    fn each_manager_has_its_command_and_package_name() {
        assert_eq!(TOOL.command(Manager::Apt).unwrap(), "apt-get install tool");
        assert_eq!(TOOL.command(Manager::Brew).unwrap(), "brew install --cask tool@2");
        assert_eq!(TOOL.command(Manager::Dnf), None);
    }

    #[test]
    fn a_package_without_a_manager_has_a_website() {
        let nowhere = Package { names: &[], ..TOOL };
        assert_eq!(nowhere.how(), "see https://tool.example");
    }

    #[test]
    #[cfg(unix)]
    fn the_installed_manager_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let places = [folder.path().to_owned()];
        assert_eq!(first_in(&places), None);
        std::fs::copy(std::env::current_exe().unwrap(), folder.path().join("apk")).unwrap();
        assert_eq!(first_in(&places), Some(Manager::Apk));
    }

    #[test]
    fn versions_are_read_as_debian_writes_them() {
        assert_eq!(version_of("2:1.19~1"), Some((1, 19)));
        assert_eq!(version_of("3.11.2-1+b1"), Some((3, 11)));
        assert_eq!(version_of("(none)"), None);
    }
}
