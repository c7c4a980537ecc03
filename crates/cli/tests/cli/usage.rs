//! Wrong use: exit code 2, and a suggestion.

use crate::command::Place;
use insta::assert_snapshot;

#[test]
fn help_has_only_a_long_option() {
    let help = Place::new().run("--help").expect_success();
    assert_snapshot!(help);
}

#[test]
fn without_arguments_the_command_fails_with_its_help() {
    let outcome = Place::new().run("");
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(2), ""));
    assert!(outcome.stderr.contains("Usage: metaffi -c --idl PATH"), "{}", outcome.stderr);
}

#[test]
fn a_compilation_needs_a_source_and_something_to_do() {
    let place = Place::new();
    for arguments in ["-c", "-c --idl loopback", "-c -g", "--idl loopback -g", "-h python3"] {
        let error = place.run(arguments).expect_failure(2);
        assert!(error.starts_with("error: the following required arguments"), "{error}");
    }
    let error = place.run("-c --idl loopback --print-idl inspect loopback").expect_failure(2);
    assert!(error.contains("inspect"), "{error}");
    place.run("inspect").expect_failure(2);
}

#[test]
fn host_languages_follow_their_option() {
    let error = Place::new().run("-c --idl loopback -h").expect_failure(2);
    assert!(error.starts_with("error: a value is required for '--host-langs"), "{error}");
}

#[test]
fn an_unknown_language_gets_a_suggestion() {
    let place = Place::new();
    assert_snapshot!(place.run("-c --idl loopback -h pyton3").expect_failure(2), @"
    error: unknown language 'pyton3'
    help: did you mean 'python3'? the languages are: go, loopback, openjdk, python3, rust
    ");
    assert_snapshot!(place.run("-c --idl loopback -g cobol").expect_failure(2), @"
    error: unknown language 'cobol'
    help: the languages are: go, loopback, openjdk, python3, rust
    ");
    assert_snapshot!(place.run("-c --idl loopback -h java").expect_failure(2), @"
    error: unknown language 'java'
    help: did you mean 'openjdk'? the languages are: go, loopback, openjdk, python3, rust
    ");
}

#[test]
fn options_of_a_side_are_pairs() {
    let place = Place::new();
    let run = |options: &str| place.run(&format!("-c --idl loopback -h python3 {options}"));
    assert_snapshot!(run("--host-options a=1,a=2").expect_failure(2), @"
    error: option 'a' is given twice
    help: keep one of them
    ");
    assert_snapshot!(run("--guest-options =1").expect_failure(2), @"
    error: option '=1' has no name
    help: write options as name=value,name=value
    ");
    assert_snapshot!(run("--host-options colour=red").expect_failure(2), @"
    error: unknown option 'colour'
    help: the options are: only, package
    ");
    assert_snapshot!(run("--guest-options colour=red").expect_failure(2), @"
    error: unknown option 'colour'
    help: no options are supported here
    ");
}

#[test]
fn the_options_of_both_sides_are_listed() {
    let place = Place::new();
    let help = place.run("--help").expect_success();
    assert_eq!(place.run("help").expect_success(), help);
    for (side, line) in [
        ("guest", "  python3   no-import  read the source's text only"),
        ("host", "  python3   package    "),
    ] {
        for rest in ["-c --idl loopback -h python3", "-c --idl loopback", "-c", "", "inspect"] {
            let outcome = place.run(&format!("{rest} --{side}-options help"));
            let keys = outcome.expect_success();
            assert!(keys.lines().any(|found| found.starts_with(line)), "{keys}");
            assert!(help.contains(&keys), "{help}");
        }
    }
}

#[test]
fn a_command_without_a_module_says_so() {
    let place = Place::new();
    place.run("inspect").expect_failure(2);
    let error = place.run("-c --idl= -h python3").expect_failure(2);
    assert!(error.starts_with("error: "), "{error}");
}

#[test]
fn the_version_includes_abi_and_platform() {
    let place = Place::new();
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(place.run("-V").expect_success(), format!("metaffi {version}\n"));
    let long = place.run("--version").expect_success();
    let (os, arch) = (std::env::consts::OS, std::env::consts::ARCH);
    let abi = [header("VERSION"), header("MINOR")].join(".");
    assert_eq!(long, format!("metaffi {version}\nABI {abi}\nplatform {os}-{arch}\n"));
}

/// The value that the C header defines.
fn header(name: &str) -> String {
    let header = metaffi_testkit::home().join("include/metaffi.h");
    let header = std::fs::read_to_string(header).unwrap();
    let start = format!("#define METAFFI_ABI_{name} ");
    let line = header.lines().find_map(|line| line.strip_prefix(&start));
    line.unwrap().trim_end_matches('u').to_owned()
}

#[test]
fn topics_are_listed_and_shown() {
    let place = Place::new();
    let help = place.run("help").expect_success();
    let (_, topics) = help.split_once("Topics, shown by `metaffi help TOPIC`:\n").unwrap();
    let topics: Vec<&str> = topics.lines().take_while(|line| !line.is_empty()).collect();
    assert!(topics.len() >= 7, "{help}");
    for topic in topics {
        let (name, about) = topic.trim().split_once(' ').unwrap();
        let text = place.run(&format!("help {name}")).expect_success();
        assert!(text.lines().next().unwrap().ends_with(about.trim()), "{text}");
    }
    assert!(place.run("help doctor").expect_success().contains("--json"));
    assert_snapshot!(place.run("help typos").expect_failure(2), @"
    error: no help for 'typos'
    help: did you mean 'types'? the topics are: entity-paths, modules, types, options, plugins, environment, exit-codes, troubleshooting
    ");
}

#[test]
fn every_shell_completes_the_command() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = place.run(&format!("completions {shell}")).expect_success();
        assert!(script.contains("doctor") && script.contains("go-setup"), "{shell}: {script}");
    }
    place.run("completions cobol").expect_failure(2);
    place.write("complete", &place.run("completions bash").expect_success());
    let words = "source ./complete; COMP_WORDS=(metaffi doc); COMP_CWORD=1; \
                 _metaffi metaffi doc metaffi; echo ${COMPREPLY[@]}";
    let mut bash = std::process::Command::new("bash");
    bash.args(["-c", words]).current_dir(place.path("."));
    let output = bash.output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "doctor\n");
}

#[test]
fn the_manual_has_the_commands_and_the_options() {
    let page = Place::new().run("man").expect_success();
    for text in [".TH metaffi 1", "metaffi\\-doctor(1)", "\\-\\-idl", "\\-\\-host\\-options"] {
        assert!(page.contains(text), "{text} is not in\n{page}");
    }
}
