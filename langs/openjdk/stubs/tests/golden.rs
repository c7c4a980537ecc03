//! Stubs do not change by accident.

use std::path::Path;

use metaffi_idl::Idl;
use metaffi_testkit::golden;

/// All sources of the stubs of an IDL, one after another.
fn sources(idl: &Path) -> String {
    let idl = Idl::from_json(&std::fs::read_to_string(idl).unwrap()).unwrap();
    let package = metaffi_openjdk_stubs::package(None, &idl).unwrap();
    let sources = metaffi_openjdk_stubs::stubs(&idl, &package).unwrap().sources;
    sources.into_iter().map(|one| format!("==> {} <==\n{}\n", one.path, one.text)).collect()
}

#[test]
fn stubs_of_all_constructs_of_an_idl() {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["full", "version1"] {
        let idl = crate_folder.join(format!("../../../crates/idl/tests/samples/{name}.json"));
        golden(&crate_folder.join(format!("tests/golden/{name}.txt")), &sources(&idl));
    }
}

#[test]
fn a_package_is_a_valid_java_name_and_not_the_guests() {
    let guest = metaffi_idl::Class { id: "kit.Kit".into(), ..metaffi_idl::Class::default() };
    let module = metaffi_idl::Module { classes: vec![guest], ..metaffi_idl::Module::default() };
    let idl = Idl {
        idl_source: "kit".into(),
        target_language: "openjdk".into(),
        modules: vec![module],
        ..Idl::default()
    };
    let package = |requested| metaffi_openjdk_stubs::package(requested, &idl);
    assert_eq!(package(None).unwrap(), "kit_stubs");
    assert_eq!(package(Some("org.kit")).unwrap(), "org.kit");
    for (requested, message) in [
        ("a.class", "'a.class' is not a Java package"),
        ("kit", "'kit' is a package of the module itself, whose classes stubs would hide"),
    ] {
        let error = package(Some(requested)).unwrap_err();
        assert_eq!(error.message, message);
        assert!(error.is_misuse);
    }
}
