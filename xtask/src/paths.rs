//! Where things are: the checkout, the build folder, the installation.

use std::path::{Path, PathBuf};

use metaffi_languages::Places;
use metaffi_manifest::own_platform;

#[cfg(unix)]
pub use std::os::unix::fs::symlink;
#[cfg(windows)]
pub use std::os::windows::fs::symlink_dir as symlink;

/// The checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask is inside the checkout").into()
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The staged installation, `METAFFI_HOME`.
pub fn home() -> PathBuf {
    target().join("metaffi")
}

/// What the placeholders of a `language.json` stand for.
pub fn places() -> Places {
    Places::new(&root(), &target(), &home()).with("platform", own_platform())
}

/// The file name of a Rust cdylib.
pub fn library(name: &str) -> String {
    format!("{}{name}{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX)
}

/// Copies a folder into a scratch folder; links are skipped.
pub fn copy_files(folder: &Path, scratch: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(scratch)?;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let place = scratch.join(entry.file_name());
        let kind = entry.file_type()?;
        if kind.is_dir() {
            copy_files(&entry.path(), &place)?;
        } else if kind.is_file() {
            std::fs::copy(entry.path(), place)?;
        }
    }
    Ok(())
}
