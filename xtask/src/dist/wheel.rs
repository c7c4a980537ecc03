//! The wheels: the Python package with the installation in it.

use std::path::Path;

use anyhow::{Context, Result, bail};

use super::archive::Archive;
use super::licences::Notices;
use super::native::Native;
use super::{EPOCH, packaging_tool, scratch};
use crate::paths::{copy_files, root};
use crate::steps::quiet;

pub(super) fn make(native: &Native, notices: &Notices, dist: &Path) -> Result<()> {
    let folder = scratch(&format!("wheel-{}", native.platform))?;
    let sources = root().join("langs/python3/api");
    for file in ["pyproject.toml", "hatch_build.py", "README.md"] {
        std::fs::copy(sources.join(file), folder.join(file))?;
    }
    std::fs::copy(root().join("LICENSE"), folder.join("LICENSE"))?;
    let (package, python) = (folder.join("metaffi"), native.home.join("python/metaffi"));
    copy_files(&python, &package)?;
    copy_files(&native.home, &package.join("_installation"))?;
    std::fs::remove_dir_all(package.join("_installation/python"))?;
    notices.copy_to(&folder)?;
    let mut hatchling = packaging_tool("hatchling");
    hatchling.current_dir(&folder).env("SOURCE_DATE_EPOCH", EPOCH);
    hatchling.env("METAFFI_WHEEL_PLATFORM", native.wheel_tag());
    let made = folder.join("dist");
    let what = format!("the wheel for {}", native.platform);
    quiet(&what, hatchling.args(["build", "-t", "wheel", "-d"]).arg(&made))?;
    for wheel in crate::stage::files(&made, &["whl"])? {
        let to = dist.join(wheel.file_name().context("a wheel has a name")?);
        Archive::read(&wheel, native.effort)?.write(&to)?;
        if native.glibc().is_some() {
            audit(&to, &native.wheel_tag())?;
        }
    }
    Ok(())
}

/// Checks that the wheel runs on the systems that its name promises.
fn audit(wheel: &Path, tag: &str) -> Result<()> {
    let output = packaging_tool("auditwheel").arg("show").arg(wheel).output()?;
    let text = String::from_utf8_lossy(&output.stdout).replace('\n', " ");
    match text.contains(&format!("\"{tag}\"")) {
        true => Ok(()),
        false => bail!("{} is not a wheel for {tag}: {text}", wheel.display()),
    }
}
