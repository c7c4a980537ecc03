//! The installation that packages contain: built for an old C library, stripped, archived.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use super::archive::{Archive, Effort, digest};
use super::{packaging_tool, scratch};
use crate::paths::{copy_files, places, root, target};
use crate::stage::{COMMAND, files, installed_libraries, lay_out, to_build};
use crate::steps::{done, quiet, shown};
use crate::systems::System;

/// This machine's platform, as the names of packages have it.
pub(super) const PLATFORM: &str = "linux-x86_64";

/// Cargo's name of the platform.
const TARGET: &str = "x86_64-unknown-linux-gnu";

/// The oldest C library that packages are built for: that of Debian 10 and RHEL 8.
const GLIBC: &str = "2.28";

/// The installation for one platform.
pub struct Native {
    /// `linux-x86_64`.
    pub platform: &'static str,
    /// The oldest system that it runs on: `glibc 2.28`, `Windows 10`.
    pub least: String,
    /// The tree, stripped.
    pub home: PathBuf,
    /// The stripped debug information, file by file.
    pub debug: PathBuf,
    /// The classes of the Java API.
    pub classes: PathBuf,
    /// The tree as an archive.
    pub archive: PathBuf,
    /// The archive's SHA-256.
    pub digest: String,
    /// How well packages are compressed.
    pub effort: Effort,
}

impl Native {
    pub fn is_windows(&self) -> bool {
        self.platform.starts_with("windows-")
    }

    /// The version of the C library, where the system does not bring its own: `2.28`.
    pub fn glibc(&self) -> Option<&str> {
        self.least.strip_prefix("glibc ")
    }

    /// The processor as Debian and Go call it: `amd64`.
    pub fn processor(&self) -> &'static str {
        if self.platform.ends_with("-x86_64") { "amd64" } else { "arm64" }
    }

    /// The tag of wheels: `manylinux_2_28_x86_64`.
    pub fn wheel_tag(&self) -> String {
        match (self.glibc(), self.platform.split_once('-')) {
            (Some(version), Some((_, processor))) => {
                format!("manylinux_{}_{processor}", version.replace('.', "_"))
            }
            _ => format!("win_{}", self.processor()),
        }
    }
}

/// Builds, unless the output of `./dev build` is to be used, and lays out the installation.
pub(super) fn make(as_built: bool) -> Result<Native> {
    let built = if as_built { target().join("release") } else { build()? };
    let folder = scratch(PLATFORM)?;
    let home = folder.join("metaffi");
    let places = places().with("built", built.display()).with("home", home.display());
    let places = places.with("metaffi", home.join("bin/metaffi").display());
    lay_out(&places, &folder.join("staging"), &|program| Command::new(program))?;
    finish(PLATFORM, folder, as_built, &|tool| Ok(Command::new(tool)))
}

/// The installation for another system, built in its root.
pub(super) fn of_system(system: &'static System, as_built: bool) -> Result<Native> {
    system.build()?;
    let folder = scratch(system.platform)?;
    copy_files(&system.home(), &folder.join("metaffi"))?;
    finish(system.platform, folder, as_built, &|tool| system.tool(tool))
}

/// Strips and archives what is laid out in a folder; `tool` is a program of binutils.
fn finish(
    platform: &'static str,
    folder: PathBuf,
    as_built: bool,
    tool: &dyn Fn(&str) -> Result<Command>,
) -> Result<Native> {
    let (home, debug) = (folder.join("metaffi"), folder.join("debug"));
    remove_go_tests(&home)?;
    let classes = repack_jar(&home.join("plugins/openjdk/metaffi.api.jar"), platform)?;
    let (start, mut newest) = (Instant::now(), None);
    for file in files(&home, &[])?.iter().filter(|file| is_binary(file)) {
        newest = newest.max(glibc_of(file)?);
        strip(file, &debug.join(file.strip_prefix(&home)?).with_added_extension("debug"), tool)?;
    }
    done(&format!("strip the installation for {platform}"), start);
    let archive = folder.join("installation.zip");
    let effort = if as_built { Effort::Quick } else { Effort::Thorough };
    let start = Instant::now();
    Archive::compressed(effort).folder("", &home)?.write(&archive)?;
    done(&format!("archive the installation for {platform}"), start);
    let least = newest.map_or("Windows 10".to_owned(), |minor| format!("glibc 2.{minor}"));
    let digest = digest(&archive)?;
    Ok(Native { platform, least, home, debug, classes, archive, digest, effort })
}

