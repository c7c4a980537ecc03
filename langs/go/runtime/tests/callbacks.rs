//! Functions of the host in Go, and Go's in the host.

mod support;

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use metaffi::{Array, Callable, Error, ErrorKind, Handle, Signature, Type, TypeInfo, Value};
use support::{call, fails, get, hub, module, owner, run};

fn host() -> metaffi::Owner {
    hub().owner("the host of callbacks")
}

fn callable(
    params: &[Type],
    rets: &[Type],
    body: impl Fn(Vec<Value>) -> Result<Vec<Value>, Error> + Send + Sync + 'static,
) -> Callable {
    let infos = |types: &[Type]| types.iter().copied().map(TypeInfo::new).collect();
    Callable::new(host(), Signature::new(infos(params), infos(rets)), body)
}

fn int(value: &Value) -> i64 {
    match value {
        Value::Int64(n) => *n,
        other => panic!("{other:?} is no int64"),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String8(text) => text.clone(),
        other => panic!("{other:?} is no text"),
    }
}

fn function(value: Value) -> Callable {
    match value {
        Value::Callable(callable) => callable,
        other => panic!("{other:?} is no callable"),
    }
}

fn plus(n: i64) -> Callable {
    callable(&[Type::INT64], &[Type::INT64], move |args| Ok(vec![(int(&args[0]) + n).into()]))
}

fn texts(map: impl Fn(String) -> String + Send + Sync + 'static) -> Callable {
    callable(&[Type::STRING8], &[Type::STRING8], move |args| Ok(vec![map(text(&args[0])).into()]))
}

/// A callback that fails with an exception of the host.
fn failing(original: &Handle) -> Callable {
    let original = original.clone();
    callable(&[], &[], move |_| {
        let error = Error::new(ErrorKind::Guest, "no luck").in_language("host");
        Err(error.with_type("host.Luck").with_original(original.clone()))
    })
}

fn exception() -> Handle {
    plus(0).handle().clone()
}

#[test]
fn a_callback_runs_on_the_callers_thread() {
    let go = module("callbacks");
    let seen = Arc::new(Mutex::new(None::<ThreadId>));
    let seen_there = seen.clone();
    let callback = callable(&[Type::INT64], &[Type::INT64], move |args| {
        *seen_there.lock().unwrap() = Some(thread::current().id());
        Ok(args)
    });
    assert_eq!(get(&go, "callable=Apply", &[callback.into(), 7_i64.into()]), 7_i64.into());
    assert_eq!(*seen.lock().unwrap(), Some(thread::current().id()));
    let describe = callable(&[Type::INT64, Type::STRING8], &[Type::FLOAT64], |args| {
        Ok(vec![(int(&args[0]) as f64 + text(&args[1]).len() as f64).into()])
    });
    let args = [describe.into(), 1_i64.into(), "four".into()];
    assert_eq!(get(&go, "callable=Describe", &args), 5.0.into());
}

#[test]
fn a_callback_runs_on_threads_that_the_host_has_never_seen() {
    let go = module("callbacks");
    assert_eq!(get(&go, "callable=OnGoroutine", &[plus(1).into(), 1_i64.into()]), 2_i64.into());
    let calls = Arc::new(AtomicI64::new(0));
    let counted = calls.clone();
    let callback = callable(&[Type::INT64], &[Type::INT64], move |args| {
        counted.fetch_add(1, Ordering::Relaxed);
        Ok(args)
    });
    let sum = get(&go, "callable=Parallel", &[callback.into(), 500_i64.into()]);
    assert_eq!((sum, calls.load(Ordering::Relaxed)), ((499_i64 * 500 / 2).into(), 500));
}

#[test]
fn a_callback_is_kept_and_called_later() {
    let go = module("callbacks");
    run(&go, "callable=Keep", &[texts(|text| text + "!").into()]);
    thread::scope(|scope| {
        scope.spawn(|| assert_eq!(get(&go, "callable=CallKept", &["hey".into()]), "hey!".into()));
    });
    let kept = function(get(&go, "global=Kept", &[]));
    assert_eq!(kept.call(&["ho".into()]).unwrap(), ["ho!".into()]);
    run(&go, "callable=Forget", &[]);
    assert_eq!(get(&go, "global=Kept", &[]), Value::Null);
    let counter = get(&go, "callable=NewCounter", &[]);
    let steps = Arc::new(AtomicI64::new(0));
    let seen = steps.clone();
    let on_step = callable(&[Type::INT64], &[], move |args| {
        seen.fetch_add(int(&args[0]), Ordering::Relaxed);
        Ok(vec![])
    });
    run(&go, "field=Counter.OnStep,setter", &[counter.clone(), on_step.into()]);
    run(&go, "callable=Counter.Step", std::slice::from_ref(&counter));
    run(&go, "callable=Counter.Step", std::slice::from_ref(&counter));
    assert_eq!(steps.load(Ordering::Relaxed), 3);
}

