//! Whose code is in the packages: a list of licences and a CycloneDX SBOM, by
//! `cargo-about` and `cargo-cyclonedx`, of what is compiled into the installation.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::scratch;
use crate::paths::{root, target};
use crate::steps::quiet;

/// The files that go into each package.
pub(super) struct Notices(Vec<PathBuf>);

impl Notices {
    /// The files, with their names.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, &Path)> {
        self.0.iter().filter_map(|file| Some((file.file_name()?.to_str()?, file.as_path())))
    }

    /// Copies them into a folder.
    pub(super) fn copy_to(&self, folder: &Path) -> Result<()> {
        for (name, file) in self.files() {
            std::fs::copy(file, folder.join(name))?;
        }
        Ok(())
    }
}

/// Makes the two files. `as_built` goes without: the tools take minutes to build.
pub(super) fn make(as_built: bool) -> Result<Notices> {
    if as_built {
        return Ok(Notices(Vec::new()));
    }
    let folder = scratch("notices")?;
    let licences = folder.join("THIRD-PARTY-LICENSES.html");
    let about = root().join("xtask/about");
    let mut command = tool("cargo-about");
    command.args(["generate", "--workspace", "--locked", "--fail", "--config"]);
    command.arg(about.join("about.toml")).arg("--output-file").arg(&licences);
    quiet("the list of licences", command.arg(about.join("about.hbs")))?;
    Ok(Notices(vec![licences, sbom(&folder)?]))
}

/// The SBOM of the command, whose dependencies are those of all that is installed.
fn sbom(folder: &Path) -> Result<PathBuf> {
    let mut command = tool("cargo-cyclonedx");
    command.args(["cyclonedx", "--format", "json", "--manifest-path", "crates/cli/Cargo.toml"]);
    command.args(["--override-filename", "metaffi.cdx"]);
    command.env("SOURCE_DATE_EPOCH", super::EPOCH);
    quiet("the SBOM", &mut command)?;
    let to = folder.join("metaffi.cdx.json");
    for file in crate::stage::files(&root(), &["json"])? {
        if file.file_name() == to.file_name() && !file.starts_with(target()) {
            if file.starts_with(root().join("crates/cli")) {
                std::fs::copy(&file, &to)?;
            }
            std::fs::remove_file(file)?;
        }
    }
    Ok(to)
}

fn tool(name: &str) -> Command {
    let mut command = Command::new(target().join("deps/cargo/bin").join(name));
    command.current_dir(root());
    command
}
