//! Makes, checks, builds and runs stubs in tests.

#![allow(dead_code)] // each test uses some of it

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use metaffi_compiler::{Guest, Job, Languages, Options, Silent};
use metaffi_go_compiler::Go;
use metaffi_loopback_compiler::Loopback;
use metaffi_openjdk_compiler::OpenJdk;
use metaffi_python3_compiler::Python3;
use metaffi_rust_compiler::Rust;

/// This crate's `tests` folder.
pub(crate) fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// Writes the stubs of `source` into `folder`, and returns their path.
pub(crate) fn make(source: &Path, folder: &Path) -> PathBuf {
    compile(source, folder, Guest::None)
}

/// The same for part of a module.
pub(crate) fn make_only(source: &Path, folder: &Path, names: &str) -> Result<PathBuf, String> {
    let options = Options::parse(&format!("only={names}")).unwrap();
    compile_with(source, folder, Guest::None, &options)
}

/// The same with the guest that the stubs are bound to.
pub(crate) fn make_with_guest(source: &Path, folder: &Path) -> PathBuf {
    compile(source, folder, Guest::OfSource)
}

fn compile(source: &Path, folder: &Path, guest: Guest<'_>) -> PathBuf {
    let made = compile_with(source, folder, guest, &Options::default());
    made.unwrap_or_else(|error| panic!("{error}"))
}

fn compile_with(
    source: &Path,
    folder: &Path,
    guest: Guest<'_>,
    host_options: &Options,
) -> Result<PathBuf, String> {
    let none = Options::default();
    let home = metaffi_testkit::home();
    let job = Job {
        source,
        out_dir: folder,
        home: &home,
        guest,
        hosts: &["rust"],
        guest_options: &none,
        host_options,
        progress: &Silent,
    };
    let compiled = job.compile(Languages(&[&Go, &Loopback, &OpenJdk, &Python3, &Rust]));
    Ok(compiled.map_err(|error| error.to_string())?.files.remove(0).path)
}

/// The folder of this build's libraries.
fn libraries() -> PathBuf {
    std::env::current_exe().unwrap().parent().unwrap().to_owned()
}

/// The API's library of this build: the newest one.
fn api() -> PathBuf {
    let is_it = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.starts_with("libmetaffi-") && name.ends_with(".rlib")
    };
    let entries = std::fs::read_dir(libraries()).unwrap().flatten().map(|entry| entry.path());
    let newest =
        entries.filter(is_it).max_by_key(|path| path.metadata().unwrap().modified().unwrap());
    newest.expect("the API is a dependency of these tests")
}

/// A Rust tool, with the options to find the API.
pub(crate) fn tool(name: &str) -> Command {
    let mut command = Command::new(name);
    let search = format!("dependency={}", libraries().display());
    let api = format!("metaffi={}", api().display());
    command.args(["--edition", "2024", "-L", &search, "--extern", &api]);
    command
}

/// Writes a library to `folder`, with each of the stubs in its own module; returns its root.
pub(crate) fn library(stubs: &[PathBuf], folder: &Path) -> PathBuf {
    let module = |(number, path): (usize, &PathBuf)| {
        format!("#[path = {path:?}]\npub mod stubs_{number};\n")
    };
    let modules: String = stubs.iter().enumerate().map(module).collect();
    let root = folder.join("lib.rs");
    std::fs::write(&root, format!("//! Stubs.\n\n{modules}")).unwrap();
    root
}

/// Builds a program of the `programs` folder beside the stubs, and runs it.
#[track_caller]
pub(crate) fn run(program: &str, folder: &Path, argument: &str) -> String {
    let source = folder.join("main.rs");
    std::fs::copy(tests().join("programs").join(program), &source).unwrap();
    let binary = folder.join("program");
    let built =
        tool("rustc").arg("-D").arg("warnings").arg("-o").arg(&binary).arg(&source).output();
    expect_success(&built.unwrap());
    let mut run = Command::new(&binary);
    let output = run.env("METAFFI_HOME", metaffi_testkit::home()).arg(argument).output().unwrap();
    expect_success(&output);
    String::from_utf8(output.stdout).unwrap()
}

/// Fails with the output, unless the command succeeded.
#[track_caller]
pub(crate) fn expect_success(output: &Output) {
    let (stdout, stderr) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{}\n{stdout}\n{stderr}", output.status);
}

/// Fails if rustfmt, clippy or rustdoc find a problem in the stubs.
#[track_caller]
pub(crate) fn check(stubs: &[PathBuf]) {
    let folder = tempfile::tempdir().unwrap();
    let format =
        Command::new("rustfmt").args(["--check", "--edition", "2024"]).args(stubs).output();
    expect_success(&format.unwrap());
    let root = library(stubs, folder.path());
    let mut clippy = tool("clippy-driver");
    let clippy = clippy.args([
        "--crate-type",
        "lib",
        "--emit=metadata",
        "-D",
        "warnings",
        "-F",
        "unsafe_code",
    ]);
    let clippy = clippy.arg("--out-dir").arg(folder.path()).arg(&root).output();
    expect_success(&clippy.unwrap());
    let mut rustdoc = tool("rustdoc");
    let rustdoc = rustdoc.args(["-D", "warnings", "-o"]).arg(folder.path().join("doc")).arg(&root);
    expect_success(&rustdoc.output().unwrap());
}
