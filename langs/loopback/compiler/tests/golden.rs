//! Tests reading and writing stubs, with loopback compiled in and with loopback as a
//! program.

use std::path::Path;

use metaffi_compiler::{Guest, GuestArtifact, Job, Language, Languages, Options, Program, Silent};
use metaffi_idl::Idl;
use metaffi_loopback_compiler::Loopback;
use metaffi_testkit::golden;
use tempfile::TempDir;

/// The manifest of a third party's plugin with a compiler.
fn manifest() -> String {
    let compiler = serde_json::json!({
        "protocol": 1,
        "command": [env!("CARGO_BIN_EXE_metaffi-loopback-compiler")],
        "reads": true,
        "emits": true,
        "suffixes": [".loopback"],
        "names": true,
    });
    serde_json::json!({"name": "loopback", "aliases": ["test"], "compiler": compiler}).to_string()
}

/// An installation whose only plugin is loopback's program.
fn installation() -> TempDir {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("plugins/loopback");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("plugin.json"), manifest()).unwrap();
    home
}

/// Runs the test with both.
fn with_each(test: impl Fn(&dyn Language)) {
    test(&Loopback);
    let (programs, faults) = Program::installed(installation().path());
    assert_eq!((programs.len(), faults.len()), (1, 0), "{faults:?}");
    test(&programs[0]);
}

fn job<'a>(source: &'a Path, out_dir: &'a Path, none: &'a Options) -> Job<'a> {
    Job {
        source,
        out_dir,
        home: Path::new(""),
        guest: Guest::OfSource,
        hosts: &["loopback"],
        guest_options: none,
        host_options: none,
        progress: &Silent,
    }
}

fn read(source: &str, language: &dyn Language) -> Idl {
    let none = Options::default();
    let read = job(Path::new(source), Path::new(""), &none).read(Languages(&[language]));
    read.unwrap().idl
}

#[test]
fn the_stubs_are_as_they_were_blessed() {
    with_each(|language| {
        let (folder, none) = (tempfile::tempdir().unwrap(), Options::default());
        let job = job(Path::new("loopback"), folder.path(), &none);
        let compiled = job.compile(Languages(&[language])).unwrap();
        assert!(matches!(compiled.guest, Some(GuestArtifact::NotNeeded(_))), "{compiled:?}");
        golden(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/loopback_MetaFFIHost.rs"),
            &std::fs::read_to_string(folder.path().join("loopback_MetaFFIHost.rs")).unwrap(),
        );
    });
}

#[test]
fn everything_of_the_module_is_read() {
    with_each(|language| {
        let idl = read("some.loopback", language);
        assert_eq!((idl.idl_source.as_str(), idl.metaffi_guest_lib.as_str()), ("some", "loopback"));
        let counter = &idl.modules[0].classes[0];
        assert_eq!(counter.constructors[0].signature(), "new(start: int64) -> handle<Counter>");
        assert!(counter.methods[0].instance_required);
        assert!(counter.fields[0].getter.is_some() && counter.fields[0].setter.is_some());
        let signatures: Vec<String> = idl.callables().map(|c| c.signature()).collect();
        assert!(signatures.contains(&"divide(a: int64, b: int64) -> int64, int64".to_owned()));
        assert!(signatures.contains(&"sum(values: float64_array) -> float64".to_owned()));
        assert_eq!(idl, read("some.loopback", &Loopback));
    });
}
