//! Requests of other runtimes about Python objects: items, entries, methods.
#![allow(unsafe_code)] // uses raw objects

mod fixtures;

use fixtures::{load, owner, python, types};
use metaffi::{Handle, Value};
use metaffi_value::{
    CallFrame, Error, lift_borrowed, new_buffer, query_entries, query_items, query_method,
};

fn given(name: &str) -> Handle {
    let module = load(&python("asked.py")).unwrap_or_else(|error| panic!("{error:?}"));
    let path = format!("callable={name}");
    let entity = module.entity(&path, &[], &types(&["handle"])).unwrap();
    match entity.call(&[]).unwrap().remove(0) {
        Value::Handle(handle) => handle,
        other => panic!("{name} is {other:?}"),
    }
}

fn items(object: &Handle) -> Result<Option<Value>, Error> {
    CallFrame::with(|mut frame| {
        // SAFETY: the handle holds the object, and the frame outlives the answer.
        let answer = unsafe { query_items(object.as_raw(), &mut frame) }?;
        // SAFETY: the answer holds its slot.
        Ok(answer.map(|answer| unsafe { lift_borrowed(&answer.slots()[0]) }.unwrap()))
    })
}

fn entries(object: &Handle) -> Option<[Value; 2]> {
    CallFrame::with(|mut frame| {
        // SAFETY: as in `items`.
        let answer = unsafe { query_entries(object.as_raw(), &mut frame) }.unwrap();
        // SAFETY: as in `items`.
        answer.map(|answer| answer.slots().each_ref().map(|s| unsafe { lift_borrowed(s) }.unwrap()))
    })
}

fn method(object: &Handle, name: &str) -> Option<Handle> {
    // SAFETY: the handle holds the object.
    unsafe { query_method(object.as_raw(), name) }.unwrap()
}

#[test]
fn an_iterable_gives_its_items() {
    assert_eq!(items(&given("generator")).unwrap(), Some(vec![1_i64, 2].into()));
    assert_eq!(items(&given("mixed")).unwrap(), Some(vec![Value::from(1_i64), Value::Null].into()));
    assert_eq!(items(&given("mapping")).unwrap(), None);
    assert_eq!(items(&given("duck")).unwrap(), None);
    let error = items(&given("failing")).unwrap_err();
    assert_eq!((&*error.type_name, &*error.message), ("ValueError", "no more"));
}

#[test]
fn a_mapping_gives_its_entries() {
    let [keys, values] = entries(&given("mapping")).unwrap();
    assert_eq!(keys, vec!["a".to_owned(), "b".to_owned()].into());
    let Value::Array(values) = values else { panic!("{values:?}") };
    assert_eq!(values.len(), 2);
    assert!(entries(&given("generator")).is_none());
}

#[test]
fn methods_by_their_names() {
    let duck = given("duck");
    let quack = method(&duck, "quack").unwrap();
    assert_eq!(quack.owner(), owner().id());
    assert!(method(&duck, "bark").is_none() && method(&duck, "name").is_none());
    assert!(method(&duck, "").is_none(), "it cannot be called");
    assert!(method(&given("generator_function"), "").is_some());
    // Methods of a stub class do not count, those of a derived class do.
    let derived = given("derived");
    assert!(method(&derived, "of_stub").is_none() && method(&derived, "own").is_some());
    assert!(method(&derived, "from").is_some(), "a keyword has an underscore");
}

#[test]
fn other_objects_have_no_items_or_entries() {
    let buffer = new_buffer(owner(), core::ptr::dangling(), 0, ());
    assert_eq!(items(&buffer).unwrap(), None);
    assert!(entries(&buffer).is_none() && method(&buffer, "quack").is_none());
}
