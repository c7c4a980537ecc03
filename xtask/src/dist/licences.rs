//! Licences of the code in the packages: a list by `cargo-about`, and for each installed crate an
//! SBOM by `cargo-cyclonedx`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::scratch;
use crate::paths::{root, target};
use crate::stage::{files, installed_packages};
use crate::steps::quiet;

/// The files that are added to each package.
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

/// Creates the files. There are none with `as_built`: building the tools takes minutes.
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
    let mut notices = sboms(&folder)?;
    notices.push(licences);
    Ok(Notices(notices))
}

/// The name of the SBOM that the tool writes next to each `Cargo.toml`.
const SBOM: &str = "metaffi.cdx.json";

fn sboms(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut command = tool("cargo-cyclonedx");
    command.args(["cyclonedx", "--format", "json", "--manifest-path", "crates/cli/Cargo.toml"]);
    command.args(["--override-filename", SBOM.trim_end_matches(".json")]);
    quiet("the SBOMs", command.env("SOURCE_DATE_EPOCH", super::EPOCH))?;
    let installed: Vec<String> = installed_packages().collect();
    let mut kept = Vec::new();
    for file in written_sboms()? {
        let text = std::fs::read_to_string(&file)?;
        std::fs::remove_file(&file)?;
        let sbom: serde_json::Value = serde_json::from_str(&text)?;
        let name = sbom["metadata"]["component"]["name"].as_str().unwrap_or_default();
        if installed.iter().any(|package| package == name) {
            let to = folder.join(format!("{name}.cdx.json"));
            // The path of the build folder does not belong in a package.
            let here = format!("file://{}", root().display());
            std::fs::write(&to, text.replace(&here, "file:///metaffi"))?;
            kept.push(to);
        }
    }
    Ok(kept)
}

/// The tool writes one for each member of the workspace.
fn written_sboms() -> Result<Vec<PathBuf>> {
    let mut written = Vec::new();
    for entry in std::fs::read_dir(root())? {
        let folder = entry?.path();
        let is_hidden =
            folder.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if folder.is_dir() && folder != target() && !is_hidden {
            written.extend(files(&folder, &["json"])?);
        }
    }
    written.retain(|file| file.file_name().is_some_and(|name| name == SBOM));
    Ok(written)
}

fn tool(name: &str) -> Command {
    let mut command = Command::new(target().join("deps/cargo/bin").join(name));
    command.current_dir(root());
    command
}
