//! Entities that are called through upcall stubs, from the first call on; through JNI if the JVM
//! has no stubs.
#![allow(unsafe_code)] // sets an environment variable

mod fixtures;

use fixtures::{entity, infos, load};
use metaffi::{Entity, Error, ErrorKind, Type, TypeInfo, Value};

/// Every test calls this first.
fn at_once() {
    use std::sync::Once;
    static ONCE: Once = Once::new();
    // SAFETY: the plugin, which is the only reader of the environment here, is not loaded yet.
    ONCE.call_once(|| unsafe { std::env::set_var("METAFFI_JVM_UPCALLS", "0") });
}

/// The `convention` of an entity with a stub.
fn stub_convention() -> &'static str {
    let version = load("class=java.lang.Runtime,callable=version", &[], &["handle"]).unwrap();
    let feature = "class=java.lang.Runtime$Version,callable=feature,instance_required";
    let feature = load(feature, &["handle"], &["int32"]).unwrap();
    match feature.call(&version.call(&[]).unwrap()).unwrap()[0] {
        Value::Int32(22..) => "upcall",
        _ => "generic",
    }
}

/// The results of an entity through its stub.
fn call_stub(entity: &Entity, args: &[Value]) -> Result<Vec<Value>, Error> {
    let result = entity.call(args);
    assert_eq!(entity.convention(), stub_convention());
    result
}

fn echo(name: &str, param: &str, ret: &str, value: Value) -> Value {
    let entity = entity(name, &[param], &[ret]).unwrap();
    call_stub(&entity, &[value]).unwrap().remove(0)
}

#[test]
fn an_entity_reports_its_stub() {
    at_once();
    let nothing = entity("Scalars.nothing", &[], &[]).unwrap();
    assert_eq!(nothing.convention(), "generic");
    assert_eq!(call_stub(&nothing, &[]).unwrap(), []);
    let null = entity("Scalars.nothing", &[], &["null"]).unwrap();
    assert_eq!(call_stub(&null, &[]).unwrap(), [Value::Null]);
}

#[test]
fn numbers_of_every_type_round_trip() {
    at_once();
    for (name, tag, values) in [
        ("bool", "bool", vec![Value::Bool(true), Value::Bool(false)]),
        ("int8", "int8", vec![Value::Int8(i8::MIN), Value::Int8(i8::MAX)]),
        ("int8", "uint8", vec![Value::UInt8(0), Value::UInt8(200)]),
        ("int8", "char8", vec![Value::Char8(255)]),
        ("int16", "int16", vec![Value::Int16(i16::MIN), Value::Int16(i16::MAX)]),
        ("int16", "uint16", vec![Value::UInt16(u16::MAX)]),
        ("char16", "char16", vec![Value::Char16(0), Value::Char16(0xD800)]),
        ("int32", "int32", vec![Value::Int32(i32::MIN), Value::Int32(i32::MAX)]),
        ("int32", "uint32", vec![Value::UInt32(u32::MAX)]),
        ("int32", "char32", vec![Value::Char32('🦀')]),
        ("int64", "int64", vec![Value::Int64(i64::MIN), Value::Int64(i64::MAX)]),
        ("int64", "uint64", vec![Value::UInt64(u64::MAX)]),
        ("int64", "size", vec![Value::Size(u64::MAX)]),
        ("float32", "float32", vec![Value::Float32(f32::MIN), Value::Float32(-0.0)]),
        ("float64", "float64", vec![Value::Float64(f64::MAX), Value::Float64(5e-324)]),
    ] {
        for value in values {
            assert_eq!(echo(&format!("Scalars.{name}"), tag, tag, value.clone()), value);
        }
    }
}

#[test]
fn numbers_widen_in_both_directions() {
    at_once();
    let widened = |name, param, ret, value| echo(name, param, ret, value);
    assert_eq!(widened("Scalars.int64", "int32", "int64", Value::Int32(-7)), Value::Int64(-7));
    assert_eq!(widened("Scalars.int64", "uint32", "int64", Value::UInt32(7)), Value::Int64(7));
    assert_eq!(widened("Scalars.int8", "int8", "int64", Value::Int8(-7)), Value::Int64(-7));
    assert_eq!(
        widened("Scalars.int32", "int32", "float64", Value::Int32(-7)),
        Value::Float64(-7.0)
    );
    assert_eq!(
        widened("Scalars.float64", "float32", "float64", Value::Float32(0.5)),
        Value::Float64(0.5)
    );
}

