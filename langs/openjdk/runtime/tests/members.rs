//! What can be reached: constructors, methods, fields; inherited, nested, generic, enum and
//! interface members; hidden classes.

mod fixtures;

use fixtures::{call, call_method, entity, handle, load, load_error, module, shape};
use metaffi::{Array, ErrorKind, Handle, Value};

fn get(path: &str, ty: &str, object: Option<&Handle>) -> Value {
    let params: &[&str] = if object.is_some() { &["handle"] } else { &[] };
    let args: Vec<Value> = object.cloned().map(Value::from).into_iter().collect();
    load(path, params, &[ty]).unwrap().call(&args).unwrap().remove(0)
}

fn field(name: &str, object: &Handle, ty: &str) -> Value {
    get(&format!("class=fixtures.Shape,field={name},instance_required,getter"), ty, Some(object))
}

fn set(name: &str, object: &Handle, ty: &str, value: Value) {
    let path = format!("class=fixtures.Shape,field={name},instance_required,setter");
    let setter = load(&path, &["handle", ty], &[]).unwrap();
    assert_eq!(setter.call(&[object.clone().into(), value]).unwrap(), []);
}

#[test]
fn constructors_and_methods() {
    let named =
        load("class=fixtures.Shape,callable=<init>", &["int32", "string8"], &["handle"]).unwrap();
    let object = handle(named.call(&[3.into(), "tri".into()]).unwrap().remove(0));
    assert_eq!(call_method::<String>("fixtures.Shape", "describe", &object), "tri of 3");
    assert_eq!(call_method::<Handle>("fixtures.Shape", "self", &object), object);
    let same = load(
        "class=fixtures.Shape,callable=same,instance_required",
        &["handle", "handle"],
        &["bool"],
    )
    .unwrap();
    assert_eq!(same.call(&[object.clone().into(), object.into()]).unwrap(), [true.into()]);
    let text =
        load("class=java.lang.String,callable=<init>", &["char16_array"], &["string8"]).unwrap();
    let units = metaffi::Array::Char16("héllo".encode_utf16().collect());
    assert_eq!(call(&text, units).unwrap(), "héllo".into());
}

#[test]
fn an_undeclared_result_is_dropped() {
    let make = load("class=fixtures.Shape,callable=<init>", &["int32"], &[]).unwrap();
    assert_eq!(make.call(&[1.into()]).unwrap(), []);
    let null = load("class=fixtures.Scalars,callable=nothing", &[], &["null"]).unwrap();
    assert_eq!(null.call(&[]).unwrap(), [Value::Null]);
}

#[test]
fn inherited_members_and_overrides() {
    let square = module()
        .function::<(), Handle>("class=fixtures.Square,callable=<init>")
        .unwrap()
        .call(())
        .unwrap();
    assert_eq!(call_method::<String>("fixtures.Square", "describe", &square), "a square of 4");
    assert_eq!(call_method::<String>("fixtures.Shape", "describe", &square), "a square of 4");
    assert_eq!(call_method::<Handle>("fixtures.Square", "self", &square), square);
    let path = "class=fixtures.Square,field=sides,instance_required";
    assert_eq!(get(path, "int32", Some(&square)), Value::Int32(4));
    assert_eq!(get("class=fixtures.Square,field=KIND", "string8", None), "shape".into());
    let of = load("class=fixtures.Square,callable=of", &["int32"], &["handle"]).unwrap();
    let five = handle(call(&of, 5).unwrap());
    assert_eq!(call_method::<String>("fixtures.Shape", "describe", &five), "null of 5");
    call_method::<i32>("java.lang.Object", "hashCode", &square);
}

#[test]
fn fields_of_every_type_are_read_and_written() {
    let object = shape(3);
    for (name, ty, value) in [
        ("visible", "bool", Value::Bool(false)),
        ("level", "int8", Value::Int8(-7)),
        ("letter", "char16", Value::Char16(0x79)),
        ("small", "int16", Value::Int16(-300)),
        ("number", "int32", Value::Int32(i32::MIN)),
        ("large", "int64", Value::Int64(i64::MAX)),
        ("ratio", "float32", Value::Float32(1.5)),
        ("exact", "float64", Value::Float64(-2.5)),
        ("name", "string8", "named".into()),
        ("tag", "any", 5_i64.into()),
        ("data", "int64_array", vec![9_i64].into()),
    ] {
        assert_ne!(field(name, &object, ty), value, "{name}");
        set(name, &object, ty, value.clone());
        assert_eq!(field(name, &object, ty), value, "{name}");
    }
    set("name", &object, "string8", Value::Null);
    assert_eq!(field("name", &object, "string8"), Value::Null);
}

