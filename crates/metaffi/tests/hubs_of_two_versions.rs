//! Installations of two versions in one process: an error that names both.
#![allow(unsafe_code)] // opens libraries, and sets an environment variable

mod installation;

use metaffi::{ErrorKind, Runtime};
use metaffi_library::Library;

/// A hub of another version that is in use.
const OTHER: &str = r#"
#include <metaffi.h>
static metaffi_hub hub;
const metaffi_hub *metaffi_hub_in_use(metaffi_str *version) {
    *version = (metaffi_str){"0.0.1", 5};
    return &hub;
}
"#;

#[test]
fn the_second_version_fails_and_names_both() {
    let (other, ours) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (source, library) =
        (other.path().join("hub.c"), other.path().join(metaffi_testkit::library("metaffi")));
    std::fs::write(&source, OTHER).unwrap();
    let mut cc = metaffi_testkit::c_library_compiler();
    cc.arg("-I").arg(metaffi_testkit::home().join("include"));
    assert!(cc.arg(&source).arg("-o").arg(&library).status().unwrap().success());
    // SAFETY: the library has no initialisers.
    let _other = core::mem::ManuallyDrop::new(unsafe { Library::new(&library) }.unwrap());
    // SAFETY: this test binary has one test, hence one thread.
    unsafe { std::env::set_var("METAFFI_HOME", installation::make(ours.path(), &[])) };
    let error = Runtime::load("loopback").unwrap_err();
    assert_eq!(error.kind, ErrorKind::Load);
    for text in ["0.0.1", env!("CARGO_PKG_VERSION"), library.to_str().unwrap(), "METAFFI_HOME"] {
        assert!(error.message.contains(text), "{text}: {error}");
    }
    assert!(Runtime::load("loopback").is_err(), "and fails again");
}
