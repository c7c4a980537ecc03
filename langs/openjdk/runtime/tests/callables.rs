//! Functions of other languages in Java: called, stored, failing, from any thread.

mod fixtures;

use std::slice::from_ref;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use fixtures::{callable, entity, function, load_error, owner, rust};
use metaffi::{Array, Callable, Error, ErrorKind, Signature, Value};

/// These tests count live objects, so they run one after another.
fn serialized() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Calls a fixture with these types, which returns one value or nothing.
fn run(name: &str, params: &[&str], ret: &str, args: &[Value]) -> Result<Value, Error> {
    let rets: &[&str] = if ret.is_empty() { &[] } else { &[ret] };
    let rets = entity(&format!("Callbacks.{name}"), params, rets)?.call(args)?;
    Ok(rets.into_iter().next().unwrap_or(Value::Null))
}

fn int(value: &Value) -> i64 {
    match value {
        Value::Int32(value) => (*value).into(),
        Value::Int64(value) => *value,
        other => panic!("{other:?} is no integer"),
    }
}

/// All functions are released once Java no longer uses them.
fn all_released(before: (i64, i64)) {
    function::<(), ()>("Callbacks.forget").call(()).unwrap();
    assert_eq!((rust().live_objects(), owner().live_objects()), before);
}

fn live() -> (i64, i64) {
    (rust().live_objects(), owner().live_objects())
}

#[test]
fn as_a_functional_interface() {
    let _guard = serialized();
    let before = live();
    let sum = |args: Vec<Value>| Ok(vec![Value::Int64(int(&args[0]) + int(&args[1]))]);
    for types in ["any", "int64", "int32"] {
        let add = callable(&[types, types], &["any"], sum);
        let result =
            run("applyInts", &["callable", "int32", "int32"], "int32", &[add, 2.into(), 40.into()]);
        assert_eq!(result.unwrap(), 42.into(), "{types}");
    }
    let double = callable(&["int64"], &["int64"], |args| Ok(vec![(int(&args[0]) * 2).into()]));
    let doubled = run("applyLong", &["callable", "int64"], "int64", &[double, (-21).into()]);
    assert_eq!(doubled.unwrap(), Value::Int64(-42));
    let ran = Arc::new(AtomicI64::new(0));
    let counter = ran.clone();
    let task = callable(&[], &[], move |_| {
        counter.fetch_add(1, Ordering::Relaxed);
        Ok(vec![])
    });
    run("run", &["callable"], "", from_ref(&task)).unwrap();
    let tasks = Array::Callable(vec![callable_of(&task), callable_of(&task)]);
    assert_eq!(run("runAll", &["callable_array"], "int32", &[tasks.into()]).unwrap(), 2.into());
    assert_eq!(ran.load(Ordering::Relaxed), 3);
    drop(task);
    all_released(before);
}

fn callable_of(value: &Value) -> Option<Callable> {
    match value {
        Value::Callable(callable) => Some(callable.clone()),
        _ => None,
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String8(text) => text.clone(),
        other => panic!("{other:?} is no text"),
    }
}

