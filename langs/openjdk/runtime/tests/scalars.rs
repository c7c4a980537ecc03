//! Every scalar type at its limits, in and out.

mod fixtures;

use fixtures::{call, echo, entity, function, load_error};
use metaffi::{ErrorKind, Value};

#[test]
fn signed_integers_and_floats_keep_every_bit() {
    for v in [i8::MIN, -1, 0, 1, i8::MAX] {
        assert_eq!(function::<(i8,), i8>("Scalars.int8").call((v,)).unwrap(), v);
    }
    for v in [i16::MIN, -1, 0, 1, i16::MAX] {
        assert_eq!(function::<(i16,), i16>("Scalars.int16").call((v,)).unwrap(), v);
    }
    for v in [i32::MIN, -1, 0, 1, i32::MAX] {
        assert_eq!(function::<(i32,), i32>("Scalars.int32").call((v,)).unwrap(), v);
    }
    for v in [i64::MIN, -1, 0, 1, i64::MAX] {
        assert_eq!(function::<(i64,), i64>("Scalars.int64").call((v,)).unwrap(), v);
    }
    let float64 = function::<(f64,), f64>("Scalars.float64");
    for v in [f64::MIN, f64::MAX, 5e-324, -0.0, f64::INFINITY, f64::NEG_INFINITY, f64::NAN] {
        assert_eq!(float64.call((v,)).unwrap().to_bits(), v.to_bits());
    }
    let float32 = function::<(f32,), f32>("Scalars.float32");
    for v in [f32::MIN, f32::MAX, 1e-45, -0.0, f32::INFINITY, f32::NAN] {
        assert_eq!(float32.call((v,)).unwrap().to_bits(), v.to_bits());
    }
    let bits = function::<(f64,), String>("Scalars.bits");
    assert_eq!(bits.call((-0.0,)).unwrap(), "8000000000000000");
}

#[test]
fn unsigned_integers_are_stored_bit_for_bit() {
    assert_eq!(function::<(u8,), u8>("Scalars.int8").call((200,)).unwrap(), 200);
    assert_eq!(function::<(u8,), i8>("Scalars.int8").call((200,)).unwrap(), -56);
    assert_eq!(function::<(u16,), u16>("Scalars.int16").call((65535,)).unwrap(), 65535);
    assert_eq!(function::<(u32,), u32>("Scalars.int32").call((u32::MAX,)).unwrap(), u32::MAX);
    assert_eq!(function::<(u64,), u64>("Scalars.int64").call((u64::MAX,)).unwrap(), u64::MAX);
    assert_eq!(echo("Scalars.int64", "size", Value::Size(u64::MAX)), Value::Size(u64::MAX));
}

#[test]
fn unsigned_integers_in_wider_types_keep_their_value() {
    assert_eq!(function::<(u8,), i16>("Scalars.int16").call((200,)).unwrap(), 200);
    assert_eq!(function::<(u32,), String>("Scalars.text").call((u32::MAX,)).unwrap(), "4294967295");
    assert_eq!(function::<(u64,), u64>("Scalars.big").call((u64::MAX,)).unwrap(), u64::MAX);
    assert_eq!(function::<(u8,), u8>("Scalars.int32").call((255,)).unwrap(), 255);
    let negative = function::<(i32,), u8>("Scalars.int32").call((-1,)).unwrap_err();
    assert_eq!(negative.kind, ErrorKind::Signature);
    assert!(negative.message.contains("-1 is out of range for uint8"), "{negative}");
    assert!(function::<(u64,), f64>("Scalars.float64").call((u64::MAX,)).unwrap() > 1.8e19);
}

#[test]
fn bool_and_characters() {
    assert_eq!(echo("Scalars.bool", "bool", true), Value::Bool(true));
    assert_eq!(echo("Scalars.bool", "bool", false), Value::Bool(false));
    for v in [0, b'a', 255] {
        assert_eq!(echo("Scalars.int8", "char8", Value::Char8(v)), Value::Char8(v));
        assert_eq!(echo("Scalars.char16", "char8", Value::Char8(v)), Value::Char8(v));
    }
    for v in [0, 0x20AC, 0xD800, 0xFFFF] {
        assert_eq!(echo("Scalars.char16", "char16", Value::Char16(v)), Value::Char16(v));
    }
    for v in ['\0', 'é', '🦀', char::MAX] {
        assert_eq!(echo("Scalars.int32", "char32", v), Value::Char32(v));
    }
    let narrow = entity("Scalars.char16", &["char16"], &["char8"]).unwrap();
    assert_eq!(call(&narrow, Value::Char16(0x100)).unwrap_err().kind, ErrorKind::Signature);
}

