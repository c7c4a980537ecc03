//! Options and diagnostics as text.

use metaffi_compiler::{Diagnostic, Key, Options};

#[test]
fn options_are_read_in_any_order_with_blanks() {
    let options = Options::parse(" package = a.b , verbose,, ").unwrap();
    assert_eq!(options.get("package"), Some("a.b"));
    assert_eq!(options.get("verbose"), Some("true"));
    assert_eq!(options.get("absent"), None);
    assert_eq!(Options::parse("x=a=b").unwrap().get("x"), Some("a=b"));
    assert_eq!(Options::parse("").unwrap(), Options::default());
}

#[test]
fn invalid_options_are_refused() {
    assert_eq!(Options::parse("a=1,a=2").unwrap_err().message, "option 'a' is given twice");
    assert_eq!(Options::parse("=2").unwrap_err().message, "option '=2' has no name");
    let known = Options::parse("a=1").unwrap();
    let keys = ["a", "b"].map(|name| Key { name, about: "" });
    assert_eq!(known.only(&keys), Ok(()));
    assert_eq!(known.restricted_to(&keys), known);
    assert_eq!(known.restricted_to(&keys[1..]), Options::default());
    assert_eq!(
        known.only(&[]).unwrap_err().to_string(),
        "unknown option 'a'\nhelp: no options are supported here"
    );
}

#[test]
fn diagnostics_have_the_format_of_editors() {
    let diagnostic = Diagnostic::new("undefined: x").at("a.go").line(3, Some(7));
    assert_eq!(diagnostic.to_string(), "a.go:3:7: undefined: x");
    let all = Diagnostic::new("2 problems\nin all")
        .related([diagnostic, Diagnostic::new("one\ntwo").at("b.go").line(1, None)])
        .help("fix them");
    assert_eq!(
        all.to_string(),
        "2 problems\nin all\n  a.go:3:7: undefined: x\n  b.go:1: one\n  two\nhelp: fix them"
    );
}
