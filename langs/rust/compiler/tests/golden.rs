//! Compares stubs with the golden files, and checks them with Rust's own tools.

mod stubs;

use std::path::{Path, PathBuf};

use metaffi_testkit::{any_idl, golden};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use stubs::{check, make, make_only, tests};

/// IDLs of other tests, and loopback, which describes itself.
fn sources() -> Vec<PathBuf> {
    let langs = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    let python = langs.join("python3/compiler/tests");
    let fixtures =
        ["hello", "names", "shop"].map(|name| python.join(format!("fixtures/{name}.json")));
    let read = ["classes", "records"].map(|name| python.join(format!("golden/{name}.py.json")));
    let go = langs.join("go/compiler/tests/golden/kinds.json");
    fixtures.into_iter().chain(read).chain([go, PathBuf::from("loopback")]).collect()
}

#[test]
fn stubs_equal_the_golden_files() {
    let folder = tempfile::tempdir().unwrap();
    for source in sources() {
        let made = make(&source, folder.path());
        let text = std::fs::read_to_string(&made).unwrap();
        golden(&tests().join("golden").join(made.file_name().unwrap()), &text);
    }
}

#[test]
fn the_formatter_the_linter_and_the_documentation_find_nothing() {
    let golden = std::fs::read_dir(tests().join("golden")).unwrap();
    let golden: Vec<PathBuf> = golden.map(|entry| entry.unwrap().path()).collect();
    assert_eq!(golden.len(), sources().len());
    check(&golden);
}

/// A real jar: hundreds of overloads, interfaces, nested classes.
#[test]
fn the_same_holds_for_a_large_jar() {
    let folder = tempfile::tempdir().unwrap();
    let made = make(&metaffi_testkit::jar("log4j-api-2.21.1.jar"), folder.path());
    assert_eq!(made.file_name().unwrap(), "log4j_api_MetaFFIHost.rs");
    check(&[made]);
}

#[test]
fn a_part_of_a_large_jar_is_small() {
    let folder = tempfile::tempdir().unwrap();
    let jar = metaffi_testkit::jar("log4j-api-2.21.1.jar");
    let only = |names: &str| make_only(&jar, folder.path(), names);
    let made = only("LogManager;Logger").unwrap();
    let text = std::fs::read_to_string(&made).unwrap();
    assert!(text.contains("pub fn get_logger_string") && text.contains("Marker[]"));
    assert!(!text.contains("ThreadContext[]"), "nothing refers to it");
    check(&[made]);
    let error = only("LogManager;Lager").unwrap_err();
    assert!(error.starts_with("only=Lager: "), "{error}");
}

/// All in one crate, which compiles faster.
#[test]
fn any_interface_gives_stubs_that_compile() {
    const COUNT: usize = 24;
    let folder = tempfile::tempdir().unwrap();
    let mut runner = TestRunner::deterministic();
    let mut made = Vec::new();
    for number in 0..COUNT {
        let idl = any_idl("odd").new_tree(&mut runner).unwrap().current();
        let source = folder.path().join(format!("{number}.json"));
        std::fs::write(&source, idl.to_json()).unwrap();
        made.push(make(&source, &folder.path().join(number.to_string())));
    }
    check(&made);
}