#[test]
fn the_error_of_a_callback_comes_back_unchanged() {
    let go = module("callbacks");
    let exception = exception();
    for (path, message) in [
        ("callable=Run", "no luck"),
        ("callable=Wrap", "wrapped: host.Luck: no luck"),
        ("callable=Panic", "panic: panicked: host.Luck: no luck"),
    ] {
        let error = fails(&go, path, &[failing(&exception).into()], 0);
        assert!(error.message.starts_with(message), "{path}: {error}");
        assert_eq!(error.original.as_ref(), Some(&exception), "{path}");
        let root = error.cause.as_ref().unwrap_or(&error);
        assert_eq!((&*root.type_name, &*root.language), ("host.Luck", "host"), "{path}");
    }
    let text = get(&go, "callable=TypeOfError", &[failing(&exception).into()]);
    assert_eq!(text, "*xcall.MetaFFIError: host.Luck: no luck; <nil>".into());
    assert_eq!(get(&go, "callable=Apply", &[plus(1).into(), 1_i64.into()]), 2_i64.into());
}

#[test]
fn a_go_error_that_returns_through_the_host_is_the_same_error() {
    let go = module("callbacks");
    let fail = function(get(&go, "callable=Failing", &[]));
    let through = callable(&[], &[], move |_| fail.call(&[true.into()]));
    let error = fails(&go, "callable=Wrap", &[through.into()], 0);
    assert!(error.message.ends_with("asked to fail"), "{error}");
    let asked = get(&go, "global=ErrAsked", &[]);
    let args = [error.into_parts().original.unwrap().into(), asked];
    assert_eq!(get(&go, "callable=IsError", &args), true.into());
}

#[test]
fn what_does_not_fit_is_an_argument_error() {
    let go = module("callbacks");
    let wrong_count = callable(&[], &[Type::INT64], |_| Ok(vec![1_i64.into()]));
    let no_result = callable(&[Type::INT64], &[], |_| Ok(vec![]));
    let wrong_type = callable(&[Type::INT64], &[Type::STRING8], |_| Ok(vec!["text".into()]));
    // The actual value counts, not the declared type.
    let narrow = callable(&[Type::INT64], &[Type::INT64], |_| Ok(vec![2_i32.into()]));
    assert_eq!(get(&go, "callable=Apply", &[narrow.into(), 1_i64.into()]), 2_i64.into());
    let lying = callable(&[Type::INT64], &[Type::INT64], |_| Ok(vec!["text".into()]));
    for (callback, message) in [
        (lying.into(), "result 1 of the callback: expected int64, got string8"),
        (
            wrong_count.into(),
            "func(int) int: expected a function with 1 parameter(s), got one with 0",
        ),
        (no_result.into(), "func(int) int: expected a function with 1 result(s), got one with 0"),
        (wrong_type.into(), "result 1 of the callback: expected int, got string8"),
        (Value::Int64(1), "argument 1: expected func(int) int, got int64"),
    ] {
        let error = fails(&go, "callable=Apply", &[callback, 1_i64.into()], 1);
        assert!(error.message.contains(message), "{error}");
        assert_eq!(error.kind, ErrorKind::Argument, "{error}");
    }
    let error = fails(&go, "callable=Apply", &[Value::Null, 1_i64.into()], 1);
    assert_eq!(error.kind, ErrorKind::Panic, "a nil func cannot be called: {error}");
}

#[test]
fn functions_of_named_types() {
    let go = module("callbacks");
    let visit = callable(&[Type::STRING8, Type::INT64], &[Type::BOOL], |args| {
        Ok(vec![(text(&args[0]) != "stop").into()])
    });
    let names: Value = vec!["a".to_owned(), "stop".into(), "b".into()].into();
    assert_eq!(get(&go, "callable=Walk", &[names, visit.clone().into()]), 1_i64.into());
    let met = get(&go, "callable=Visitor.Visit", &[visit.into(), "stop".into()]);
    assert_eq!(met, false.into());
    let words: Value = vec!["a".to_owned(), "b".into()].into();
    let twice = texts(|text| text.repeat(2));
    let mapped = get(&go, "callable=Mapped", &[words.clone(), twice.into()]);
    assert_eq!(mapped, vec!["aa".to_owned(), "bb".into()].into());
    let upper = get(&go, "callable=Upper", &[]);
    let signature = function(upper.clone()).signature();
    assert_eq!(signature.to_string(), "(string8) -> (string8)");
    assert_eq!(
        get(&go, "callable=Mapped", &[words, upper]),
        vec!["A".to_owned(), "B".into()].into()
    );
}

