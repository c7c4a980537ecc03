//! Errors in a guest reach the host, and the next call works.

#![allow(unsafe_code)] // one test calls with wrong counts on purpose

mod support;

use std::mem::MaybeUninit;

use metaffi::{Entity, Error, ErrorKind, Type, TypeInfo, Value};
use metaffi_value::{CallFrame, lower_argument};
use support::{call, fails, get, module, owner};

fn chain(error: &Error) -> Vec<(String, String)> {
    let mut links = Vec::new();
    let mut next = Some(error);
    while let Some(error) = next {
        links.push((error.type_name.to_string(), error.message.clone()));
        next = error.cause.as_ref();
    }
    links
}

#[test]
fn an_error_result_is_the_error_of_the_call() {
    let faults = module("faults");
    let error = fails(&faults, "callable=Fail", &[], 0);
    assert_eq!((error.kind, &*error.language), (ErrorKind::Guest, "go"));
    assert_eq!(chain(&error), [("*errors.errorString".into(), "empty".into())]);
    let error = fails(&faults, "callable=Wrapped", &[], 1);
    let links = chain(&error);
    assert_eq!(links[0], ("*fmt.wrapError".into(), "reading: opening: no file".into()));
    assert_eq!(links[2], ("*faults.NotFound".into(), "no file".into()));
    let error = fails(&faults, "callable=Join", &[], 0);
    assert_eq!(chain(&error)[1].1, "empty");
    assert_eq!(call(&faults, "callable=Succeed", &[1_i64.into()], 1).unwrap(), [2_i64.into()]);
}

#[test]
fn an_error_value_can_be_passed_back() {
    let faults = module("faults");
    let original = fails(&faults, "callable=Fail", &[], 0).into_parts().original.unwrap();
    assert_eq!(get(&faults, "callable=IsEmpty", &[original.into()]), true.into());
    let other = fails(&faults, "callable=Wrapped", &[], 1).into_parts().original.unwrap();
    assert_eq!(get(&faults, "callable=IsEmpty", &[other.into()]), false.into());
    let empty = get(&faults, "global=ErrEmpty", &[]);
    assert_eq!(get(&faults, "callable=IsEmpty", &[empty]), true.into());
}

#[test]
fn a_panic_is_an_error_with_the_users_stack() {
    let faults = module("faults");
    let cases: Vec<(&str, Vec<Value>, usize, &str, &str)> = vec![
        ("Panic", vec!["oh no".into()], 0, "panic: oh no", "faults.Panic("),
        ("PanicError", vec![], 0, "panic: broken: empty", "faults.PanicError("),
        ("NilMap", vec![], 0, "panic: assignment to entry in nil map", "faults.NilMap("),
        ("NilPointer", vec![], 1, "nil pointer dereference", "faults.NilPointer("),
        (
            "OutOfRange",
            vec![7_i64.into()],
            1,
            "index out of range [7] with length 3",
            "faults.OutOfRange(",
        ),
        ("DivideBy", vec![0_i64.into()], 1, "integer divide by zero", "faults.DivideBy("),
        ("Deep", vec![3_i64.into()], 1, "panic: at the bottom", "faults.Deep("),
        ("PanicNil", vec![], 0, "panic", "faults.PanicNil("),
    ];
    for (name, args, results, message, frame) in cases {
        let error = fails(&faults, &format!("callable={name}"), &args, results);
        assert_eq!(error.kind, ErrorKind::Panic, "{name}: {error}");
        assert!(error.message.contains(message), "{name}: {error}");
        assert!(
            !error.message.contains("goroutine "),
            "the stack is in the message only once: {error}"
        );
        assert!(error.to_string().contains("goroutine "), "and its text has it: {error}");
        assert!(error.stack_trace().contains(frame), "{name}: {}", error.stack_trace());
        assert!(
            error.stack_trace().contains("metaffi.local/faults/faults.go:"),
            "{}",
            error.stack_trace()
        );
        assert!(!error.stack_trace().contains("xcall.Enter"), "our frames are cut off");
    }
    let error = fails(&faults, "callable=PanicError", &[], 0);
    assert_eq!(
        (&*error.type_name, &*error.cause.as_ref().unwrap().message),
        ("*fmt.wrapError", "empty")
    );
    assert_eq!(
        get(&faults, "callable=Succeed", &[1_i64.into()]),
        2_i64.into(),
        "the next call works"
    );
}

/// Go ends the process when a goroutine ends on a thread that it did not start. Threads on which
/// such a call was made go on and end, and new ones start.
#[test]
fn a_goroutine_that_ends_is_an_error() {
    let faults = module("faults");
    for _ in 0..20 {
        let here = faults.clone();
        let thread = std::thread::spawn(move || {
            for n in 0..3_i64 {
                let error = fails(&here, "callable=Exit", &[], 1);
                assert_eq!((error.kind, &*error.type_name), (ErrorKind::Guest, "runtime.Goexit"));
                assert!(
                    error.message.starts_with("Exit() int: the goroutine was ended"),
                    "{error}"
                );
                assert_eq!(get(&here, "callable=Succeed", &[n.into()]), (n + 1).into());
            }
        });
        thread.join().unwrap();
        assert_eq!(get(&faults, "callable=Succeed", &[1_i64.into()]), 2_i64.into());
    }
    assert!(matches!(get(&faults, "callable=Spin", &[]), Value::Int64(0..5_000_000)));
}

#[test]
fn a_result_that_cannot_be_returned_leaks_nothing() {
    let faults = module("faults");
    let error = fails(&faults, "callable=BadText", &[], 2);
    assert!(error.message.contains("result 2: the string is not valid UTF-8"), "{error}");
    drop(error);
    // Errors of other tests keep their originals for a moment.
    let start = std::time::Instant::now();
    while owner("faults").live_objects() != 0 {
        assert!(start.elapsed().as_secs() < 20, "{} leak", owner("faults").live_objects());
        std::thread::yield_now();
    }
}

/// A call past the host's own check of the counts.
fn raw_call(entity: &Entity, args: &[Value], results: usize) -> Error {
    let mut slots = vec![MaybeUninit::uninit(); results];
    CallFrame::with(|mut frame| {
        let args: Vec<_> =
            args.iter().map(|arg| lower_argument(arg, &mut frame).unwrap()).collect();
        // SAFETY: the guest checks the counts before it touches a slot.
        unsafe { frame.call(entity.call_fn(), entity.context(), &args, &mut slots) }.unwrap_err()
    })
}

#[test]
fn a_wrong_count_is_refused_by_the_guest_too() {
    let faults = module("faults");
    let any = TypeInfo::new(Type::ANY);
    let entity = faults
        .entity("callable=Succeed", std::slice::from_ref(&any), std::slice::from_ref(&any))
        .unwrap();
    let error = raw_call(&entity, &[], 1);
    assert_eq!(error.kind, ErrorKind::Argument);
    assert_eq!(error.message, "Succeed(n int) (int, error) takes 1 argument(s), 0 were given");
    let error = raw_call(&entity, &[1_i64.into()], 3);
    assert!(error.message.ends_with("returns 1 value(s), 3 are expected"), "{error}");
}
