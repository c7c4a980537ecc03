//! Strings in every encoding: exact, whatever is in them.

mod fixtures;

use fixtures::{call, echo, entity, function, handle};
use metaffi::{ErrorKind, Value};

const SAMPLES: [&str; 8] = [
    "",
    "a",
    "sixteen letters!",
    "\0",
    "nul \0 inside",
    "žluťoučký kůň",
    "日本語",
    "🦀 e\u{301} \u{10FFFF}",
];

#[test]
fn every_character_survives_in_every_encoding() {
    let echo8 = function::<(&str,), String>("Texts.echo");
    for text in SAMPLES {
        assert_eq!(echo8.call((text,)).unwrap(), text);
        let text = text.to_owned();
        assert_eq!(
            echo("Texts.echo", "string16", Value::String16(text.clone())),
            Value::String16(text.clone())
        );
        assert_eq!(
            echo("Texts.echo", "string32", Value::String32(text.clone())),
            Value::String32(text)
        );
    }
}

#[test]
fn lengths_around_the_inline_buffers() {
    let echo = function::<(String,), String>("Texts.echo");
    let same = |text: &str| assert_eq!(echo.call((text.to_owned(),)).unwrap(), text);
    for length in [255, 256, 257, 511, 512, 4095, 4096, 4097, 100_000] {
        let ascii = "x".repeat(length);
        same(&ascii);
        // A surrogate pair across the border of two pieces.
        let crabs = "x".to_owned() + &"🦀".repeat(length);
        same(&crabs);
        same(&(ascii + "é"));
    }
}

#[test]
fn sixty_four_mebibytes_return() {
    let text = "0123456789abcdef".repeat(1 << 22);
    assert_eq!(text.len(), 64 << 20);
    let echo = function::<(&str,), String>("Texts.echo");
    assert!(echo.call((&text,)).unwrap() == text);
}

#[test]
fn length_counts_utf16_units_and_lone_surrogates_are_replaced() {
    let length = function::<(&str,), i32>("Texts.length");
    assert_eq!(length.call(("🦀\0",)).unwrap(), 3);
    assert_eq!(function::<(), String>("Texts.loneSurrogate").call(()).unwrap(), "a\u{FFFD}b");
}

#[test]
fn null_is_null() {
    let nothing = entity("Texts.nothing", &[], &["string8"]).unwrap();
    assert_eq!(nothing.call(&[]).unwrap(), [Value::Null]);
    let echo = entity("Texts.echo", &["string8"], &["string8"]).unwrap();
    assert_eq!(call(&echo, Value::Null).unwrap(), Value::Null);
}

#[test]
fn strings_convert_to_and_from_wider_types() {
    assert_eq!(function::<(&str,), String>("Texts.sequence").call(("x",)).unwrap(), "x");
    assert_eq!(function::<(&str,), String>("Texts.object").call(("x",)).unwrap(), "x");
    let as_handle = entity("Texts.echo", &["string8"], &["handle"]).unwrap();
    let text = handle(call(&as_handle, "a handle").unwrap());
    let back = entity("Texts.echo", &["handle"], &["any"]).unwrap();
    assert_eq!(call(&back, text).unwrap(), Value::from("a handle"));
}

#[test]
fn an_object_that_is_not_a_string_is_an_error() {
    let object = entity("Texts.object", &["any"], &["string8"]).unwrap();
    let error = call(&object, 5_i64).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Signature);
    assert!(error.message.contains("a java.lang.Long, but is declared as string8"), "{error}");
}

#[test]
fn a_string_can_be_the_receiver_of_a_call() {
    let length = fixtures::load(
        "class=java.lang.String,callable=length,instance_required",
        &["string8"],
        &["int32"],
    )
    .unwrap();
    assert_eq!(call(&length, "four").unwrap(), Value::Int32(4));
}
