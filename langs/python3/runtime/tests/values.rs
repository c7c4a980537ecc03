//! Values of every type into Python and back.

mod fixtures;

use fixtures::{entity, function, types};
use metaffi::{Array, Callable, Handle, Signature, Type, TypeInfo, Value};

fn echo(ty: &str, value: Value) -> Value {
    let echo = entity("callable=echo", &[ty], &[ty]).unwrap();
    let mut results = echo.call(&[value]).unwrap_or_else(|error| panic!("{ty}: {error:?}"));
    results.remove(0)
}

fn same(ty: &str, value: impl Into<Value>) {
    let value = value.into();
    assert_eq!(echo(ty, value.clone()), value, "{ty}");
}

#[test]
fn scalars_at_their_limits() {
    for value in [i64::MIN, -1, 0, i64::MAX] {
        same("int64", value);
    }
    same("int8", i8::MIN);
    same("int16", i16::MAX);
    same("int32", i32::MIN);
    same("uint8", u8::MAX);
    same("uint16", u16::MAX);
    same("uint32", u32::MAX);
    same("uint64", u64::MAX);
    same("size", Value::Size(u64::MAX));
    for value in [true, false] {
        same("bool", value);
    }
    for value in [0.0, -0.0, f64::MIN_POSITIVE / 2.0, f64::MAX, f64::INFINITY, f64::NEG_INFINITY] {
        let Value::Float64(back) = echo("float64", value.into()) else { panic!("no float64") };
        assert_eq!(back.to_bits(), value.to_bits());
    }
    let nan = echo("float64", f64::NAN.into());
    assert!(matches!(nan, Value::Float64(value) if value.is_nan()));
    same("float32", f32::MIN_POSITIVE / 2.0);
    same("char8", Value::Char8(0xFF));
    same("char16", Value::Char16(0xD800));
    same("char32", '\u{1F600}');
    same("any", Value::Null);
}

#[test]
fn strings_of_every_kind() {
    let long = "ö".repeat(1 << 20);
    for text in ["", "plain", "nul\0inside", "e\u{301}", "\u{1F600}", &long] {
        same("string8", text);
        same("string16", Value::String16(text.into()));
        same("string32", Value::String32(text.into()));
    }
    assert_eq!(function::<(&str,), i64>("length").call(("\u{1F600}",)).unwrap(), 1);
}

#[test]
fn arrays_of_every_kind() {
    same("int64_array", vec![i64::MIN, 0, i64::MAX]);
    same("int64_array", Vec::<i64>::new());
    same("uint64_array", vec![u64::MAX]);
    same("float32_array", vec![1.5f32]);
    same("bool_array", vec![true, false]);
    same("uint8_array", vec![0u8, 255]);
    same("string8_array", vec![String::new(), "two".into()]);
    same("any_array", vec![Value::Null, Value::Int64(1), Value::String8("x".into())]);
    same("float64_packed_array", vec![1.0, 2.5]);
    let kind = |ty: &str, value: Value| {
        let kind = entity("callable=kind", &[ty], &["string8"]).unwrap();
        kind.call(&[value]).unwrap().remove(0)
    };
    assert_eq!(kind("uint8_array", vec![1u8].into()), Value::from("bytes"));
    assert_eq!(kind("int64_array", vec![1i64].into()), Value::from("list"));
    assert_eq!(kind("float64_packed_array", vec![1.0].into()), Value::from("memoryview"));
}

#[test]
fn ragged_arrays() {
    let rows = vec![Array::Int64(vec![1, 2, 3]), Array::Int64(vec![]), Array::Int64(vec![4])];
    let ragged = Array::Nested { element: Type::INT64, dims: 2, rows };
    let info = TypeInfo::new(Type::INT64).with_dims(2);
    let echo = fixtures::module()
        .entity("callable=echo", core::slice::from_ref(&info), core::slice::from_ref(&info))
        .unwrap();
    let value = Value::Array(ragged);
    assert_eq!(echo.call(core::slice::from_ref(&value)).unwrap(), [value]);
}

#[test]
fn an_object_comes_back_as_itself() {
    let object = fixtures::counter(1);
    function::<(Handle,), ()>("keep").call((object.clone(),)).unwrap();
    assert!(function::<(Handle,), bool>("is_kept").call((object.clone(),)).unwrap());
    let back = function::<(Handle,), Handle>("echo").call((object.clone(),)).unwrap();
    assert_eq!(back, object);
    let many = entity("callable=echo", &["handle_array"], &["handle_array"]).unwrap();
    let array = Value::Array(Array::Handle(vec![Some(object), None]));
    assert_eq!(many.call(core::slice::from_ref(&array)).unwrap(), [array]);
    assert_eq!(function::<(), i64>("forget").call(()).unwrap(), 1);
}

