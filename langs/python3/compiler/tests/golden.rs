//! Compares stubs with the golden files, and checks them with Python's own tools.

mod stubs;

use std::path::{Path, PathBuf};

use metaffi_testkit::golden;
use stubs::{check_types, expect_success, make, python, tests};

/// The saved IDLs in `fixtures`, and loopback, which describes itself.
fn sources() -> Vec<PathBuf> {
    let names = ["hello", "names", "shop", "testmap"];
    let fixtures = names.map(|name| tests().join("fixtures").join(format!("{name}.json")));
    fixtures.into_iter().chain([PathBuf::from("loopback")]).collect()
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
fn the_same_interface_gives_the_same_bytes() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    for source in sources() {
        let [first, second] =
            folders.each_ref().map(|folder| std::fs::read(make(&source, folder.path())).unwrap());
        assert_eq!(first, second, "{}", source.display());
    }
}

#[test]
fn the_formatter_and_the_linter_find_nothing() {
    let golden = tests().join("golden");
    format_and_lint(&golden);
}

#[test]
fn type_checkers_find_nothing() {
    let paths = [tests().join("golden"), tests().join("use_stubs.py")];
    check_types(&paths);
    check_strictly(&paths[..1]);
}

/// A real jar: hundreds of overloads, interfaces, nested classes.
#[test]
fn the_same_holds_for_a_large_jar() {
    let folder = tempfile::tempdir().unwrap();
    let made = make(&metaffi_testkit::jar("log4j-api-2.21.1.jar"), folder.path());
    assert_eq!(made.file_name().unwrap(), "log4j_api_MetaFFIHost.py");
    format_and_lint(folder.path());
    check_types(std::slice::from_ref(&made));
    check_strictly(&[made]);
}

/// No file contains a comment that disables a check.
#[test]
fn no_check_is_disabled() {
    let golden = std::fs::read_dir(tests().join("golden")).unwrap();
    for file in golden {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for comment in ["type: ignore", "pyright:", "mypy:", "noqa"] {
            assert!(!text.contains(comment), "{comment}");
        }
    }
}

fn format_and_lint(folder: &Path) {
    let ruff = |args: &[&str]| {
        python().args(["-m", "ruff"]).args(args).arg("--isolated").arg(folder).output().unwrap()
    };
    expect_success(&ruff(&["format", "--diff", "--no-cache"]));
    expect_success(&ruff(&["check", "--no-cache"]));
}

/// Pyright in its strict mode.
fn check_strictly(paths: &[PathBuf]) {
    let folder = tempfile::tempdir().unwrap();
    let package = metaffi_testkit::home().join("python");
    let settings = serde_json::json!({
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        "include": paths,
        "extraPaths": [package],
    });
    let file = folder.path().join("pyrightconfig.json");
    std::fs::write(&file, settings.to_string()).unwrap();
    let pyright = ["-m", "pyright", "--project"];
    expect_success(&python().args(pyright).arg(&file).output().unwrap());
}
