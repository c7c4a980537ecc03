//! The typed API with the loopback guest: every Rust type, closures, errors.

use core::fmt;

use metaffi::{Callable, Error, ErrorKind, Function, Handle, Lift, Lower, Module, Runtime, Value};
use metaffi_testkit::home;

fn module() -> Module {
    let hub = metaffi::Hub::open(Some(&home())).unwrap();
    Runtime::load_from(hub, "loopback").unwrap().module("loopback").unwrap()
}

/// Passes `value` through a closure that takes and returns a `T`.
fn same<T>(value: T)
where
    T: Lift + PartialEq + fmt::Debug + Clone + 'static,
    for<'a> T: Lower<Arg<'a> = T>,
{
    let echo = metaffi::callable(|value: T| value).unwrap();
    assert_eq!(echo.call_typed::<(T,), T>((value.clone(),)).unwrap(), value);
}

#[test]
fn every_type_round_trips() {
    module();
    same(i8::MIN);
    same(u16::MAX);
    same(i64::MIN);
    same(u64::MAX);
    same(usize::MAX);
    same(f32::MIN_POSITIVE);
    same(-0.0_f64);
    same(true);
    same('\u{1F600}');
    same(String::from("nul \0 and \u{1F600}"));
    same(Some(String::new()));
    same(None::<String>);
    same(None::<i64>);
    same(vec![1.5_f64, f64::INFINITY]);
    same(vec![true, false]);
    same(vec!['a', '\u{1F600}']);
    same(Vec::<i32>::new());
    same(vec![String::from("a"), String::new()]);
    same(vec![vec![1_u8, 2], vec![], vec![3]]);
    same(vec![vec![vec![1_i64], vec![]], vec![], vec![vec![], vec![2, 3]]]);
    same(vec![vec![String::from("x")], vec![]]);
    same(vec![Value::Null, 1_i64.into(), vec![String::from("x")].into()]);
    same(vec![None::<Handle>]);
}

#[test]
fn closures_of_every_shape() {
    module();
    let nothing = metaffi::callable(|| ()).unwrap();
    nothing.call_typed::<(), ()>(()).unwrap();
    let divide = |left: i64, right: i64| {
        let rest = left.checked_rem(right).ok_or("division by zero")?;
        Ok::<_, &str>((left / right, rest))
    };
    let divide = metaffi::callable(divide).unwrap();
    assert_eq!(divide.signature().to_string(), "(int64, int64) -> (int64, int64)");
    assert_eq!(divide.call_typed::<(i64, i64), (i64, i64)>((7, 2)).unwrap(), (3, 1));
    let error = divide.call_typed::<(i64, i64), (i64, i64)>((7, 0)).unwrap_err();
    assert_eq!((error.to_string().as_str(), &*error.language), ("division by zero", "rust"));
    let error = divide.call_typed::<(i64,), (i64, i64)>((7,)).unwrap_err();
    assert!(error.message.contains("takes 2 argument(s), 1"), "{error:?}");
    let error = divide.call_typed::<(i64, i64), i64>((7, 2)).unwrap_err();
    assert!(error.message.contains("returns 2 result(s), expected 1"), "{error:?}");
    let error = divide.call_typed::<(i64, &str), (i64, i64)>((7, "x")).unwrap_err();
    assert_eq!((error.kind, &*error.message), (ErrorKind::Argument, "expected int64, got string8"));
    let eight = metaffi::callable(|a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8, h: u8| {
        vec![a, b, c, d, e, f, g, h]
    });
    let args = (1, 2, 3, 4, 5, 6, 7, 8);
    type Eight = (u8, u8, u8, u8, u8, u8, u8, u8);
    let all = eight.unwrap().call_typed::<Eight, Vec<u8>>(args).unwrap();
    assert_eq!(all, [1, 2, 3, 4, 5, 6, 7, 8]);
}

#[derive(Debug)]
struct DiskFull {
    needed: u64,
    inner: std::num::ParseIntError,
}

impl fmt::Display for DiskFull {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "disk full: {} bytes", self.needed)
    }
}

impl std::error::Error for DiskFull {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.inner)
    }
}

fn disk_full(needed: u64) -> DiskFull {
    DiskFull { needed, inner: "x".parse::<i32>().unwrap_err() }
}

type Call = Function<(Callable, Value), Value>;

#[test]
fn the_original_error_can_be_recovered() {
    let module = module();
    let fail = metaffi::callable(|needed: u64| Err::<(), _>(disk_full(needed))).unwrap();
    let error = fail.call_typed::<(u64,), ()>((7,)).unwrap_err();
    assert_eq!(error.to_string(), "typed::DiskFull: disk full: 7 bytes");
    let fail = |needed: i64| Err::<Value, _>(disk_full(needed as u64));
    let fail = metaffi::callable(fail).unwrap();
    for path in ["callable=call", "callable=call_on_thread"] {
        let call: Call = module.function(path).unwrap();
        let error = call.call((fail.clone(), 9_i64.into())).unwrap_err();
        assert_eq!(error.downcast_ref::<DiskFull>().unwrap().needed, 9);
        assert_eq!(error.cause.as_ref().unwrap().message, "invalid digit found in string");
        let source = std::error::Error::source(&error).unwrap();
        assert_eq!(source.downcast_ref::<DiskFull>().unwrap().needed, 9);
        assert!(error.downcast_ref::<std::fmt::Error>().is_none());
    }
    let hidden = metaffi::callable(|_: Value| {
        Err::<Value, Box<dyn std::error::Error + Send + Sync>>(disk_full(1).into())
    });
    let call: Call = module.function("callable=call").unwrap();
    let error = call.call((hidden.unwrap(), Value::Null)).unwrap_err();
    assert_eq!((&*error.type_name, error.downcast_ref::<DiskFull>().unwrap().needed), ("", 1));
}

#[test]
fn a_guests_error_passes_through_a_closure_and_a_panic_is_an_error() {
    let module = module();
    let fail = module.function::<(&str,), ()>("callable=fail").unwrap();
    let relay = metaffi::callable(move |text: String| fail.call((&text,)).map(|()| Value::Null));
    let call: Call = module.function("callable=call").unwrap();
    let error: Error = call.call((relay.unwrap(), "low".into())).unwrap_err();
    assert_eq!(
        (error.to_string().as_str(), &*error.language),
        ("loopback.Failure: low", "loopback")
    );
    let panics = metaffi::callable(|_: Value| -> Value { panic!("out of luck") }).unwrap();
    let error = call.call((panics, Value::Null)).unwrap_err();
    assert_eq!((error.kind, error.message.as_str()), (ErrorKind::Panic, "panic: out of luck"));
    assert_eq!(
        call.call((metaffi::callable(|v: Value| v).unwrap(), 1_i64.into())).unwrap(),
        1_i64.into()
    );
}