#[test]
fn static_fields_and_constants() {
    let count = load("class=fixtures.Shape,field=count,setter", &["int32"], &[]).unwrap();
    count.call(&[42.into()]).unwrap();
    assert_eq!(get("class=fixtures.Shape,field=count", "int64", None), Value::Int64(42));
    assert_eq!(get("class=fixtures.Square.Greeter,field=LIMIT", "int32", None), Value::Int32(10));
    assert_eq!(get("class=java.lang.Long,field=MAX_VALUE", "int64", None), i64::MAX.into());
    let path = "class=fixtures.Shape,field=KIND,setter";
    let message = load_error(path, &["string8"], &[], ErrorKind::Signature);
    assert!(message.contains("is final"), "{message}");
}

#[test]
fn nested_classes_under_both_names() {
    for class in ["fixtures.Shape$Point", "fixtures.Shape.Point"] {
        let make =
            module().function::<(f64,), Handle>(&format!("class={class},callable=<init>")).unwrap();
        let twice = call_method::<Handle>(class, "twice", &make.call((1.25,)).unwrap());
        let path = format!("class={class},field=x,instance_required");
        assert_eq!(get(&path, "float64", Some(&twice)), Value::Float64(2.5));
    }
    let inner =
        load("class=fixtures.Shape.Part,callable=<init>", &["handle"], &["handle"]).unwrap();
    let part = handle(call(&inner, shape(6)).unwrap());
    assert_eq!(call_method::<i32>("fixtures.Shape$Part", "sides", &part), 6);
}

#[test]
fn enums() {
    let red = handle(get("class=fixtures.Shape.Color,field=RED", "handle", None));
    let value_of =
        load("class=fixtures.Shape.Color,callable=valueOf", &["string8"], &["handle"]).unwrap();
    assert_eq!(handle(call(&value_of, "RED").unwrap()), red);
    assert_eq!(call_method::<String>("fixtures.Shape.Color", "mood", &red), "loud");
    let green = handle(call(&value_of, "GREEN").unwrap());
    assert_eq!(call_method::<String>("fixtures.Shape.Color", "mood", &green), "calm");
    assert_eq!(call_method::<i32>("java.lang.Enum", "ordinal", &green), 1);
    let values = get("class=fixtures.Shape.Color,callable=values", "handle_array", None);
    assert_eq!(values, metaffi::Array::Handle(vec![Some(red), Some(green)]).into());
}

#[test]
fn hidden_classes_are_called_through_their_interfaces() {
    let polite = handle(get("class=fixtures.Square$Greeter,callable=polite", "handle", None));
    let greet = load(
        "class=fixtures.Square.Greeter,callable=greetTwice,instance_required",
        &["handle", "string8"],
        &["string8"],
    )
    .unwrap();
    let text = greet.call(&[polite.clone().into(), "Ann".into()]).unwrap();
    assert_eq!(text, ["Dear Ann. Dear Ann. ".into()]);
    assert!(
        call_method::<String>("fixtures.Square.Greeter", "toString", &polite).contains("Hidden")
    );
    let adder = handle(get("class=fixtures.Square,callable=adder", "handle", None));
    let apply = load(
        "class=java.util.function.IntBinaryOperator,callable=applyAsInt,instance_required",
        &["handle", "int32", "int32"],
        &["int32"],
    )
    .unwrap();
    assert_eq!(apply.call(&[adder.into(), 2.into(), 3.into()]).unwrap(), [5.into()]);
    let list = load("class=java.util.List,callable=of", &["any", "any"], &["handle"]).unwrap();
    let list = handle(list.call(&["a".into(), 2_i64.into()]).unwrap().remove(0));
    let get =
        load("class=java.util.List,callable=get,instance_required", &["handle", "int32"], &["any"])
            .unwrap();
    assert_eq!(get.call(&[list.clone().into(), 0.into()]).unwrap(), ["a".into()]);
    assert_eq!(get.call(&[list.into(), 1.into()]).unwrap(), [2_i64.into()]);
}

#[test]
fn generic_results_have_their_actual_type() {
    let map = module()
        .function::<(), Handle>("class=java.util.HashMap,callable=<init>")
        .unwrap()
        .call(())
        .unwrap();
    let put = load(
        "class=java.util.HashMap,callable=put,instance_required",
        &["handle", "any", "any"],
        &["any"],
    )
    .unwrap();
    assert_eq!(put.call(&[map.clone().into(), "k".into(), 7_i64.into()]).unwrap(), [Value::Null]);
    let get = |ty: &str| {
        load("class=java.util.Map,callable=get,instance_required", &["handle", "any"], &[ty])
            .unwrap()
            .call(&[map.clone().into(), "k".into()])
    };
    assert_eq!(get("any").unwrap(), [7_i64.into()]);
    assert_eq!(get("int64").unwrap(), [7_i64.into()]);
    assert_eq!(get("uint8").unwrap(), [7_u8.into()]);
    assert_eq!(get("float64").unwrap(), [7.0.into()]);
    assert!(matches!(get("handle").unwrap()[..], [Value::Handle(_)]));
    assert_eq!(get("string8").unwrap_err().kind, ErrorKind::Signature);
}