#[test]
fn gos_functions_are_called_by_the_host() {
    let go = module("callbacks");
    let adder = function(get(&go, "callable=Adder", &[5_i64.into()]));
    assert_eq!(adder.signature().to_string(), "(int64) -> (int64)");
    thread::scope(|scope| {
        for n in 0..4_i64 {
            let adder = &adder;
            scope.spawn(move || assert_eq!(adder.call(&[n.into()]).unwrap(), [(n + 5).into()]));
        }
    });
    let failing = function(get(&go, "callable=Failing", &[]));
    assert_eq!(failing.call(&[false.into()]).unwrap(), ["fine".into()]);
    let error = failing.call(&[true.into()]).unwrap_err();
    assert_eq!((error.kind, &*error.message), (ErrorKind::Guest, "asked to fail"));
    let error = failing.call(&[1_i64.into()]).unwrap_err();
    let message = "func(bool) (string, error): argument 1: expected bool, got int64";
    assert_eq!((error.kind, &*error.message), (ErrorKind::Argument, message));
    let error = function(get(&go, "callable=Panicking", &[])).call(&[]).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Panic);
    assert!(error.stack_trace().contains("callbacks.go:"), "{}", error.stack_trace());
    let join = function(get(&go, "callable=Join", &[]));
    let parts: Value = vec!["a".to_owned(), "b".into()].into();
    assert_eq!(join.call(&["-".into(), parts]).unwrap(), ["a-b".into()]);
    let sum = function(get(&go, "callable=AnyFunc", &[]));
    assert_eq!(sum.call(&[1_i64.into(), 2_i64.into()]).unwrap(), [3_i64.into(), "sum".into()]);
}

#[test]
fn functions_keep_their_identity() {
    let go = module("callbacks");
    let (echo, echo_any) = ("callable=Echo", "callable=EchoAny");
    let callback = plus(1);
    for path in [echo, echo_any] {
        let back = function(get(&go, path, &[callback.clone().into()]));
        assert_eq!(back.as_raw().context, callback.as_raw().context, "{path}");
    }
    let adder = get(&go, "callable=Adder", &[1_i64.into()]);
    assert_eq!(get(&go, "callable=TypeOf", std::slice::from_ref(&adder)), "func(int) int".into());
    assert_eq!(get(&go, "callable=Apply", &[adder, 1_i64.into()]), 2_i64.into());
    let seen = get(&go, "callable=TypeOf", &[callback.into()]);
    assert_eq!(seen, "*xcall.MetaFFICallable".into());
    assert_eq!(get(&go, "callable=IsNil", &[Value::Null]), true.into());
    assert_eq!(get(&go, "callable=Nil", &[]), Value::Null);
}

#[test]
fn a_function_as_any_is_called_as_it_declares() {
    let go = module("callbacks");
    let product = callable(&[Type::INT64, Type::FLOAT64], &[Type::FLOAT64], |args| {
        let Value::Float64(factor) = args[1] else { panic!("{args:?}") };
        Ok(vec![(int(&args[0]) as f64 * factor).into()])
    });
    let args: Value = vec![Value::Int64(6), Value::Int64(7)].into();
    let results = get(&go, "callable=CallAny", &[product.clone().into(), args]);
    assert_eq!(results, vec![Value::Float64(42.0)].into());
    let none: Value = Vec::<Value>::new().into();
    let error = fails(&go, "callable=CallAny", &[product.into(), none], 1);
    assert!(error.message.contains("takes 2 argument(s)"), "{error}");
}

