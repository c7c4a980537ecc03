//! `metaffi go-setup`, and Go programs that use it.

use std::process::{Command, Output};

use crate::command::Place;

const PROGRAM: &str = r#"package main

import (
	"fmt"

	"github.com/MetaFFI/plugin-sdk/compiler/go/IDL"
	metaffi "github.com/MetaFFI/sdk/api/go"
)

func main() {
	module, err := metaffi.NewMetaFFIRuntime("loopback").LoadModule("loopback")
	if err != nil {
		panic(err)
	}
	add, err := module.Load("callable=add", []IDL.MetaFFIType{IDL.INT64, IDL.INT64}, []IDL.MetaFFIType{IDL.INT64})
	if err != nil {
		panic(err)
	}
	results, err := add(2, 3)
	fmt.Println(results, err)
}
"#;

/// Runs go for an offline user without METAFFI_HOME.
fn go(place: &Place, args: &[&str]) -> Output {
    let mut go = Command::new("go");
    go.args(args).current_dir(place.path("")).env_remove("METAFFI_HOME").env_remove("CGO_ENABLED");
    go.env("GOPROXY", "off").env("GOFLAGS", "").output().unwrap()
}

#[track_caller]
fn prints(output: &Output, expected: &str) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert_eq!((text(&output.stdout), text(&output.stderr)), (expected.into(), "".into()));
}

#[test]
fn a_folder_becomes_a_project_that_runs() {
    let place = Place::new();
    place.write("main.go", PROGRAM);
    let made = place.run("go-setup").expect_success();
    assert!(made.starts_with("go.mod made: it takes the Go API from /"), "{made}");
    prints(&go(&place, &["run", "."]), "[5] <nil>\n");

    let before = place.read("go.mod");
    let again = place.run("go-setup").expect_success();
    assert!(again.starts_with("go.mod already takes the Go API from /"), "{again}");
    assert_eq!(place.read("go.mod"), before);
}

#[test]
fn a_built_program_finds_the_installation_from_anywhere() {
    let place = Place::new();
    place.write("main.go", PROGRAM);
    place.run("go-setup").expect_success();
    prints(&go(&place, &["build", "-o", "program", "."]), "");
    let mut program = Command::new(place.path("program"));
    prints(&program.current_dir("/").env_remove("METAFFI_HOME").output().unwrap(), "[5] <nil>\n");

    // Without its installation, the program reports where it looked.
    let broken = program.env("METAFFI_HOME", place.path("nowhere")).output().unwrap();
    let error = String::from_utf8_lossy(&broken.stderr);
    assert!(error.contains("no MetaFFI installation; tried "), "{error}");
    assert!(error.contains("/nowhere/lib/"), "{error}");
    assert!(error.contains("set METAFFI_HOME to the folder that contains lib/"), "{error}");
}

#[test]
fn a_project_keeps_its_content() {
    let place = Place::new();
    place.write("go.mod", "module shop\n\ngo 1.20\n\nrequire golang.org/x/mod v0.1.0\n");
    place.write("main.go", PROGRAM);
    std::fs::create_dir(place.path("deep")).unwrap();
    let changed = place.run("go-setup").expect_success();
    assert!(changed.starts_with("go.mod takes the Go API from /"), "{changed}");
    let gomod = place.read("go.mod");
    for kept in ["module shop\n", "golang.org/x/mod v0.1.0", "\ngo 1.22"] {
        assert!(gomod.contains(kept), "{gomod}");
    }
}

#[test]
fn a_project_with_a_vendor_folder_gets_a_warning() {
    let place = Place::new();
    place.write("go.mod", "module shop\n\ngo 1.22\n");
    place.write("main.go", PROGRAM);
    std::fs::create_dir(place.path("vendor")).unwrap();
    place.write("vendor/modules.txt", "");
    let outcome = place.run("go-setup");
    assert_eq!(outcome.code, Some(0));
    assert!(outcome.stderr.contains("help: run `go mod vendor`"), "{}", outcome.stderr);
    prints(&go(&place, &["mod", "vendor"]), "");
    let mut run = Command::new("go");
    run.args(["run", "."]).current_dir(place.path("")).env("METAFFI_HOME", metaffi_testkit::home());
    prints(&run.output().unwrap(), "[5] <nil>\n");
}

#[test]
fn an_installation_without_the_api_is_refused() {
    let place = Place::new();
    place.write("home/lib/libmetaffi.so", "");
    let error = place.run_with("go-setup", place.path("home")).expect_failure(1);
    assert!(error.contains("the Go API is not in this installation"), "{error}");
    assert!(error.contains("help: reinstall MetaFFI"), "{error}");
    assert!(!place.path("go.mod").exists());
}

#[test]
fn without_cgo_the_compiler_says_what_to_do() {
    let place = Place::new();
    place.write("main.go", PROGRAM);
    place.run("go-setup").expect_success();
    let mut build = Command::new("go");
    build.args(["build", "."]).current_dir(place.path("")).env("CGO_ENABLED", "0");
    let refused = build.env("GOPROXY", "off").env("GOFLAGS", "").output().unwrap();
    let error = String::from_utf8_lossy(&refused.stderr);
    assert!(error.contains("set_CGO_ENABLED_to_1_and_install_a_C_compiler"), "{error}");
    assert!(!refused.status.success());
}
