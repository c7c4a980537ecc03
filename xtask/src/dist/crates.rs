//! The crates, packed by Cargo, in a folder that Cargo accepts as a source:
//! <https://doc.rust-lang.org/cargo/reference/source-replacement.html#directory-sources>. It also
//! contains their dependencies, as `cargo vendor` writes them.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::archive::digest;
use super::native::Native;
use super::{VERSION, scratch};
use crate::paths::{root, target};
use crate::steps::quiet;

/// What a project needs that calls other languages.
pub const CRATES: &[&str] = &[
    "metaffi-abi",
    "metaffi-value",
    "metaffi-home",
    "metaffi-library",
    "metaffi-bundled-linux-x86_64",
    "metaffi-bundled-linux-aarch64",
    "metaffi-bundled-windows-x86_64",
    "metaffi",
];

/// Makes the source. A crate for a platform that is not among these contains nothing.
pub(super) fn make(natives: &[Native], source: &Path) -> Result<()> {
    let bundled = natives.iter().map(BundledCrate::fill).collect::<Result<Vec<_>>>()?;
    let mut cargo = cargo();
    cargo.args(["package", "--locked", "--no-verify", "--allow-dirty", "--quiet"]);
    quiet("the crates: cargo package", cargo.args(CRATES.iter().flat_map(|name| ["-p", name])))?;
    drop(bundled);
    vendor(source)?;
    CRATES.iter().try_for_each(|name| unpack(name, source))
}

fn cargo() -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root());
    cargo
}

/// A crate with an installation, which is in it only while it is packed.
struct BundledCrate([PathBuf; 2]);

impl BundledCrate {
    fn fill(native: &Native) -> Result<BundledCrate> {
        let folder = root().join("crates").join(format!("bundled-{}", native.platform));
        let files = ["installation.zip", "installation.sha256"].map(|name| folder.join(name));
        std::fs::copy(&native.archive, &files[0])?;
        std::fs::write(&files[1], &native.digest)?;
        Ok(BundledCrate(files))
    }
}

impl Drop for BundledCrate {
    fn drop(&mut self) {
        self.0.iter().for_each(|file| drop(std::fs::remove_file(file)));
    }
}

/// The dependencies of the crates, for a project that uses all of them.
fn vendor(source: &Path) -> Result<()> {
    let project = scratch("crates")?;
    std::fs::create_dir(project.join("src"))?;
    std::fs::write(project.join("src/lib.rs"), "")?;
    let metaffi = root().join("crates/metaffi");
    std::fs::write(
        project.join("Cargo.toml"),
        format!(
            "[package]\nname = \"vendored\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
             metaffi = {{ path = {metaffi:?}, features = [\"bundled\"] }}\n"
        ),
    )?;
    std::fs::copy(root().join("Cargo.lock"), project.join("Cargo.lock"))?;
    let mut vendor = cargo();
    vendor.current_dir(&project).args(["vendor", "--quiet", "--versioned-dirs"]).arg(source);
    quiet("the crates: cargo vendor", &mut vendor)
}

/// A packed crate in the form of a directory source: unpacked, with its checksum.
fn unpack(name: &str, source: &Path) -> Result<()> {
    let packed = target().join("package").join(format!("{name}-{VERSION}.crate"));
    let status = Command::new("tar").arg("-xzf").arg(&packed).arg("-C").arg(source).status();
    if !status.context("tar")?.success() {
        bail!("{} cannot be unpacked", packed.display());
    }
    let checksum = format!("{{\"files\":{{}},\"package\":\"{}\"}}", digest(&packed)?);
    let folder = source.join(format!("{name}-{VERSION}"));
    std::fs::write(folder.join(".cargo-checksum.json"), checksum)?;
    std::fs::copy(&packed, source.join(format!("{name}-{VERSION}.crate")))?;
    Ok(())
}
