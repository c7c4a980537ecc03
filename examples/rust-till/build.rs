//! Writes the stubs of the till.

use std::process::Command;

const SOURCE: &str = "../four-languages/till.py";

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed={SOURCE}");
    if std::env::var_os("CARGO_FEATURE_STUBS").is_some() {
        let mut metaffi = Command::new("metaffi");
        metaffi.args(["-c", "--idl", SOURCE, "-h", "rust", "-o"]);
        let status = metaffi.arg(std::env::var("OUT_DIR").unwrap()).status();
        assert!(status.expect("the command `metaffi` is on the PATH").success());
    }
}
