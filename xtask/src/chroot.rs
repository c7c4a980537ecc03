//! Roots of Debian in `target/roots`: created once by `debootstrap`, entered as root.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::paths::{copy_files, target};
use crate::steps::quiet;

/// The mirror that Debian is downloaded from.
pub const MIRROR: &str = "http://deb.debian.org/debian";

/// Certificates that this machine trusts in addition to those of its distribution.
const CERTIFICATES: &str = "usr/local/share/ca-certificates";

/// The folders of programs in a root.
const PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// The root of a release without any other packages.
pub fn bare_root(release: &str) -> Result<PathBuf> {
    let bare = target().join("roots").join(release);
    if bare.join("etc/debian_version").exists() {
        return Ok(bare);
    }
    std::fs::create_dir_all(target().join("roots"))?;
    let unfinished = bare.with_extension("unfinished");
    remove(&unfinished)?;
    let mut debootstrap = Command::new("debootstrap");
    debootstrap.args(["--variant=minbase", "--include=ca-certificates", release]);
    quiet(&format!("debootstrap {release}"), debootstrap.arg(&unfinished).arg(MIRROR))?;
    trust_the_certificates_of_this_machine(&unfinished)?;
    std::fs::rename(unfinished, &bare)?;
    Ok(bare)
}

fn trust_the_certificates_of_this_machine(bare: &Path) -> Result<()> {
    let certificates = Path::new("/").join(CERTIFICATES);
    if certificates.is_dir() {
        copy_files(&certificates, &bare.join(CERTIFICATES))?;
    }
    let mut update = Command::new("chroot");
    quiet("update-ca-certificates", update.arg(bare).arg("update-ca-certificates"))
}

/// Enters a root that is mounted. Unlike with `chroot`, programs in it can create user namespaces
/// themselves.
const ENTER: &str = "cd \"$0\"\npivot_root . .\numount --lazy .\nexec env \"$@\"";

/// `env` in a root; the caller appends variables and a program to its arguments. The root has its
/// own processes, which end with it, nothing of this machine's environment, the host names of this
/// machine, and its `shared` folders at the same paths. The program starts in `folder`.
pub fn enter(root: &Path, shared: &[&Path], folder: &Path) -> Result<Command> {
    std::fs::copy("/etc/resolv.conf", root.join("etc/resolv.conf"))?;
    let mut mounts = String::from(
        "mount --rbind \"$0\" \"$0\"\nmount --rbind /dev \"$0/dev\"\nmount -t proc proc \"$0/proc\"\n",
    );
    for folder in shared {
        std::fs::create_dir_all(inside(root, folder))?;
        mounts += "mount --bind \"$1\" \"$0/$1\"\nshift\n";
    }
    let mut command = Command::new("unshare");
    command.args(["--mount", "--pid", "--fork", "--kill-child"]);
    command.args(["sh", "-ec", &format!("{mounts}{ENTER}")]).arg(root).args(shared);
    command.arg("--ignore-environment").arg(format!("--chdir={}", folder.display()));
    command.args(["HOME=/root", "LC_ALL=C.UTF-8"]);
    command.args(["DEBIAN_FRONTEND=noninteractive", &format!("PATH={PATH}")]);
    Ok(command)
}

/// The path of a shared folder of this machine in a root.
fn inside(root: &Path, folder: &Path) -> PathBuf {
    root.join(folder.strip_prefix("/").unwrap_or(folder))
}

/// Removes a folder if it exists.
pub fn remove(folder: &Path) -> Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{}", folder.display()))
        }
        _ => Ok(()),
    }
}
