//! Objects: Go's own come back as the original, those of others pass through, and each is released
//! once.

mod support;

use std::ffi::c_void;
use std::time::{Duration, Instant};

use metaffi::{Array, Handle, Type, TypeInfo, Value};
use metaffi_value::{ObjectData, new_object};
use support::{call, fails, get, module, owner, run};

/// An object of a host that is not one of MetaFFI's languages.
struct Stranger;

impl ObjectData for Stranger {
    fn data(&self) -> *mut c_void {
        std::ptr::null_mut()
    }
}

fn stranger() -> Handle {
    new_object(support::hub().owner("a stranger"), Stranger)
}

/// Waits for a count to drop to 0, because other tests and Go's finalizers run at the same time.
fn eventually_none(name: &str, live: impl Fn() -> i64) {
    let start = Instant::now();
    while live() != 0 {
        assert!(start.elapsed() < Duration::from_secs(20), "{name}: {} objects leak", live());
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn methods_and_fields_of_an_object() {
    let maps = module("testmap");
    let map = get(&maps, "callable=NewTestMap", &[]);
    let path = |member: &str| format!("callable=TestMap.{member},instance_required");
    run(&maps, &path("Set"), &[map.clone(), "k".into(), vec![1.5, 2.5].into()]);
    assert_eq!(get(&maps, &path("Get"), &[map.clone(), "k".into()]), vec![1.5, 2.5].into());
    assert_eq!(get(&maps, &path("Contains"), &[map.clone(), "k".into()]), true.into());
    assert_eq!(get(&maps, "callable=TestMap.Contains", &[map.clone(), "x".into()]), false.into());
    assert_eq!(get(&maps, &path("Get"), &[map.clone(), "x".into()]), Value::Null);

    let name = "field=TestMap.Name,instance_required";
    assert_eq!(get(&maps, &format!("{name},getter"), std::slice::from_ref(&map)), "TestMap".into());
    run(&maps, &format!("{name},setter"), &[map.clone(), "other".into()]);
    for path in [name, "field=TestMap.Name", "callable=TestMap.GetName"] {
        assert_eq!(get(&maps, path, std::slice::from_ref(&map)), "other".into(), "{path}");
    }
    run(&maps, "callable=TestMap.SetName,instance_required", &[map.clone(), "third".into()]);
    assert_eq!(get(&maps, name, &[map]), "third".into());
}

#[test]
fn a_foreign_object_comes_back_as_itself() {
    let maps = module("testmap");
    let (map, object) = (get(&maps, "callable=NewTestMap", &[]), stranger());
    let (set, get_it) = ("callable=TestMap.Set", "callable=TestMap.Get");
    run(&maps, set, &[map.clone(), "o".into(), object.clone().into()]);
    for _ in 0..3 {
        let Value::Handle(back) = get(&maps, get_it, &[map.clone(), "o".into()]) else { panic!() };
        assert_eq!(back.as_raw(), object.as_raw());
    }
    let list: Value = Array::Handle(vec![Some(object.clone()), None]).into();
    run(&maps, set, &[map.clone(), "list".into(), list]);
    let Value::Array(Array::Any(items)) = get(&maps, get_it, &[map.clone(), "list".into()]) else {
        panic!()
    };
    assert_eq!(items, [object.clone().into(), Value::Null]);
    let values = module("values");
    let seen = get(&values, "callable=TypeOf", &[object.into()]);
    assert_eq!(seen, "xcall.MetaFFIHandle".into());
}

#[test]
fn foreign_objects_are_released_when_go_forgets_them() {
    let values = module("values");
    let owner = support::hub().owner("a forgotten stranger");
    for _ in 0..100 {
        let object = new_object(owner, Stranger);
        run(&values, "global=Kept,setter", &[object.into()]);
    }
    assert!(owner.live_objects() >= 1, "the last one is kept");
    run(&values, "global=Kept,setter", &[Value::Null]);
    eventually_none("strangers", || {
        run(&values, "callable=Collect", &[]);
        owner.live_objects()
    });
}

#[test]
fn an_own_object_that_comes_back_is_the_original() {
    let values = module("values");
    let thing = get(&values, "callable=NewThing", &[5_i64.into()]);
    let back = get(&values, "callable=Any", std::slice::from_ref(&thing));
    run(&values, "field=Thing.N,setter", &[back, 6_i64.into()]);
    assert_eq!(
        get(&values, "field=Thing.N", std::slice::from_ref(&thing)),
        6_i64.into(),
        "the same pointer"
    );
    assert_eq!(get(&values, "callable=TypeOf", &[thing]), "*values.Thing".into());
}

#[test]
fn structs_by_value_are_copies_with_methods() {
    let values = module("values");
    let thing = get(&values, "callable=NewThing", &[5_i64.into()]);
    let copy = get(&values, "callable=ByValue", std::slice::from_ref(&thing));
    assert_eq!(get(&values, "field=Thing.N", std::slice::from_ref(&copy)), 6_i64.into());
    assert_eq!(get(&values, "field=Thing.N", &[thing]), 5_i64.into(), "the original is untouched");
    assert_eq!(get(&values, "callable=TypeOf", &[copy]), "values.Thing".into());
    let shapes = module("shapes");
    let square = get(&shapes, "callable=Square", &[2.0.into()]);
    run(&shapes, "callable=Rect.Scale", &[square.clone(), 2.0.into()]);
    assert_eq!(get(&shapes, "callable=Rect.Area", &[square]), 16.0.into());
}

#[test]
fn arrays_of_objects() {
    let values = module("values");
    let thing = |n: i64| match get(&values, "callable=NewThing", &[n.into()]) {
        Value::Handle(handle) => Some(handle),
        _ => panic!(),
    };
    let things: Value = Array::Handle(vec![thing(1), None, thing(3)]).into();
    let Value::Array(Array::Handle(back)) = get(&values, "callable=Handles", &[things]) else {
        panic!()
    };
    assert!(back[1].is_none());
    let third = back[2].clone().unwrap();
    assert_eq!(get(&values, "field=Thing.N", &[third.into()]), 3_i64.into());
    let things: Value = Array::Handle(vec![thing(1), thing(2)]).into();
    let Value::Array(Array::Handle(copies)) = get(&values, "callable=Things", &[things]) else {
        panic!()
    };
    assert_eq!(copies.len(), 2);
}

#[test]
fn null_is_nil_and_nil_is_null() {
    let values = module("values");
    assert_eq!(get(&values, "callable=NilThing", &[]), Value::Null);
    assert_eq!(get(&values, "callable=IsNil", &[Value::Null]), true.into());
    let shapes = module("shapes");
    assert_eq!(get(&shapes, "callable=Largest", &[Array::Handle(vec![]).into()]), Value::Null);
    let error = fails(&shapes, "callable=Rect.Area", &[Value::Null], 1);
    assert!(error.message.contains("argument 1: expected *shapes.Rect, got null"), "{error}");
}

#[test]
fn the_wrong_object_is_an_argument_error() {
    let values = module("values");
    let thing = get(&values, "callable=NewThing", &[1_i64.into()]);
    for (path, object, got) in [
        (
            "callable=IsNil",
            stranger().into(),
            "expected *values.Thing, got an object of a stranger",
        ),
        ("callable=MapAt", thing, "expected map[string]int, got *values.Thing"),
    ] {
        let mut args = vec![object];
        args.extend((path == "callable=MapAt").then(|| "a".into()));
        let error = fails(&values, path, &args, 1);
        assert_eq!(error.kind, metaffi::ErrorKind::Argument);
        assert!(error.message.contains(got), "{error}");
    }
}

#[test]
fn maps_channels_and_the_rest_are_handles() {
    let values = module("values");
    let map = get(&values, "callable=Map", &[]);
    assert_eq!(get(&values, "callable=MapAt", &[map, "a".into()]), 1_i64.into());
    let channel = get(&values, "callable=Channel", &[]);
    run(&values, "callable=Send", &[channel.clone(), 4_i64.into()]);
    assert_eq!(get(&values, "callable=Receive", &[channel]), 4_i64.into());
    let number = get(&values, "callable=Complex", &[]);
    assert_eq!(get(&values, "callable=Imaginary", &[number]), 2.0.into());
    assert_eq!(get(&values, "callable=IntPointer", &[1_i64.into()]).ty(), Type::HANDLE);
}

#[test]
fn every_object_is_given_back() {
    let values = module("values");
    let made: Vec<Value> =
        (0..5000_i64).map(|n| get(&values, "callable=NewThing", &[n.into()])).collect();
    assert!(owner("values").live_objects() >= 5000);
    let sum: i64 = made
        .iter()
        .map(|thing| match get(&values, "field=Thing.N", std::slice::from_ref(thing)) {
            Value::Int64(n) => n,
            other => panic!("{other:?}"),
        })
        .sum();
    assert_eq!(sum, 4999 * 5000 / 2);
    std::thread::spawn(move || drop(made)).join().unwrap();
    eventually_none("values", || owner("values").live_objects());
}

#[test]
fn many_threads_share_the_table_of_objects() {
    let values = module("values");
    let echo = values
        .entity("callable=Any", &[TypeInfo::new(Type::ANY)], &[TypeInfo::new(Type::ANY)])
        .unwrap();
    let make = values.function::<(i64,), Handle>("callable=NewThing").unwrap();
    let read = values.function::<(Handle,), i64>("callable=Thing.GetN").unwrap();
    std::thread::scope(|scope| {
        for thread in 0..8_i64 {
            let (echo, make, read) = (&echo, &make, &read);
            scope.spawn(move || {
                for n in 0..2000 {
                    let id = thread * 10_000 + n;
                    let object = make.call((id,)).unwrap();
                    let Value::Handle(back) = echo.call(&[object.into()]).unwrap().remove(0) else {
                        panic!()
                    };
                    assert_eq!(read.call((back,)).unwrap(), id);
                }
            });
        }
    });
    eventually_none("values", || owner("values").live_objects());
}

#[test]
fn two_guests_do_not_mix_up_their_objects() {
    let (maps, values) = (module("testmap"), module("values"));
    let map = get(&maps, "callable=NewTestMap", &[]);
    let thing = get(&values, "callable=NewThing", &[1_i64.into()]);
    let seen = get(&values, "callable=TypeOf", std::slice::from_ref(&map));
    assert_eq!(seen, "xcall.MetaFFIHandle".into());
    let error = fails(&values, "field=Thing.N", std::slice::from_ref(&map), 1);
    assert!(error.message.contains("got an object of go:/"), "{error}");
    call(&maps, "callable=TestMap.Set", &[map.clone(), "thing".into(), thing.clone()], 0).unwrap();
    assert_eq!(get(&maps, "callable=TestMap.Get", &[map, "thing".into()]), thing);
}

#[test]
fn threads_may_start_and_end() {
    let (values, faults) = (module("values"), module("faults"));
    for _ in 0..100 {
        std::thread::scope(|scope| {
            for n in 0..8_i64 {
                let (values, faults) = (&values, &faults);
                scope.spawn(move || {
                    assert_eq!(get(values, "callable=Int", &[n.into()]), n.into());
                    let error = fails(faults, "callable=NilPointer", &[], 1);
                    assert_eq!(error.kind, metaffi::ErrorKind::Panic);
                });
            }
        });
    }
}

fn typed(path: &str, params: &[Type], rets: &[Type]) -> metaffi::Entity {
    let infos = |types: &[Type]| types.iter().copied().map(TypeInfo::new).collect::<Vec<_>>();
    module("instances").entity(path, &infos(params), &infos(rets)).unwrap()
}

/// `type Color int` is a number if one is declared, and an object if a handle is.
#[test]
fn values_of_named_plain_types_are_objects_where_handles_are_declared() {
    let object = |path: &str| typed(path, &[], &[Type::HANDLE]).call(&[]).unwrap().remove(0);
    let red = object("global=Red,getter");
    let text = typed("callable=Color.String,instance_required", &[Type::HANDLE], &[Type::STRING8]);
    assert_eq!(text.call(std::slice::from_ref(&red)).unwrap(), ["red".into()]);
    let mix = typed(
        "callable=Mix",
        &[Type::HANDLE, Type::INT64, Type::STRING8],
        &[Type::HANDLE, Type::HANDLE, Type::INT64],
    );
    let mixed = mix.call(&[red.clone(), 2_i64.into(), "x".into()]).unwrap();
    assert_eq!(text.call(&mixed[..1]).unwrap(), ["violet".into()]);
    assert_eq!(mixed[2], 2_i64.into());
    typed("global=Favourite,setter", &[Type::HANDLE], &[]).call(&mixed[..1]).unwrap();
    assert_eq!(get(&module("instances"), "global=Favourite,getter", &[]), 3_i64.into());
    let error = mix.call(&[mixed[1].clone(), 2_i64.into(), "x".into()]).unwrap_err();
    assert!(error.message.contains("expected instances.Color"), "{error}");
    let infos = [TypeInfo::new(Type::HANDLE)];
    let plain = module("instances").entity("callable=NewIntCrate", &infos, &infos).unwrap_err();
    assert_eq!(plain.kind, metaffi::ErrorKind::Signature);
}

/// A member of a generic type is found without its type arguments: the object tells which instance
/// it is.
#[test]
fn an_object_determines_the_instance() {
    let crates = module("instances");
    let made = |path: &str| get(&crates, path, &[]);
    let (int, text) = (made("callable=NewIntCrate"), made("callable=NewTextCrate"));
    for (object, content) in [(&int, Value::from(7_i64)), (&text, "text".into())] {
        let path = "callable=Crate.Get,instance_required";
        assert_eq!(get(&crates, path, std::slice::from_ref(object)), content);
        let path = "field=Crate.Content,instance_required,getter";
        assert_eq!(get(&crates, path, std::slice::from_ref(object)), content);
    }
    let get_int = typed("callable=Crate.Get,instance_required", &[Type::HANDLE], &[Type::INT64]);
    assert_eq!(get_int.call(std::slice::from_ref(&int)).unwrap(), [7_i64.into()]);
    let swap = "callable=Crate.Swap,instance_required";
    let swapped = get(&crates, swap, &[text.clone(), "other".into()]);
    assert_eq!(get(&crates, "callable=Crate.Get,instance_required", &[swapped]), "other".into());
    let error = fails(&crates, swap, &[int, "other".into()], 1);
    assert!(error.message.contains("expected int, got string8"), "{error}");
    let tree = made("callable=NewTree");
    let error = fails(&crates, "callable=Crate.Get,instance_required", &[tree], 1);
    assert!(
        error.message.contains("expected an instance of Crate, got *instances.Tree["),
        "{error}"
    );
}
