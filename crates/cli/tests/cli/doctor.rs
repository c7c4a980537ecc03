//! `metaffi doctor`: a whole installation, one that is not there, a broken one.

use crate::command::Place;

#[test]
fn a_whole_installation_is_found_well() {
    let printed = Place::new().run("doctor").expect_success();
    let ok = |name: &str| {
        let line = printed.lines().find(|line| line.split_whitespace().nth(1) == Some(name));
        let line = line.unwrap_or_else(|| panic!("no {name} in\n{printed}"));
        assert!(line.trim_start().starts_with("ok "), "{line}");
        line.to_owned()
    };
    for name in ["metaffi", "loopback", "go", "javac", "python3"] {
        ok(name);
    }
    assert!(ok("openjdk").contains(" in /"), "which JVM it is");
}

/// Where the compilers look for their tools, the doctor looks, too.
#[test]
#[cfg(unix)]
fn tools_are_found_as_the_compilers_find_them() {
    let place = Place::new();
    let tool = |name: &str, says: &str| {
        let path = place.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, format!("#!/bin/sh\necho {says}\n")).unwrap();
        std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755))
            .unwrap();
    };
    tool("jdk/bin/java", "java 77.0");
    tool("jdk/bin/javac", "javac 77.1");
    tool("sdk/bin/go", "go version go1.77.0");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_metaffi"))
        .arg("doctor")
        .env_clear()
        .env("METAFFI_HOME", place.path("nowhere"))
        .env("PATH", "/nowhere")
        .env("JAVA_HOME", place.path("jdk"))
        .env("GOROOT", place.path("sdk"))
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    for (says, path) in [
        ("java 77.0", "jdk/bin/java"),
        ("javac 77.1", "jdk/bin/javac"),
        ("go version go1.77.0", "sdk/bin/go"),
    ] {
        let line = format!("{says}, {}", place.path(path).display());
        assert!(printed.contains(&line), "{line} is not in\n{printed}");
    }
}

#[test]
fn an_installation_that_is_not_there_is_a_failure() {
    let place = Place::new();
    let outcome = place.run_with("doctor", place.path("nowhere"));
    assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(1), ""));
    let (first, rest) = outcome.stdout.split_once("\ntools\n").unwrap();
    assert!(first.starts_with("installation\n  broken   metaffi "), "{first}");
    assert!(first.contains("no MetaFFI installation; tried nowhere/lib/"), "{first}");
    assert!(first.ends_with("to mend it: install MetaFFI, or set METAFFI_HOME to its folder"));
    assert!(rest.contains("  ok       go "), "the tools are looked at all the same: {rest}");
}

/// A hub that works, one plugin that is no library, and no other.
#[test]
fn a_broken_plugin_is_a_failure() {
    let place = Place::new();
    let plugin = place.path("home/plugins/loopback");
    std::fs::create_dir_all(&plugin).unwrap();
    std::fs::write(plugin.join("plugin.json"), r#"{"name": "loopback", "library": "no.so"}"#)
        .unwrap();
    std::fs::write(plugin.join("no.so"), "text").unwrap();
    let lib = place.path("home/lib");
    std::fs::create_dir(&lib).unwrap();
    for entry in std::fs::read_dir(metaffi_testkit::home().join("lib")).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, lib.join(path.file_name().unwrap())).unwrap();
    }
    let outcome = place.run_with("doctor", place.path("home"));
    assert_eq!(outcome.code, Some(1));
    let state = |name: &str| {
        let line = outcome.stdout.lines().find(|line| line.contains(&format!(" {name} ")));
        line.unwrap().split_whitespace().next().unwrap().to_owned()
    };
    assert_eq!(
        [state("loopback"), state("go"), state("openjdk")],
        ["broken", "missing", "missing"]
    );
    assert!(outcome.stdout.contains("no.so: cannot be loaded"), "{}", outcome.stdout);
    assert!(outcome.stdout.contains("to mend it: reinstall MetaFFI"), "{}", outcome.stdout);
}
