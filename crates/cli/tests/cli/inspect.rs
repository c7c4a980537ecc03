//! `metaffi inspect` on a pipe: one line for all that can be called.

use crate::command::Place;
use insta::assert_snapshot;

#[test]
fn the_loopback_module() {
    assert_snapshot!(Place::new().run("inspect loopback").expect_success());
}

#[test]
fn a_jar() {
    let place = Place::new();
    let jar = metaffi_testkit::jar("log4j-api-2.21.1.jar");
    let printed = place.run(&format!("inspect {}", jar.display())).expect_success();
    let found = "class=org.apache.logging.log4j.LogManager,callable=getLogger\t\
                 getLogger(name: string8) -> handle<org.apache.logging.log4j.Logger>";
    assert!(printed.lines().any(|line| line == found), "{printed}");
    assert!(printed.lines().all(|line| line.matches('\t').count() == 1));
}

/// The paths are those that load: the two columns are what `load_entity` wants.
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
fn what_is_no_module() {
    let place = Place::new();
    place.write("no.jar", "text");
    assert_snapshot!(place.run("inspect no.jar").expect_failure(1), @"
    error: no.jar: this is no jar: invalid Zip archive: Could not find EOCD
    help: a jar is a zip archive; was it downloaded completely?
    ");
    assert_snapshot!(place.run("inspect json").expect_failure(1), @"
    error: python3 cannot read a source
    help: those that can: go, loopback, openjdk
    ");
    assert_snapshot!(place.run("inspect nothing").expect_failure(1), @"
    error: nothing: no such file or folder, and no module of this name can be imported
    help: check the path; it is relative to the working directory
    ");
}

/// A terminal gets a heading, columns, and the step that is under way.
#[test]
#[cfg(target_os = "linux")] // `script` makes a terminal, with these options there
fn on_a_terminal() {
    let command = format!("{} inspect loopback", env!("CARGO_BIN_EXE_metaffi"));
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
