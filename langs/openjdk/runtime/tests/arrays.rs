//! Arrays of every element type and rank, packed arrays, mixed lists.

mod fixtures;

use fixtures::{call, echo, entity, function, handle, shape};
use metaffi::{Array, ErrorKind, Type, Value};

fn nested(element: Type, dims: u8, rows: Vec<Array>) -> Value {
    Array::Nested { element, dims, rows }.into()
}

#[test]
fn primitive_arrays_keep_every_element() {
    assert_eq!(echo("Arrays.bools", "bool_array", vec![true, false]), vec![true, false].into());
    assert_eq!(echo("Arrays.bytes", "int8_array", vec![i8::MIN, 0, 1]), vec![i8::MIN, 0, 1].into());
    assert_eq!(echo("Arrays.bytes", "uint8_array", vec![0_u8, 255]), vec![0_u8, 255].into());
    assert_eq!(echo("Arrays.shorts", "int16_array", vec![i16::MIN, 7]), vec![i16::MIN, 7].into());
    assert_eq!(echo("Arrays.shorts", "uint16_array", vec![u16::MAX]), vec![u16::MAX].into());
    assert_eq!(echo("Arrays.ints", "int32_array", vec![i32::MIN, 7]), vec![i32::MIN, 7].into());
    assert_eq!(echo("Arrays.ints", "uint32_array", vec![u32::MAX]), vec![u32::MAX].into());
    assert_eq!(echo("Arrays.longs", "int64_array", vec![i64::MIN, 7]), vec![i64::MIN, 7].into());
    assert_eq!(echo("Arrays.longs", "uint64_array", vec![u64::MAX]), vec![u64::MAX].into());
    assert_eq!(echo("Arrays.floats", "float32_array", vec![-0.5_f32]), vec![-0.5_f32].into());
    assert_eq!(echo("Arrays.doubles", "float64_array", vec![0.1, -0.0]), vec![0.1, -0.0].into());
    assert_eq!(echo("Arrays.ints", "char32_array", vec!['é', '🦀']), vec!['é', '🦀'].into());
    let units = || Array::Char16(vec![0, 0xD800, 0xFFFF]);
    assert_eq!(echo("Arrays.chars", "char16_array", units()), units().into());
    let bytes = || Array::Char8(vec![0, 255]);
    assert_eq!(echo("Arrays.bytes", "char8_array", bytes()), bytes().into());
    assert_eq!(echo("Arrays.chars", "char8_array", bytes()), bytes().into());
}

#[test]
fn empty_and_large_arrays() {
    assert_eq!(echo("Arrays.longs", "int64_array", Vec::<i64>::new()), Vec::<i64>::new().into());
    assert_eq!(
        echo("Arrays.strings", "string8_array", Vec::<String>::new()),
        Vec::<String>::new().into()
    );
    let large: Vec<i64> = (0..1_000_000).collect();
    let sum = function::<(Vec<i64>,), i64>("Arrays.sum").call((large.clone(),)).unwrap();
    assert_eq!(sum, 499_999_500_000);
    assert_eq!(echo("Arrays.longs", "int64_array", large.clone()), large.into());
}

#[test]
fn packed_arrays_are_buffers_that_are_released() {
    let live = fixtures::owner().live_objects();
    for _ in 0..100 {
        let back = echo("Arrays.doubles", "float64_packed_array", vec![1.5, -2.5]);
        assert_eq!(back, vec![1.5, -2.5].into());
        let back = echo("Arrays.bytes", "uint8_packed_array", vec![1_u8, 2, 255]);
        assert_eq!(back, vec![1_u8, 2, 255].into());
    }
    assert!(fixtures::owner().live_objects() <= live + 50, "buffers are not released");
    let texts = vec!["a".to_owned(), String::new()];
    assert_eq!(echo("Arrays.strings", "string8_packed_array", texts.clone()), texts.into());
}

