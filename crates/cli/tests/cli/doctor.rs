//! `metaffi doctor`: a complete installation, a missing one, a broken one.

use serde_json::Value;

use crate::command::Place;

/// The JSON report, which must match the documented schema.
fn report(text: &str) -> Value {
    let schema = include_str!("../../schema/metaffi-doctor.schema.json");
    let schema = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
    let report: Value = serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}: {text}"));
    let faults: Vec<String> = schema.iter_errors(&report).map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "{faults:?} in\n{text}");
    report
}

/// The finding with this name about a language.
#[track_caller]
fn finding<'r>(report: &'r Value, language: &str, name: &str) -> &'r Value {
    let about = |one: &&Value| one["name"] == language;
    let of = report["languages"].as_array().unwrap().iter().find(about).expect(language);
    let found = of["findings"].as_array().unwrap().iter().find(|one| one["name"] == name);
    found.unwrap_or_else(|| panic!("no {name} in {of}"))
}

#[test]
fn a_complete_installation_is_healthy_and_its_report_fits_a_screen() {
    let printed = Place::new().run("doctor").expect_success();
    assert!(printed.lines().count() <= 24, "{printed}");
    let version = env!("CARGO_PKG_VERSION");
    assert!(printed.starts_with(&format!("metaffi {version}, ABI ")), "{printed}");
    assert!(printed.contains("\nopenjdk, jvm\n  ok       jvm             Java "), "{printed}");
}

#[test]
fn the_json_report_says_what_is_used_and_why() {
    let report = report(&Place::new().run("doctor --json").expect_success());
    assert_eq!(report["healthy"], true);
    assert_eq!(report["installation"]["state"], "ok");
    for (language, name) in [
        ("loopback", "runtime"),
        ("go", "runtime"),
        ("go", "go"),
        ("go", "C compiler"),
        ("openjdk", "jvm"),
        ("openjdk", "javac"),
        ("openjdk", "runtime"),
        ("python3", "interpreter"),
        ("python3", "libpython"),
        ("python3", "runtime"),
        ("rust", "cargo"),
    ] {
        assert_eq!(finding(&report, language, name)["state"], "ok", "{language}: {name}");
    }
    let [jvm, runtime] = ["jvm", "runtime"].map(|name| finding(&report, "openjdk", name));
    assert_eq!(jvm["path"], runtime["path"], "the reported JVM is the one that is used");
    assert!(jvm["why"].is_string(), "{jvm}");
}

/// The doctor looks for tools where the compilers look for them.
#[test]
#[cfg(unix)]
fn tools_are_found_as_the_compilers_find_them() {
    let place = Place::new();
    let tool = |name: &str, script: &str| {
        let path = place.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755))
            .unwrap();
    };
    tool("jdk/bin/javac", "echo javac 77.1");
    tool("sdk/bin/go", "if [ \"$2\" = CC ]; then echo $CC; else echo go1.77.0; fi");
    tool("tools/cc", "echo cc 7.7");
    std::fs::create_dir_all(place.path("jdk/lib/server")).unwrap();
    std::fs::write(place.path("jdk/lib/server/libjvm.so"), "").unwrap();
    std::fs::write(place.path("jdk/release"), "JAVA_VERSION=\"77.1\"\n").unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_metaffi"))
        .args(["doctor", "--json"])
        .env_clear()
        .env("METAFFI_HOME", place.path("nowhere"))
        .env("PATH", "/nowhere")
        .env("JAVA_HOME", place.path("jdk"))
        .env("GOROOT", place.path("sdk"))
        .env("CC", place.path("tools/cc"))
        .output()
        .unwrap();
    let report = report(&String::from_utf8_lossy(&output.stdout));
    let seen = |language: &str, name: &str| {
        let found = finding(&report, language, name);
        ["detail", "path", "why"].map(|key| found[key].as_str().unwrap_or_default().to_owned())
    };
    let expected = |detail: &str, path: &str, why: &str| {
        [detail.to_owned(), place.path(path).display().to_string(), why.to_owned()]
    };
    assert_eq!(seen("openjdk", "jvm"), expected("Java 77", "jdk", "JAVA_HOME"));
    assert_eq!(seen("openjdk", "javac"), expected("77.1", "jdk/bin/javac", "JAVA_HOME"));
    assert_eq!(seen("go", "go"), expected("1.77.0", "sdk/bin/go", "GOROOT"));
    assert_eq!(seen("go", "C compiler"), expected("7.7", "tools/cc", "CC"));
}

/// Missing optional items are reported with a fix, and the exit code is 0.
#[test]
#[cfg(unix)]
fn a_machine_without_an_interpreter_is_healthy() {
    let place = Place::new();
    let variables =
        [("METAFFI_PYTHON", "/nowhere/python3"), ("PATH", "/usr/bin:/bin"), ("CC", "nocc")];
    let outcome = place.run_in("doctor --json", metaffi_testkit::home(), &variables);
    let report = report(&outcome.expect_success());
    let interpreter = finding(&report, "python3", "interpreter");
    assert_eq!(interpreter["state"], "missing");
    assert!(interpreter["fix"].as_str().unwrap().starts_with("point METAFFI_PYTHON at "));
    let runtime = finding(&report, "python3", "runtime");
    assert_eq!(runtime["state"], "missing");
    assert_eq!(runtime["detail"], "not loaded: needs the interpreter above");
    let compiler = finding(&report, "go", "C compiler");
    assert_eq!(compiler["state"], "missing");
    if std::path::Path::new("/usr/bin/apt-get").exists() {
        let fix = compiler["fix"].as_str().unwrap();
        assert!(fix.starts_with("apt-get install gcc libc6-dev ("), "{fix}");
    }
}

#[test]
fn a_missing_installation_is_a_failure() {
    let place = Place::new();
    let outcome = place.run_with("doctor", place.path("nowhere"));
    assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(1), ""));
    let (first, rest) = outcome.stdout.split_once("\ngo\n").unwrap();
    assert!(first.contains("\n  broken   installation    no MetaFFI installation; "), "{first}");
    assert!(first.ends_with("to fix: install MetaFFI, or set METAFFI_HOME to its folder"));
    assert!(rest.contains("  ok       go "), "tools are checked anyway: {rest}");
}

/// A working hub, with a single plugin that is not a library.
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
    let outcome = place.run_with("doctor --json", place.path("home"));
    assert_eq!(outcome.code, Some(1));
    let report = report(&outcome.stdout);
    assert_eq!(report["healthy"], false);
    let state = |language: &str| finding(&report, language, "runtime")["state"].clone();
    assert_eq!(
        [state("loopback"), state("go"), state("openjdk")],
        ["broken", "missing", "missing"]
    );
    let loopback = finding(&report, "loopback", "runtime");
    assert!(loopback["detail"].as_str().unwrap().contains("no.so: cannot be loaded"), "{loopback}");
    assert_eq!(finding(&report, "go", "runtime")["fix"], "reinstall MetaFFI");
}
