//! Which command installs something on this machine: for errors that say what
//! to do, and for `metaffi doctor`.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use crate::{find_in, folders};

/// A program that installs packages of the system.
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

/// Each with its program and what installs by it; a system's own comes before
/// those that are added to one.
const MANAGERS: &[(Manager, &str, &str)] = &[
    (Manager::Apt, "apt-get", "apt-get install"),
    (Manager::Dnf, "dnf", "dnf install"),
    (Manager::Apk, "apk", "apk add"),
    (Manager::Pacman, "pacman", "pacman -S"),
    (Manager::Zypper, "zypper", "zypper install"),
    (Manager::Brew, "brew", "brew install"),
    (Manager::Winget, "winget", "winget install"),
];

/// Where they are when `PATH` is that of a service, or of a test.
const USUAL: &[&str] = &["/usr/bin", "/usr/sbin", "/sbin", "/opt/homebrew/bin", "/usr/local/bin"];

/// Something that a package manager installs.
#[derive(Clone, Copy, Debug)]
pub struct Package<'a> {
    /// What the managers call it, those that have it.
    pub names: &'a [(Manager, &'a str)],
    /// The oldest version that will do; what a manager has and is older is not
    /// offered.
    pub least: Option<(u32, u32)>,
    /// Where one reads how to get it on any system.
    pub site: &'a str,
}

impl Package<'_> {
    /// What to do to have it: the command of this machine's package manager
    /// (`apt-get install gcc`), or where to read how.
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

/// The version that apt would install, as far as its lists say.
fn candidate(name: &str) -> Option<(u32, u32)> {
    let program = find_in(&places(), "apt-cache")?;
    let output = Command::new(program).args(["policy", name]).env("LC_ALL", "C").output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().find_map(|line| line.trim().strip_prefix("Candidate: "))?;
    version_of(line)
}

/// `2:1.19~1` and `3.11.2-1+b1` are 1.19 and 3.11; what is before `:` counts
/// how often the numbering began anew.
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
    fn each_manager_has_its_command_and_its_name_of_a_package() {
        assert_eq!(TOOL.command(Manager::Apt).unwrap(), "apt-get install tool");
        assert_eq!(TOOL.command(Manager::Brew).unwrap(), "brew install --cask tool@2");
        assert_eq!(TOOL.command(Manager::Dnf), None);
    }

    #[test]
    fn what_no_manager_has_is_elsewhere() {
        let nowhere = Package { names: &[], ..TOOL };
        assert_eq!(nowhere.how(), "see https://tool.example");
    }

    #[test]
    #[cfg(unix)]
    fn the_manager_is_the_one_that_is_there() {
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
