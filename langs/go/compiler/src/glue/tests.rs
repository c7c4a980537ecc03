//! Compares generated source with golden files, and checks it with Go's own tools.

use std::path::{Path, PathBuf};
use std::process::Command;

use metaffi_compiler::{Options, Request, Silent};
use metaffi_testkit::{golden, home};

use crate::extract::extract;
use crate::glue::Texts;
use crate::guest::Layout;
use crate::overlay::Overlay;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures").join(name)
}

/// Runs `check` with the request for a fixture.
fn with_request(name: &str, check: impl FnOnce(&Request<'_>)) {
    let (source, home, options) = (fixture(name), home(), Options::default());
    check(&Request {
        source: &source,
        out_dir: &source,
        options: &options,
        home: &home,
        progress: &Silent,
    });
}

fn golden_file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

#[test]
fn the_entries_of_a_package_match_the_golden_file() {
    for name in ["testmap", "values", "names"] {
        with_request(name, |request| {
            let extracted = extract(request).unwrap();
            let package = &extracted.packages[0];
            let text = Texts::new().package(package, "example.com/xcall", &["example.com/other"]);
            golden(&golden_file(&format!("{name}_entries.go")), &text);
        });
    }
}

/// Writes the overlay's files to disk, in a copy of the module.
fn materialise(overlay: &Overlay, module: &Path, copy: &Path) {
    for (seen, backing) in overlay.shown() {
        let target = copy.join(Path::new(seen).strip_prefix(module).unwrap());
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::copy(backing, target).unwrap();
    }
}

fn copy_sources(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_sources(&path, &target);
        } else {
            std::fs::copy(&path, target).unwrap();
        }
    }
}

fn clean(command: &mut Command) {
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success() && text.is_empty(), "{command:?}: {text}");
}

#[test]
fn generated_go_is_formatted_and_vetted() {
    for name in [
        "shapes",
        "values",
        "names",
        "program",
        "cgo",
        "callbacks",
        "shadows",
        "instances",
        "process",
    ] {
        with_request(name, |request| {
            let extracted = extract(request).unwrap();
            let overlay = Layout::new(request, &extracted).overlay().unwrap();
            let copy = tempfile::tempdir().unwrap();
            copy_sources(request.source, copy.path());
            materialise(&overlay, &extracted.module.dir, copy.path());
            clean(Command::new("gofmt").arg("-l").arg(copy.path()));
            clean(Command::new("go").args(["vet", "./..."]).current_dir(copy.path()));
        });
    }
}