#[test]
fn every_type_of_argument_and_result() {
    let _guard = serialized();
    let before = live();
    let show = |args: Vec<Value>| Ok(vec![format!("{args:?}").into()]);
    let mix = callable(&["any"; 9], &["string8"], show);
    assert_eq!(
        text(&run("mix", &["callable"], "string8", &[mix]).unwrap()),
        "[Bool(true), Int8(-1), Char16(223), Int16(-2), Int32(-3), Int64(-4), Float32(0.5), \
         Float64(-0.25), String8(\"i\\0😀\")]"
    );
    let declared =
        ["bool", "uint8", "char32", "int64", "uint32", "int64", "float64", "float64", "string8"];
    let mix = callable(&declared, &["string8"], show);
    assert_eq!(
        text(&run("mix", &["callable"], "string8", &[mix]).unwrap()),
        "[Bool(true), UInt8(255), Char32('ß'), Int64(-2), UInt32(4294967293), Int64(-4), \
         Float64(0.5), Float64(-0.25), String8(\"i\\0😀\")]"
    );
    let sum = callable(&["int32_array:1"], &["int64_array:1"], |args| {
        let Value::Array(Array::Int32(values)) = &args[0] else { panic!("{args:?}") };
        Ok(vec![Array::Int64(values.iter().map(|v| i64::from(*v) * 2).collect()).into()])
    });
    let doubled = run(
        "arrays",
        &["callable", "int32_array:1"],
        "int32_array:1",
        &[sum, Array::Int32(vec![1, -2]).into()],
    );
    assert_eq!(doubled.unwrap(), Array::Int32(vec![2, -4]).into());
    for (ret, value, expected) in [
        ("uint8", Value::UInt8(200), 200),
        ("uint64", Value::UInt64(7), 7),
        ("int8", Value::Int8(-1), -1),
    ] {
        let get = callable(&[], &[ret], move |_| Ok(vec![value.clone()]));
        assert_eq!(run("getInt", &["callable"], "int32", &[get]).unwrap(), expected.into());
    }
    let boxed = callable(&["any"], &["any"], |args| Ok(vec![(int(&args[0]) + 1).into()]));
    let types = ["callable=java.util.function.Function<Integer, Integer>", "any"];
    let result = run("applyBoxed", &types, "any", &[boxed.clone(), 41.into()]);
    assert_eq!(result.unwrap(), 42.into());
    let result = run("applyNarrow", &["callable", "int32"], "int32", &[boxed, 40.into()]);
    assert_eq!(result.unwrap(), 42.into());
    all_released(before);
}

#[test]
fn mismatched_results_are_errors() {
    let _guard = serialized();
    let before = live();
    let get = |value: Value| callable(&[], &["any"], move |_| Ok(vec![value.clone()]));
    for (value, expected) in [
        (Value::Int64(1 << 40), "1099511627776 is out of range for int32"),
        (Value::Null, "expected a number, got nothing"),
        ("x".into(), "expected java.lang.Integer, got a java.lang.String"),
    ] {
        let error = run("getInt", &["callable"], "int32", &[get(value)]).unwrap_err();
        assert!(error.message.contains(expected), "{error}");
        assert!(error.message.contains("int getAsInt()"), "{error}");
    }
    let two = callable(&["any", "any"], &[], |_| Ok(vec![]));
    let error = run("run", &["callable"], "", &[two]).unwrap_err();
    assert!(error.message.contains("passes 0 argument(s), but the function takes 2"), "{error}");
    drop(error);
    all_released(before);
}

#[test]
fn default_methods_and_those_of_object() {
    let _guard = serialized();
    let before = live();
    let greet = callable(&["string8"], &["string8"], |args| {
        Ok(vec![format!("hi {}", text(&args[0])).into()])
    });
    let all = run("greetAll", &["callable"], "string8", &[greet]).unwrap();
    assert_eq!(text(&all), "hi a;hi b;42");
    let starts = |with: &'static str| {
        callable(&["string8"], &["bool"], move |args| {
            Ok(vec![text(&args[0]).starts_with(with).into()])
        })
    };
    let types = ["callable", "callable", "string8"];
    let both = |text: &str| run("both", &types, "bool", &[starts("a"), starts("ab"), text.into()]);
    assert_eq!((both("ac").unwrap(), both("ab").unwrap()), (true.into(), false.into()));
    let order = callable(&["any", "any"], &["any"], |args| {
        Ok(vec![(text(&args[0]).cmp(&text(&args[1])) as i32).into()])
    });
    let words = Array::String8(vec!["b".into(), "c".into(), "a".into()]);
    let sorted =
        run("sort", &["string8_array", "callable"], "string8_array", &[words.into(), order]);
    let expected = Array::String8(vec!["c".into(), "b".into(), "a".into()]);
    assert_eq!(sorted.unwrap(), expected.into());
    let task = callable(&[], &[], |_| Ok(vec![]));
    let other = callable(&[], &[], |_| Ok(vec![]));
    let same =
        run("identities", &["callable", "callable"], "string8", &[task.clone(), task.clone()]);
    let same = text(&same.unwrap());
    assert!(same.starts_with("true false 1 java.lang.Runnable(function 0x"), "{same}");
    let differ = run("identities", &["callable", "callable"], "string8", &[task, other]).unwrap();
    assert!(text(&differ).starts_with("false false 2 "), "{differ:?}");
    all_released(before);
}

