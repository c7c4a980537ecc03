//! Whether other users can change what is loaded into this process.

use std::path::Path;

/// Why code in `path`, a file or a folder, must not be loaded: other users can
/// write to it. `None` if only its owner can, who must be root or the user of this
/// process, or if nothing exists there.
///
/// A group with its owner's number is the owner's private group, as on Debian
/// and Fedora. In a sticky folder, others can add files, which then belong to
/// them, but cannot change the others. Symbolic links are followed.
#[must_use]
pub fn untrusted(path: &Path) -> Option<String> {
    let why = of_system(path)?;
    Some(format!("{}: {why}", path.display()))
}

#[cfg(unix)]
fn of_system(path: &Path) -> Option<String> {
    use std::os::unix::fs::MetadataExt as _;
    let file = path.metadata().ok()?;
    let own = rustix::process::geteuid().as_raw();
    judge(own, file.uid(), file.gid(), file.mode())
}

#[cfg(not(unix))]
fn of_system(_: &Path) -> Option<String> {
    None
}

#[cfg(any(unix, test))]
fn judge(own: u32, owner: u32, group: u32, mode: u32) -> Option<String> {
    const STICKY: u32 = 0o1000;
    if owner != 0 && owner != own {
        return Some(format!(
            "its owner is user {owner}, who is neither root nor the user of this process ({own}); \
             change its owner to one of them (chown)"
        ));
    }
    let by_group = mode & 0o020 != 0 && group != owner;
    let by_all = mode & 0o002 != 0;
    (mode & STICKY == 0 && (by_group || by_all)).then(|| {
        let who = if by_all { "everybody" } else { "its group" };
        format!("{who} can write to it; remove that permission (chmod go-w)")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_root_and_the_user_may_write() {
        for (owner, group, mode) in
            [(7, 100, 0o40755), (0, 0, 0o40755), (0, 0, 0o40775), (7, 7, 0o40775), (0, 0, 0o41777)]
        {
            assert_eq!(judge(7, owner, group, mode), None, "{owner}:{group} {mode:o}");
        }
        for (owner, group, mode, why) in [
            (8, 8, 0o40755, "its owner is user 8, who is neither root nor"),
            (8, 8, 0o41777, "its owner is user 8"),
            (7, 100, 0o40775, "its group can write to it"),
            (7, 7, 0o40757, "everybody can write to it"),
            (0, 0, 0o40777, "everybody can write to it"),
        ] {
            let found = judge(7, owner, group, mode).unwrap();
            assert!(found.starts_with(why), "{found}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_file_is_checked_by_its_permissions() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(untrusted(folder.path()), None);
        let open = std::fs::Permissions::from_mode(0o777);
        std::fs::set_permissions(folder.path(), open).unwrap();
        let why = untrusted(folder.path()).unwrap();
        assert!(why.starts_with(&format!("{}: everybody", folder.path().display())), "{why}");
        assert_eq!(untrusted(&folder.path().join("nothing")), None);
    }
}
