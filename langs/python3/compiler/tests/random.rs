//! Stubs of random interfaces can be imported, their classes can be made, and mypy finds
//! no errors in them.

mod stubs;

use std::path::{Path, PathBuf};

use metaffi_testkit::any_idl;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use stubs::{check_types, expect_success, make, python};

/// The number of interfaces, unless PROPTEST_CASES is set. They are the same in every
/// run, and one process imports all of them.
const COUNT: usize = 16;

/// Imports each file, and makes everything that it should have.
const IMPORT_ALL: &str = "
import importlib, sys
for name in sys.argv[1:]:
    module = importlib.import_module(name)
    for public in dir(module):
        getattr(module, public)
";

/// The stubs of random interfaces, beside these as JSON.
fn random_stubs(folder: &Path) -> Vec<PathBuf> {
    let count = std::env::var("PROPTEST_CASES").ok().and_then(|count| count.parse().ok());
    let mut runner = TestRunner::deterministic();
    let made = (0..count.unwrap_or(COUNT)).map(|number| {
        let stem: &'static str = format!("odd_{number}").leak();
        let idl = any_idl(stem).new_tree(&mut runner).unwrap().current();
        let saved = folder.join(format!("{stem}.json"));
        std::fs::write(&saved, idl.to_json()).unwrap();
        make(&saved, folder)
    });
    made.collect()
}

#[test]
fn random_stubs_can_be_imported_used_and_checked() {
    let folder = tempfile::tempdir().unwrap();
    let stubs = random_stubs(folder.path());
    let names = stubs.iter().map(|file| file.file_stem().unwrap());
    let path = [folder.path().to_owned(), metaffi_testkit::home().join("python")];
    let mut import = python();
    import.env("PYTHONPATH", std::env::join_paths(path).unwrap());
    expect_success(&import.args(["-c", IMPORT_ALL]).args(names).output().unwrap());
    check_types(&stubs);
}
