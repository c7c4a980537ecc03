//! Every type, passed to a Go guest and back.

mod support;

use metaffi::{Array, ErrorKind, Type, TypeInfo, Value};
use support::{call, fails, get, module};

fn nested(element: Type, rows: Vec<Array>) -> Array {
    let dims = rows.first().map_or(2, |row| row.dims() + 1);
    Array::Nested { element, dims, rows }
}

/// A list whose elements are of any type, as Python's are.
fn list<const N: usize>(items: [Value; N]) -> Value {
    Value::Array(Array::Any(items.into()))
}

#[test]
fn scalars_come_back_at_their_limits() {
    let values = module("values");
    let cases: Vec<(&str, Vec<Value>)> = vec![
        ("Bool", vec![true.into(), false.into()]),
        ("Int", vec![i64::MIN.into(), i64::MAX.into()]),
        ("Int8", vec![i8::MIN.into(), i8::MAX.into()]),
        ("Int16", vec![i16::MIN.into(), i16::MAX.into()]),
        ("Int32", vec![i32::MIN.into(), i32::MAX.into()]),
        ("Int64", vec![i64::MIN.into(), (-1_i64).into()]),
        ("Uint", vec![u64::MAX.into(), 0_u64.into()]),
        ("Uint8", vec![u8::MAX.into()]),
        ("Uint16", vec![u16::MAX.into()]),
        ("Uint32", vec![u32::MAX.into()]),
        ("Uint64", vec![u64::MAX.into()]),
        ("Uintptr", vec![Value::Size(u64::MAX)]),
        ("Float32", vec![f32::MAX.into(), f32::MIN_POSITIVE.into(), f32::NEG_INFINITY.into()]),
        ("Float64", vec![f64::MAX.into(), 5e-324.into(), f64::INFINITY.into()]),
        ("String", vec!["".into(), "nul \0, 🦀 and e\u{301}".into(), "x".repeat(1 << 20).into()]),
        (
            "Any",
            vec![Value::Null, 1_i64.into(), "text".into(), 2.5.into(), 7_u8.into(), true.into()],
        ),
    ];
    for (name, echoed) in cases {
        for value in echoed {
            assert_eq!(
                get(&values, &format!("callable={name}"), std::slice::from_ref(&value)),
                value
            );
        }
    }
    let Value::Float64(zero) = get(&values, "callable=Float64", &[(-0.0).into()]) else { panic!() };
    assert!(zero == 0.0 && zero.is_sign_negative());
    let Value::Float64(nan) = get(&values, "callable=Float64", &[f64::NAN.into()]) else {
        panic!()
    };
    assert!(nan.is_nan());
}

#[test]
fn another_type_is_accepted_if_the_value_fits() {
    let values = module("values");
    let cases: Vec<(&str, Value, Value)> = vec![
        ("Int8", 127_i64.into(), 127_i8.into()),
        ("Uint64", 5_i8.into(), 5_u64.into()),
        ("Int", u64::from(u32::MAX).into(), i64::from(u32::MAX).into()),
        ("Float64", 3_i64.into(), 3.0.into()),
        ("Float64", (1_i64 << 60).into(), ((1_i64 << 60) as f64).into()),
        ("Float64", 1.5_f32.into(), 1.5.into()),
        ("Float32", 0.1.into(), 0.1_f32.into()),
        ("Rune", '🦀'.into(), 0x1f980_i32.into()),
        ("Byte", Value::Char8(200), 200_u8.into()),
        ("String", Value::String16("🦀 sixteen".into()), "🦀 sixteen".into()),
        ("String", Value::String32("🦀 thirty-two".into()), "🦀 thirty-two".into()),
    ];
    for (name, given, expected) in cases {
        assert_eq!(get(&values, &format!("callable={name}"), &[given]), expected, "{name}");
    }
}

