//! What the tests of several crates share: where the installation and the
//! downloaded test material are. Panics with what to do when one is missing;
//! a test is never skipped silently.

mod golden;
mod idls;

use std::path::{Path, PathBuf};

pub use golden::golden;
pub use idls::any_idl;
pub use metaffi_languages as languages;

/// The staged installation: `METAFFI_HOME`, else `target/metaffi`.
///
/// # Panics
/// When nothing is staged.
#[must_use]
pub fn home() -> PathBuf {
    let home = std::env::var_os("METAFFI_HOME")
        .map_or_else(|| checkout().join("target/metaffi"), PathBuf::from);
    assert!(
        home.join("lib").is_dir(),
        "no installation in {}; run `cargo xtask stage` first",
        home.display()
    );
    home
}

/// The folder with the jars that tests use, `METAFFI_TEST_JARS`.
///
/// # Panics
/// When they were not downloaded.
#[must_use]
pub fn jar(name: &str) -> PathBuf {
    let folder = std::env::var_os("METAFFI_TEST_JARS")
        .map_or_else(|| checkout().join("target/deps/jars"), PathBuf::from);
    let jar = folder.join(name);
    assert!(jar.is_file(), "{} is missing; run `./dev test`, which downloads it", jar.display());
    jar
}

fn checkout() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
    folder.expect("this crate is inside the checkout").into()
}
