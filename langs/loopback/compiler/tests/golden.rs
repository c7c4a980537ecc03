//! The interface that is read, and the stubs that are written.

use std::path::Path;

use metaffi_compiler::{Guest, GuestArtifact, Job, Languages, Options, Silent};
use metaffi_loopback_compiler::Loopback;
use metaffi_testkit::golden;

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

#[test]
fn the_stubs_are_as_they_were_blessed() {
    let folder = std::env::temp_dir().join(format!("metaffi-loopback-{}", std::process::id()));
    let none = Options::default();
    let compiled = job(Path::new("loopback"), &folder, &none).compile(Languages(&[&Loopback]));
    let compiled = compiled.unwrap();
    assert!(matches!(compiled.guest, Some(GuestArtifact::NotNeeded(_))), "{:?}", compiled.guest);
    let stubs = std::fs::read_to_string(folder.join("loopback_MetaFFIHost.rs")).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    golden(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/loopback_MetaFFIHost.rs"),
        &stubs,
    );
}

#[test]
fn everything_of_the_module_is_read() {
    let none = Options::default();
    let idl = job(Path::new("some.loopback"), Path::new(""), &none).read(Languages(&[&Loopback]));
    let idl = idl.unwrap().idl;
    assert_eq!((idl.idl_source.as_str(), idl.metaffi_guest_lib.as_str()), ("some", "loopback"));
    let counter = &idl.modules[0].classes[0];
    assert_eq!(counter.constructors[0].signature(), "new(start: int64) -> handle<Counter>");
    assert!(counter.methods[0].instance_required);
    assert!(counter.fields[0].getter.is_some() && counter.fields[0].setter.is_some());
    let signatures: Vec<String> = idl.callables().map(|callable| callable.signature()).collect();
    assert!(signatures.contains(&"divide(a: int64, b: int64) -> int64, int64".to_owned()));
    assert!(signatures.contains(&"sum(values: float64_array) -> float64".to_owned()));
}
