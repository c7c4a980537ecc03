//! Writes the stubs of the modules that the programs call, and builds their guests.

use std::process::Command;

const MODULES: &[&str] =
    &["github.com/shopspring/decimal@v1.4.0", "github.com/yuin/goldmark@v1.7.8"];

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var_os("CARGO_FEATURE_STUBS").is_none() {
        return;
    }
    let out = std::env::var("OUT_DIR").unwrap();
    for module in MODULES {
        let mut metaffi = Command::new("metaffi");
        metaffi.args(["-c", "--idl", module, "-g", "-h", "rust", "-o", &out]);
        let status = metaffi.status().expect("the command `metaffi` is on the PATH");
        assert!(status.success(), "metaffi cannot write the stubs of {module}");
    }
}