#[test]
fn arrays_of_strings_and_nulls() {
    let texts = vec![String::new(), "nul \0".to_owned(), "🦀".to_owned()];
    assert_eq!(echo("Arrays.strings", "string8_array", texts.clone()), texts.clone().into());
    let wide = || Array::String16(texts.clone());
    assert_eq!(echo("Arrays.strings", "string16_array", wide()), wide().into());
    assert_eq!(echo("Arrays.objects", "string8_array", texts.clone()), texts.into());
    let null = entity("Arrays.strings", &["string8_array"], &["any"]).unwrap();
    assert_eq!(call(&null, Value::Null).unwrap(), Value::Null);
    let with_null = entity("Arrays.withNull", &[], &["any_array"]).unwrap();
    let expected: Value = vec![Value::from("a"), Value::Null].into();
    assert_eq!(with_null.call(&[]).unwrap(), [expected]);
    let by_value = entity("Arrays.withNull", &[], &["any"]).unwrap();
    let expected: Value = vec![Value::from("a"), Value::Null].into();
    assert_eq!(by_value.call(&[]).unwrap(), [expected]);
    let error = entity("Arrays.withNull", &[], &["string8_array"]).unwrap().call(&[]).unwrap_err();
    assert!(error.message.contains("element 1 of the array is null"), "{error}");
}

#[test]
fn higher_ranks_ragged_and_empty_at_each_level() {
    let table = || {
        let rows = vec![Array::Int32(vec![1, 2, 3]), Array::Int32(vec![]), Array::Int32(vec![4])];
        nested(Type::INT32, 2, rows)
    };
    assert_eq!(echo("Arrays.table", "int32_array:2", table()), table());
    let empty = || nested(Type::INT32, 2, vec![]);
    assert_eq!(echo("Arrays.table", "int32_array:2", empty()), empty());
    let text = |t: &str| Array::String8(vec![t.to_owned()]);
    let plane = |rows| Array::Nested { element: Type::STRING8, dims: 2, rows };
    let cube = || {
        nested(
            Type::STRING8,
            3,
            vec![plane(vec![text("a"), Array::String8(vec![])]), plane(vec![])],
        )
    };
    assert_eq!(echo("Arrays.cube", "string8_array:3", cube()), cube());
    let error =
        entity("Arrays.withNullRow", &[], &["int32_array:2"]).unwrap().call(&[]).unwrap_err();
    assert!(error.message.contains("row 1 of the array is null"), "{error}");
    let by_value = entity("Arrays.withNullRow", &[], &["any"]).unwrap();
    let expected: Value = vec![Value::from(vec![1]), Value::Null].into();
    assert_eq!(by_value.call(&[]).unwrap(), [expected]);
    let deep = entity("Arrays.withNullRows", &[], &["any"]).unwrap();
    let text = |t: &str| Value::from(vec![t.to_owned()]);
    let inner = Value::from(vec![text("a"), Value::Null]);
    let no_text = Value::from(vec![Value::from(vec![Value::from("b"), Value::Null])]);
    let expected: Value = vec![inner, Value::Null, no_text].into();
    assert_eq!(deep.call(&[]).unwrap(), [expected]);
    let flat = entity("Arrays.table", &["int32_array:2"], &["int32_array:2"]).unwrap();
    assert_eq!(call(&flat, vec![1]).unwrap_err().kind, ErrorKind::Argument);
}

#[test]
fn arrays_of_handles_are_arrays_of_their_class() {
    let (one, two) = (shape(1), shape(2));
    let shapes = || Array::Handle(vec![Some(one.clone()), None, Some(two.clone())]);
    assert_eq!(echo("Arrays.shapes", "handle_array=fixtures.Shape", shapes()), shapes().into());
    assert_eq!(echo("Arrays.shapes", "handle_array", shapes()), shapes().into());
    assert_eq!(echo("Arrays.objects", "handle_array", shapes()), shapes().into());
    let describe = entity("Arrays.describe", &["handle_array"], &["string8"]).unwrap();
    assert_eq!(call(&describe, shapes()).unwrap(), "java.lang.Object[]".into());
    let integers = entity("Arrays.boxes", &["handle_array"], &["any"]).unwrap();
    let error = call(&integers, shapes()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Argument);
    assert!(
        error.message.contains("element 0: expected java.lang.Integer, got a fixtures.Shape"),
        "{error}"
    );
}

