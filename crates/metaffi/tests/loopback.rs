//! The Rust host against the loopback guest: every type, errors, identity,
//! callbacks, threads, release, leaks.

use metaffi::{
    Array, Callable, ErrorKind, Module, Owner, Runtime, Signature, Type, TypeInfo, Value,
};
use metaffi_testkit::home;
use proptest::prelude::*;

fn hub() -> metaffi::Hub {
    metaffi::Hub::open(Some(&home())).unwrap()
}

fn module() -> Module {
    Runtime::load_from(hub(), "loopback").unwrap().module("loopback").unwrap()
}

fn owner() -> Owner {
    hub().owner("rust test host")
}

/// Passes `value` through the guest and back.
fn echo(value: &Value) -> Value {
    let info = [TypeInfo::new(Type::ANY)];
    let echo = module().entity("callable=echo", &info, &info).unwrap();
    echo.call(std::slice::from_ref(value)).unwrap().remove(0)
}

#[test]
fn a_module_is_loaded_by_its_constructor() {
    let module = Module::new(&Runtime::load_from(hub(), "loopback").unwrap(), "loopback").unwrap();
    let add = module.function::<(i64, i64), i64>("callable=add").unwrap();
    assert_eq!(add.call((2, 3)).unwrap(), 5);
}

#[test]
fn limits_of_every_type_come_back() {
    let values: Vec<Value> = vec![
        Value::Null,
        i64::MIN.into(),
        i8::MIN.into(),
        u64::MAX.into(),
        u8::MAX.into(),
        Value::Size(u64::MAX),
        (-0.0_f64).into(),
        f64::INFINITY.into(),
        f64::MIN_POSITIVE.into(),
        f32::MAX.into(),
        true.into(),
        '🦀'.into(),
        Value::Char8(255),
        Value::Char16(0xD800),
        "".into(),
        "nul \0 and 🦀 and e\u{301}".into(),
        Value::String16("🦀 sixteen".into()),
        Value::String32("🦀 thirty-two".into()),
        "x".repeat(1 << 20).into(),
        Vec::<i64>::new().into(),
        vec![1.5_f32, -2.5].into(),
        vec![true, false].into(),
        vec!["a".to_owned(), String::new()].into(),
        Array::Char16(vec![0, 0xFFFF]).into(),
        vec![Value::Null, 1_i64.into(), "x".into(), vec![1_u8].into()].into(),
        Array::Nested {
            element: Type::INT32,
            dims: 2,
            rows: vec![Array::Int32(vec![1, 2, 3]), Array::Int32(vec![]), Array::Int32(vec![4])],
        }
        .into(),
    ];
    for value in &values {
        assert_eq!(&echo(value), value);
    }
    assert!(matches!(echo(&f64::NAN.into()), Value::Float64(v) if v.is_nan()));
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<i64>().prop_map(Value::from),
        any::<u16>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        any::<char>().prop_map(Value::from),
        ".*".prop_map(|text: String| Value::from(text)),
        ".*".prop_map(Value::String16),
        proptest::collection::vec(any::<i32>(), 0..50).prop_map(Value::from),
        proptest::collection::vec(".*", 0..5).prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 30, 5, |inner| {
        proptest::collection::vec(inner, 0..5).prop_map(Value::from)
    })
}

proptest! {
    #[test]
    fn any_value_comes_back(value in any_value()) {
        prop_assert_eq!(echo(&value), value);
    }
}

#[test]
fn errors_carry_kind_type_trace_and_cause_and_the_next_call_works() {
    let module = module();
    let fail = module.function::<(&str,), ()>("callable=fail").unwrap();
    let error = fail.call(("broken",)).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Guest);
    assert_eq!(error.to_string(), "loopback.Failure: broken");
    assert_eq!(error.language, "loopback");
    assert_eq!(error.stack_trace(), "at loopback.fail");
    assert_eq!(error.cause.as_ref().unwrap().type_name, "loopback.Cause");

    let panic = module.function::<(&str,), ()>("callable=panic").unwrap();
    let error = panic.call(("oh no",)).unwrap_err();
    assert_eq!((error.kind, error.message.as_str()), (ErrorKind::Panic, "panic: oh no"));

    let add = module.function::<(i64, i64), i64>("callable=add").unwrap();
    assert_eq!(add.call((i64::MAX, 1)), Ok(i64::MIN));
}

#[test]
fn one_function_takes_text_of_any_lifetime() {
    let concat = module().function::<(&str, &str), String>("callable=concat").unwrap();
    let mut text = String::from("a");
    for _ in 0..3 {
        text = concat.call((&text, "b")).unwrap();
    }
    assert_eq!(text, "abbb");
}

