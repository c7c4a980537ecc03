//! Writes the stubs for the programs, and builds the guests of Go modules.

use std::process::Command;

const SOURCES: &[(&str, bool)] = &[
    ("log4j-api-2.21.1.jar", false),
    ("java.sql", false),
    ("statistics", false),
    ("net/url", true),
    ("github.com/google/uuid@v1.6.0", true),
];

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var_os("CARGO_FEATURE_STUBS").is_none() {
        return;
    }
    let out = std::env::var("OUT_DIR").unwrap();
    for (source, has_guest) in SOURCES {
        let mut metaffi = Command::new("metaffi");
        metaffi.args(["-c", "--idl", source, "-h", "rust", "-o", &out]);
        if *has_guest {
            metaffi.arg("-g");
        }
        let status = metaffi.status().expect("the command `metaffi` is on the PATH");
        assert!(status.success(), "metaffi cannot write the stubs of {source}");
    }
}
