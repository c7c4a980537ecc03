//! `cargo xtask test roots`: packages in a Debian in which nothing is installed.
//!
//! A root is made by `debootstrap` once, and copied for each program of `install/roots`,
//! which runs in it by `chroot`. That needs to be done as root, and takes minutes, so it
//! is apart from the other checks.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::examples::{Example, all_in};
use crate::paths::{copy_files, root, target};
use crate::steps::{done, quiet};

/// The releases of Debian, as its archive and a person call them.
const RELEASES: [(&str, &str); 2] = [("bookworm", "Debian 12"), ("trixie", "Debian 13")];

const MIRROR: &str = "http://deb.debian.org/debian";

/// Certificates that this machine trusts besides those of its distribution.
const CERTIFICATES: &str = "usr/local/share/ca-certificates";

/// Installs in each release what `install/roots` says, and runs its programs: all, also after
/// one that failed.
pub fn check(group: &str) -> Result<()> {
    let (packages, used) = (packages()?, target().join("roots/used"));
    let mut failed = Vec::new();
    for (release, name) in RELEASES {
        let bare = bare_root(release)?;
        for example in all_in("install/roots")? {
            let start = Instant::now();
            let what = format!("{name}: {}", example.name);
            match run(&example, &bare, &used, &packages) {
                Ok(()) => done(&format!("{group}: {what}"), start),
                Err(error) => {
                    println!("FAIL  {group}: {what}: {error:#}");
                    failed.push(what);
                }
            }
        }
    }
    if failed.is_empty() { Ok(()) } else { bail!("{}", failed.join(", ")) }
}

/// Those in the folder that the variable `DIST` names, else in `dist/`.
fn packages() -> Result<PathBuf> {
    let named = std::env::var_os("DIST").map_or_else(|| root().join("dist"), PathBuf::from);
    let packages = std::path::absolute(named)?;
    if !packages.is_dir() {
        bail!("{} is not there: run `./dev dist` first", packages.display());
    }
    Ok(packages)
}

/// What `debootstrap` made, and makes once.
fn bare_root(release: &str) -> Result<PathBuf> {
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
    trust_what_this_machine_does(&unfinished)?;
    std::fs::rename(unfinished, &bare)?;
    Ok(bare)
}

fn trust_what_this_machine_does(bare: &Path) -> Result<()> {
    let certificates = Path::new("/").join(CERTIFICATES);
    if certificates.is_dir() {
        copy_files(&certificates, &bare.join(CERTIFICATES))?;
    }
    let mut update = Command::new("chroot");
    quiet("update-ca-certificates", update.arg(bare).arg("update-ca-certificates"))
}

/// Runs one program in a fresh copy of a root.
fn run(example: &Example, bare: &Path, used: &Path, packages: &Path) -> Result<()> {
    remove(used)?;
    let mut copy = Command::new("cp");
    let copied = copy.arg("--archive").arg(bare).arg(used).output()?;
    if !copied.status.success() {
        bail!("cp: {}", String::from_utf8_lossy(&copied.stderr));
    }
    copy_files(packages, &used.join("dist"))?;
    copy_files(&root().join("install"), &used.join("install"))?;
    std::fs::copy("/etc/resolv.conf", used.join("etc/resolv.conf"))?;
    example.run_alone(&used.join("program"), enter(used))?;
    remove(used)
}

/// A shell in a root, with processes of its own, which end with it, and nothing of this
/// machine's environment.
fn enter(used: &Path) -> Command {
    let mut command = Command::new("unshare");
    command.args(["--mount", "--pid", "--fork", "--kill-child"]);
    command.arg(format!("--mount-proc={}", used.join("proc").display()));
    command.arg("chroot").arg(used).args(["env", "--ignore-environment", "--chdir=/program"]);
    command.args(["HOME=/root", "DIST=/dist", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8"]);
    command.args(["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "sh"]);
    command
}

fn remove(folder: &Path) -> Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{}", folder.display()))
        }
        _ => Ok(()),
    }
}
