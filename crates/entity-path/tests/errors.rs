//! Every error points at its location.

use metaffi_entity_path::EntityPath;

/// The error's text, and the text that the carets mark.
fn error(text: &str) -> (String, String) {
    let error = EntityPath::parse_literal(text).unwrap_err();
    assert_eq!(error.text(), text);
    let end = (error.offset() + error.length()).min(text.len());
    (error.kind().to_string(), text[error.offset()..end].to_owned())
}

#[track_caller]
fn assert_error(text: &str, message: &str, place: &str) {
    assert_eq!(error(text), (message.to_owned(), place.to_owned()));
}

#[test]
fn two_equals_signs() {
    assert_error("callable=a=b", "two '=' in one item: separate items with ','", "=");
    assert_eq!(EntityPath::parse_literal("callable=a=b").unwrap_err().offset(), 10);
}

#[test]
fn missing_key() {
    assert_error("callable=f, =x", "no key before '=': write key=value", "=");
    assert_error("=", "no key before '=': write key=value", "=");
}

#[test]
fn empty_value() {
    assert_error("class= ,callable=f", "'class' has no value: write class=value", "class=");
    assert_error("class=A,callable", "'callable' has no value: write callable=value", "callable");
}

#[test]
fn repeated_key() {
    let message = "'callable' is given twice: keep one of them";
    assert_error("callable=f,callable=g", message, "callable=g");
    assert_error("callable=f, callable=f ", message, "callable=f");
    assert_error("getter,field=x,getter", "'getter' is given twice: keep one of them", "getter");
}

#[test]
fn contradictory_tags() {
    assert_error(
        "field=x,getter,setter",
        "'setter' contradicts 'getter': keep one of them",
        "setter",
    );
    assert_error(
        "instance_required,instance_required=false",
        "'instance_required=false' contradicts 'instance_required': keep one of them",
        "instance_required=false",
    );
    assert!(EntityPath::parse_literal("field=x,getter,setter=false").is_ok());
}

#[test]
fn a_tag_that_is_neither_true_nor_false() {
    assert_error(
        "field=x,getter= yes",
        "'getter' is a tag, but 'yes' is neither true nor false: write getter",
        "yes",
    );
}

#[test]
fn carets_mark_the_location() {
    let error = EntityPath::parse_literal("callable=größe\t,setter=ja").unwrap_err();
    assert_eq!(
        error.to_string(),
        "entity path: 'setter' is a tag, but 'ja' is neither true nor false: write setter\n  \
         callable=größe ,setter=ja\n  \
         \u{20}                      ^^"
    );
    let error = EntityPath::parse_literal("class=").unwrap_err();
    assert_eq!(
        error.to_string(),
        "entity path: 'class' has no value: write class=value\n  class=\n  ^^^^^^"
    );
}
