//! Shared by the tests of several crates: finds the installation and the
//! downloaded test files. If one is missing, it panics with instructions; a
//! test is never skipped silently.

mod golden;
mod idls;

use std::path::{Path, PathBuf};
use std::process::Command;

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

/// A C compiler for the system that the test runs on: the words of `METAFFI_TEST_CC`, else `CC`,
/// else `cc`.
#[must_use]
pub fn c_compiler() -> Command {
    let named = ["METAFFI_TEST_CC", "CC"].iter().find_map(|name| std::env::var(name).ok());
    let named = named.unwrap_or_else(|| "cc".to_owned());
    let mut words = named.split_whitespace();
    let mut command = Command::new(words.next().expect("a variable with a compiler is not empty"));
    command.args(words);
    command
}

/// The same, for a library.
#[must_use]
pub fn c_library_compiler() -> Command {
    let mut compiler = c_compiler();
    compiler.arg("-shared");
    if cfg!(unix) {
        compiler.arg("-fPIC"); // all of Windows' code is
    }
    compiler
}

/// The file name of a library here: `libmetaffi.so`, `metaffi.dll`.
#[must_use]
pub fn library(name: &str) -> String {
    format!("{}{name}{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX)
}

fn checkout() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
    folder.expect("this crate is inside the checkout").into()
}
