//! Any value that is passed to Java returns unchanged.

mod fixtures;

use fixtures::{call, entity};
use metaffi::{Array, Value};
use proptest::prelude::*;

fn echo(short: &str, ty: &str, value: Value) -> Value {
    call(&entity(short, &[ty], &[ty]).unwrap(), value).unwrap()
}

/// Values that Java has a type for, so that they return unchanged.
fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i8>().prop_map(Value::Int8),
        any::<i16>().prop_map(Value::Int16),
        any::<i32>().prop_map(Value::Int32),
        any::<i64>().prop_map(Value::Int64),
        any::<u64>().prop_map(Value::UInt64),
        any::<u16>().prop_map(Value::Char16),
        any::<f64>().prop_map(Value::Float64),
        any::<f32>().prop_map(Value::Float32),
        any::<String>().prop_map(Value::String8),
        any::<Vec<u8>>().prop_map(Value::from),
        any::<Vec<i64>>().prop_map(Value::from),
        any::<Vec<f64>>().prop_map(Value::from),
        any::<Vec<String>>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 32, 6, |inner| {
        prop::collection::vec(inner, 0..6).prop_map(|items| Value::Array(Array::Any(items)))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn text(text: String) {
        prop_assert_eq!(echo("Texts.echo", "string8", text.clone().into()), text.clone().into());
        let wide = Value::String16(text.clone());
        prop_assert_eq!(echo("Texts.echo", "string16", wide.clone()), wide);
        let wider = Value::String32(text);
        prop_assert_eq!(echo("Texts.echo", "string32", wider.clone()), wider);
    }

    #[test]
    fn arrays(ints: Vec<i64>, bytes: Vec<u8>, bools: Vec<bool>, texts: Vec<String>) {
        let same = |short, ty, value: Value| echo(short, ty, value.clone()) == value;
        prop_assert!(same("Arrays.longs", "int64_array", ints.clone().into()));
        prop_assert!(same("Arrays.longs", "int64_packed_array", ints.into()));
        prop_assert!(same("Arrays.bytes", "uint8_array", bytes.into()));
        prop_assert!(same("Arrays.bools", "bool_array", bools.into()));
        prop_assert!(same("Arrays.strings", "string8_array", texts.into()));
    }

    #[test]
    fn values_of_any_type(value in values()) {
        prop_assert_eq!(echo("Texts.object", "any", value.clone()), value);
    }
}