#[test]
fn a_result_has_its_declared_type() {
    let values = module("values");
    let rows = |row: Array| Array::Nested { element: row.element(), dims: 2, rows: vec![row] };
    let cases: Vec<(&str, Value)> = vec![
        ("Rune", Value::Char32('🦀')),
        ("Byte", Value::Char8(b'b')),
        ("Uint16", Value::Char16(0x20AC)),
        ("Int8", Value::Int64(-8)),
        ("Uint8", Value::Int16(200)),
        ("Float32", Value::Float64(0.5)),
        ("String", Value::String16("🦀 sixteen".into())),
        ("Bytes", Array::Char8(vec![0, 255]).into()),
        ("Int32s", Array::Char32(vec!['a', '🦀']).into()),
        ("Int8s", Array::Int32(vec![-128, 127]).into()),
        ("Float32s", Array::Float64(vec![0.5, -0.0]).into()),
        ("Strings", Array::String32(vec!["🦀".into(), String::new()]).into()),
        ("Texts", rows(Array::String16(vec!["🦀".into()])).into()),
        ("Anys", Array::Handle(vec![None, None]).into()),
    ];
    for (name, given) in cases {
        let info = TypeInfo::new(given.ty());
        let info = match &given {
            Value::Array(array) => info.with_dims(array.dims().into()),
            _ => info,
        };
        let path = format!("callable={name}");
        let entity = values.entity(&path, std::slice::from_ref(&info), std::slice::from_ref(&info));
        let entity = entity.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(entity.call(std::slice::from_ref(&given)).unwrap(), [given], "{name}");
    }
}

#[test]
fn a_result_that_is_not_a_character_is_refused() {
    let (values, runes) = (module("values"), TypeInfo::new(Type::CHAR32.array()));
    let numbers = TypeInfo::new(Type::INT32.array());
    let entity = values.entity("callable=Int32s", &[numbers], &[runes]).unwrap();
    let error = entity.call(&[vec![-1_i32].into()]).unwrap_err();
    assert_eq!(error.message, "the result is declared as characters, and -1 is not a character");
}

#[test]
fn a_value_that_does_not_fit_is_an_argument_error_that_names_it() {
    let values = module("values");
    let cases: Vec<(&str, Value, &str)> = vec![
        ("Int8", 128_i64.into(), "Int8(x int8) int8: argument 1: 128 is out of range of int8"),
        ("Uint8", (-1_i64).into(), "-1 is out of range of uint8"),
        ("Uint64", i64::MIN.into(), "is out of range of uint64"),
        ("Int64", u64::MAX.into(), "18446744073709551615 is out of range of int64"),
        ("Float64", i64::MAX.into(), "9223372036854775807 is out of range of float64"),
        ("Float64", u64::MAX.into(), "18446744073709551615 is out of range of float64"),
        ("Float32", 1e300.into(), "1e+300 is out of range of float32"),
        ("Int", 1.0.into(), "expected int, got float64"),
        ("Int", "1".into(), "expected int, got string8"),
        ("Int", Value::Null, "expected int, got null"),
        ("Bool", 1_i64.into(), "expected bool, got int64"),
        ("String", 1_i64.into(), "String(x string) string: argument 1: expected string, got int64"),
        ("Ints", 1_i64.into(), "expected []int, got int64"),
        ("Ints", vec!["x".to_owned()].into(), "element 0: expected int, got string8"),
        ("Int8s", vec![1_i64, 300].into(), "element 1: 300 is out of range of int8"),
        ("Bytes", "text".into(), "expected []uint8, got string8"),
        ("Triple", vec![1_i16, 2].into(), "expected 3 elements, got 2"),
        ("IsNil", 1_i64.into(), "expected *values.Thing, got int64"),
        ("ByValue", Value::Null, "expected values.Thing, got null"),
    ];
    for (name, given, message) in cases {
        let error = fails(&values, &format!("callable={name}"), &[given], 1);
        assert_eq!(error.kind, ErrorKind::Argument, "{name}: {error}");
        assert!(error.message.contains(message), "{name}: {error}");
    }
    assert_eq!(get(&values, "callable=Int8", &[1_i8.into()]), 1_i8.into(), "the next call works");
}