#[test]
fn arguments_of_another_type_or_count_use_jni() {
    at_once();
    let int32 = entity("Scalars.int32", &["int32"], &["int32"]).unwrap();
    for _ in 0..2 {
        assert_eq!(call_stub(&int32, &[7_i64.into()]).unwrap(), [Value::Int32(7)]);
        let error = call_stub(&int32, &[(1_i64 << 31).into()]).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Argument);
        assert!(error.message.starts_with("argument 1 of `"), "{error}");
        assert_eq!(call_stub(&int32, &[7.into()]).unwrap(), [Value::Int32(7)]);
    }
}

#[test]
fn entities_without_a_stub_use_jni() {
    at_once();
    // Its value may not fit, which only JNI can report.
    let narrow = entity("Scalars.int32", &["int32"], &["uint64"]).unwrap();
    assert_eq!(narrow.call(&[7.into()]).unwrap(), [Value::UInt64(7)]);
    assert_eq!(narrow.call(&[(-7).into()]).unwrap_err().kind, ErrorKind::Signature);
    assert_eq!(narrow.convention(), "generic");
    // It looks at its caller.
    let find = load("class=java.lang.Class,callable=forName", &["string8"], &["handle"]).unwrap();
    assert!(find.call(&["fixtures.Scalars".into()]).is_ok());
    assert_eq!(find.convention(), "generic");
}

#[test]
fn exceptions_are_the_same_errors_as_with_jni() {
    at_once();
    let unchecked = entity("Failures.unchecked", &["int64"], &["int64"]).unwrap();
    let by_stub = call_stub(&unchecked, &[7.into()]).unwrap_err();
    // An argument of another type uses JNI.
    let cold = unchecked.call(&[7_i32.into()]).unwrap_err();
    assert_eq!(by_stub.type_name, "java.lang.IllegalArgumentException");
    assert_eq!(
        (&by_stub.message, &by_stub.kind, &by_stub.language, &by_stub.stack_trace()),
        (&cold.message, &cold.kind, &cold.language, &cold.stack_trace())
    );
    assert!(by_stub.original.is_some());
    assert!(call_stub(&unchecked, &[8.into()]).unwrap_err().into_parts().message == "v is 8");
}

#[test]
fn an_exhausted_stack_is_an_error_on_every_thread() {
    at_once();
    let overflow = entity("Failures.overflow", &["int32"], &["int32"]).unwrap();
    call_stub(&overflow, &[0.into()]).unwrap_err();
    for kibibytes in [256, 640, 1024, 8192] {
        let sized = std::thread::Builder::new().stack_size(kibibytes << 10);
        std::thread::scope(|scope| {
            let call = || {
                for _ in 0..3 {
                    let error = overflow.call(&[0.into()]).unwrap_err();
                    assert_eq!(error.type_name, "java.lang.StackOverflowError");
                }
            };
            sized.spawn_scoped(scope, call).unwrap().join().unwrap();
        });
    }
}

/// A function of ours that Java stores calls the entity that calls it, until the stack overflows.
#[test]
fn a_stack_that_overflows_between_the_languages_is_an_error() {
    at_once();
    let call_kept = entity("Callbacks.callKept", &[], &["any"]).unwrap();
    let call_kept: &'static Entity = Box::leak(Box::new(call_kept));
    let keep = entity("Callbacks.keep", &["callable"], &[]).unwrap();
    keep.call(&[fixtures::callable(&[], &["int64"], |_| Ok(vec![7_i64.into()]))]).unwrap();
    assert_eq!(call_stub(call_kept, &[]).unwrap(), [Value::Int64(7)]);
    let again = fixtures::callable(&[], &["any"], move |_| call_kept.call(&[]));
    keep.call(&[again]).unwrap();
    let sized = std::thread::Builder::new().stack_size(768 << 10);
    let error = sized.spawn(move || call_kept.call(&[]).unwrap_err()).unwrap().join().unwrap();
    // The type depends on who is last: a thread that cannot describe one has another.
    assert_eq!(error.kind, ErrorKind::Guest, "{error}");
    fixtures::function::<(), ()>("Callbacks.forget").call(()).unwrap();
}

