//! Shared by the tests of several crates: finds the installation and the
//! downloaded test files. If one is missing, it panics with instructions; a
//! test is never skipped silently.

mod golden;
mod idls;

use std::path::{Path, PathBuf};

pub use golden::golden;
pub use idls::any_idl;
pub use metaffi_languages as languages;

/// The staged installation: `METAFFI_HOME`, else `target/metaffi`.
///
/// # Panics
/// If nothing is staged.
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

/// The path of a jar that tests use, in the folder `METAFFI_TEST_JARS`.
///
/// # Panics
/// If it has not been downloaded.
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