#[test]
fn overloads_and_parameters_that_take_no_function() {
    let _guard = serialized();
    let before = live();
    let task = callable(&[], &["any"], |_| Ok(vec![1.into()]));
    let path = "class=fixtures.Callbacks,callable=which";
    let message = load_error(path, &["callable"], &["string8"], ErrorKind::Signature);
    assert!(message.contains("matches several overloads"), "{message}");
    assert!(message.contains("which(java.util.concurrent.Callable)"), "{message}");
    assert!(message.contains("the interface of a callable, as its alias"), "{message}");
    for interface in ["java.lang.Runnable", "java.util.concurrent.Callable"] {
        let types = format!("callable={interface}");
        let which = run("which", &[&types], "string8", from_ref(&task)).unwrap();
        assert!(interface.ends_with(&text(&which)));
    }
    let path = "class=fixtures.Callbacks,callable=two";
    load_error(path, &["callable"], &["int32"], ErrorKind::Signature);
    let error = run("two", &["any"], "int32", from_ref(&task)).unwrap_err();
    assert!(error.message.contains("is not a functional interface, got a function"), "{error}");
    let named = run("className", &["callable"], "string8", from_ref(&task)).unwrap();
    assert_eq!(text(&named), "metaffi.Caller");
    let named = run("className", &["callable=java.lang.Runnable"], "string8", &[task]).unwrap();
    assert!(text(&named).contains("$Proxy"), "{named:?}");
    drop(error);
    all_released(before);
}

#[test]
fn functions_return_as_the_original() {
    let _guard = serialized();
    let before = live();
    let task = callable(&[], &["any"], |_| Ok(vec![7.into()]));
    let raw = |value: &Value| callable_of(value).unwrap().handle().as_raw();
    for declared in ["any", "callable"] {
        let back = run("any", &[declared], declared, from_ref(&task)).unwrap();
        assert_eq!(raw(&back), raw(&task));
        run("keep", &[declared], "", from_ref(&task)).unwrap();
        let back = run("kept", &[], declared, &[]).unwrap();
        assert_eq!(raw(&back), raw(&task));
    }
    drop(task);
    assert_eq!(run("callKept", &[], "any", &[]).unwrap(), 7.into());
    std::thread::scope(|scope| {
        scope.spawn(|| assert_eq!(run("callKept", &[], "any", &[]).unwrap(), 7.into()));
    });
    all_released(before);
}

#[test]
fn from_threads_of_a_pool() {
    let _guard = serialized();
    let before = live();
    let seen = Arc::new(Mutex::new(std::collections::HashSet::new()));
    let threads = seen.clone();
    let square = callable(&["int64"], &["int64"], move |args| {
        threads.lock().unwrap().insert(std::thread::current().id());
        Ok(vec![(int(&args[0]) * int(&args[0])).into()])
    });
    let sum =
        run("onPool", &["callable", "int32", "int32"], "int64", &[square, 4.into(), 1000.into()]);
    let expected: i64 = (0..1000).map(|i| i * i).sum();
    assert_eq!(sum.unwrap(), (4 * expected).into());
    assert_eq!(seen.lock().unwrap().len(), 4);
    all_released(before);
}

/// An error with all details, whose original belongs to the tests' runtime.
fn failure() -> (Error, metaffi::Handle) {
    let original = match callable(&[], &[], |_| Ok(vec![])) {
        Value::Callable(callable) => callable.handle().clone(),
        _ => unreachable!(),
    };
    let cause = Error::new(ErrorKind::Guest, "the cause").in_language("rust").with_type("Cause");
    let error = Error::new(ErrorKind::Panic, "it failed").in_language("rust").with_type("Oops");
    let error = error.with_cause(cause).with_original(original.clone());
    (error.with_stack_trace("at here"), original)
}

