//! `./dev dist`: what users install, in `dist/`, each with the tools of its ecosystem.
//!
//! One installation is laid out, stripped and archived ([`native`]); the packages
//! of all languages carry that.

mod archive;
mod crates;
mod debian;
mod go_modules;
mod licences;
mod maven;
mod native;
mod wheel;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::paths::{root, target};

/// What the packages are called after.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The time that is written into packages, in seconds since 1970: the same in every run.
const EPOCH: &str = "1767225600";

/// What to make.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Take what `./dev build` made, for this machine's C library, and make only what the
    /// tests install, with no list of licences.
    #[arg(long)]
    pub as_built: bool,
}

/// Where the packages are.
pub fn folder() -> PathBuf {
    root().join("dist")
}

/// Makes all packages, and says how large they are.
pub fn dist(options: &Options) -> Result<()> {
    let native = native::make(options.as_built)?;
    let notices = licences::make(options.as_built)?;
    let dist = folder();
    let _ = std::fs::remove_dir_all(&dist);
    std::fs::create_dir_all(&dist)?;
    wheel::make(&native, &notices, &dist)?;
    maven::make(&native, &notices, &dist.join("maven"))?;
    go_modules::make(&native, &dist.join("go"))?;
    crates::make(&native, &dist.join("cargo"))?;
    debian::tarball(&native, &notices, &dist)?;
    if !options.as_built {
        debian::debug_information(&native, &dist)?;
        debian::package(&native, &notices, &dist)?;
    }
    println!("\nfor {}, with {} or later:", native.platform, native.libc);
    sizes(&dist)
}

fn sizes(dist: &Path) -> Result<()> {
    const SHOWN: [&str; 5] = ["whl", "jar", "zip", "deb", "gz"];
    for file in crate::stage::files(dist, &SHOWN)? {
        let megabytes = file.metadata()?.len() as f64 / 1e6;
        println!("  {megabytes:6.2} MB  {}", file.strip_prefix(root())?.display());
    }
    Ok(())
}

/// A scratch folder for one kind of package, empty.
fn scratch(kind: &str) -> Result<PathBuf> {
    let folder = target().join("dist").join(kind);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).with_context(|| format!("{}", folder.display()))?;
    Ok(folder)
}

/// A program of the Python environment in which packages are made.
pub fn packaging_tool(name: &str) -> Command {
    Command::new(target().join("deps/packaging/bin").join(name))
}

/// Copies a tree, with links and permissions.
fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from).with_context(|| format!("{}", from.display()))? {
        let (from, to) = (entry.as_ref().unwrap().path(), to.join(entry?.file_name()));
        match from.is_dir() {
            true => copy_tree(&from, &to)?,
            false => drop(std::fs::copy(&from, &to)?),
        }
    }
    Ok(())
}
