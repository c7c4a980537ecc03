//! Awaited coroutines.

mod fixtures;

use fixtures::{entity, function};
use metaffi::{ErrorKind, Function, Handle, Value};

#[test]
fn a_coroutine_gives_its_value() {
    let later = function::<(i64,), i64>("callable=later,awaited");
    assert_eq!(later.call((41,)).unwrap(), 42);
    // A result that is not awaitable is returned unchanged.
    assert_eq!(function::<(i64, i64), i64>("callable=add,awaited").call((1, 2)).unwrap(), 3);
}

#[test]
fn objects_of_the_event_loop_can_be_used_by_later_calls_on_any_thread() {
    let session = function::<(), Handle>("Session").call(()).unwrap();
    let method = |name: &str| format!("callable=Session.{name},instance_required,awaited");
    let enter = function::<(&Handle,), Handle>(&method("__aenter__"));
    assert_eq!(enter.call((&session,)).unwrap(), session);
    let put = function::<(&Handle, i64), bool>(&method("put"));
    let get = function::<(&Handle,), i64>(&method("get"));
    std::thread::scope(|scope| {
        let waiting: Vec<_> = (0..4).map(|_| scope.spawn(|| get.call((&session,)))).collect();
        for value in 1..=4 {
            assert!(put.call((&session, value)).unwrap());
        }
        let got: i64 = waiting.into_iter().map(|thread| thread.join().unwrap().unwrap()).sum();
        assert_eq!(got, 10);
    });
    put.call((&session, 5)).unwrap();
    let path = format!("{},named_args", method("get"));
    let get = entity(&path, &["handle", "any"], &["int64"]).unwrap();
    let pair = Value::from(vec![Value::from("more"), Value::from(2_i64)]);
    let args = [session.into(), vec![pair].into()];
    assert_eq!(get.call(&args).unwrap(), [Value::Int64(7)]);
}

#[test]
fn stepping_through_an_asynchronous_generator() {
    let steps = function::<(i64,), Handle>("steps").call((2,)).unwrap();
    let next: Function<(&Handle,), i64> = function("callable=__anext__,instance_required,awaited");
    assert_eq!(next.call((&steps,)).unwrap(), 0);
    assert_eq!(next.call((&steps,)).unwrap(), 1);
    assert_eq!(next.call((&steps,)).unwrap_err().into_parts().type_name, "StopAsyncIteration");
}

#[test]
fn an_exception_of_a_coroutine() {
    let error = function::<(&str,), ()>("callable=fail_later,awaited").call(("low",)).unwrap_err();
    assert_eq!(error.to_string(), "guest.TooSmallError: low");
    assert!(error.stack_trace().contains("in fail_later\n"), "{error:?}");
    for _ in 0..2 {
        let error = function::<(), ()>("callable=leave_later,awaited").call(()).unwrap_err();
        assert_eq!((error.kind, error.to_string().as_str()), (ErrorKind::Guest, "SystemExit: 3"));
    }
    assert_eq!(function::<(i64,), i64>("callable=later,awaited").call((1,)).unwrap(), 2);
}

#[test]
fn a_loop_that_would_wait_for_itself() {
    let later = function::<(i64,), i64>("callable=later,awaited");
    let nested = metaffi::callable(move |value: i64| later.call((value,))).unwrap();
    let call = fixtures::module();
    let path = "callable=call_later_on_the_loop,awaited";
    let call = call.function::<(metaffi::Callable, i64), i64>(path).unwrap();
    let error = call.call((nested, 1)).unwrap_err();
    assert!(error.message.contains("load it without `awaited` there"), "{error:?}");
}
