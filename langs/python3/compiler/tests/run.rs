//! Runs stubs: generated from real modules, called by Python, with real runtimes.

mod stubs;

use std::path::Path;
use std::process::Command;

use stubs::{expect_success, make, python, tests};

/// Runs a script of this folder beside the stubs in `folder`.
#[track_caller]
fn run(script: &str, folder: &Path, argument: &str) -> String {
    let mut python = python();
    let path = std::env::join_paths([folder.to_owned(), metaffi_testkit::home().join("python")]);
    python.env("PYTHONPATH", path.unwrap());
    let output = python.arg(tests().join(script)).arg(argument).output().unwrap();
    expect_success(&output);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn loopback() {
    let folder = tempfile::tempdir().unwrap();
    make(Path::new("loopback"), folder.path());
    run("run_loopback.py", folder.path(), "");
}

/// Stubs that Python has compiled with -O need no source.
#[test]
fn loopback_without_assertions_and_without_its_source() {
    let folder = tempfile::tempdir().unwrap();
    let stubs = make(Path::new("loopback"), folder.path());
    let script = folder.path().join("use.py");
    let text = "import loopback_MetaFFIHost as loopback\n\
                loopback.bind_module_to_code('loopback', 'loopback')\n\
                counter = loopback.Counter(5)\n\
                print(counter.increment(), loopback.add(1, 2), type(counter).__name__)\n";
    std::fs::write(&script, text).unwrap();
    let compiled = python().args(["-O", "-m", "compileall", "-q", "-b"]).arg(&stubs).output();
    expect_success(&compiled.unwrap());
    std::fs::remove_file(&stubs).unwrap();
    let output = python().arg("-O").arg(&script).output().unwrap();
    expect_success(&output);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "6 3 Counter\n");
}

/// Compiles sources, makes their stubs, and runs a script that uses them.
fn java(stem: &str, sources: &[&str], script: &str) {
    let folder = tempfile::tempdir().unwrap();
    let classes = folder.path().join(stem);
    let sources = sources.iter().map(|name| tests().join("guests").join(name));
    let javac = Command::new("javac").arg("-d").arg(&classes).args(sources).output();
    expect_success(&javac.unwrap());
    make(&classes, folder.path());
    run(script, folder.path(), &classes.to_string_lossy());
}

#[test]
fn overloads_and_objects_of_java() {
    java("choice", &["Choice.java", "Parent.java"], "run_choice.py");
}

#[test]
fn objects_functions_and_collections_of_java() {
    java("workshop", &["Workshop.java"], "run_workshop.py");
}

/// Makes log4j's stubs in `folder`, and returns the module path to bind them to.
fn log4j(folder: &Path) -> String {
    let jars = ["log4j-api-2.21.1.jar", "log4j-core-2.21.1.jar"].map(metaffi_testkit::jar);
    make(&jars[0], folder);
    jars.map(|jar| jar.to_string_lossy().into_owned()).join(";")
}

#[test]
fn log4j_logs() {
    let folder = tempfile::tempdir().unwrap();
    let module = log4j(folder.path());
    let printed = run("run_log4j.py", folder.path(), &module);
    let lines = printed.lines().filter_map(|line| line.split(" [main] ").nth(1));
    assert_eq!(
        lines.collect::<Vec<_>>(),
        [
            "ERROR mylogger - Hello from Python!",
            "ERROR mylogger - 1 and two",
            "ERROR mylogger - with a marker",
        ]
    );
}

/// The JVM resolves the entity paths that the extraction writes into stubs.
#[test]
fn every_entity_of_log4j_loads() {
    let folder = tempfile::tempdir().unwrap();
    let module = log4j(folder.path());
    run("run_all_entities.py", folder.path(), &module);
}
