//! The tree of a Go module proxy: the API, the IDL types, and an installation per platform.
//! <https://go.dev/ref/mod#goproxy-protocol>

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::archive::Archive;
use super::native::Native;
use super::{EPOCH_IN_GO, VERSION, scratch};
use crate::paths::{copy_files, root};
use crate::stage::files;

const API: &str = "github.com/MetaFFI/sdk/api/go";
const IDL: &str = "github.com/MetaFFI/plugin-sdk/compiler/go/IDL";

pub(super) fn make(native: &Native, proxy: &Path) -> Result<()> {
    let folder = scratch("go")?;
    let platform = native.platform.replace("x86_64", "amd64");
    let library = format!("{API}/lib/{platform}");
    let (api, idl, lib) = (folder.join("api"), folder.join("idl"), folder.join("lib"));
    copy_files(&native.home.join("go"), &api)?;
    std::fs::rename(api.join("IDL"), &idl)?;
    write_api(&api, &platform, &library)?;
    write_library(&lib, native, &platform, &library)?;
    [(API, api), (IDL, idl), (&*library, lib)]
        .into_iter()
        .try_for_each(|(module, sources)| publish(module, &sources, proxy))
}

/// The API requires published modules, and imports the one that embeds the installation.
fn write_api(api: &Path, platform: &str, library: &str) -> Result<()> {
    let requires = [IDL, library].map(|module| format!("\t{module} v{VERSION}\n")).concat();
    let gomod = format!("module {API}\n\ngo 1.22\n\nrequire (\n{requires})\n");
    std::fs::write(api.join("go.mod"), gomod)?;
    let text = template("bundled.go.tmpl", library)?;
    let (os, arch) = platform.split_once('-').context("a system and an architecture")?;
    std::fs::write(api.join(format!("bundled_{os}_{arch}.go")), text)?;
    Ok(())
}

fn write_library(lib: &Path, native: &Native, platform: &str, module: &str) -> Result<()> {
    std::fs::create_dir_all(lib)?;
    std::fs::copy(&native.archive, lib.join("installation.zip"))?;
    std::fs::write(lib.join("go.mod"), format!("module {module}\n\ngo 1.22\n"))?;
    let package = platform.replace('-', "_");
    let text = template("lib.go.tmpl", &package)?.replace("{digest}", &native.digest);
    std::fs::write(lib.join("lib.go"), text)?;
    Ok(())
}

/// A source file that only published modules contain.
fn template(name: &str, of: &str) -> Result<String> {
    let text = std::fs::read_to_string(root().join("langs/go/published").join(name))?;
    Ok(text.replace("{name}", of))
}

/// Adds one version of a module to the proxy.
fn publish(module: &str, sources: &Path, proxy: &Path) -> Result<()> {
    std::fs::copy(root().join("LICENSE"), sources.join("LICENSE"))?;
    let versions = proxy.join(escaped(module)).join("@v");
    std::fs::create_dir_all(&versions)?;
    let file = |kind: &str| -> PathBuf { versions.join(format!("v{VERSION}.{kind}")) };
    std::fs::write(versions.join("list"), format!("v{VERSION}\n"))?;
    let info = format!("{{\"Version\":\"v{VERSION}\",\"Time\":\"{EPOCH_IN_GO}\"}}\n");
    std::fs::write(file("info"), info)?;
    std::fs::copy(sources.join("go.mod"), file("mod"))?;
    let mut archive = Archive::default();
    for path in files(sources, &[])? {
        let name = path.strip_prefix(sources)?.display().to_string();
        archive.file(format!("{module}@v{VERSION}/{name}"), path);
    }
    archive.write(&file("zip"))
}

/// A name in the proxy's form: `MetaFFI` is `!meta!f!f!i`.
fn escaped(module: &str) -> String {
    let letters = module.chars().map(|letter| match letter.is_ascii_uppercase() {
        true => format!("!{}", letter.to_ascii_lowercase()),
        false => letter.to_string(),
    });
    letters.collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_escaped_as_proxies_have_them() {
        assert_eq!(super::escaped("github.com/MetaFFI/sdk"), "github.com/!meta!f!f!i/sdk");
    }
}
