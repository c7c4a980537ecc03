//! Where an installation is searched for. Each host and the command implement
//! this separately, so they must look in the same places, in the same order.

use std::path::Path;
use std::process::{Command, Output};

use crate::command::Place;

const PYTHON: &str = r#"
import metaffi
try:
    module = metaffi.MetaFFIRuntime("loopback").load_module("loopback")
    print(module.load_entity("callable=add")(2, 3))
except metaffi.MetaFFIError as error:
    print(error)
"#;

const JAVA: &str = r#"
class Program {
  public static void main(String[] args) {
    try {
      var module = new metaffi.MetaFFIRuntime("loopback").loadModule("loopback");
      System.out.println(module.load("callable=add").call(2L, 3L)[0]);
    } catch (metaffi.MetaFFIException e) {
      System.out.println(e.getMessage());
    }
  }
}
"#;

const GO: &str = r#"package main

import (
	"fmt"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

func main() {
	module, err := metaffi.NewMetaFFIRuntime("loopback").LoadModule("loopback")
	if err != nil {
		fmt.Println(err)
		return
	}
	add, err := module.LoadEntity("callable=add")
	if err != nil {
		panic(err)
	}
	results, err := add(2, 3)
	fmt.Println(results[0], err)
}
"#;

/// A host of a language, or the command, outside any installation.
struct Host {
    name: &'static str,
    program: Command,
}

fn hosts(place: &Place) -> Vec<Host> {
    vec![
        Host { name: "python3", program: python(place) },
        Host { name: "openjdk", program: java(place) },
        Host { name: "go", program: go(place) },
        Host { name: "the command", program: command(place) },
    ]
}

/// The package by itself: the folder around it does not belong to MetaFFI.
fn python(place: &Place) -> Command {
    let package = metaffi_testkit::home().join("python/metaffi");
    copy(&package, &place.path("python/site/metaffi"));
    let mut python =
        Command::new(std::env::var_os("METAFFI_TEST_PYTHON").unwrap_or_else(|| "python3".into()));
    python.args(["-c", PYTHON]).env("PYTHONPATH", place.path("python/site"));
    python
}

/// The jar by itself, without a native part.
fn java(place: &Place) -> Command {
    let jar = metaffi_testkit::home().join("plugins/openjdk/metaffi.api.jar");
    std::fs::copy(jar, place.path("api.jar")).unwrap();
    place.write("Program.java", JAVA);
    let mut java = Command::new("java");
    java.arg("-cp").arg(place.path("api.jar")).arg(place.path("Program.java"));
    java
}

/// A program that does not know where its sources were.
fn go(place: &Place) -> Command {
    std::fs::create_dir_all(place.path("go/bin")).unwrap();
    place.write("main.go", GO);
    place.run("go-setup").expect_success();
    let mut build = Command::new("go");
    build.args(["build", "-trimpath", "-o", "go/bin/program", "."]).current_dir(place.path(""));
    let built = build.env("GOPROXY", "off").env("GOFLAGS", "").output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    Command::new(place.path("go/bin/program"))
}

fn command(place: &Place) -> Command {
    std::fs::create_dir_all(place.path("command/bin")).unwrap();
    std::fs::copy(env!("CARGO_BIN_EXE_metaffi"), place.path("command/bin/metaffi")).unwrap();
    let mut command = Command::new(place.path("command/bin/metaffi"));
    command.args(["inspect", "math", "-g", "python3"]);
    command
}

fn copy(folder: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &to),
            false => drop(std::fs::copy(entry.path(), to).unwrap()),
        }
    }
}

fn run(host: &mut Host, user: &Path, named: Option<&Path>) -> String {
    let program = host.program.env("HOME", user).env_remove("METAFFI_HOME");
    if let Some(named) = named {
        program.env("METAFFI_HOME", named);
    }
    let Output { stdout, stderr, .. } = program.output().unwrap();
    String::from_utf8_lossy(&stdout).into_owned() + &String::from_utf8_lossy(&stderr)
}

/// The files that an error lists.
#[track_caller]
fn tried<'a>(host: &Host, output: &'a str) -> Vec<&'a str> {
    let list = output.split_once("no MetaFFI installation; tried ");
    let list = list.and_then(|(_, rest)| rest.split_once("; set METAFFI_HOME to the folder"));
    let Some((list, _)) = list else { panic!("{}: {output}", host.name) };
    list.split(", ").collect()
}

#[track_caller]
fn works(host: &Host, output: &str) {
    let works = output.starts_with('5') || output.contains("callable=hypot");
    assert!(works, "{}: {output}", host.name);
}

#[test]
fn every_host_looks_in_the_same_places() {
    let place = Place::new();
    let (nobody, user) = (place.path("nobody"), place.path("user"));
    std::fs::create_dir_all(&nobody).unwrap();
    std::fs::create_dir_all(&user).unwrap();
    std::os::unix::fs::symlink(metaffi_testkit::home(), user.join(".metaffi")).unwrap();
    for mut host in hosts(&place) {
        // Nowhere: the common places are tried last.
        let output = run(&mut host, &nobody, None);
        let tried = tried(&host, &output);
        let own = nobody.join(".metaffi");
        let usual = [own.as_path(), Path::new("/usr/local/metaffi"), Path::new("/usr/lib/metaffi")];
        let usual = usual.map(|folder| folder.join("lib/libmetaffi.so").display().to_string());
        assert_eq!(tried[tried.len() - 3..], usual, "{}", host.name);

        let output = run(&mut host, &user, None);
        works(&host, &output);
        let output = run(&mut host, &nobody, Some(&metaffi_testkit::home()));
        works(&host, &output);

        // If the variable is set, it is the only place, even if there is another
        // installation.
        let output = run(&mut host, &user, Some(&nobody));
        let only = nobody.join("lib/libmetaffi.so").display().to_string();
        assert_eq!(self::tried(&host, &output), [only], "{}", host.name);
    }
}
