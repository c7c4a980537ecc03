//! Exceptions, modules that cannot be loaded, and the next call, which works.

mod fixtures;

use fixtures::{entity, function, load, python, runtime};
use metaffi::{Callable, Error, ErrorKind, Handle, Signature, Type, TypeInfo, Value};

fn works() {
    assert_eq!(function::<(i64, i64), i64>("add").call((1, 2)).unwrap(), 3);
}

#[test]
fn an_exception_has_type_text_and_traceback() {
    let error = function::<(&str,), ()>("fail").call(("boom",)).unwrap_err();
    assert_eq!((error.kind, &*error.language), (ErrorKind::Guest, "python3"));
    assert_eq!(error.to_string(), "ValueError: boom");
    assert!(error.stack_trace().contains("guest.py\", line "), "{error:?}");
    assert!(error.stack_trace().contains("in fail\n    raise ValueError(text)\n"), "{error:?}");
    assert!(error.cause.is_none());
    let args = function::<(Handle,), Vec<String>>("attribute=args,instance_required");
    let kind = function::<(Handle,), String>("kind");
    let original = error.into_parts().original.unwrap();
    assert_eq!(kind.call((original.clone(),)).unwrap(), "ValueError");
    drop((args, original));
    works();
}

#[test]
fn a_traceback_is_read_later_on_any_thread_and_after_the_release() {
    let runtime = runtime();
    let module = runtime.module(&python("guest.py")).unwrap();
    let fail = module.function::<(&str,), ()>("callable=fail").unwrap();
    let error = fail.call(("later",)).unwrap_err();
    assert_eq!(error.known_stack_trace(), None, "not accessed yet");
    drop((fail, module));
    runtime.release();
    let look = move || assert!(error.stack_trace().contains("in fail\n"), "{error:?}");
    std::thread::spawn(look).join().unwrap();
    works();
}

#[test]
fn the_stack_of_a_deep_recursion_is_short() {
    let error = function::<(i64,), ()>("fail_deep").call((50,)).unwrap_err();
    assert!(error.stack_trace().starts_with("Traceback (most recent call last):\n  File \""));
    assert_eq!(error.stack_trace().matches("in fail_deep\n").count(), 4, "{error:?}");
    assert!(
        error.stack_trace().contains("  [Previous line repeated 47 more times]\n"),
        "{error:?}"
    );
    works();
}

#[test]
fn a_line_without_source_has_only_its_number() {
    let error = function::<(), ()>("fail_without_source").call(()).unwrap_err();
    let last = error.stack_trace().lines().last().unwrap();
    assert_eq!(last, "  File \"<made>\", line 2, in made", "{error:?}");
    works();
}

#[test]
fn causes_and_contexts() {
    let error = function::<(&str,), ()>("fail_with_cause").call(("low",)).unwrap_err();
    assert_eq!(error.to_string(), "guest.TooSmallError: low");
    assert_eq!(error.cause.as_ref().unwrap().to_string(), "KeyError: 'inner'");
    let error = function::<(&str,), ()>("fail_in_handler").call(("low",)).unwrap_err();
    let cause = error.cause.as_ref().unwrap();
    assert_eq!(cause.to_string(), "OSError: while it was handled");
    assert!(cause.cause.is_none());
    let error = function::<(), ()>("leave").call(()).unwrap_err();
    assert_eq!(error.to_string(), "SystemExit: 3");
    works();
}

#[test]
fn notes_and_the_members_of_a_group_are_in_the_trace() {
    let error = function::<(&str,), ()>("fail_with_note").call(("the pens",)).unwrap_err();
    assert_eq!(error.to_string(), "ValueError: noted");
    assert!(error.stack_trace().contains("raise error from cause\n"), "{error:?}");
    assert!(error.stack_trace().ends_with("ValueError: noted\nthe pens\n"), "{error:?}");
    assert!(!error.stack_trace().contains("KeyError"), "the cause has its own trace: {error:?}");
    assert_eq!(error.cause.as_ref().unwrap().to_string(), "KeyError: 'inner'");
    let error = function::<(), ()>("fail_as_group").call(()).unwrap_err();
    assert_eq!(error.message, "several (2 sub-exceptions)");
    let members =
        ["ValueError: first one", "TypeError: second one", "ZeroDivisionError: third one"];
    for member in members {
        assert!(error.stack_trace().contains(member), "{error:?}");
    }
    works();
}

