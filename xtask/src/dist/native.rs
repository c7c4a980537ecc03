//! The installation that packages contain: built for an old C library, stripped, archived.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use super::archive::{Archive, Effort, digest};
use super::{packaging_tool, scratch};
use crate::paths::{places, root, target};
use crate::stage::{COMMAND, files, installed_libraries, lay_out, to_build};
use crate::steps::{done, quiet, shown};

/// The platform, as it appears in the names of packages.
const PLATFORM: &str = "linux-x86_64";

/// Cargo's name of the platform.
const TARGET: &str = "x86_64-unknown-linux-gnu";

/// The oldest C library that packages are built for: that of Debian 10 and RHEL 8.
const GLIBC: &str = "2.28";

/// The installation for one platform.
pub struct Native {
    /// `linux-x86_64`.
    pub platform: &'static str,
    /// The C library that it requires: `glibc 2.28`.
    pub libc: String,
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
    /// The tag of wheels: `manylinux_2_28_x86_64`.
    pub fn wheel_tag(&self) -> String {
        let version = self.libc.trim_start_matches("glibc ").replace('.', "_");
        format!("manylinux_{version}_x86_64")
    }
}

/// Builds, unless the output of `./dev build` is to be used, and lays out the installation.
pub(super) fn make(as_built: bool) -> Result<Native> {
    let built = if as_built { target().join("release") } else { build()? };
    let folder = scratch(PLATFORM)?;
    let (home, debug) = (folder.join("metaffi"), folder.join("debug"));
    let places = places().with("built", built.display()).with("home", home.display());
    let places = places.with("metaffi", home.join("bin/metaffi").display());
    lay_out(&places, &folder.join("staging"), &|program| Command::new(program))?;
    remove_go_tests(&home)?;
    let classes = repack_jar(&home.join("plugins/openjdk/metaffi.api.jar"))?;
    let mut newest = 0;
    for file in files(&home, &[])?.iter().filter(|file| is_elf(file)) {
        newest = newest.max(glibc_of(file)?);
        strip(file, &debug.join(file.strip_prefix(&home)?).with_added_extension("debug"))?;
    }
    let archive = folder.join("installation.zip");
    let effort = if as_built { Effort::Quick } else { Effort::Thorough };
    let start = Instant::now();
    Archive::compressed(effort).folder("", &home)?.write(&archive)?;
    done("archive the installation", start);
    let (libc, digest) = (format!("glibc 2.{newest}"), digest(&archive)?);
    Ok(Native { platform: PLATFORM, libc, home, debug, classes, archive, digest, effort })
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

/// Repacks a jar without the timestamps of its files, and without compression, which the packages
/// do better; returns its content.
fn repack_jar(jar: &Path) -> Result<PathBuf> {
    let folder = scratch("jar")?;
    let mut unpack = Command::new("jar");
    unpack.current_dir(&folder).arg("--extract").arg("--file").arg(jar);
    quiet("unpack the Java API", &mut unpack)?;
    Archive::compressed(Effort::None).folder("", &folder)?.write(jar)?;
    Ok(folder)
}

fn is_elf(file: &Path) -> bool {
    std::fs::read(file).is_ok_and(|bytes| bytes.starts_with(b"\x7fELF"))
}

/// Moves debug information into a separate file, which the stripped one refers to.
fn strip(file: &Path, debug: &Path) -> Result<()> {
    std::fs::create_dir_all(debug.parent().context("it is in a folder")?)?;
    let run = |program: &str, args: &[&std::ffi::OsStr]| -> Result<()> {
        let output = Command::new(program).args(args).output().context(program.to_owned())?;
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

/// The minor version of the newest glibc whose symbols a file uses.
fn glibc_of(file: &Path) -> Result<u32> {
    let output = Command::new("readelf").args(["--version-info", "--wide"]).arg(file).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let minor = |rest: &str| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok();
    Ok(text.split("GLIBC_2.").skip(1).filter_map(minor).max().unwrap_or(0))
}
