//! The stubs of any IDL compile without a warning.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use metaffi_idl::Idl;
use metaffi_testkit::{any_idl, home};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// The IDLs of one compiler run, the same ones in every run unless `PROPTEST_CASES` gives another
/// number. Starting the compiler takes most of the time.
const AT_ONCE: usize = 24;

/// Writes the stubs of an IDL into a separate package.
fn write(idl: &Idl, package: &str, folder: &Path, list: &mut String) {
    for source in metaffi_openjdk_stubs::stubs(idl, package).unwrap().sources {
        let path = folder.join(&source.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, source.text).unwrap();
        writeln!(list, "\"{}\"", path.display()).unwrap();
    }
}

/// Compiles everything on a list; the error is the compiler's output.
fn compile(folder: &Path, list: &str) -> Result<(), String> {
    let arguments = folder.join("arguments");
    std::fs::write(&arguments, list).unwrap();
    let mut javac = Command::new(metaffi_openjdk_jdk::tool("javac").expect("a JDK"));
    javac.args(["--release", "11", "-Xlint:all,-options", "-Werror", "-encoding", "UTF-8"]);
    javac.arg("-cp").arg(home().join("plugins/openjdk/metaffi.api.jar"));
    javac.arg("-d").arg(folder.join("classes")).arg(format!("@{}", arguments.display()));
    let output = javac.output().unwrap();
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() { Ok(()) } else { Err(text) }
}

#[test]
fn stubs_of_any_interface_compile_without_a_warning() {
    let mut runner = TestRunner::deterministic();
    let folder = tempfile::tempdir().unwrap();
    let mut list = String::new();
    let count = std::env::var("PROPTEST_CASES").ok().and_then(|count| count.parse().ok());
    for number in 0..count.unwrap_or(AT_ONCE) {
        let idl = any_idl("random").new_tree(&mut runner).unwrap().current();
        std::fs::write(folder.path().join(format!("{number}.json")), idl.to_json()).unwrap();
        write(&idl, &format!("random.number{number}"), folder.path(), &mut list);
    }
    if let Err(text) = compile(folder.path(), &list) {
        let kept = folder.keep();
        panic!("in {}:\n{text}", kept.display());
    }
}