/// Builds everything; the command is a separate program with a profile of its own.
fn build() -> Result<PathBuf> {
    let libraries = zigbuild("dist", installed_libraries())?;
    let command = zigbuild("dist-command", std::iter::once(COMMAND.to_owned()))?;
    std::fs::copy(command.join("metaffi"), libraries.join("metaffi"))?;
    Ok(libraries)
}

/// Builds with Zig's linker, which knows the symbols of every glibc.
fn zigbuild(profile: &str, packages: impl Iterator<Item = String>) -> Result<PathBuf> {
    let bin = target().join("deps/packaging/bin");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(bin).chain(std::env::split_paths(&path)))?;
    let mut cargo = packaging_tool("cargo-zigbuild");
    cargo.env("PATH", path).current_dir(root()).args(["zigbuild", "--profile", profile]);
    remap_folders(&mut cargo);
    cargo.arg("--locked").arg("--target").arg(format!("{TARGET}.{GLIBC}"));
    let what = format!("build for glibc {GLIBC}, with the profile {profile}");
    shown(&what, cargo.args(to_build(packages)))?;
    Ok(target().join(TARGET).join(profile))
}

/// Removes the user's folders from the output, so that two builds are identical.
fn remap_folders(cargo: &mut Command) {
    let cargo_home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo_home = cargo_home.or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    cargo.env("RUSTC_WRAPPER", root().join("xtask/src/dist/rustc.sh"));
    cargo.env("METAFFI_ROOT", root()).env("METAFFI_CARGO_HOME", cargo_home.unwrap_or_default());
}

/// Users do not need the tests of the Go API.
fn remove_go_tests(home: &Path) -> Result<()> {
    for file in files(&home.join("go"), &["go"])? {
        if file.to_string_lossy().ends_with("_test.go") {
            std::fs::remove_file(file)?;
        }
    }
    Ok(())
}

/// Packs a jar again without the times at which its files were made, nor compressed, which the
/// packages do better; gives what is in it.
fn repack_jar(jar: &Path, platform: &str) -> Result<PathBuf> {
    let folder = scratch(&format!("jar-{platform}"))?;
    let mut unpack = Command::new("jar");
    unpack.current_dir(&folder).arg("--extract").arg("--file").arg(jar);
    quiet("unpack the Java API", &mut unpack)?;
    Archive::compressed(Effort::None).folder("", &folder)?.write(jar)?;
    Ok(folder)
}

fn is_binary(file: &Path) -> bool {
    let is_binary = |bytes: Vec<u8>| bytes.starts_with(b"\x7fELF") || bytes.starts_with(b"MZ");
    std::fs::read(file).is_ok_and(is_binary)
}

/// Moves what debuggers need into a file of its own, which the other names.
fn strip(file: &Path, debug: &Path, tool: &dyn Fn(&str) -> Result<Command>) -> Result<()> {
    std::fs::create_dir_all(debug.parent().context("it is in a folder")?)?;
    let run = |program: &str, args: &[&OsStr]| -> Result<()> {
        let output = tool(program)?.args(args).output().context(program.to_owned())?;
        match output.status.success() {
            true => Ok(()),
            false => bail!("{program} {args:?}: {}", String::from_utf8_lossy(&output.stderr)),
        }
    };
    run("objcopy", &["--only-keep-debug".as_ref(), file.as_ref(), debug.as_ref()])?;
    run("strip", &["--strip-unneeded".as_ref(), file.as_ref()])?;
    let link = format!("--add-gnu-debuglink={}", debug.display());
    run("objcopy", &[link.as_ref(), file.as_ref()])
}

/// The minor version of the newest glibc of which a file uses a symbol, if it uses any.
fn glibc_of(file: &Path) -> Result<Option<u32>> {
    let output = Command::new("readelf").args(["--version-info", "--wide"]).arg(file).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let minor = |rest: &str| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok();
    Ok(text.split("GLIBC_2.").skip(1).filter_map(minor).max())
}
