//! Runs stubs: generated from real modules, called by a Rust program, with real runtimes.

mod stubs;

use std::path::Path;
use std::process::Command;

use stubs::{expect_success, make, make_with_guest, run, tests};

#[test]
fn java() {
    let folder = tempfile::tempdir().unwrap();
    let classes = folder.path().join("kit");
    let source = tests().join("guests/Kit.java");
    expect_success(&Command::new("javac").arg("-d").arg(&classes).arg(source).output().unwrap());
    make(&classes, folder.path());
    run("java.rs", folder.path(), &classes.to_string_lossy());
}

#[test]
fn go() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("tool");
    std::fs::create_dir(&source).unwrap();
    std::fs::copy(tests().join("guests/tool.go"), source.join("tool.go")).unwrap();
    make_with_guest(&source, folder.path());
    run("go.rs", folder.path(), &folder.path().join("tool_MetaFFIGuest.so").to_string_lossy());
}

#[test]
fn python() {
    let folder = tempfile::tempdir().unwrap();
    make(Path::new("statistics"), folder.path());
    run("python.rs", folder.path(), "statistics");
}

#[test]
fn a_protocol_and_asynchronous_functions_of_python() {
    let folder = tempfile::tempdir().unwrap();
    let module = tests().join("guests/part.py");
    make(&module, folder.path());
    run("part.rs", folder.path(), &module.to_string_lossy());
}

#[test]
fn unbound_stubs_and_stubs_of_another_version_fail() {
    let folder = tempfile::tempdir().unwrap();
    let made = make(Path::new("loopback"), folder.path());
    let text = std::fs::read_to_string(&made).unwrap();
    let other = text.replace("\"loopback\", 1,", "\"loopback\", 99,");
    assert_ne!(text, other);
    std::fs::write(folder.path().join("other.rs"), other).unwrap();
    run("loopback.rs", folder.path(), "loopback");
}
