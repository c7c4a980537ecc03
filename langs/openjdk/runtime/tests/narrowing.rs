//! Values that a Java type cannot hold are errors, at any depth.

mod fixtures;

use fixtures::{call, callable, entity};
use metaffi::{ErrorKind, Value};

const BIG: u64 = 1 << 63;

/// The message with which `Exact.name` rejects a value that is declared as `ty`.
fn error_of(name: &str, ty: &str, value: impl Into<Value>) -> String {
    let entity = entity(&format!("Exact.{name}"), &[ty], &["any"]).unwrap();
    let error = call(&entity, value).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Argument, "{error}");
    error.into_parts().message
}

fn passed(name: &str, ty: &str, value: impl Into<Value>) -> Value {
    call(&entity(&format!("Exact.{name}"), &[ty], &["any"]).unwrap(), value).unwrap()
}

#[test]
fn scalars_declared_any() {
    let message = error_of("ofLong", "any", BIG);
    assert!(message.contains("9223372036854775808 is out of range for int64"), "{message}");
    assert!(error_of("ofByte", "any", 200_u8).contains("200 is out of range for int8"));
    assert!(error_of("ofBoxed", "any", BIG).contains("out of range for int64"));
    assert!(error_of("ofFloat", "any", 1e300).contains("1e300 is out of range for float32"));
    assert!(error_of("ofBoxedFloat", "any", 1e300).contains("out of range for float32"));
    assert_eq!(passed("ofByte", "any", 100_u8), Value::Int8(100));
    assert_eq!(passed("ofFloat", "any", f64::INFINITY), Value::Float32(f32::INFINITY));
    assert_eq!(passed("ofFloat", "any", 0.1), Value::Float32(0.1));
}

#[test]
fn declared_unsigned_values_keep_their_bits() {
    assert_eq!(passed("ofLong", "uint64", BIG), Value::Int64(i64::MIN));
    assert_eq!(passed("ofByte", "uint8", 200_u8), Value::Int8(-56));
    assert_eq!(passed("ofBoxed", "uint64", BIG), Value::Int64(i64::MIN));
    assert_eq!(passed("firstLong", "uint64_array", vec![BIG]), Value::Int64(i64::MIN));
    assert_eq!(passed("firstByte", "uint8_array", vec![200_u8]), Value::Int32(-56));
    assert_eq!(passed("spread", "uint64", BIG), Value::Int64(i64::MIN));
    assert!(error_of("ofLong", "uint64", -1_i64).contains("-1 is out of range for uint64"));
}

#[test]
fn elements() {
    let message = error_of("firstLong", "any", vec![1_u64, BIG]);
    assert!(message.contains("element 1: 9223372036854775808 is out of range"), "{message}");
    assert!(error_of("firstLong", "any_array", vec![Value::from(BIG)]).contains("out of range"));
    assert!(error_of("firstFloat", "any", vec![1e300]).contains("out of range for float32"));
    assert!(error_of("firstBoxed", "any", vec![BIG]).contains("out of range for int64"));
    assert!(error_of("firstListed", "any", vec![200_u8]).contains("200 is out of range for int8"));
    assert!(error_of("ofObject", "any", vec![BIG]).contains("out of range for int64"));
    assert_eq!(passed("firstLong", "any", vec![7_u64]), Value::Int64(7));
    assert_eq!(passed("ofObject", "any", vec![7_u64]), "long[]".into());
    // Bytes remain bytes, whatever their sign.
    assert_eq!(passed("firstByte", "any", vec![200_u8]), Value::Int32(-56));
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
fn a_string_of_one_unit_is_a_character() {
    assert_eq!(passed("ofChar", "any", "A"), Value::Char16(0x41));
    assert_eq!(passed("ofCharacter", "any", "A"), Value::Char16(0x41));
    assert!(error_of("ofChar", "any", "AB").contains("one character"));
    assert!(error_of("ofCharacter", "any", "\u{1F600}").contains("one character"));
}

#[test]
fn decimals_become_declared_floats() {
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
