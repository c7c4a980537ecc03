//! `metaffi inspect` on a pipe: one line for everything that can be called.

use crate::command::Place;
use insta::assert_snapshot;

#[test]
fn the_loopback_module() {
    assert_snapshot!(Place::new().run("inspect loopback").expect_success());
}

#[test]
fn a_jar() {
    let place = Place::new();
    // The checkout's path may contain a space, at which `run` splits.
    let name = "log4j-api-2.21.1.jar";
    std::fs::copy(metaffi_testkit::jar(name), place.path(name)).unwrap();
    let printed = place.run(&format!("inspect {name}")).expect_success();
    let found = "class=org.apache.logging.log4j.LogManager,callable=getLogger\t\
                 getLogger(name: string8) -> handle<org.apache.logging.log4j.Logger>";
    assert!(printed.lines().any(|line| line == found), "{printed}");
    assert!(printed.lines().all(|line| line.matches('\t').count() == 1));
}

/// The two columns are the paths and types that `load_entity` takes.
#[test]
fn a_go_source() {
    let place = Place::new();
    let source = "package main\n\ntype Box struct{ Size int }\n\n\
                  func NewBox(size int) *Box { return &Box{size} }\n\n\
                  func (b *Box) Grow(by int) { b.Size += by }\n\nvar Limit = 5\n";
    place.write("box.go", source);
    assert_snapshot!(place.run("inspect box.go").expect_success());
}

#[test]
fn a_python_module() {
    let place = Place::new();
    place.write("greeting.py", "def greet(name: str, times: int = 1) -> str: ...\n");
    assert_eq!(
        place.run("inspect greeting.py").expect_success(),
        "callable=greet\tgreet(name: string8, times: int64 = 1) -> string8\n"
    );
    let printed = place.run("inspect textwrap").expect_success();
    assert!(printed.contains("callable=dedent\tdedent("), "{printed}");
    // A module in the working directory is a path, not an importable name.
    assert_snapshot!(place.run("inspect greeting").expect_failure(1), @"
    error: greeting: no such file or folder, and no module of this name can be imported
    help: check the path; it is relative to the working directory; to read a Python module in the working directory, give its path: ./greeting.py
    ");
}

#[test]
fn reading_options_work_as_in_compile_mode() {
    let place = Place::new();
    place.write("raises.py", "raise ValueError('no')\n\ndef f() -> None: ...\n");
    place.run("inspect raises.py").expect_failure(1);
    assert_eq!(
        place.run("inspect raises.py --guest-options no-import").expect_success(),
        "callable=f\tf()\n"
    );
    let error = place.run("inspect raises.py --guest-options classpath=x").expect_failure(2);
    assert!(error.starts_with("error: unknown option 'classpath'\nhelp: "), "{error}");
}

#[test]
fn a_module_name_in_two_languages() {
    let place = Place::new();
    assert_snapshot!(place.run("inspect math").expect_failure(1), @"
    error: math: several languages have a module with this name: go, python3
    help: choose one: -g go or -g python3
    ");
    let go = place.run("inspect -g go math").expect_success();
    assert!(go.contains("callable=Hypot\tHypot(p: float64, q: float64) -> float64"), "{go}");
    let python = place.run("inspect --guest-lang python3 math").expect_success();
    assert!(python.contains("callable=hypot"), "{python}");
}

/// Python treats any folder as a package.
#[test]
fn a_folder_with_the_name_of_a_java_package() {
    let place = Place::new();
    place.write("here/java/util.txt", "");
    let here = place.path("here");
    let variables = [("PYTHONPATH", here.to_str().unwrap())];
    let inspect = || place.run_in("inspect java.util", metaffi_testkit::home(), &variables);
    assert!(inspect().expect_success().contains("class=java.util.ArrayList"));
    place.write("here/java/util.py", "");
    let both = inspect().expect_failure(1);
    assert!(both.contains("several languages have a module with this name: openjdk, python3"));
}

#[test]
#[cfg(unix)]
fn an_unusable_python() {
    let place = Place::new();
    place.write("greeting.py", "def greet(name: str) -> str: ...\n");
    let old = r#"metaffi-probe:{"version":[3,8,1],"implementation":"cpython","executable":"/old","base_prefix":"/"}"#;
    place.write("old", &format!("#!/bin/sh\necho '{old}'\n"));
    let executable = place.path("old");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&executable, mode).unwrap();
    let run = |arguments: &str, python: &str| {
        let variables = [("METAFFI_PYTHON", python)];
        place.run_in(arguments, metaffi_testkit::home(), &variables).expect_failure(1)
    };
    let old = run("inspect greeting.py", executable.to_str().unwrap());
    let expected = "is Python 3.8.1, older than 3.11\nhelp: point METAFFI_PYTHON at";
    assert!(old.contains(expected), "{old}");
    let missing = run("inspect textwrap", "/nowhere/python3");
    assert!(missing.contains("METAFFI_PYTHON: /nowhere/python3 cannot be run"), "{missing}");
}

#[test]
fn files_that_are_not_modules() {
    let place = Place::new();
    place.write("no.jar", "text");
    assert_snapshot!(place.run("inspect no.jar").expect_failure(1), @"
    error: no.jar: this is not a jar: invalid Zip archive: Could not find EOCD
    help: a jar is a zip archive: check that it was downloaded completely
    ");
    assert_snapshot!(place.run("inspect nothing").expect_failure(1), @"
    error: nothing: no such file or folder, and no module of this name can be imported
    help: check the path; it is relative to the working directory
    ");
}

/// A terminal gets a heading, columns, and the current step.
#[test]
#[cfg(target_os = "linux")] // `script` creates a terminal; its options differ elsewhere
fn on_a_terminal() {
    let command = format!("'{}' inspect loopback", env!("CARGO_BIN_EXE_metaffi"));
    let output = std::process::Command::new("script")
        .args(["-qec", &command, "/dev/null"])
        .env("METAFFI_HOME", metaffi_testkit::home())
        .env("TERM", "xterm")
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    let text = console::strip_ansi_codes(&String::from_utf8_lossy(&output.stdout)).into_owned();
    assert!(output.status.success(), "{text}");
    assert!(text.contains("reading loopback"), "{text}");
    assert!(text.contains("loopback (loopback), loaded as \"loopback\": 22 entities"), "{text}");
    assert!(!text.contains('\t'), "{text}");
}

#[test]
fn memory_that_a_go_function_borrows() {
    let place = Place::new();
    let source = "package memory\n\nvar kept []byte\n\n\
                  func Sum(xs []int64) (total int64) {\n\tfor _, x := range xs {\n\t\ttotal += x\n\t}\n\treturn\n}\n\n\
                  func Copy(to, from []byte, name string) int { return copy(to, from) + len(name) }\n\n\
                  func Keep(p []byte, n int) { kept = p[n:] }\n";
    place.write("memory.go", source);
    assert_snapshot!(place.run("inspect memory.go").expect_success());
}
