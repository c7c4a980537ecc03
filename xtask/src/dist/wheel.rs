//! The wheel: the Python package with the installation in it.

use std::path::Path;

use anyhow::{Result, bail};

use super::licences::Notices;
use super::native::Native;
use super::{EPOCH, packaging_tool, scratch};
use crate::paths::{copy_files, root};
use crate::steps::quiet;

pub(super) fn make(native: &Native, notices: &Notices, dist: &Path) -> Result<()> {
    let folder = scratch("wheel")?;
    let sources = root().join("langs/python3/api");
    for file in ["pyproject.toml", "hatch_build.py"] {
        std::fs::copy(sources.join(file), folder.join(file))?;
    }
    std::fs::copy(root().join("langs/python3/README.md"), folder.join("README.md"))?;
    std::fs::copy(root().join("LICENSE"), folder.join("LICENSE"))?;
    let (package, python) = (folder.join("metaffi"), native.home.join("python/metaffi"));
    copy_files(&python, &package)?;
    copy_files(&native.home, &package.join("_installation"))?;
    std::fs::remove_dir_all(package.join("_installation/python"))?;
    notices.copy_to(&folder)?;
    let mut hatchling = packaging_tool("hatchling");
    hatchling.current_dir(&folder).env("SOURCE_DATE_EPOCH", EPOCH);
    hatchling.env("METAFFI_WHEEL_PLATFORM", native.wheel_tag());
    quiet("the wheel", hatchling.args(["build", "-t", "wheel", "-d"]).arg(dist))?;
    audit(dist, &native.wheel_tag())
}

/// Whether the wheel runs where its name says that it does.
fn audit(dist: &Path, tag: &str) -> Result<()> {
    for wheel in crate::stage::files(dist, &["whl"])? {
        let output = packaging_tool("auditwheel").arg("show").arg(&wheel).output()?;
        let text = String::from_utf8_lossy(&output.stdout).replace('\n', " ");
        if !text.contains(&format!("\"{tag}\"")) {
            bail!("{} is not a wheel for {tag}: {text}", wheel.display());
        }
    }
    Ok(())
}