#[test]
fn a_failing_function_throws_and_returns_as_the_original_error() {
    let _guard = serialized();
    let before = live();
    let (error, original) = failure();
    let thrown = error.clone();
    let fails = callable(&[], &[], move |_| Err(thrown.clone()));
    let told = run("describeFailure", &["callable"], "string8", from_ref(&fails)).unwrap();
    assert_eq!(text(&told), "rust|Oops|it failed|at here|panic|Cause: the cause");
    let later = run("rethrow", &[], "", &[]).unwrap_err();
    assert_eq!(later.original.as_ref().unwrap().as_raw(), original.as_raw());
    let at_once = run("run", &["callable"], "", from_ref(&fails)).unwrap_err();
    assert_eq!(at_once, error);
    let wrapped = run("wrapFailure", &["callable"], "", from_ref(&fails)).unwrap_err();
    assert_eq!(wrapped.type_name, "java.lang.IllegalStateException");
    assert_eq!(wrapped.cause.as_ref(), Some(&error));
    let future = run("throughFuture", &["callable"], "any", from_ref(&fails)).unwrap_err();
    assert_eq!(future.type_name, "java.util.concurrent.ExecutionException");
    assert_eq!(future.cause.as_ref(), Some(&error));
    let panics = callable(&[], &[], |_| panic!("ouch"));
    let panic = run("run", &["callable"], "", &[panics]).unwrap_err();
    assert!(panic.message.contains("ouch"), "{panic:?}");
    assert_eq!(function::<(i64,), i64>("Scalars.int64").call((5,)).unwrap(), 5);
    drop((fails, at_once, later, wrapped, future, panic, error, original));
    all_released(before);
}

/// The function that a fixture returns.
fn returned(name: &str, params: &[&str], args: &[Value]) -> Callable {
    callable_of(&run(name, params, "callable", args).unwrap()).unwrap()
}

/// The one result of a call.
fn one(function: &Callable, args: &[Value]) -> Value {
    function.call(args).unwrap().remove(0)
}

#[test]
fn functions_that_java_returns() {
    let _guard = serialized();
    let before = live();
    let adder = returned("adder", &["int32"], &[100.into()]);
    let types = |signature: &Signature| format!("{:?} {:?}", signature.params(), signature.rets());
    assert_eq!(
        types(&adder.signature()),
        types(&Signature::new(fixtures::infos(&["int32", "int32"]), fixtures::infos(&["int32"]),))
    );
    assert_eq!(one(&adder, &[1.into(), 2.into()]), 103.into());
    assert_eq!(one(&adder, &[Value::Int64(1), Value::UInt8(2)]), 103.into());
    let error = adder.call(&[1.into()]).unwrap_err();
    assert!(error.message.contains("takes 2 argument(s), 1 were given"), "{error}");
    let mixer = returned("mixer", &[], &[]);
    let args = [
        true.into(),
        Value::Int8(1),
        Value::Char16(u16::from(b'c')),
        Value::Int16(2),
        3.into(),
        Value::Int64(4),
        Value::Float32(0.5),
        Value::Float64(0.25),
        "i".into(),
    ];
    assert_eq!(text(&one(&mixer, &args)), "true1c2340.50.25i");
    let repeater = returned("repeater", &[], &[]);
    assert_eq!(text(&one(&repeater, &["ab".into(), 3.into()])), "ababab");
    let nested = returned("nested", &[], &[]);
    let inner = one(&nested, &[]);
    assert!(matches!(&inner, Value::Callable(_)), "its type is erased, but it is a lambda");
    let apply = returned("method", &[], &[]);
    let double = callable(&["int64"], &["int64"], |args| Ok(vec![(int(&args[0]) * 2).into()]));
    assert_eq!(one(&apply, &[double, Value::Int64(21)]), Value::Int64(42));
    let concat = returned("instanceMethod", &[], &[]);
    assert_eq!(text(&one(&concat, &["a".into(), "b".into()])), "ab");
    let all = run("runnables", &["int32"], "callable_array", &[3.into()]).unwrap();
    let Value::Array(Array::Callable(all)) = all else { panic!("{all:?}") };
    all.iter().flatten().for_each(|task| assert!(task.call(&[]).unwrap().is_empty()));
    let error = run("notAFunction", &[], "callable", &[]).unwrap_err();
    assert!(error.message.contains("a java.lang.StringBuilder is not a function"), "{error}");
    drop((adder, mixer, repeater, nested, inner, apply, concat, all, error));
    all_released(before);
}

