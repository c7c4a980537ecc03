//! Calls of Rust closures as callables, through the raw convention. Miri can run these tests,
//! since no library is opened.

use std::sync::atomic::AtomicI64;

use metaffi_value::{
    Array, Callable, Error, ErrorKind, Handle, ObjectData, Owner, Signature, Type, Value,
    new_object, object_payload,
};

/// A separate owner for each test.
macro_rules! owner {
    () => {{
        static LIVE: AtomicI64 = AtomicI64::new(0);
        Owner::unregistered(7, &LIVE)
    }};
}

struct Counter(i64);

impl ObjectData for Counter {
    fn data(&self) -> *mut std::ffi::c_void {
        std::ptr::null_mut()
    }
}

fn any(
    owner: Owner,
    function: impl Fn(Vec<Value>) -> Result<Vec<Value>, Error> + Send + Sync + 'static,
) -> Callable {
    let one = || vec![Type::ANY.into()];
    Callable::new(owner, Signature::new(one(), one()), function)
}

#[test]
fn values_of_every_shape_come_back() {
    let owner = owner!();
    let echo = any(owner, Ok);
    let rows = vec![Array::Int32(vec![1, 2]), Array::Int32(vec![])];
    let values: Vec<Value> = vec![
        Value::Null,
        i64::MIN.into(),
        1.5.into(),
        true.into(),
        '🦀'.into(),
        "text".into(),
        "x".repeat(2000).into(),
        Value::String16("🦀 sixteen".into()),
        Value::String32("🦀 thirty-two".into()),
        vec![1_u8, 2].into(),
        vec![0_i64; 300].into(),
        vec!["a".to_owned(), String::new()].into(),
        Array::Nested { element: Type::INT32, dims: 2, rows }.into(),
        Value::Handle(new_object(owner, Counter(1))),
        Array::Handle(vec![None, Some(new_object(owner, Counter(2)))]).into(),
        Array::Callable(vec![None, Some(echo.clone())]).into(),
        vec![Value::Null, vec![Value::from("deep"), echo.clone().into()].into()].into(),
        (0..100).map(Value::from).collect::<Vec<_>>().into(),
    ];
    for value in &values {
        let result = echo.call(std::slice::from_ref(value)).unwrap();
        assert_eq!(&result, std::slice::from_ref(value));
    }
    drop((echo, values));
    assert_eq!(owner.live_objects(), 0);
}

#[test]
fn an_object_is_the_original_and_is_released_once() {
    let owner = owner!();
    let take = any(owner, |args| match &args[..] {
        [Value::Handle(handle)] => {
            Ok(vec![object_payload::<Counter>(handle).map_or(0, |counter| counter.0).into()])
        }
        _ => Err(Error::new(ErrorKind::Argument, "no handle")),
    });
    let counter: Handle = new_object(owner, Counter(42));
    assert_eq!(take.call(&[counter.clone().into()]), Ok(vec![42_i64.into()]));
    drop((take, counter));
    assert_eq!(owner.live_objects(), 0);
}

#[test]
fn errors_and_panics_end_the_call_and_nothing_leaks() {
    let owner = owner!();
    let fail = any(owner, |args| match args.first() {
        Some(Value::Null) => std::panic::resume_unwind(Box::new("on purpose")),
        _ => {
            let cause = Error::new(ErrorKind::Guest, "the cause");
            Err(Error::new(ErrorKind::Guest, "broken").with_cause(cause))
        }
    });
    let object = move || Value::from(vec![Value::Handle(new_object(owner, Counter(1)))]);
    let error = fail.call(&[object()]).unwrap_err();
    assert_eq!(error.cause.as_ref().map(|cause| &*cause.message), Some("the cause"));
    assert_eq!(fail.call(&[Value::Null]).unwrap_err().kind, ErrorKind::Panic);
    let too_many = any(owner, move |_| Ok(vec![object(), Value::Null]));
    assert_eq!(too_many.call(&[Value::Null]).unwrap_err().kind, ErrorKind::Argument);
    drop((fail, too_many));
    assert_eq!(owner.live_objects(), 0);
}

#[test]
fn typed_closures() {
    let owner = owner!();
    let join = Callable::typed(owner, |parts: Vec<String>, by: String| parts.join(&by));
    let parts = vec!["a".to_owned(), "b".into()];
    assert_eq!(join.call_typed::<(Vec<String>, &str), String>((parts, "-")), Ok("a-b".into()));
    let split = Callable::typed(owner, |text: String| (text.len() as i64, text));
    assert_eq!(split.call_typed::<(&str,), (i64, String)>(("four",)), Ok((4, "four".into())));
    drop((join, split));
    assert_eq!(owner.live_objects(), 0);
}

#[test]
fn a_callable_is_called_from_many_threads() {
    let owner = owner!();
    let add = any(owner, |args| match args[..] {
        [Value::Int64(value)] => Ok(vec![(value + 1).into()]),
        _ => Err(Error::new(ErrorKind::Argument, "no number")),
    });
    std::thread::scope(|scope| {
        for thread in 0..4_i64 {
            let add = add.clone();
            scope.spawn(move || {
                for _ in 0..20 {
                    assert_eq!(add.call(&[thread.into()]), Ok(vec![(thread + 1).into()]));
                }
            });
        }
    });
    drop(add);
    assert_eq!(owner.live_objects(), 0);
}

struct Other(i64);

impl ObjectData for Other {
    fn data(&self) -> *mut std::ffi::c_void {
        std::ptr::null_mut()
    }
}

#[test]
fn an_object_has_only_its_own_type() {
    let owner = owner!();
    let (counter, other) = (new_object(owner, Counter(1)), new_object(owner, Other(2)));
    assert_eq!(object_payload::<Counter>(&counter).map(|counter| counter.0), Some(1));
    assert_eq!(object_payload::<Other>(&other).map(|other| other.0), Some(2));
    assert!(object_payload::<Other>(&counter).is_none());
    assert!(object_payload::<Counter>(&other).is_none());
}
