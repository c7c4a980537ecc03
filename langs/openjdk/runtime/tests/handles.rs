//! Objects across runtimes: identity, release, counters, foreign objects.

mod fixtures;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use fixtures::{call, call_method, entity, function, handle, load, module, owner, shape};
use metaffi::{ErrorKind, Handle, Runtime, Value};

/// These tests count live objects, so they run one after another.
fn serialized() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A counter object of the loopback runtime.
fn foreign(start: i64) -> Handle {
    let runtime = Runtime::load_from(fixtures::hub(), "loopback").unwrap();
    let module = runtime.module("loopback").unwrap();
    module.function::<(i64,), Handle>("callable=Counter.new").unwrap().call((start,)).unwrap()
}

#[test]
fn the_same_object_is_the_same_handle() {
    let _guard = serialized();
    let before = owner().live_objects();
    let one = shape(3);
    let again = call_method::<Handle>("fixtures.Shape", "self", &one);
    assert_eq!(one, again);
    assert_eq!(one.as_raw(), again.as_raw());
    assert_ne!(one, shape(3));
    assert_eq!(owner().live_objects(), before + 1);
    drop(one);
    assert_eq!(owner().live_objects(), before + 1);
    drop(again);
    assert_eq!(owner().live_objects(), before);
}

#[test]
fn objects_are_released_from_any_thread() {
    let _guard = serialized();
    let before = owner().live_objects();
    let objects: Vec<Handle> = (0..1000).map(shape).collect();
    assert_eq!(owner().live_objects(), before + 1000);
    // A thread that has never entered Java.
    std::thread::spawn(move || drop(objects)).join().unwrap();
    assert_eq!(owner().live_objects(), before);
    // The next thread that does.
    let objects: Vec<Handle> = (0..1000).map(shape).collect();
    std::thread::spawn(move || {
        function::<(), ()>("Scalars.nothing").call(()).unwrap();
        drop(objects);
    })
    .join()
    .unwrap();
    assert_eq!(owner().live_objects(), before);
}

#[test]
fn threads_share_and_release_one_object() {
    let _guard = serialized();
    let before = owner().live_objects();
    let object = shape(5);
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let object = object.clone();
            std::thread::spawn(move || {
                for _ in 0..2000 {
                    let again = ask_self(&object);
                    assert_eq!(again, object);
                }
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    drop(object);
    assert_eq!(owner().live_objects(), before);
}

fn ask_self(object: &Handle) -> Handle {
    thread_local! {
        static SELF: metaffi::Function<(Handle,), Handle> =
            module().function("class=fixtures.Shape,callable=self,instance_required").unwrap();
    }
    SELF.with(|function| function.call((object.clone(),)).unwrap())
}

#[test]
fn objects_that_race_to_be_released_and_found_again() {
    let _guard = serialized();
    let before = owner().live_objects();
    let keep = Arc::new(function::<(Handle,), ()>("Keeper.keep"));
    keep.call((shape(1),)).unwrap();
    let threads: Vec<_> = (0..4)
        .map(|_| {
            std::thread::spawn(|| {
                let kept = function::<(), Handle>("Keeper.kept");
                for _ in 0..20_000 {
                    drop(kept.call(()).unwrap());
                }
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    assert_eq!(owner().live_objects(), before);
}

#[test]
fn a_foreign_object_returns_as_the_original() {
    let _guard = serialized();
    let loopback = fixtures::hub().owner("loopback");
    let before = loopback.live_objects();
    let counter = foreign(7);
    let keep = entity("Keeper.keep", &["any"], &[]).unwrap();
    keep.call(&[counter.clone().into()]).unwrap();
    let kept = function::<(), Handle>("Keeper.kept").call(()).unwrap();
    assert_eq!(kept.as_raw(), counter.as_raw());
    let typed = function::<(Handle,), Handle>("Keeper.foreign");
    assert_eq!(typed.call((counter.clone(),)).unwrap().as_raw(), counter.as_raw());
    let same = function::<(Handle, Handle), bool>("Keeper.sameForeign");
    assert!(same.call((counter.clone(), counter.clone())).unwrap());
    assert!(!same.call((counter.clone(), foreign(7))).unwrap());
    let name = function::<(Handle,), String>("Keeper.name").call((counter.clone(),)).unwrap();
    assert!(name.starts_with("MetaFFIHandle(loopback, 0x"), "{name}");
    drop((kept, counter));
    function::<(), ()>("Keeper.forget").call(()).unwrap();
    assert_eq!(loopback.live_objects(), before);
}

#[test]
fn a_foreign_object_that_java_closed_is_an_error() {
    let _guard = serialized();
    let keep = function::<(Handle,), ()>("Keeper.keep");
    keep.call((foreign(1),)).unwrap();
    function::<(), ()>("Keeper.closeKept").call(()).unwrap();
    let error = function::<(), Handle>("Keeper.kept").call(()).unwrap_err();
    assert_eq!(error.type_name, "metaffi.MetaFFIException");
    assert!(error.message.contains("was released"), "{error}");
    function::<(), ()>("Keeper.closeKept").call(()).unwrap();
    function::<(), ()>("Keeper.forget").call(()).unwrap();
}

#[test]
fn a_foreign_object_is_not_a_java_class() {
    let _guard = serialized();
    let shapes = load(
        "class=fixtures.Shape,callable=same,instance_required",
        &["handle", "handle"],
        &["bool"],
    )
    .unwrap();
    let error = shapes.call(&[shape(1).into(), foreign(1).into()]).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Argument);
    assert!(
        error.message.contains("expected fixtures.Shape, got an object of another runtime"),
        "{error}"
    );
}

#[test]
fn an_object_of_the_wrong_class_never_reaches_java() {
    let _guard = serialized();
    let describe =
        load("class=fixtures.Shape,callable=describe,instance_required", &["handle"], &["string8"])
            .unwrap();
    let list = entity("Arrays.listOf", &["int32"], &["handle"]).unwrap();
    let list = handle(call(&list, 1).unwrap());
    let error = call(&describe, list).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Argument);
    assert!(
        error.message.contains("expected fixtures.Shape, got a java.util.ArrayList"),
        "{error}"
    );
    let error = call(&describe, Value::Null).unwrap_err();
    assert!(error.message.contains("it is null"), "{error}");
    assert_eq!(call(&describe, shape(1)).unwrap(), "null of 1".into());
}

#[test]
fn errors_leak_nothing() {
    let _guard = serialized();
    let before = owner().live_objects();
    for _ in 0..100 {
        let error = function::<(&str,), ()>("Failures.checked").call(("x",)).unwrap_err();
        assert!(error.original.is_some());
        let shapes = entity("Arrays.mixed", &[], &["string8_array"]).unwrap();
        assert!(shapes.call(&[]).is_err());
        let listed = entity("Arrays.objects", &["handle_array"], &["int32_array"]).unwrap();
        assert!(call(&listed, metaffi::Array::Handle(vec![Some(shape(1))])).is_err());
    }
    assert_eq!(owner().live_objects(), before);
}
