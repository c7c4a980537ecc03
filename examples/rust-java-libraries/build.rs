//! Writes the stubs for the programs.

use std::process::Command;

/// Jars, and the classes of each that the programs use: the stubs of all of guava are 5 MB.
const JARS: &[(&str, &str)] = &[
    (
        "guava-33.2.1-jre.jar",
        "ArrayListMultimap;ImmutableMap;Joiner;Lists;Preconditions;Range;Splitter;java.util.List;\
         java.lang.IllegalArgumentException",
    ),
    (
        "jackson-databind-2.17.1.jar;jackson-core-2.17.1.jar;jackson-annotations-2.17.1.jar",
        "JsonNode;JsonProcessingException;ObjectMapper;ObjectNode;ArrayNode",
    ),
];

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var_os("CARGO_FEATURE_STUBS").is_none() {
        return;
    }
    let out = std::env::var("OUT_DIR").unwrap();
    for (jars, used) in JARS {
        let mut metaffi = Command::new("metaffi");
        metaffi.args(["-c", "--idl", jars, "-h", "rust", "-o", &out]);
        metaffi.args(["--host-options", &format!("only={used}")]);
        let status = metaffi.status().expect("the command `metaffi` is on the PATH");
        assert!(status.success(), "metaffi cannot write the stubs of {jars}");
    }
}