#[test]
fn arrays_come_back() {
    let values = module("values");
    let cases: Vec<(&str, Array)> = vec![
        ("Bools", Array::Bool(vec![true, false, true])),
        ("Ints", Array::Int64(vec![i64::MIN, 0, i64::MAX])),
        ("Ints", Array::Int64(vec![])),
        ("Int8s", Array::Int8(vec![-128, 127])),
        ("Int32s", Array::Int32((0..10_000).collect())),
        ("Uint64s", Array::UInt64(vec![u64::MAX])),
        ("Float32s", Array::Float32(vec![1.5, -2.5])),
        ("Float64s", Array::Float64((0..10_000).map(f64::from).collect())),
        ("Strings", Array::String8(vec!["a".into(), String::new(), "🦀".repeat(5000)])),
        ("Bytes", Array::UInt8((0..=255).collect())),
        ("Triple", Array::Int16(vec![1, 2, 3])),
        ("IDs", Array::Int64(vec![1, 2])),
        ("Names", Array::String8(vec!["n".into()])),
        ("Flags", Array::Bool(vec![false, true])),
        (
            "Matrix",
            nested(
                Type::INT64,
                vec![Array::Int64(vec![1, 2, 3]), Array::Int64(vec![]), Array::Int64(vec![4])],
            ),
        ),
        ("Texts", nested(Type::STRING8, vec![Array::String8(vec!["a".into(), "b".into()])])),
        ("Grid", nested(Type::INT64, vec![Array::Int64(vec![1, 2]), Array::Int64(vec![3, 4])])),
        ("Nested", nested(Type::INT64, vec![Array::Int64(vec![1]), Array::Int64(vec![2, 3])])),
        (
            "Cube",
            nested(
                Type::FLOAT64,
                vec![nested(
                    Type::FLOAT64,
                    vec![Array::Float64(vec![1.0]), Array::Float64(vec![])],
                )],
            ),
        ),
    ];
    for (name, array) in cases {
        let value = Value::Array(array);
        assert_eq!(
            get(&values, &format!("callable={name}"), std::slice::from_ref(&value)),
            value,
            "{name}"
        );
        assert_eq!(
            get(&values, "callable=Any", std::slice::from_ref(&value)),
            value,
            "{name} as any"
        );
    }
}

#[test]
fn arrays_of_other_elements_are_converted_one_by_one() {
    let values = module("values");
    let mixed: Value = vec![Value::Int8(1), Value::UInt64(2), Value::Char16(3)].into();
    assert_eq!(get(&values, "callable=Ints", &[mixed]), vec![1_i64, 2, 3].into());
    assert_eq!(get(&values, "callable=Float64s", &[vec![1_i32, 2].into()]), vec![1.0, 2.0].into());
    assert_eq!(get(&values, "callable=Ints", &[Value::Null]), Vec::<i64>::new().into());
    assert_eq!(
        get(&values, "callable=Matrix", &[Vec::<i64>::new().into()]).ty(),
        Type::INT64.array()
    );
    let rows: Value = vec![Value::Null, vec![1_i64].into()].into();
    let expected = nested(Type::INT64, vec![Array::Int64(vec![]), Array::Int64(vec![1])]);
    assert_eq!(get(&values, "callable=Matrix", &[rows]), expected.into());
}

