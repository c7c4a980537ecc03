//! `./dev dist`: the packages that users install, in `dist/`, each built with the tools of its
//! ecosystem.
//!
//! One installation for each system is laid out, stripped and archived ([`native`]); the
//! packages of all languages carry that.

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
use crate::systems::System;
pub use crates::CRATES;
use licences::Notices;
use native::Native;

/// The version in the names of packages.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The timestamp that is written into packages, in seconds since 1970: the same in every run.
const EPOCH: &str = "1767225600";
/// The same, in the format of Go proxies.
const EPOCH_IN_GO: &str = "2026-01-01T00:00:00Z";
/// The same, in the format of mails and Debian's changelogs.
const EPOCH_IN_MAILS: &str = "Thu, 01 Jan 2026 00:00:00 +0000";

/// What to build.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Use the output of `./dev build`, for this machine's C library, and build only what the tests
    /// install, without a list of licences.
    #[arg(long)]
    pub as_built: bool,
    /// For another system as well, from what is built in its root (as root): `windows`, `arm64`.
    #[arg(long = "system", value_name = "SYSTEM")]
    pub systems: Vec<String>,
}

/// Builds all packages in `dist/`.
pub fn dist(options: &Options) -> Result<()> {
    make(options, &root().join("dist"))
}

/// Builds all packages in a folder, which is emptied first, and prints their sizes.
pub fn make(options: &Options, dist: &Path) -> Result<()> {
    let mut natives = vec![native::make(options.as_built)?];
    for name in &options.systems {
        natives.push(native::of_system(System::named(name)?, options.as_built)?);
    }
    let notices = licences::make(options.as_built)?;
    let _ = std::fs::remove_dir_all(dist);
    std::fs::create_dir_all(dist)?;
    maven::make(&natives, &notices, &dist.join("maven"))?;
    go_modules::make(&natives, &dist.join("go"))?;
    crates::make(&natives, &dist.join("cargo"))?;
    for native in &natives {
        alone(native, &notices, options.as_built, dist)?;
    }
    for native in &natives {
        println!("\nfor {}, {} or later", native.platform, native.least);
    }
    sizes(dist)
}

/// Makes the packages that are for one platform.
fn alone(native: &Native, notices: &Notices, as_built: bool, dist: &Path) -> Result<()> {
    wheel::make(native, notices, dist)?;
    debian::archive(native, notices, dist)?;
    if !as_built {
        debian::debug_information(native, dist)?;
    }
    let is_tested = as_built && native.platform == native::PLATFORM;
    match native.is_windows() || is_tested {
        true => Ok(()),
        false => debian::package(native, notices, dist),
    }
}

fn sizes(dist: &Path) -> Result<()> {
    const SHOWN: [&str; 6] = ["whl", "jar", "zip", "crate", "deb", "gz"];
    let vendored = dist.join("cargo");
    for file in crate::stage::files(dist, &SHOWN)? {
        if file.starts_with(&vendored) && file.parent() != Some(&vendored) {
            continue; // a source file of a crate
        }
        let megabytes = file.metadata()?.len() as f64 / 1e6;
        println!("  {megabytes:6.2} MB  {}", file.strip_prefix(dist)?.display());
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

/// A program of the Python environment for packaging.
pub fn packaging_tool(name: &str) -> Command {
    Command::new(target().join("deps/packaging/bin").join(name))
}