#[test]
fn functions_in_arrays_and_in_functions() {
    let go = module("callbacks");
    let both = Array::Callable(vec![Some(plus(1)), Some(plus(10))]);
    let composed = function(get(&go, "callable=Compose", &[both.into()]));
    assert_eq!(composed.call(&[100_i64.into()]).unwrap(), [111_i64.into()]);
    let Value::Array(Array::Callable(adders)) = get(&go, "callable=Adders", &[3_i64.into()]) else {
        panic!()
    };
    let third = adders[2].as_ref().unwrap();
    assert_eq!(third.call(&[1_i64.into()]).unwrap(), [3_i64.into()]);
    let higher = callable(&[Type::CALLABLE], &[Type::INT64], |args| {
        function(args[0].clone()).call(&[21_i64.into()])
    });
    assert_eq!(get(&go, "callable=Higher", &[higher.into()]), 42_i64.into());
    let start = get(&go, "callable=Start", &[]);
    let steps: Value = vec!["go".to_owned(), "stop".into()].into();
    assert_eq!(get(&go, "callable=Steps", &[start.clone(), steps]), 1_i64.into());
    let next = function(start).call(&["go".into()]).unwrap().remove(0);
    assert_eq!(function(next).call(&["stop".into()]).unwrap(), [Value::Null]);
}

#[test]
fn several_results_come_one_by_one_or_in_an_array() {
    let go = module("callbacks");
    let two = callable(&[], &[Type::INT64, Type::STRING8], |_| Ok(vec![1_i64.into(), "x".into()]));
    let one = callable(&[], &[Type::ANY], |_| Ok(vec![vec![Value::Int64(1), "x".into()].into()]));
    for callback in [two, one] {
        assert_eq!(get(&go, "callable=Pair", &[callback.into()]), "1 x".into());
    }
    let short = callable(&[], &[Type::ANY], |_| Ok(vec![1_i64.into()]));
    let error = fails(&go, "callable=Pair", &[short.into()], 1);
    assert!(error.message.contains("must return 2 results, but returned int64"), "{error}");
    run(&go, "callable=Run", &[callable(&[], &[Type::INT64], |_| Ok(vec![1_i64.into()])).into()]);
}

#[test]
fn objects_and_long_texts_through_callbacks() {
    let go = module("callbacks");
    let same = callable(&[Type::HANDLE], &[Type::HANDLE], Ok);
    assert_eq!(get(&go, "callable=Object", &[same.into()]), 3_i64.into());
    let words: Value = vec!["long ".repeat(100_000)].into();
    let back = get(&go, "callable=Mapped", &[words.clone(), texts(|text| text).into()]);
    assert_eq!(back, words);
    let items: Value = vec![1_i64, 2].into();
    let double =
        callable(&[Type::INT64], &[Type::INT64], |args| Ok(vec![(int(&args[0]) * 2).into()]));
    assert_eq!(get(&go, "callable=Each[int]", &[items, double.into()]), vec![2_i64, 4].into());
}

/// A function of one guest in another one: two Go runtimes.
#[test]
fn a_function_of_one_guest_is_called_by_another() {
    let (go, values) = (module("callbacks"), module("values"));
    let adder = get(&go, "callable=Adder", &[1_i64.into()]);
    let result = get(&values, "callable=Call", &[adder.clone(), 41_i64.into()]);
    assert_eq!(result, 42_i64.into());
    let back = get(&values, "callable=Any", std::slice::from_ref(&adder));
    assert_eq!(get(&go, "callable=TypeOf", &[back]), "func(int) int".into());
    let fail = function(get(&go, "callable=Panicking", &[]));
    let error = fails(&go, "callable=Run", &[fail.into()], 0);
    assert_eq!(error.kind, ErrorKind::Panic, "{error}");
    let kept = get(&values, "callable=Keeper", &[]);
    assert_eq!(get(&go, "callable=OnGoroutine", &[kept, 2_i64.into()]), 4_i64.into());
}

#[test]
fn nothing_leaks_when_everything_is_released() {
    let go = module("callbacks");
    for n in 0..200_i64 {
        run(&go, "callable=Keep", &[texts(move |text| format!("{text}{n}")).into()]);
        let adder = function(get(&go, "callable=Adder", &[n.into()]));
        assert_eq!(adder.call(&[1_i64.into()]).unwrap(), [(n + 1).into()]);
        call(&go, "callable=Wrap", &[failing(&exception()).into()], 0).unwrap_err();
    }
    run(&go, "callable=Forget", &[]);
    let start = Instant::now();
    let live = || (host().live_objects(), owner("callbacks").live_objects());
    while live() != (0, 0) {
        assert!(start.elapsed() < Duration::from_secs(30), "{:?} objects leak", live());
        for guest in [&go, &module("values")] {
            run(guest, "callable=Collect", &[]);
        }
        thread::sleep(Duration::from_millis(5));
    }
}
