//! Threads of the host: many at once, short-lived ones, ones that wait for each other.
//! Nothing else runs in this process, so that counts are exact.

mod fixtures;

use std::time::Duration;

use fixtures::{function, load, owner, python};
use metaffi::{Callable, Error, ErrorKind, Function, Handle, Signature, Type, TypeInfo, Value};

fn callback(body: impl Fn(i64) -> Result<i64, Error> + Send + Sync + 'static) -> Callable {
    let int = || vec![TypeInfo::new(Type::INT64)];
    let body = move |args: Vec<Value>| match args[..] {
        [Value::Int64(value)] => Ok(vec![Value::Int64(body(value)?)]),
        _ => Err(Error::new(ErrorKind::Argument, "no int64")),
    };
    Callable::new(fixtures::hub().owner("rust"), Signature::new(int(), int()), body)
}

type Call = Function<(Callable, i64), i64>;

fn many_at_once() {
    let call: &Call = &function("call");
    let echo = &function::<(Handle,), Handle>("echo");
    let fail = &function::<(&str,), ()>("fail");
    let work = |number: i64| {
        for step in 0..300 {
            let object = fixtures::counter(number);
            assert_eq!(echo.call((object.clone(),)).unwrap(), object);
            let add = callback(move |value| Ok(value + number));
            assert_eq!(call.call((add, step)).unwrap(), step + number);
            assert_eq!(fail.call(("no",)).unwrap_err().to_string(), "ValueError: no");
        }
    };
    std::thread::scope(|scope| {
        for number in 0..8 {
            scope.spawn(move || work(number));
        }
    });
}

fn come_and_go() {
    let add = &function::<(i64, i64), i64>("add");
    for number in 0..300 {
        std::thread::scope(|scope| {
            scope.spawn(move || assert_eq!(add.call((number, 1)).unwrap(), number + 1));
        });
    }
}

/// A callback that waits for another thread, which needs Python: holding the GIL outside
/// of Python would deadlock both.
fn wait_for_one_another() {
    let call: &Call = &function("call");
    let on_other_thread = callback(|value| {
        let other = std::thread::spawn(move || function::<(i64,), i64>("add").call((value,)));
        other.join().map_err(|_| Error::new(ErrorKind::Internal, "it panicked"))?
    });
    assert_eq!(call.call((on_other_thread, 5)).unwrap(), 15);
}

fn nested(depth: i64) -> i64 {
    let call: Call = function("call");
    let deeper = callback(|depth| Ok(if depth == 0 { 0 } else { nested(depth - 1) + 1 }));
    call.call((deeper, depth)).unwrap()
}

/// Objects that are dropped when no more calls to Python are made.
fn are_released_without_another_call() {
    let tracked = load(&python("tracked.py")).unwrap();
    let many = tracked.function::<(i64,), Handle>("callable=many").unwrap();
    let alive = tracked.function::<(), i64>("callable=alive").unwrap();
    let objects = many.call((1000,)).unwrap();
    assert_eq!(alive.call(()).unwrap(), 1000);
    std::thread::spawn(move || drop(objects)).join().unwrap();
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(alive.call(()).unwrap(), 0);
}

#[test]
fn threads_of_the_host() {
    many_at_once();
    come_and_go();
    wait_for_one_another();
    assert_eq!(nested(20), 20);
    are_released_without_another_call();
    assert_eq!(owner().live_objects(), 0);
    assert_eq!(fixtures::hub().owner("rust").live_objects(), 0);
}
