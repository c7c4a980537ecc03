//! Guests of packages that are named by their import path: of the standard library, and of a
//! third-party module.

mod support;

use std::path::Path;

use metaffi::Module;
use support::{build, get, run, runtime};

fn imported(path: &str) -> Module {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("imports");
    std::fs::create_dir_all(&out).unwrap();
    let guest = build(Path::new(path), &out).unwrap_or_else(|error| panic!("{error}"));
    runtime().module(guest.to_str().unwrap()).unwrap()
}

#[test]
fn net_url_is_called() {
    let url = imported("net/url");
    let parsed = get(&url, "callable=Parse", &["https://a.b/c?x=1&x=2".into()]);
    assert_eq!(get(&url, "field=URL.Host", std::slice::from_ref(&parsed)), "a.b".into());
    let query = get(&url, "callable=URL.Query,instance_required", std::slice::from_ref(&parsed));
    assert_eq!(
        get(&url, "callable=Values.Get,instance_required", &[query, "x".into()]),
        "1".into()
    );
    run(&url, "callable=URL.SetHost", &[parsed.clone(), "c.d".into()]);
    assert_eq!(
        get(&url, "callable=URL.String,instance_required", &[parsed]),
        "https://c.d/c?x=1&x=2".into()
    );
}

#[test]
fn regexp_is_called_with_arrays_and_functions() {
    let regexp = imported("regexp");
    let digits = get(&regexp, "callable=MustCompile", &["[0-9]+".into()]);
    let path = |member: &str| format!("callable=Regexp.{member},instance_required");
    let found =
        get(&regexp, &path("FindAllString"), &[digits.clone(), "1 a 22".into(), (-1_i64).into()]);
    assert_eq!(found, vec!["1".to_owned(), "22".to_owned()].into());
    let replaced = get(&regexp, &path("ReplaceAllString"), &[digits, "a1".into(), "x".into()]);
    assert_eq!(replaced, "ax".into());
    let error = support::fails(&regexp, "callable=Compile", &["(".into()], 1);
    assert!(error.message.contains("missing closing )"), "{error:?}");
    assert_eq!(error.type_name, "*syntax.Error");
}

#[test]
fn a_package_of_another_module_is_called() {
    // The module cache has it for the fixture `thirdparty`.
    let uuid = imported("github.com/google/uuid");
    let text = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
    let parsed = get(&uuid, "callable=Parse", &[text.into()]);
    assert_eq!(
        get(&uuid, "callable=UUID.String,instance_required", std::slice::from_ref(&parsed)),
        text.into()
    );
    let version = get(&uuid, "callable=UUID.Version,instance_required", &[parsed]);
    assert_eq!(
        get(&uuid, "callable=Version.String,instance_required", &[version]),
        "VERSION_1".into()
    );
}