#[test]
fn static_and_instance_members_are_distinguished() {
    let message = load_error(
        "class=fixtures.Shape,callable=describe",
        &[],
        &["string8"],
        ErrorKind::Signature,
    );
    assert!(message.contains("belongs to an instance: add instance_required"), "{message}");
    let path = "class=fixtures.Shape,callable=of,instance_required";
    let message = load_error(path, &["handle", "int32"], &["handle"], ErrorKind::Signature);
    assert!(message.contains("is static: remove instance_required"), "{message}");
    let path = "class=fixtures.Shape,callable=describe,instance_required";
    let message = load_error(path, &[], &["string8"], ErrorKind::Signature);
    assert!(message.contains("declared as none: declare a handle first"), "{message}");
    let message = load_error(path, &["int64"], &["string8"], ErrorKind::Signature);
    assert!(message.contains("declared as int64: declare a handle first"), "{message}");
    let path = "class=fixtures.Shape,callable=<init>,instance_required";
    let message = load_error(path, &["handle", "int32"], &["handle"], ErrorKind::Signature);
    assert!(message.contains("remove instance_required"), "{message}");
}

#[test]
fn inner_classes_take_their_outer_object() {
    let outer = load("class=fixtures.Outer,callable=<init>", &["int32"], &["handle"]).unwrap();
    let outer = handle(call(&outer, 40).unwrap());
    let path = "class=fixtures.Outer.Inner,callable=<init>";
    let inner = load(path, &["handle", "int32"], &["handle"]).unwrap();
    let inner = handle(inner.call(&[outer.into(), 2.into()]).unwrap().remove(0));
    assert_eq!(call_method::<i32>("fixtures.Outer.Inner", "sum", &inner), 42);
    let message = load_error(path, &["int32"], &["handle"], ErrorKind::Signature);
    assert!(message.contains("new fixtures.Outer$Inner(fixtures.Outer, int)"), "{message}");
}

#[test]
fn static_members_are_inherited() {
    let inherited = get("class=fixtures.Outer.Child,field=inherited", "string8", None);
    assert_eq!(inherited, "static of the parent".into());
    let of_parent = get("class=fixtures.Outer$Child,callable=ofParent", "string8", None);
    assert_eq!(of_parent, inherited);
}

#[test]
fn arrays_where_java_takes_a_collection() {
    let texts = Array::String8(vec!["a".into(), "b".into()]);
    let joined = entity("Outer.joined", &["string8_array"], &["string8"]).unwrap();
    assert_eq!(call(&joined, texts.clone()).unwrap(), "a,b,end".into());
    let count = entity("Outer.count", &["any_array"], &["int32"]).unwrap();
    let mixed = Array::Any(vec![1.into(), "x".into(), Value::Null]);
    assert_eq!(call(&count, mixed).unwrap(), 3.into());
    let sum = entity("Outer.sum", &["int64_array"], &["int64"]).unwrap();
    assert_eq!(call(&sum, Array::Int64(vec![40, 2])).unwrap(), Value::Int64(42));
    let any = entity("Outer.joined", &["any"], &["string8"]).unwrap();
    assert_eq!(call(&any, texts).unwrap(), "a,b,end".into());
}

#[test]
fn generic_methods_accept_any_type() {
    let greater = entity("Outer.greater", &["any", "any"], &["any"]).unwrap();
    let one = |a: Value, b: Value| greater.call(&[a, b]).unwrap().remove(0);
    assert_eq!(one(1.into(), 2.into()), 2.into());
    assert_eq!(one("b".into(), "a".into()), "b".into());
}

#[test]
fn instance_required_may_be_omitted_if_unambiguous() {
    let load = |path: &str, params: &[&str]| load(path, params, &["string8"]);
    let describe = load("class=fixtures.Shape,callable=describe", &["handle"]).unwrap();
    assert!(matches!(call(&describe, shape(3)).unwrap(), Value::String8(_)));
    let of_interface = load("class=java.util.List,callable=toString", &["handle"]).unwrap();
    let list = load("class=java.util.ArrayList,callable=<init>", &[]);
    assert!(list.is_err(), "a constructor needs no object");
    assert!(
        of_interface.call(&[Value::Null]).unwrap_err().into_parts().message.contains("it is null")
    );
    let name = load("class=fixtures.Shape,field=name", &["handle"]).unwrap();
    call(&name, shape(3)).unwrap();
    // Without a parameter that can be the object it is still an error.
    assert!(load("class=fixtures.Shape,callable=describe", &[]).is_err());
}