#[test]
fn java_functions_return_as_the_original() {
    let _guard = serialized();
    let before = live();
    let adder = returned("adder", &["int32"], &[1.into()]);
    let types = ["callable", "int32", "int32"];
    let applied =
        run("applyInts", &types, "int32", &[Value::Callable(adder.clone()), 2.into(), 3.into()]);
    assert_eq!(applied.unwrap(), 6.into());
    let (a, b) = (Value::Callable(adder.clone()), Value::Callable(adder.clone()));
    assert_eq!(run("same", &["callable", "any"], "bool", &[a, b]).unwrap(), true.into());
    let name = run("className", &["callable"], "string8", &[Value::Callable(adder.clone())]);
    assert!(text(&name.unwrap()).contains("Callbacks$$Lambda"));
    // As another interface it is called through both.
    let method = Value::Callable(returned("method", &[], &[]));
    let double = callable(&["int64"], &["int64"], |args| Ok(vec![(int(&args[0]) * 2).into()]));
    let keep = run("keep", &["callable"], "", from_ref(&method));
    assert!(keep.is_ok(), "{keep:?}");
    let error = run("callKept", &[], "any", &[]).unwrap_err();
    assert!(error.message.contains("passes 0 argument(s), but the function takes 2"), "{error}");
    let on_thread =
        std::thread::spawn(move || one(&callable_of(&method).unwrap(), &[double, Value::Int64(4)]));
    assert_eq!(on_thread.join().unwrap(), Value::Int64(8));
    std::thread::spawn(move || drop(adder)).join().unwrap();
    drop(error);
    all_released(before);
}

#[test]
fn java_exceptions_return_as_the_original() {
    let _guard = serialized();
    let before = live();
    let failer = returned("failer", &["string8"], &["no".into()]);
    let error = failer.call(&[]).unwrap_err();
    assert_eq!(error.to_string(), "java.lang.IllegalArgumentException: no");
    assert_eq!(error.language, "openjdk");
    let original = Value::Handle(error.original.clone().unwrap());
    let thrown = error.clone();
    let fails = callable(&[], &["any"], move |_| Err(thrown.clone()));
    let caught = run("catchesOwn", &["callable", "handle"], "bool", &[fails.clone(), original]);
    assert_eq!(caught.unwrap(), true.into());
    let again = run("run", &["callable"], "", from_ref(&fails)).unwrap_err();
    assert_eq!(again.original, error.original);
    // The proxy wraps an exception that the interface does not declare.
    let checked = function::<(&str,), ()>("Failures.checked").call(("full",)).unwrap_err();
    let thrown = checked.clone();
    let fails_checked = callable(&[], &["any"], move |_| Err(thrown.clone()));
    let original = Value::Handle(checked.original.clone().unwrap());
    let caught =
        run("catchesOwn", &["callable", "handle"], "bool", &[fails_checked.clone(), original]);
    assert_eq!(caught.unwrap(), true.into());
    let again_checked = run("run", &["callable"], "", from_ref(&fails_checked)).unwrap_err();
    assert_eq!(again_checked.type_name, "java.io.IOException");
    assert_eq!(again_checked.original, checked.original);
    drop((failer, error, fails, again, checked, fails_checked, again_checked));
    all_released(before);
}
