//! Overload choice at load, and the errors that help to choose.

mod fixtures;

use fixtures::{call, entity, handle, load_error, shape};
use metaffi::{ErrorKind, Value};

/// The string with which the chosen overload of `name` identifies itself.
fn chosen(name: &str, ty: &str, value: impl Into<Value>) -> String {
    let entity = entity(&format!("Overloads.{name}"), &[ty], &["string8"]).unwrap();
    match call(&entity, value).unwrap() {
        Value::String8(text) => text,
        other => panic!("{other:?}"),
    }
}

#[test]
fn exact_types_come_first() {
    assert_eq!(chosen("f", "int8", 1_i8), "byte 1");
    assert_eq!(chosen("f", "int16", 1_i16), "short 1");
    assert_eq!(chosen("f", "int32", 1), "int 1");
    assert_eq!(chosen("f", "int64", 1_i64), "long 1");
    assert_eq!(chosen("f", "float64", 1.0), "double 1.0");
    assert_eq!(chosen("f", "bool", true), "boolean true");
    assert_eq!(chosen("f", "char16", Value::Char16(0x61)), "char a");
    assert_eq!(chosen("f", "string8", "x"), "String x");
    assert_eq!(chosen("f", "any", "x"), "Object x");
    assert_eq!(chosen("f", "any", 1_i64), "Object 1");
    assert_eq!(chosen("f", "int32_array", vec![1]), "int[]");
    assert_eq!(chosen("f", "any_array", vec![Value::Null]), "Object[]");
    assert_eq!(chosen("f", "string8_array", vec![String::new()]), "Object[]");
}

#[test]
fn widening_then_boxing() {
    assert_eq!(chosen("f", "float32", 0.5_f32), "double 0.5");
    assert_eq!(chosen("f", "uint8", 200_u8), "byte -56");
    assert_eq!(chosen("wide", "int8", 1_i8), "long 1");
    assert_eq!(chosen("wide", "uint32", u32::MAX), "long 4294967295");
    assert_eq!(chosen("wide", "float32", 0.5_f32), "double 0.5");
    assert_eq!(chosen("box", "int32", 1), "Integer 1");
    assert_eq!(chosen("box", "int64", 1_i64), "Object Long 1");
    assert_eq!(chosen("box", "uint8", 200_u8), "Object Short 200");
    assert_eq!(chosen("box", "uint64", u64::MAX), "Object BigInteger 18446744073709551615");
    assert_eq!(chosen("big", "uint64", u64::MAX), "BigInteger 18446744073709551615");
    assert_eq!(chosen("big", "int64", -1_i64), "BigInteger -1");
}

#[test]
fn aliases_choose_among_handles() {
    let object = shape(3);
    assert_eq!(chosen("f", "handle=fixtures.Shape", object.clone()), "Shape");
    assert_eq!(chosen("f", "handle=fixtures.Square", Value::Null), "Square");
    assert_eq!(chosen("f", "handle=java.lang.Runnable", Value::Null), "Runnable");
    assert_eq!(chosen("f", "handle=java.util.List<String>", Value::Null), "Object null");
    assert!(chosen("f", "handle", object).starts_with("Object fixtures.Shape@"));
    assert_eq!(chosen("f", "int32=double", 2), "double 2.0");
    let path = "class=fixtures.Overloads,callable=f";
    let message = load_error(path, &["handle=fixtures.Shap"], &[], ErrorKind::NotFound);
    assert!(message.contains("did you mean `fixtures.Shape`?"), "{message}");
}

#[test]
fn variable_arity_is_the_last_resort() {
    let var = |types: &[&str], args: &[Value]| {
        entity("Overloads.var", types, &["string8"]).unwrap().call(args).unwrap().remove(0)
    };
    assert_eq!(var(&["string8"], &["a".into()]), "one a".into());
    let three = ["string8", "any", "int64"];
    assert_eq!(var(&three, &["a".into(), "b".into(), 3_i64.into()]), "many a[b, 3]".into());
    let list: Value = vec![Value::from("b"), 3_i64.into()].into();
    assert_eq!(var(&["string8", "any_array"], &["a".into(), list]), "many a[b, 3]".into());
    let sum = |types: &[&str], args: &[Value]| {
        entity("Overloads.sum", types, &["string8"]).unwrap().call(args).unwrap().remove(0)
    };
    assert_eq!(sum(&[], &[]), "int... 0".into());
    assert_eq!(sum(&["int32", "int16"], &[1.into(), 2_i16.into()]), "int... 3".into());
    assert_eq!(sum(&["int32_array"], &[vec![1, 2].into()]), "int... 3".into());
}

#[test]
fn an_object_of_unknown_class_gets_the_wider_parameter() {
    let list = entity("Arrays.listOf", &["int32"], &["handle"]).unwrap();
    let list = handle(call(&list, 1).unwrap());
    assert_eq!(chosen("wider", "handle", list.clone()), "Collection");
    assert_eq!(chosen("wider", "handle=java.util.List", list.clone()), "List");
    assert_eq!(chosen("wider", "handle=java.util.ArrayList", list), "List");
}

#[test]
fn no_match_and_several_matches_list_the_candidates() {
    let unclear = "class=fixtures.Overloads,callable=unclear";
    let message = load_error(unclear, &["handle"], &[], ErrorKind::Signature);
    assert!(message.contains("(handle) matches several overloads"), "{message}");
    assert!(
        message.contains("\n  static java.lang.String unclear(java.lang.Runnable)"),
        "{message}"
    );
    let two = "class=fixtures.Overloads,callable=two";
    let message = load_error(two, &["string8", "string8"], &[], ErrorKind::Signature);
    assert!(message.contains("two(java.lang.String, java.lang.Object)"), "{message}");
    let wide = "class=fixtures.Overloads,callable=wide";
    let message = load_error(wide, &["string8"], &[], ErrorKind::Signature);
    assert!(
        message.contains("wide(long): parameter 1 is long, not string8; declare int64"),
        "{message}"
    );
    assert!(message.contains("wide(double): parameter 1 is double"), "{message}");
    let message = load_error(wide, &["int64", "int64"], &[], ErrorKind::Signature);
    assert!(message.contains("(int64, int64) does not match method `wide`"), "{message}");
}