#[test]
fn mixed_arrays_convert_each_element_by_its_type() {
    let mixed: Vec<Value> =
        vec![Value::Null, true.into(), 5_i64.into(), 0.5.into(), "x".into(), vec![1_i64].into()];
    assert_eq!(echo("Arrays.objects", "any_array", mixed.clone()), mixed.clone().into());
    assert_eq!(echo("Arrays.objects", "any", mixed.clone()), mixed.clone().into());
    let untyped = entity("Arrays.objects", &["array"], &["any"]).unwrap();
    assert_eq!(call(&untyped, mixed.clone()).unwrap(), mixed.into());
    let boxes: Vec<Value> = vec![1.into(), Value::Null, 3.into()];
    assert_eq!(echo("Arrays.boxes", "any_array", boxes.clone()), boxes.into());
    assert_eq!(echo("Arrays.boxes", "int32_array", vec![1, 2]), vec![1, 2].into());
    let ints = entity("Arrays.ints", &["any"], &["int64_array"]).unwrap();
    assert_eq!(call(&ints, vec![Value::from(1_i64), 2_i64.into()]).unwrap(), vec![1_i64, 2].into());
    let error = call(&ints, vec![Value::from(1_i64), (1_i64 << 40).into()]).unwrap_err();
    assert!(error.message.contains("element 1: 1099511627776 is out of range"), "{error}");
    let any = entity("Arrays.mixed", &[], &["any"]).unwrap().call(&[]).unwrap().remove(0);
    let Value::Array(Array::Any(items)) = any else { panic!("{any:?}") };
    let kinds: Vec<String> = items.iter().map(|item| item.ty().to_string()).collect();
    let expected = [
        "null",
        "bool",
        "int8",
        "char16",
        "int16",
        "int32",
        "int64",
        "float32",
        "float64",
        "string8",
        "handle",
        "int32_array",
    ];
    assert_eq!(kinds, expected);
}

#[test]
fn natural_arrays_for_object_parameters() {
    let describe = entity("Arrays.describe", &["any"], &["string8"]).unwrap();
    let named = |value: Value| call(&describe, value).unwrap();
    assert_eq!(named(vec![1_u8].into()), "byte[]".into());
    assert_eq!(named(vec![1_i64].into()), "long[]".into());
    assert_eq!(named(vec![String::new()].into()), "java.lang.String[]".into());
    assert_eq!(named(vec![Value::Null].into()), "java.lang.Object[]".into());
    assert_eq!(named(nested(Type::INT32, 2, vec![Array::Int32(vec![1])])), "int[][]".into());
    assert_eq!(named(nested(Type::STRING8, 2, vec![])), "java.lang.String[][]".into());
    let table = entity("Arrays.anyTable", &[], &["any"]).unwrap().call(&[]).unwrap();
    let rows = vec![Array::Int64(vec![1, 2]), Array::Int64(vec![]), Array::Int64(vec![3])];
    assert_eq!(table, [nested(Type::INT64, 2, rows)]);
}

#[test]
fn lists_are_handles_unless_an_array_is_declared() {
    let as_handle = entity("Arrays.listOf", &["int32"], &["handle"]).unwrap();
    let list = handle(call(&as_handle, 3).unwrap());
    assert_eq!(fixtures::call_method::<i32>("java.util.List", "size", &list), 3);
    let as_array = entity("Arrays.listOf", &["int32"], &["string8_array"]).unwrap();
    let texts: Vec<String> = vec!["item 0".into(), "item 1".into()];
    assert_eq!(call(&as_array, 2).unwrap(), texts.into());
    let tables = entity("Arrays.nestedLists", &[], &["int64_array:2"]).unwrap();
    let rows = vec![Array::Int64(vec![1, 2]), Array::Int64(vec![]), Array::Int64(vec![3])];
    assert_eq!(tables.call(&[]).unwrap(), [nested(Type::INT64, 2, rows)]);
    let takes_list = entity("Arrays.list", &["int64_array"], &["string8"]).unwrap();
    assert_eq!(call(&takes_list, vec![1_i64, 2]).unwrap(), "ArrayList[1, 2]".into());
}

#[test]
fn results_that_cannot_be_the_declared_array_fail_at_load() {
    for (ret, hint) in [
        ("int32_array", "declare int64_array"),
        ("int64", "int64_array"),
        ("int64_array:2", "int64_array"),
    ] {
        let error = entity("Arrays.longs", &["int64_array"], &[ret]).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Signature);
        assert!(error.message.contains(hint), "{error}");
    }
    let wide = entity("Arrays.ints", &["int32_array"], &["int64_array"]).unwrap();
    assert_eq!(call(&wide, vec![1, -2]).unwrap(), vec![1_i64, -2].into());
}
