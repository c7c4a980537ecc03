//! A third-party language: a program that an installed plugin names.
#![cfg(unix)]

use std::os::unix::fs::PermissionsExt as _;

use crate::command::Place;

const PROGRAM: &str = r#"#!/bin/sh
while read -r line; do
  case "$line" in
    *'"do":"read"'*)
      echo '{"left_out": {"what": "seven", "reason": "it is odd"}}'
      echo '{"idl": {"version": 2, "idl_source": "sums", "target_language": "tally", "modules": [{"name": "sums", "functions": [{"name": "add", "entity_path": {"callable": "add"}, "return_values": [{"name": "", "type": "int64"}]}]}]}}';;
    *'"do":"build"'*) echo '{"guest": {"not_needed": "tally adds as it goes"}}';;
    *'"do":"emit"'*) echo '{"files": [{"path": "sums_MetaFFIHost.tally", "text": "add"}]}';;
  esac
done
"#;

const MANIFEST: &str = r#"{"name": "tally", "compiler": {"protocol": 1, "command": ["run"],
    "reads": true, "emits": true, "suffixes": [".tally"],
    "host_options": {"loud": "in capital letters"}}}"#;

/// A place with the plugin in its `home`.
fn with_plugin(manifest: &str) -> Place {
    let place = Place::new();
    let folder = place.path("home/plugins/tally");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("plugin.json"), manifest).unwrap();
    std::fs::write(folder.join("run"), PROGRAM).unwrap();
    let executable = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(folder.join("run"), executable).unwrap();
    place.write("home/lib/libmetaffi.so", "");
    place.write("sums.tally", "1\n");
    place
}

#[test]
fn a_plugin_adds_a_guest_and_a_host() {
    let place = with_plugin(MANIFEST);
    let run = |arguments: &str| place.run_with(arguments, place.path("home"));
    let both = run("-c --idl sums.tally -g -h tally python3 --report left");
    assert_eq!(
        both.stdout,
        "no guest is needed: tally adds as it goes\nsums_MetaFFIHost.tally\nsums_MetaFFIHost.py\n"
    );
    assert_eq!(
        both.stderr,
        "warning: 1 skipped: seven (it is odd)\nhelp: --report FILE lists everything that is skipped\n"
    );
    assert_eq!(place.read("left"), "seven: it is odd\n");
    assert!(place.read("sums_MetaFFIHost.py").contains("def add() -> int:"));
    assert_eq!(run("inspect sums.tally").stdout, "callable=add\tadd() -> int64\n");
    place.write("hello.tally.json", &run("-c --idl sums.tally --print-idl").stdout);
    let saved = run("-c --idl hello.tally.json -h tally --host-options loud").expect_success();
    assert_eq!(saved, "sums_MetaFFIHost.tally\n");
    assert!(run("--help").expect_success().contains("  tally     loud       in capital letters\n"));
}

#[test]
fn problems_are_reported_by_compile_and_by_doctor() {
    let place = with_plugin(&MANIFEST.replace("\"protocol\": 1", "\"protocol\": 2"));
    let run = |arguments: &str| place.run_with(arguments, place.path("home"));
    let error = run("-c --idl sums.tally -h tally").expect_failure(2);
    assert!(error.starts_with("error: unknown language 'tally'"), "{error}");
    let fault = "the compiler uses version 2 of the protocol, but this metaffi uses version 1";
    assert!(error.contains(fault), "{error}");
    let doctor = run("doctor");
    assert_eq!(doctor.code, Some(1));
    assert!(doctor.stdout.contains(fault), "{}", doctor.stdout);
}
