//! Exceptions become errors with all details, and the next call works.

mod fixtures;

use fixtures::{call_method, classes, entity, function, load, load_error, runtime};
use metaffi::{Error, ErrorKind};

fn fail(name: &str, ret: &str) -> Error {
    let rets: &[&str] = if ret.is_empty() { &[] } else { &[ret] };
    let entity = entity(&format!("Failures.{name}"), &[], rets).unwrap();
    let error = entity.call(&[]).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Guest, "{error:?}");
    assert_eq!(error.language, "openjdk");
    assert_eq!(function::<(i64,), i64>("Scalars.int64").call((5,)).unwrap(), 5);
    error
}

#[test]
fn a_checked_exception_with_its_cause() {
    let error = function::<(&str,), ()>("Failures.checked").call(("disk full",)).unwrap_err();
    assert_eq!((error.kind, &*error.type_name), (ErrorKind::Guest, "java.io.IOException"));
    assert_eq!(error.message, "disk full");
    assert!(
        error.stack_trace().contains("at fixtures.Failures.checked(Failures.java:"),
        "{error:?}"
    );
    assert!(error.stack_trace().contains("Caused by: java.lang.IllegalStateException: the cause"));
    let cause = error.cause.as_ref().unwrap();
    assert_eq!(cause.to_string(), "java.lang.IllegalStateException: the cause");
    assert!(cause.cause.is_none());
    let original = error.original.clone().unwrap();
    assert_eq!(call_method::<String>("java.lang.Throwable", "getMessage", &original), "disk full");
    let original = cause.original.as_ref().unwrap();
    assert_eq!(call_method::<String>("java.lang.Throwable", "getMessage", original), "the cause");
}

#[test]
fn a_stack_trace_is_read_later_on_any_thread_and_after_the_release() {
    let runtime = runtime();
    let module = runtime.module(classes().to_str().unwrap()).unwrap();
    let path = "class=fixtures.Failures,callable=checked";
    let error = module.function::<(&str,), ()>(path).unwrap().call(("later",)).unwrap_err();
    assert_eq!(error.known_stack_trace(), None, "nobody has looked");
    drop(module);
    runtime.release();
    let look = move || {
        let at = "at fixtures.Failures.checked(Failures.java:";
        assert!(error.stack_trace().contains(at), "{error:?}");
        assert!(error.cause.as_ref().unwrap().stack_trace().contains(at), "{error:?}");
    };
    std::thread::spawn(look).join().unwrap();
}

#[test]
fn exceptions_for_every_return_type() {
    let of = |name, ret| fail(name, ret).into_parts().type_name;
    let unsupported = "java.lang.UnsupportedOperationException";
    for (name, ret) in [
        ("failBoolean", "bool"),
        ("failByte", "int8"),
        ("failChar", "char16"),
        ("failShort", "int16"),
        ("failInt", "int32"),
        ("failFloat", "float32"),
        ("failDouble", "float64"),
        ("failString", "string8"),
    ] {
        assert_eq!(of(name, ret), unsupported, "{name}");
    }
    let error = function::<(i64,), i64>("Failures.unchecked").call((7,)).unwrap_err();
    assert_eq!(error.to_string(), "java.lang.IllegalArgumentException: v is 7");
    let made = load("class=fixtures.Shape,callable=<init>", &["int32"], &["handle"]).unwrap();
    assert_eq!(made.call(&[(-1).into()]).unwrap_err().into_parts().message, "sides is -1");
}

#[test]
fn a_null_pointer_and_a_message_that_is_null() {
    assert_eq!(fail("nullPointer", "int32").type_name, "java.lang.NullPointerException");
    let error = fail("failInt", "int32");
    assert_eq!(error.message, "java.lang.UnsupportedOperationException");
}

#[test]
fn exhausted_stacks_and_heaps_are_exceptions() {
    let overflow = || function::<(i32,), i32>("Failures.overflow").call((0,)).unwrap_err();
    assert_eq!(overflow().type_name, "java.lang.StackOverflowError");
    let small = std::thread::Builder::new().stack_size(256 * 1024);
    let error = small.spawn(overflow).unwrap().join().unwrap();
    assert_eq!(error.type_name, "java.lang.StackOverflowError");
    assert_eq!(fail("outOfMemory", "int32").type_name, "java.lang.OutOfMemoryError");
}

#[test]
fn a_thread_with_too_small_a_stack_gets_an_error() {
    let tiny = std::thread::Builder::new().stack_size(64 * 1024);
    let echo = function::<(i64,), i64>("Scalars.int64");
    let error = tiny.spawn(move || echo.call((5,)).unwrap_err()).unwrap().join().unwrap();
    assert_eq!(error.kind, ErrorKind::Unsupported);
    assert!(error.message.contains("larger stack"), "{error}");
}

#[test]
fn an_exception_whose_own_methods_fail() {
    let error = fail("broken", "");
    assert_eq!(error.type_name, "fixtures.Failures$Broken");
    assert!(error.message.contains("its message cannot be read"), "{error}");
}

#[test]
fn a_class_that_cannot_be_initialized() {
    let path = "class=fixtures.Failures.Uninitializable,callable=run";
    let error = load(path, &[], &[]).unwrap_err();
    assert_eq!(error.type_name, "java.lang.ExceptionInInitializerError");
    let cause = error.cause.as_ref().unwrap();
    assert_eq!(cause.to_string(), "java.lang.IllegalStateException: static initializer");
    let again = load(path, &[], &[]).unwrap_err();
    assert_eq!(again.type_name, "java.lang.NoClassDefFoundError");
    assert!(again.message.starts_with("Could not initialize class fixtures."), "{again}");
}

#[test]
fn classes_that_cannot_be_instantiated() {
    let path = "class=fixtures.Failures.Abstract,callable=<init>";
    let message = load_error(path, &[], &["handle"], ErrorKind::NotFound);
    assert_eq!(message, "no constructor of fixtures.Failures.Abstract: it is abstract");
    let path = "class=fixtures.Failures.Closed,callable=<init>";
    let message = load_error(path, &[], &["handle"], ErrorKind::NotFound);
    assert!(message.contains("not public"), "{message}");
}