#[test]
fn errors_for_bad_input_say_what_to_do() {
    let unknown = Runtime::load_from(hub(), "loopbak").unwrap_err();
    assert_eq!(unknown.kind, ErrorKind::NotFound);
    assert!(unknown.message.contains("did you mean `loopback`?"), "{unknown}");

    let runtime = Runtime::load_from(hub(), "test").unwrap();
    let module = runtime.module("nowhere").unwrap_err();
    assert!(module.message.contains("no loopback module `nowhere`"), "{module}");

    let module = runtime.module("loopback").unwrap();
    let load = |path: &str, params: &[Type]| {
        let params: Vec<_> = params.iter().map(|ty| TypeInfo::new(*ty)).collect();
        module.entity(path, &params, &[]).map(|_| ()).unwrap_err()
    };
    assert!(load("callable=ecko", &[]).message.contains("did you mean `echo`?"));
    assert_eq!(load("a=b=c", &[]).kind, ErrorKind::NotFound);
    let signature = load("callable=add", &[Type::STRING8]);
    assert_eq!(signature.kind, ErrorKind::Signature);
    assert!(signature.message.contains("`add` is (int64, int64) -> (int64)"), "{signature}");

    let int = TypeInfo::new(Type::INT64);
    let add = module.entity("callable=add", &[int.clone(), int.clone()], &[int]).unwrap();
    assert!(
        add.call(&[1_i64.into()])
            .unwrap_err()
            .into_parts()
            .message
            .contains("takes 2 argument(s), 1")
    );
    let wrong = add.call(&["a".into(), "b".into()]).unwrap_err();
    assert_eq!(wrong.kind, ErrorKind::Argument);
    assert_eq!(add.call(&[1_i64.into(), 2_i64.into()]).unwrap(), [3_i64.into()]);
}

#[test]
fn objects_keep_their_identity_and_are_released_once() {
    let live = hub().owner("loopback");
    let module = module();
    let new = module.function::<(i64,), metaffi::Handle>("callable=Counter.new").unwrap();
    let increment =
        module.function::<(metaffi::Handle,), i64>("callable=Counter.increment").unwrap();
    let before = live.live_objects();
    let counter = new.call((41,)).unwrap();
    assert_eq!(increment.call((counter.clone(),)), Ok(42));

    let keep = module.function::<(Value,), ()>("callable=keep").unwrap();
    let kept = module.function::<(), Value>("callable=kept").unwrap();
    keep.call((counter.clone().into(),)).unwrap();
    assert_eq!(kept.call(()).unwrap(), Value::Handle(counter.clone()));
    let set = module
        .function::<(metaffi::Handle, i64), ()>("field=Counter.value,instance_required,setter")
        .unwrap();
    let get = module
        .function::<(metaffi::Handle,), i64>("field=Counter.value,instance_required,getter")
        .unwrap();
    set.call((counter.clone(), 7)).unwrap();
    assert_eq!(get.call((counter.clone(),)), Ok(7));
    module.function::<(), ()>("callable=forget").unwrap().call(()).unwrap();
    drop(counter);
    assert_eq!(live.live_objects(), before);
}

#[test]
fn callbacks_run_on_the_callers_thread_and_on_others() {
    let module = module();
    let twice = Callable::new(
        owner(),
        Signature::new(vec![Type::ANY.into()], vec![Type::ANY.into()]),
        |args| match args[..] {
            [Value::Int64(value)] => Ok(vec![(2 * value).into()]),
            _ => Err(metaffi::Error::new(ErrorKind::Guest, "no number")),
        },
    );
    for path in ["callable=call", "callable=call_on_thread"] {
        let call = module.function::<(Callable, Value), Value>(path).unwrap();
        assert_eq!(call.call((twice.clone(), 21_i64.into())), Ok(42_i64.into()));
        let error = call.call((twice.clone(), "x".into())).unwrap_err();
        assert_eq!(error.message, "no number");
    }
    let make = module.function::<(i64,), Callable>("callable=make_adder").unwrap();
    let adder = make.call((5,)).unwrap();
    assert_eq!(adder.call(&[10_i64.into()]).unwrap(), [15_i64.into()]);
    drop((twice, adder));
    assert_eq!(owner().live_objects(), 0);
}

#[test]
fn a_packed_result_is_one_buffer() {
    let range = module().function::<(i64,), Array>("callable=range");
    let error = range.map(|_| ()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Signature); // mixed `array` is not what it returns
    let packed = [TypeInfo::new(Type::INT64.packed_array())];
    let range = module().entity("callable=range", &[Type::INT64.into()], &packed).unwrap();
    assert_eq!(range.call(&[3_i64.into()]).unwrap(), [vec![0_i64, 1, 2].into()]);
    assert!(
        range
            .call(&[(-1_i64).into()])
            .unwrap_err()
            .into_parts()
            .message
            .contains("must not be negative")
    );
}

#[test]
fn a_released_runtime_fails_its_entities_only() {
    let runtime = Runtime::load_from(hub(), "loopback").unwrap();
    let add = runtime.module("loopback").unwrap();
    let add = add.function::<(i64, i64), i64>("callable=add").unwrap();
    let other = module().function::<(i64, i64), i64>("callable=add").unwrap();
    assert_eq!(add.call((1, 2)), Ok(3));
    runtime.release();
    assert_eq!(add.call((1, 2)).unwrap_err().kind, ErrorKind::Released);
    assert_eq!(runtime.module("loopback").unwrap_err().kind, ErrorKind::Released);
    assert_eq!(other.call((1, 2)), Ok(3));
}

#[test]
fn eight_threads_call_at_once() {
    let add = module().function::<(i64, i64), i64>("callable=add").unwrap();
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let add = &add;
            scope.spawn(move || {
                for i in 0..20_000 {
                    assert_eq!(add.call((thread, i)), Ok(thread + i));
                }
            });
        }
    });
}