#[test]
fn a_foreign_object_passes_through() {
    let loopback = metaffi::Runtime::load("loopback").unwrap().module("loopback").unwrap();
    let made = loopback.function::<(i64,), Handle>("callable=Counter.new").unwrap();
    let counter = made.call((5,)).unwrap();
    let kind = function::<(Handle,), String>("kind").call((counter.clone(),)).unwrap();
    assert_eq!(kind, "MetaFFIHandle");
    let back = function::<(Handle,), Handle>("echo").call((counter.clone(),)).unwrap();
    assert_eq!(back, counter);
    drop((back, counter));
}

#[test]
fn a_guest_is_a_host_itself() {
    let hosts = fixtures::load(&fixtures::python("hosts.py")).unwrap();
    let echo = hosts.function::<(&str,), String>("callable=echo_in_loopback").unwrap();
    assert_eq!(echo.call(("through two languages",)).unwrap(), "through two languages");
    let loopback = metaffi::Runtime::load("loopback").unwrap().module("loopback").unwrap();
    let made = loopback.function::<(i64,), Handle>("callable=Counter.new").unwrap();
    let increment = hosts.function::<(Handle,), i64>("callable=increment").unwrap();
    assert_eq!(increment.call((made.call((41,)).unwrap(),)).unwrap(), 42);
}

fn adder() -> Callable {
    let int = || vec![TypeInfo::new(Type::INT64)];
    let add_one = |args: Vec<Value>| match args[..] {
        [Value::Int64(value)] => Ok(vec![Value::Int64(value + 1)]),
        _ => Err(metaffi::Error::new(metaffi::ErrorKind::Argument, "no int64")),
    };
    Callable::new(fixtures::hub().owner("rust"), Signature::new(int(), int()), add_one)
}

#[test]
fn a_host_function_is_called_at_once_later_and_on_a_python_thread() {
    let call = entity("callable=call", &["callable", "int64"], &["int64"]).unwrap();
    let args = [Value::Callable(adder()), Value::Int64(41)];
    assert_eq!(call.call(&args).unwrap(), [Value::Int64(42)]);
    let path = "callable=call_on_thread";
    let on_thread = entity(path, &["callable", "int64"], &["int64"]).unwrap();
    assert_eq!(on_thread.call(&args).unwrap(), [Value::Int64(42)]);
    let keep = entity("callable=Counter.of", &["callable"], &["handle"]).unwrap();
    let holder = keep.call(&args[..1]).unwrap().remove(0);
    let Value::Handle(holder) = holder else { panic!("no handle") };
    drop(args);
    let kept = fixtures::module()
        .entity("attribute=value,instance_required", &types(&["handle"]), &types(&["callable"]))
        .unwrap();
    let Value::Callable(back) = kept.call(&[holder.into()]).unwrap().remove(0) else {
        panic!("no callable")
    };
    assert_eq!(back.call(&[Value::Int64(1)]).unwrap(), [Value::Int64(2)]);
}

#[test]
fn a_python_function_is_returned_and_called() {
    let make = entity("callable=adder", &["int64"], &["callable"]).unwrap();
    let Value::Callable(add) = make.call(&[Value::Int64(10)]).unwrap().remove(0) else {
        panic!("no callable")
    };
    assert_eq!(add.call(&[Value::Int64(5)]).unwrap(), [Value::Int64(15)]);
    let call = entity("callable=call", &["callable", "int64"], &["int64"]).unwrap();
    let args = [Value::Callable(add), Value::Int64(1)];
    assert_eq!(call.call(&args).unwrap(), [Value::Int64(11)]);
}

#[test]
fn numpy_of_the_virtual_environment() {
    let numpy = fixtures::load("numpy").unwrap();
    let dot = numpy.entity("callable=dot", &types(&["float64_array"; 2]), &types(&["float64"]));
    let args = [vec![1.0, 2.0].into(), vec![3.0, 4.0].into()];
    assert_eq!(dot.unwrap().call(&args).unwrap(), [Value::Float64(11.0)]);
    let linalg = fixtures::load("numpy.linalg").unwrap();
    let norm = linalg.function::<(Vec<f64>,), f64>("callable=norm").unwrap();
    assert_eq!(norm.call((vec![3.0, 4.0],)).unwrap(), 5.0);
    let arange = numpy.function::<(i64,), Vec<i64>>("callable=arange").unwrap();
    assert_eq!(arange.call((3,)).unwrap(), [0, 1, 2]);
}

#[test]
fn more_arguments_than_fit_on_the_stack() {
    for count in [7, 8, 9, 20] {
        let params = vec![TypeInfo::new(Type::INT64); count];
        let total = fixtures::module().entity("callable=total", &params, &types(&["int64"]));
        let args: Vec<Value> = (1..=count as i64).map(Value::Int64).collect();
        let sum = (1..=count as i64).sum();
        assert_eq!(total.unwrap().call(&args).unwrap(), [Value::Int64(sum)]);
    }
}
