//! Writes the stubs for the programs.

use std::process::Command;

/// Modules, and the parts of each that the programs use: the stubs of all of pandas are 10 MB.
const SOURCES: &[(&str, &str)] = &[
    ("bs4", "BeautifulSoup"),
    ("numpy.linalg", "solve;det;eigh;inv;EighResult;LinAlgError;ndarray"),
    ("pandas", "read_csv;DataFrame;DataFrameGroupBy;Series;SeriesGroupBy"),
    ("requests", "get;HTTPError;Response;CaseInsensitiveDict"),
];

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var_os("CARGO_FEATURE_STUBS").is_none() {
        return;
    }
    let out = std::env::var("OUT_DIR").unwrap();
    for (source, used) in SOURCES {
        let mut metaffi = Command::new("metaffi");
        metaffi.args(["-c", "--idl", source, "-h", "rust", "-o", &out]);
        metaffi.args(["--host-options", &format!("only={used}")]);
        let status = metaffi.status().expect("the command `metaffi` is on the PATH");
        assert!(status.success(), "metaffi cannot write the stubs of {source}");
    }
}
