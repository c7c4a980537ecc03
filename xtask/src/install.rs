//! `install/`: for each tool, an empty folder, none of our variables, and the packages; runs the
//! installation and the program of its README. The packages are those in the folder that the
//! variable `DIST` names, or else they are built from the current build.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::dist;
use crate::examples::{Example, all_in};
use crate::paths::{home, target};
use crate::steps::done;

/// Our variables, which would help the programs.
const OURS: [&str; 5] =
    ["METAFFI_HOME", "METAFFI_API_JAR", "METAFFI_PYTHON", "PYTHONPATH", "CGO_ENABLED"];

/// Installs each package, and runs a program with it.
pub fn check(group: &str) -> Result<()> {
    let packages = packages()?;
    forget_installed();
    let folder = target().join("install");
    let _ = make_writable(&folder);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder)?;
    all_in("install")?.iter().try_for_each(|example| {
        let start = Instant::now();
        install(example, &folder, &packages).with_context(|| example.name.clone())?;
        done(&format!("{group}: {}", example.name), start);
        Ok(())
    })
}

fn packages() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("DIST") {
        return Ok(std::path::absolute(named)?);
    }
    let packages = target().join("packages");
    dist::make(&dist::Options { as_built: true, systems: Vec::new() }, &packages)?;
    Ok(packages)
}

/// The caches belong to this run; their names contain a blank and a non-ASCII letter.
fn install(example: &Example, folder: &Path, packages: &Path) -> Result<()> {
    let mut shell = Command::new("sh");
    for variable in OURS {
        shell.env_remove(variable);
    }
    shell.env("PATH", path()).env("DIST", packages);
    shell.env("XDG_CACHE_HOME", folder.join("a cache é"));
    shell.env("GOMODCACHE", folder.join("gomod")).env("GOFLAGS", "-modcacherw");
    shell.env("UV_CACHE_DIR", folder.join("uv")).env("UV_TOOL_DIR", folder.join("uv-tools"));
    shell.env("LC_ALL", "C.UTF-8").env("CARGO_TARGET_DIR", folder.join("cargo"));
    example.run_alone(&folder.join(&example.name), shell)?;
    Ok(())
}

/// Without the staged installation, but with the tools that install.
fn path() -> std::ffi::OsString {
    let named = std::env::var_os("PATH").unwrap_or_default();
    let ours = home().join("bin");
    let others = std::env::split_paths(&named).filter(|folder| *folder != ours);
    let tools = target().join("deps/packaging/bin");
    let folders = others.chain(std::iter::once(tools));
    std::env::join_paths(folders).unwrap_or_default()
}

/// Maven keeps what it took from a repository, even if the repository has changed.
fn forget_installed() {
    let home = std::env::home_dir().unwrap_or_default();
    let kept: PathBuf = home.join(".m2/repository/com/metaffi/metaffi-api");
    let _ = std::fs::remove_dir_all(kept);
}

/// Makes the archive's tree writable: it is read-only.
fn make_writable(folder: &Path) -> Result<()> {
    Command::new("chmod").args(["-R", "u+w"]).arg(folder).output()?;
    Ok(())
}