#[test]
fn a_message_with_half_a_surrogate_pair_arrives() {
    let error = function::<(), ()>("fail_with_surrogate").call(()).unwrap_err();
    assert!(error.message.starts_with('a') && error.message.ends_with('b'), "{error:?}");
    works();
}

#[test]
fn a_getter_that_fails_and_an_object_of_another_type() {
    let broken = function::<(), Handle>("attribute=broken").call(()).unwrap();
    let fails = function::<(Handle,), i64>("attribute=fails,instance_required");
    let error = fails.call((broken.clone(),)).unwrap_err();
    assert_eq!(error.to_string(), "RuntimeError: the getter fails");
    let increment = function::<(Handle,), i64>("callable=Counter.increment,instance_required");
    let error = increment.call((broken,)).unwrap_err();
    assert_eq!(error.to_string(), "AttributeError: 'Broken' object has no attribute 'increment'");
    works();
}

#[test]
fn a_host_error_passes_through_python_as_itself() {
    let signature = || Signature::new(vec![], vec![TypeInfo::new(Type::ANY)]);
    let owner = fixtures::hub().owner("rust");
    let fail = Callable::new(owner, signature(), |_| {
        Err(Error::new(ErrorKind::Guest, "disk full").in_language("rust").with_type("Full"))
    });
    let call = entity("callable=call", &["callable"], &["any"]).unwrap();
    let error = call.call(&[fail.clone().into()]).unwrap_err();
    assert_eq!((error.to_string().as_str(), &*error.language), ("Full: disk full", "rust"));
    let catch = entity("callable=catch", &["callable"], &["string8"]).unwrap();
    let caught = catch.call(&[fail.into()]).unwrap();
    assert_eq!(caught, [Value::from("MetaFFIError: Full: disk full")]);
    let panics = Callable::new(owner, signature(), |_| panic!("out of luck"));
    let error = call.call(&[panics.into()]).unwrap_err();
    assert!(error.message.contains("out of luck"), "{error:?}");
    works();
}

#[test]
fn a_module_that_does_not_exist() {
    let error = load(&python("gest.py")).unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound, "{error:?}");
    assert!(
        error.message.contains("gest.py does not exist; did you mean `guest.py`?"),
        "{error:?}"
    );
    let error = load("jsn").unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound, "{error:?}");
    assert!(error.message.contains("no module `jsn`; did you mean `json`?"), "{error:?}");
    assert!(error.message.contains("site-packages"), "{error:?}");
    assert!(error.message.contains("install its package for the Python in /"), "{error:?}");
    let error = load("json.nothing").unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound, "{error:?}");
    assert_eq!(load("").unwrap_err().kind, ErrorKind::NotFound);
    assert_eq!(load("a b").unwrap_err().kind, ErrorKind::NotFound);
    works();
}

#[test]
fn a_module_whose_import_raises() {
    for _ in 0..2 {
        let error = load(&python("raises.py")).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Load, "{error:?}");
        assert!(error.message.ends_with("cannot be imported: ValueError: no configuration"));
        assert!(error.stack_trace().contains("raises.py\", line 8, in <module>"), "{error:?}");
        assert!(!error.stack_trace().contains("_modules.py"), "{error:?}");
        assert!(!error.stack_trace().contains("importlib"), "{error:?}");
        assert_eq!(error.cause.as_ref().unwrap().to_string(), "ValueError: no configuration");
    }
    let error = load(&python("needs_missing.py")).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Load, "{error:?}");
    assert!(error.message.contains("No module named 'there_is_no_such_module'"), "{error:?}");
    works();
}

#[test]
fn after_the_release() {
    let runtime = fixtures::runtime();
    let module = runtime.module(&python("guest.py")).unwrap();
    let add = module.function::<(i64, i64), i64>("callable=add").unwrap();
    runtime.release();
    assert_eq!(add.call((1, 2)).unwrap_err().kind, ErrorKind::Released);
    works();
}
