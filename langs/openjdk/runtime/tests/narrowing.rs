//! Values that a type of Java cannot hold are refused, wherever they are.

mod fixtures;

use fixtures::{call, callable, entity};
use metaffi::{ErrorKind, Value};

const BIG: u64 = 1 << 63;

/// The message with which `Exact.name` refuses a value that is declared as `ty`.
fn refused(name: &str, ty: &str, value: impl Into<Value>) -> String {
    let entity = entity(&format!("Exact.{name}"), &[ty], &["any"]).unwrap();
    let error = call(&entity, value).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Argument, "{error}");
    error.into_parts().message
}

fn given(name: &str, ty: &str, value: impl Into<Value>) -> Value {
    call(&entity(&format!("Exact.{name}"), &[ty], &["any"]).unwrap(), value).unwrap()
}

#[test]
fn scalars_declared_any() {
    let message = refused("ofLong", "any", BIG);
    assert!(message.contains("9223372036854775808 is out of range for int64"), "{message}");
    assert!(refused("ofByte", "any", 200_u8).contains("200 is out of range for int8"));
    assert!(refused("ofBoxed", "any", BIG).contains("out of range for int64"));
    assert!(refused("ofFloat", "any", 1e300).contains("1e300 is out of range for float32"));
    assert!(refused("ofBoxedFloat", "any", 1e300).contains("out of range for float32"));
    assert_eq!(given("ofByte", "any", 100_u8), Value::Int8(100));
    assert_eq!(given("ofFloat", "any", f64::INFINITY), Value::Float32(f32::INFINITY));
    assert_eq!(given("ofFloat", "any", 0.1), Value::Float32(0.1));
}

#[test]
fn what_is_declared_unsigned_crosses_bit_for_bit() {
    assert_eq!(given("ofLong", "uint64", BIG), Value::Int64(i64::MIN));
    assert_eq!(given("ofByte", "uint8", 200_u8), Value::Int8(-56));
    assert_eq!(given("ofBoxed", "uint64", BIG), Value::Int64(i64::MIN));
    assert_eq!(given("firstLong", "uint64_array", vec![BIG]), Value::Int64(i64::MIN));
    assert_eq!(given("firstByte", "uint8_array", vec![200_u8]), Value::Int32(-56));
    assert_eq!(given("spread", "uint64", BIG), Value::Int64(i64::MIN));
    assert!(refused("ofLong", "uint64", -1_i64).contains("-1 is out of range for uint64"));
}

#[test]
fn elements() {
    let message = refused("firstLong", "any", vec![1_u64, BIG]);
    assert!(message.contains("element 1: 9223372036854775808 is out of range"), "{message}");
    assert!(refused("firstLong", "any_array", vec![Value::from(BIG)]).contains("out of range"));
    assert!(refused("firstFloat", "any", vec![1e300]).contains("out of range for float32"));
    assert!(refused("firstBoxed", "any", vec![BIG]).contains("out of range for int64"));
    assert!(refused("firstListed", "any", vec![200_u8]).contains("200 is out of range for int8"));
    assert!(refused("ofObject", "any", vec![BIG]).contains("out of range for int64"));
    assert_eq!(given("firstLong", "any", vec![7_u64]), Value::Int64(7));
    assert_eq!(given("ofObject", "any", vec![7_u64]), "long[]".into());
    // Bytes are bytes, whatever their sign.
    assert_eq!(given("firstByte", "any", vec![200_u8]), Value::Int32(-56));
}

#[test]
fn fields() {
    let set = |name: &str, value: Value| {
        let setter =
            fixtures::load(&format!("class=fixtures.Exact,field={name},setter"), &["any"], &[]);
        setter.unwrap().call(&[value])
    };
    assert!(
        set("wide", BIG.into())
            .unwrap_err()
            .into_parts()
            .message
            .contains("out of range for int64")
    );
    assert!(
        set("narrow", 200_u8.into())
            .unwrap_err()
            .into_parts()
            .message
            .contains("out of range for int8")
    );
    set("narrow", 100_u8.into()).unwrap();
}

#[test]
fn results_of_functions() {
    let gives = |value: u64| callable(&[], &["any"], move |_| Ok(vec![value.into()]));
    let supplied = entity("Exact.supplied", &["callable"], &["int64"]).unwrap();
    let error = call(&supplied, gives(BIG)).unwrap_err();
    assert!(error.message.contains("9223372036854775808 is out of range for int64"), "{error}");
    let int = entity("Exact.suppliedInt", &["callable"], &["int32"]).unwrap();
    let error = call(&int, gives(BIG)).unwrap_err();
    assert!(error.message.contains("out of range for int32"), "{error}");
    assert_eq!(call(&supplied, gives(5)).unwrap(), Value::Int64(5));
}

#[test]
fn a_text_of_one_unit_is_a_character() {
    assert_eq!(given("ofChar", "any", "A"), Value::Char16(0x41));
    assert_eq!(given("ofCharacter", "any", "A"), Value::Char16(0x41));
    assert!(refused("ofChar", "any", "AB").contains("one character"));
    assert!(refused("ofCharacter", "any", "\u{1F600}").contains("one character"));
}

#[test]
fn decimals_are_floating_point_where_that_is_declared() {
    let decimal = entity("Exact.decimal", &["string8"], &["float64"]).unwrap();
    assert_eq!(call(&decimal, "0.10").unwrap(), Value::Float64(0.1));
    let error = call(&decimal, "1E+400").unwrap_err();
    assert!(error.message.contains("1E+400 is out of range for float64"), "{error}");
    let single = entity("Exact.decimal", &["string8"], &["float32"]).unwrap();
    assert!(
        call(&single, "1E+40")
            .unwrap_err()
            .into_parts()
            .message
            .contains("out of range for float32")
    );
    let large = entity("Exact.large", &[], &["float64"]).unwrap();
    assert_eq!(large.call(&[]).unwrap(), [Value::Float64(2_f64.powi(100))]);
}