#[test]
fn values_of_any_type_are_lifted_by_their_actual_type() {
    let values = module("values");
    let cases: Vec<(Value, &str)> = vec![
        (Value::Null, "<nil>"),
        (1_i64.into(), "int64"),
        (1_i8.into(), "int8"),
        (u64::MAX.into(), "uint64"),
        (1.5_f32.into(), "float32"),
        ('x'.into(), "int32"),
        (Value::String16("x".into()), "string"),
        (vec![1_u8].into(), "[]uint8"),
        (vec![1_i32].into(), "[]int32"),
        (vec![true].into(), "[]bool"),
        (vec!["x".to_owned()].into(), "[]string"),
        (vec![Value::Null, 1_i64.into()].into(), "[]interface {}"),
        (nested(Type::FLOAT64, vec![Array::Float64(vec![1.0])]).into(), "[][]float64"),
        (nested(Type::ANY, vec![Array::Any(vec![])]).into(), "[][]interface {}"),
        (list([vec![1_i64].into(), vec![2_i64].into()]), "[][]int64"),
        (list([vec![1_i64].into(), list([])]), "[][]int64"),
        (list([vec![1_i64].into(), vec!["x".to_owned()].into()]), "[]interface {}"),
        (list([vec![1_i64].into(), Value::Null]), "[]interface {}"),
        (list([list([vec![1.5].into()])]), "[][][]float64"),
    ];
    for (value, expected) in cases {
        assert_eq!(get(&values, "callable=TypeOf", &[value]), expected.into());
    }
}

#[test]
fn values_of_any_type_are_lowered_by_their_actual_type() {
    let values = module("values");
    let anything = |what: &str| get(&values, "callable=Anything", &[what.into()]);
    assert_eq!(anything("nil"), Value::Null);
    assert_eq!(anything("nilpointer"), Value::Null);
    assert_eq!(anything("int8"), (-5_i8).into());
    assert_eq!(anything("uint64"), u64::MAX.into());
    assert_eq!(anything("named"), "n".into());
    assert_eq!(anything("ids"), vec![1_i64, 2].into());
    assert_eq!(anything("array"), vec![1.0_f32, 2.0].into());
    let rows = vec![Array::Int32(vec![1]), Array::Int32(vec![]), Array::Int32(vec![2, 3])];
    assert_eq!(anything("matrix"), nested(Type::INT32, rows).into());
    let mixed = vec![1_i64.into(), "two".into(), Value::Null, vec![Value::Bool(true)].into()];
    assert_eq!(anything("mixed"), mixed.into());
    for what in ["struct", "pointer", "map"] {
        assert_eq!(anything(what).ty(), Type::HANDLE, "{what}");
    }
    assert_eq!(anything("things").ty(), Type::HANDLE.array());
}

#[test]
fn several_results_and_none() {
    let values = module("values");
    assert_eq!(call(&values, "callable=Nothing", &[], 0).unwrap(), []);
    let two = call(&values, "callable=Two", &[1_i64.into(), "b".into()], 2).unwrap();
    assert_eq!(two, ["b".into(), 1_i64.into()]);
}

#[test]
fn long_results_need_no_room_in_the_frame() {
    let values = module("values");
    for length in [0, 1, 500, 511, 512, 513, 4096, 4097, 1 << 22] {
        let Value::String8(text) = get(&values, "callable=Repeat", &[length.into()]) else {
            panic!()
        };
        assert_eq!(text.len() as i64, length);
        assert!(text.bytes().enumerate().all(|(i, byte)| usize::from(byte - b'a') == i % 26));
    }
    assert_eq!(support::owner("values").live_objects(), 0, "buffers are released");
}

#[test]
fn typed_functions_call_without_intermediate_values() {
    let values = module("values");
    let echo = values.function::<(i64,), i64>("callable=Int").unwrap();
    assert_eq!(echo.call((i64::MIN,)).unwrap(), i64::MIN);
    let echo = values.function::<(&str,), String>("callable=String").unwrap();
    assert_eq!(echo.call(("🦀",)).unwrap(), "🦀");
    let two = values.function::<(i64, &str), (String, i64)>("callable=Two").unwrap();
    assert_eq!(two.call((7, "x")).unwrap(), ("x".to_owned(), 7));
}

#[test]
fn packed_arrays_are_arrays() {
    let values = module("values");
    let packed = [TypeInfo::new(Type::FLOAT64.packed_array())];
    let echo = values.entity("callable=Float64s", &packed, &packed).unwrap();
    let value: Value = vec![1.0, 2.0].into();
    assert_eq!(echo.call(std::slice::from_ref(&value)).unwrap(), [value]);
    assert_eq!(echo.signature().rets(), packed);
}