#[test]
fn a_value_of_another_type_is_converted_if_it_fits() {
    let int32 = entity("Scalars.int32", &["int32"], &["int32"]).unwrap();
    assert_eq!(call(&int32, 7_i64).unwrap(), Value::Int32(7));
    assert_eq!(call(&int32, 7_u8).unwrap(), Value::Int32(7));
    let error = call(&int32, 1_i64 << 31).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Argument);
    assert!(error.message.contains("argument 1"), "{error}");
    assert!(error.message.contains("2147483648 is out of range for int32"), "{error}");
    let float64 = entity("Scalars.float64", &["float64"], &["float64"]).unwrap();
    assert_eq!(call(&float64, 3_i64).unwrap(), Value::Float64(3.0));
    assert_eq!(call(&float64, 0.5_f32).unwrap(), Value::Float64(0.5));
    assert_eq!(call(&int32, 1.5).unwrap_err().kind, ErrorKind::Argument);
    assert_eq!(call(&int32, true).unwrap_err().kind, ErrorKind::Argument);
    assert_eq!(call(&int32, "7").unwrap_err().kind, ErrorKind::Argument);
    assert_eq!(call(&int32, Value::Null).unwrap_err().kind, ErrorKind::Argument);
    let uint8 = entity("Scalars.int8", &["uint8"], &["uint8"]).unwrap();
    assert_eq!(call(&uint8, 255_i64).unwrap(), Value::UInt8(255));
    assert_eq!(call(&uint8, 256_i64).unwrap_err().kind, ErrorKind::Argument);
    assert_eq!(call(&uint8, -1_i64).unwrap_err().kind, ErrorKind::Argument);
}

#[test]
fn results_widen_and_never_narrow() {
    assert_eq!(function::<(i32,), i64>("Scalars.int32").call((-5,)).unwrap(), -5);
    assert_eq!(function::<(i32,), f64>("Scalars.int32").call((-5,)).unwrap(), -5.0);
    assert_eq!(function::<(f32,), f64>("Scalars.float32").call((0.5,)).unwrap(), 0.5);
    let path = "class=fixtures.Scalars,callable=int64";
    let message = load_error(path, &["int64"], &["int32"], ErrorKind::Signature);
    assert!(message.contains("is long, which cannot be int32: declare int64"), "{message}");
    let message = load_error(
        "class=fixtures.Scalars,callable=int32",
        &["int64"],
        &["int32"],
        ErrorKind::Signature,
    );
    assert!(message.contains("parameter 1 is int, not int64; declare int32"), "{message}");
}

#[test]
fn values_are_boxed_and_unboxed() {
    assert_eq!(function::<(i32,), i32>("Scalars.boxed").call((5,)).unwrap(), 5);
    assert_eq!(function::<(i32,), i64>("Scalars.boxed").call((5,)).unwrap(), 5);
    let nullable = entity("Scalars.boxed", &["any"], &["int32"]).unwrap();
    assert_eq!(call(&nullable, Value::Null).unwrap(), Value::Null);
    let as_handle = entity("Scalars.int32", &["int32"], &["handle"]).unwrap();
    let boxed = fixtures::handle(call(&as_handle, 5).unwrap());
    assert_eq!(fixtures::call_method::<i64>("java.lang.Integer", "longValue", &boxed), 5);
}

#[test]
fn zeros_are_not_exceptions_and_many_arguments_arrive() {
    assert!(!function::<(), bool>("Scalars.zeroBool").call(()).unwrap());
    assert_eq!(function::<(), i64>("Scalars.zeroLong").call(()).unwrap(), 0);
    let minus_zero = function::<(), f64>("Scalars.minusZero").call(()).unwrap();
    assert_eq!(minus_zero.to_bits(), (-0.0_f64).to_bits());
    function::<(), ()>("Scalars.nothing").call(()).unwrap();
    let types = [
        "bool", "int8", "char16", "int16", "int32", "int64", "float32", "float64", "string8", "any",
    ];
    let many = entity("Scalars.many", &types, &["string8"]).unwrap();
    let args = [
        true.into(),
        (-1_i8).into(),
        Value::Char16(0x63),
        2_i16.into(),
        3.into(),
        4_i64.into(),
        0.5_f32.into(),
        0.25.into(),
        "text".into(),
        Value::Null,
    ];
    let text = many.call(&args).unwrap().remove(0);
    assert_eq!(text, Value::from("true -1 c 2 3 4 0.5 0.25 text null"));
}
