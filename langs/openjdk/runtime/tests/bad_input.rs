//! Invalid requests and arguments: the error says what to write, and the next call works.

mod fixtures;

use fixtures::{call, entity, function, load_error};
use metaffi::{ErrorKind, Value};

#[test]
fn entity_paths() {
    let not_found = |path: &str| load_error(path, &[], &[], ErrorKind::NotFound);
    assert!(not_found("class=fixtures.Texts").contains("neither `callable=` nor `field=`"));
    assert!(not_found("class=fixtures.Texts,callable=a,field=b").contains("both"));
    assert!(not_found("callable=echo").contains("no 'class': add class=…"));
    assert!(not_found("class=fixtures.Texts,callable=a=b").contains("two '='"));
    assert!(not_found("class=fixtures.Texts,callable=ecoh").contains("did you mean `echo`?"));
    assert!(
        not_found("class=fixtures.Text,callable=echo").contains("did you mean `fixtures.Texts`?")
    );
    assert!(not_found("class=Texts,callable=echo").contains("did you mean `fixtures.Texts`?"));
    assert!(not_found("class=fixtures.Shape,field=nam").contains("did you mean `name`?"));
    assert!(not_found("class=fixtures.Shape,callable=hidden").contains("not public"));
    assert!(not_found("class=fixtures.Shape,callable=name").contains("write field=name"));
    assert!(not_found("class=fixtures.Shape,field=describe").contains("write callable=describe"));
    assert!(not_found("class=fixtures.Shape,field=guarded").contains("not public"));
}

#[test]
fn wrong_counts_of_arguments_and_types() {
    let echo = entity("Texts.echo", &["string8"], &["string8"]).unwrap();
    let error = echo.call(&[]).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Argument);
    let error = call(&echo, 5_i64).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Argument);
    assert!(
        error.message.contains("argument 1 of `static java.lang.String echo(java.lang.String)`"),
        "{error}"
    );
    assert!(error.message.contains("expected java.lang.String, got a java.lang.Long"), "{error}");
    assert_eq!(call(&echo, "next").unwrap(), "next".into());
}

#[test]
fn declared_results() {
    let path = "class=fixtures.Texts,callable=echo";
    let message = load_error(path, &["string8"], &["int64"], ErrorKind::Signature);
    assert!(message.contains("cannot be int64: declare string8"), "{message}");
    let message = load_error(path, &["string8"], &["string8", "int64"], ErrorKind::Signature);
    assert!(message.contains("2 results"), "{message}");
    let path = "class=fixtures.Scalars,callable=nothing";
    let message = load_error(path, &[], &["int64"], ErrorKind::Signature);
    assert!(message.contains("is void, which cannot be int64: declare no result"), "{message}");
}

#[test]
fn field_accessors() {
    let getter = "class=fixtures.Shape,field=count,getter";
    let message = load_error(getter, &[], &[], ErrorKind::Signature);
    assert!(message.contains("returns one result: declare int32"), "{message}");
    let setter = "class=fixtures.Shape,field=count,setter";
    let message = load_error(setter, &[], &[], ErrorKind::Signature);
    assert!(message.contains("takes one value and returns nothing: declare int32"), "{message}");
    let message = load_error(setter, &["int64"], &[], ErrorKind::Signature);
    assert!(message.contains("cannot be set to int64: declare int32"), "{message}");
    let message =
        load_error("class=fixtures.Shape,field=name", &[], &["string8"], ErrorKind::Signature);
    assert!(message.contains("belongs to an instance"), "{message}");
}

#[test]
fn calls_after_a_release_name_the_released_runtime() {
    let runtime = fixtures::runtime();
    let module = runtime.module("").unwrap();
    let max = module.function::<(i64, i64), i64>("class=java.lang.Math,callable=max").unwrap();
    assert_eq!(max.call((1, 2)).unwrap(), 2);
    runtime.release();
    assert_eq!(max.call((1, 2)).unwrap_err().kind, ErrorKind::Released);
    assert_eq!(function::<(i64,), i64>("Scalars.int64").call((5,)).unwrap(), 5);
}

#[test]
fn values_of_any_type_are_converted_or_fail() {
    let shapes = entity("Texts.length", &["any"], &["int32"]).unwrap();
    for value in
        [Value::Bool(true), 5_i64.into(), 0.5.into(), vec![1_i64].into(), Value::Char32('x')]
    {
        let error = call(&shapes, value).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Argument);
        assert!(error.message.contains("expected java.lang.String, got a "), "{error}");
    }
    assert_eq!(call(&shapes, "four").unwrap(), Value::Int32(4));
}
