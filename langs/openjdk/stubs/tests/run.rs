//! Stubs of guests in three languages, generated, compiled and called.

use std::path::{Path, PathBuf};
use std::process::Command;

use metaffi_testkit::home;

fn guests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/guests")
}

/// Runs a command that must succeed, and returns its output.
fn run(command: &mut Command) -> String {
    let output = command.env("METAFFI_HOME", home()).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{command:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

fn metaffi(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new(home().join("bin/metaffi"));
    run(command.current_dir(folder).arg("-c").args(arguments));
}

fn tool(name: &str) -> Command {
    Command::new(metaffi_openjdk_jdk::tool(name).expect("a JDK"))
}

fn with_api(paths: &[&Path]) -> std::ffi::OsString {
    let api = home().join("plugins/openjdk/metaffi.api.jar");
    std::env::join_paths([api.as_path()].into_iter().chain(paths.iter().copied())).unwrap()
}

#[test]
fn guests_of_three_languages_are_called_through_their_stubs() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for name in ["shop.py", "tool.go", "Kit.java", "Main.java"] {
        std::fs::copy(guests().join(name), folder.join(name)).unwrap();
    }
    run(tool("javac").current_dir(folder).args(["-parameters", "-d", "kit", "Kit.java"]));
    metaffi(folder, &["--idl", "shop.py", "-h", "openjdk"]);
    metaffi(folder, &["--idl", "tool.go", "-g", "-h", "openjdk"]);
    metaffi(folder, &["--idl", "kit", "-h", "openjdk"]);
    let stubs = ["shop", "tool", "kit"].map(|stem| folder.join(format!("{stem}_MetaFFIHost.jar")));
    let paths: Vec<&Path> = stubs.iter().map(PathBuf::as_path).collect();
    let mut javac = tool("javac");
    javac.current_dir(folder).args(["--release", "11", "-Xlint:all,-options", "-Werror", "-cp"]);
    run(javac.arg(with_api(&paths)).args(["-d", "program", "Main.java"]));
    let program = folder.join("program");
    let mut java = tool("java");
    java.current_dir(folder).arg("-XX:+IgnoreUnrecognizedVMOptions");
    java.arg("--enable-native-access=ALL-UNNAMED").arg("-cp");
    java.arg(with_api(&[&paths[..], &[program.as_path()]].concat()));
    let printed = run(java.args(["Main", "shop.py", "tool_MetaFFIGuest", "kit"]));
    assert_eq!(printed.trim(), "ok");
}

/// `javadoc` reports nothing about the sources.
#[test]
fn documentation_is_complete() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::copy(guests().join("shop.py"), folder.join("shop.py")).unwrap();
    metaffi(folder, &["--idl", "shop.py", "-h", "openjdk"]);
    let mut javadoc = tool("javadoc");
    javadoc.current_dir(folder).args(["-Xdoclint:all", "-Werror", "-quiet", "-cp"]);
    javadoc.arg(with_api(&[])).args(["-d", "docs", "-sourcepath", "shop_MetaFFIHost", "shop"]);
    run(&mut javadoc);
}
