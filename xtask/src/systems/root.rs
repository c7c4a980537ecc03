//! The root of Debian sid in which programs of other systems are built and run.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::System;
use crate::chroot::{bare_root, enter};
use crate::steps::quiet;

/// The packages for every system. Debian's Rust is as new as sid, and has the sources of its
/// library.
const PACKAGES: &[&str] = &[
    "rustc",
    "cargo",
    "rust-src",
    "gcc",
    "libc6-dev",
    "golang-go",
    "default-jdk-headless",
    "python3",
    "python3-typing-extensions",
    "mypy",
];

/// The root, with the packages of a system installed.
pub(super) fn root(system: &System) -> Result<PathBuf> {
    let root = bare_root("sid")?;
    let packages: Vec<&str> = PACKAGES.iter().chain(system.packages).copied().collect();
    let (stamp, wanted) = (root.join("metaffi").join(system.name), packages.join(" "));
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(root);
    }
    let mut install = enter(&root, &[], Path::new("/"))?;
    install.args(["apt-get", "install", "-y", "-q", "--no-install-recommends"]).args(&packages);
    quiet(&format!("install in the root: {wanted}"), &mut install)?;
    std::fs::create_dir_all(root.join("metaffi"))?;
    std::fs::write(stamp, wanted)?;
    Ok(root)
}