#[test]
fn stubs_live_as_long_as_their_entities() {
    at_once();
    let types = [TypeInfo::new(Type::INT64)];
    for round in 0..50 {
        let path = fixtures::path("Scalars.int64");
        let entity = fixtures::module().entity(&path, &types, &types).unwrap();
        assert_eq!(call_stub(&entity, &[round.into()]).unwrap(), [Value::Int64(round)]);
    }
    assert_eq!(infos(&["int64"]), types);
}

#[test]
fn threads_share_a_stub() {
    at_once();
    let int64 = entity("Scalars.int64", &["int64"], &["int64"]).unwrap();
    std::thread::scope(|scope| {
        for thread in 0..4_i64 {
            let int64 = &int64;
            scope.spawn(move || {
                for round in 0..20_000 {
                    let value = Value::Int64(thread << 32 | round);
                    assert_eq!(int64.call(std::slice::from_ref(&value)).unwrap(), [value]);
                }
            });
        }
    });
    assert_eq!(int64.convention(), stub_convention());
}

#[test]
fn strings_round_trip() {
    at_once();
    let long = "0123456789abcdef".repeat(1000);
    let texts =
        ["", "a", "sixteen letters!", "what? yes?", "a\0b", "ß", "日本語", "🦀 and ?", &long];
    for text in texts {
        assert_eq!(echo("Texts.echo", "string8", "string8", text.into()), text.into());
    }
    let length = entity("Texts.length", &["string8"], &["int32"]).unwrap();
    assert_eq!(call_stub(&length, &["🦀?".into()]).unwrap(), [Value::Int32(3)]);
    let object = entity("Arrays.describe", &["string8"], &["string8"]).unwrap();
    assert_eq!(call_stub(&object, &["x".into()]).unwrap(), ["java.lang.String".into()]);
}

#[test]
fn objects_that_are_not_strings_and_null_use_jni() {
    at_once();
    let surrogate = entity("Texts.loneSurrogate", &[], &["string8"]).unwrap();
    assert_eq!(call_stub(&surrogate, &[]).unwrap(), ["a\u{FFFD}b".into()]);
    let nothing = entity("Texts.nothing", &[], &["string8"]).unwrap();
    assert_eq!(call_stub(&nothing, &[]).unwrap(), [Value::Null]);
    let echo = entity("Texts.echo", &["string8"], &["string8"]).unwrap();
    assert_eq!(call_stub(&echo, &["x".into()]).unwrap(), ["x".into()]);
    assert_eq!(call_stub(&echo, &[Value::Null]).unwrap(), [Value::Null]);
}

#[test]
fn objects_are_made_passed_and_called() {
    at_once();
    let make = load("class=fixtures.Shape,callable=<init>", &["int32"], &["handle"]).unwrap();
    let shape = call_stub(&make, &[3.into()]).unwrap().remove(0);
    let method = |name: &str, params: &[&str], ret| {
        let path = format!("class=fixtures.Shape,callable={name},instance_required");
        load(&path, params, &[ret]).unwrap()
    };
    let scaled = method("scaled", &["handle", "int64"], "int64");
    let itself = method("self", &["handle"], "handle");
    let same = method("same", &["handle", "handle"], "bool");
    for _ in 0..3 {
        let (args, both) = ([shape.clone(), 7_i64.into()], [shape.clone(), shape.clone()]);
        assert_eq!(call_stub(&scaled, &args).unwrap(), [Value::Int64(21)]);
        assert_eq!(call_stub(&itself, &args[..1]).unwrap(), both[..1]);
        let other = call_stub(&make, &[3.into()]).unwrap().remove(0);
        assert_eq!(call_stub(&same, &both).unwrap(), [Value::Bool(true)]);
        assert_eq!(call_stub(&same, &[shape.clone(), other]).unwrap(), [Value::Bool(false)]);
        assert_eq!(call_stub(&same, &[shape.clone(), Value::Null]).unwrap(), [Value::Bool(false)]);
    }
    let wrong = fixtures::handle(make.call(&[1.into()]).unwrap().remove(0));
    let class = fixtures::call_method::<metaffi::Handle>("java.lang.Object", "getClass", &wrong);
    let error = call_stub(&scaled, &[class.into(), 7_i64.into()]).unwrap_err();
    assert!(error.message.contains("the object to call"), "{error}");
    assert!(call_stub(&make, &[(-1).into()]).unwrap_err().into_parts().message == "sides is -1");
}

