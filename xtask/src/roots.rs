//! `cargo xtask test roots`: packages in a bare Debian.
//!
//! A root is created once by `debootstrap`, and copied for each program of `install/roots`, which
//! runs in it by `chroot`. That requires root, and takes minutes, so it is separate from the other
//! checks.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::chroot::{bare_root, enter, remove};
use crate::examples::{Example, all_in};
use crate::paths::{copy_files, root, target};
use crate::steps::done;

/// The releases of Debian, by their code names and their usual names.
const RELEASES: [(&str, &str); 2] = [("bookworm", "Debian 12"), ("trixie", "Debian 13")];

/// Runs the installation and the programs of `install/roots` in each release: all of them, even
/// after one that failed.
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

/// Those in the folder that the variable `DIST` names, or else in `dist/`.
fn packages() -> Result<PathBuf> {
    let named = std::env::var_os("DIST").map_or_else(|| root().join("dist"), PathBuf::from);
    let packages = std::path::absolute(named)?;
    if !packages.is_dir() {
        bail!("{} does not exist: run `./dev dist` first", packages.display());
    }
    Ok(packages)
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
    let mut shell = enter(used, &[], Path::new("/program"))?;
    shell.args(["DIST=/dist", "sh"]);
    example.run_alone(&used.join("program"), shell)?;
    remove(used)
}
