//! Rust functions in Python: at once, later, on many threads, failing.

mod fixtures;

use core::fmt;
use std::sync::mpsc::channel;
use std::time::Duration;

use fixtures::function;
use metaffi::{Callable, ErrorKind, Handle, Value};

#[derive(Debug, PartialEq)]
struct Full(u64);

impl fmt::Display for Full {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "disk full: {} bytes", self.0)
    }
}

impl std::error::Error for Full {}

fn full() -> Callable {
    fixtures::hub();
    metaffi::callable(|| Err::<(), _>(Full(7))).unwrap()
}

#[test]
fn called_from_threads_that_rust_has_never_seen_all_at_once() {
    fixtures::hub();
    let add_one = metaffi::callable(|value: i64| value + 1).unwrap();
    let call = function::<(&Callable, i64), i64>("call_on_threads");
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(call.call((&add_one, 6)).unwrap(), 50 * 21));
        }
    });
}

#[test]
fn called_when_the_call_is_over() {
    fixtures::hub();
    let (sender, receiver) = channel();
    let callback = metaffi::callable(move |value: i64| sender.send(value)).unwrap();
    function::<(Callable, i64), ()>("call_later").call((callback, 5)).unwrap();
    assert_eq!(receiver.recv_timeout(Duration::from_secs(5)), Ok(5));
}

/// The object of a function that was passed is reused for the next one.
#[test]
fn functions_passed_in_turn_are_distinguished() {
    fixtures::hub();
    let add = |amount: i64| metaffi::callable(move |value: i64| value + amount).unwrap();
    let call = function::<(&Callable, i64), i64>("call");
    for amount in [1, 2, 3] {
        assert_eq!(call.call((&add(amount), 10)).unwrap(), 10 + amount);
    }
    // A function that is kept stays the same while others are passed.
    function::<(&Callable,), ()>("keep").call((&add(4),)).unwrap();
    let kept = function::<(i64,), i64>("call_kept");
    for amount in [5, 6] {
        assert_eq!(call.call((&add(amount), 10)).unwrap(), 10 + amount);
        assert_eq!(kept.call((10,)).unwrap(), 14);
    }
    function::<(), i64>("forget").call(()).unwrap();
    // Functions of other types, and one that is passed while it runs.
    let twice = metaffi::callable(|text: String| text.repeat(2)).unwrap();
    let text = function::<(&Callable, &str), String>("call");
    assert_eq!(text.call((&twice, "ab")).unwrap(), "abab");
    let inner = metaffi::callable(|value: i64| {
        function::<(&Callable, i64), i64>("call").call((&metaffi::callable(|v: i64| v * 2)?, value))
    });
    assert_eq!(call.call((&inner.unwrap(), 21)).unwrap(), 42);
}

#[test]
fn a_function_is_released_with_the_call() {
    fixtures::hub();
    let held = std::sync::Arc::new(1_i64);
    let call = function::<(Callable, i64), i64>("call");
    for _ in 0..2 {
        let one = held.clone();
        let add = metaffi::callable(move |value: i64| value + *one).unwrap();
        assert_eq!(call.call((add, 1)).unwrap(), 2);
        assert_eq!(std::sync::Arc::strong_count(&held), 1);
    }
}

#[test]
fn a_python_function_is_called_from_new_threads() {
    let adder = function::<(i64,), Callable>("adder").call((10,)).unwrap();
    std::thread::scope(|scope| {
        for number in 0..8 {
            let adder = &adder;
            scope.spawn(move || {
                for _ in 0..100 {
                    let sum = adder.call_typed::<(i64,), i64>((number,)).unwrap();
                    assert_eq!(sum, number + 10);
                }
            });
        }
    });
    let error = adder.call_typed::<(&str,), i64>(("x",)).unwrap_err();
    assert_eq!((error.kind, &*error.type_name), (ErrorKind::Guest, "TypeError"));
}

#[test]
fn every_type_through_a_callback() {
    fixtures::hub();
    let call = function::<(&Callable, Value), Value>("call");
    let through = |callable: metaffi::Callable, value: Value| {
        call.call((&callable, value)).unwrap_or_else(|error| panic!("{error:?}"))
    };
    let text = metaffi::callable(|text: String| text + "\u{1F600}").unwrap();
    assert_eq!(through(text, "ö\0".into()), "ö\0\u{1F600}".into());
    let rows = metaffi::callable(|rows: Vec<Vec<i64>>| rows.concat()).unwrap();
    let rows = through(rows, vec![vec![1_i64, 2].into(), Value::from(vec![3_i64])].into());
    assert_eq!(rows, vec![1_i64, 2, 3].into());
    let maybe = metaffi::callable(|text: Option<String>| text.is_none()).unwrap();
    assert_eq!(through(maybe, Value::Null), true.into());
    let pair = metaffi::callable(|value: i64| (value, "two")).unwrap();
    let kind = metaffi::callable(|value: Value| value.ty().to_string()).unwrap();
    assert_eq!(through(kind, through(pair, 1_i64.into())), "any_array".into());
    let object = fixtures::counter(3);
    let same = metaffi::callable(|object: Handle| object).unwrap();
    assert_eq!(through(same, object.clone().into()), object.into());
}

#[test]
fn the_error_of_a_closure_comes_back_as_itself() {
    let error = function::<(Callable,), ()>("call").call((full(),)).unwrap_err();
    assert_eq!(error.downcast_ref::<Full>(), Some(&Full(7)));
    assert_eq!((&*error.language, error.message.as_str()), ("rust", "disk full: 7 bytes"));
    let caught = function::<(Callable,), String>("catch").call((full(),)).unwrap();
    assert_eq!(caught, "MetaFFIError: callbacks::Full: disk full: 7 bytes");
    // As the cause of a Python exception.
    let error = function::<(Callable,), ()>("wrap_error").call((full(),)).unwrap_err();
    assert_eq!(error.to_string(), "guest.TooSmallError: around it");
    assert_eq!(error.cause.as_ref().unwrap().downcast_ref::<Full>(), Some(&Full(7)));
}

#[test]
fn an_exception_through_a_closure_is_the_same_exception() {
    let fail = function::<(&str,), ()>("fail");
    let relay = metaffi::callable(move || fail.call(("boom",))).unwrap();
    let error = function::<(Callable,), ()>("call").call((relay,)).unwrap_err();
    assert_eq!((error.to_string().as_str(), &*error.language), ("ValueError: boom", "python3"));
    assert!(error.stack_trace().contains("in fail\n"), "{error:?}");
}

#[test]
fn arguments_that_a_closure_does_not_take() {
    fixtures::hub();
    let add_one = metaffi::callable(|value: i64| value + 1).unwrap();
    let call = function::<(&Callable, &str), Value>("call");
    let error = call.call((&add_one, "text")).unwrap_err();
    assert!(error.message.contains("expected int64, got str 'text'"), "{error:?}");
    let none = function::<(&Callable,), Value>("call");
    let error = none.call((&add_one,)).unwrap_err();
    assert!(error.message.contains('1'), "{error:?}");
}