/// Numbers of objects are reused, by objects that are then the right ones.
#[test]
fn object_numbers_are_reused() {
    at_once();
    let make = load("class=fixtures.Shape,callable=<init>", &["int32"], &["handle"]).unwrap();
    let path = "class=fixtures.Shape,callable=scaled,instance_required";
    let scaled = load(path, &["handle", "int64"], &["int64"]).unwrap();
    for round in 0..40 {
        let shapes: Vec<Value> =
            (0..60).map(|sides| make.call(&[sides.into()]).unwrap().remove(0)).collect();
        for (sides, shape) in (0..).zip(&shapes).filter(|(sides, _)| sides % 3 != round % 3) {
            let scaled = call_stub(&scaled, &[shape.clone(), 2_i64.into()]).unwrap();
            assert_eq!(scaled, [Value::Int64(2 * sides)]);
        }
    }
}

#[test]
fn fields_are_read_and_written() {
    at_once();
    let shape = Value::Handle(fixtures::shape(3));
    let field = |name: &str, tag: &str, params: &[&str], rets: &[&str]| {
        load(&format!("class=fixtures.Shape,field={name},{tag}"), params, rets).unwrap()
    };
    for (name, ty, value) in [
        ("visible", "bool", Value::Bool(false)),
        ("level", "int8", Value::Int8(-1)),
        ("letter", "char16", Value::Char16(0x20AC)),
        ("large", "int64", Value::Int64(i64::MIN)),
        ("exact", "float64", Value::Float64(-0.5)),
        ("name", "string8", "ß".into()),
    ] {
        let get = field(name, "getter,instance_required", &["handle"], &[ty]);
        let set = field(name, "setter,instance_required", &["handle", ty], &[]);
        call_stub(&set, &[shape.clone(), value.clone()]).unwrap();
        assert_eq!(call_stub(&get, std::slice::from_ref(&shape)).unwrap(), [value]);
    }
    let count = field("KIND", "getter", &[], &["string8"]);
    assert_eq!(call_stub(&count, &[]).unwrap(), ["shape".into()]);
}

#[test]
fn arrays_round_trip() {
    at_once();
    let arrays = [
        ("bytes", "uint8_array", Value::from(vec![0_u8, 200])),
        ("bytes", "int8_array", vec![-1_i8, 1].into()),
        ("shorts", "int16_array", vec![i16::MIN].into()),
        ("ints", "int32_array", vec![i32::MIN, 1, 2].into()),
        ("longs", "int64_array", (0..1000).collect::<Vec<i64>>().into()),
        ("longs", "int64_array", Vec::<i64>::new().into()),
        ("floats", "float32_array", vec![0.5_f32].into()),
        ("doubles", "float64_array", vec![-0.0, 1e300].into()),
    ];
    for (name, ty, array) in arrays {
        assert_eq!(echo(&format!("Arrays.{name}"), ty, ty, array.clone()), array);
    }
    let sum = entity("Arrays.sum", &["int64_array"], &["int64"]).unwrap();
    let longs: Value = vec![1_i64, 2, 3].into();
    assert_eq!(call_stub(&sum, &[longs]).unwrap(), [Value::Int64(6)]);
    let ints: Value = vec![1_i32, 2, 3].into();
    assert_eq!(call_stub(&sum, &[ints]).unwrap(), [Value::Int64(6)]);
}
