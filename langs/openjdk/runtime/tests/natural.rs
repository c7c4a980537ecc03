//! Objects of Java as seen by other languages that know nothing of Java: their types, their members
//! by name, their description.
#![allow(unsafe_code)] // asks objects as hosts do

mod fixtures;

use core::ffi::c_void;

use fixtures::{callable, handle, load, rust, shape};
use metaffi::{
    Array, Callable, Error, ErrorKind, ExactKind, Handle, ObjectData, Value, new_exact, new_object,
};
use metaffi_plugin::abi;
use metaffi_plugin::value::{Answers, Description, Exact, new_answering, query_member, query_type};

const METHOD: i64 = abi::MEMBER_METHOD;
const GET: i64 = abi::MEMBER_GET;
const SET: i64 = abi::MEMBER_SET;
const OPERATION: i64 = abi::MEMBER_OPERATION;

fn member(object: &Handle, kind: i64, name: &str) -> Option<Callable> {
    // SAFETY: the object is live, and the result is a callable.
    unsafe { query_member(object.as_raw(), kind, name) }.unwrap()
}

fn run(object: &Handle, kind: i64, name: &str, args: &[Value]) -> Result<Value, Error> {
    let function = member(object, kind, name).unwrap_or_else(|| panic!("no {name}"));
    let all: Vec<Value> = [object.clone().into()].iter().chain(args).cloned().collect();
    Ok(function.call(&all)?.into_iter().next().unwrap_or(Value::Null))
}

fn call(object: &Handle, name: &str, args: &[Value]) -> Value {
    run(object, METHOD, name, args).unwrap()
}

fn get(object: &Handle, name: &str) -> Value {
    run(object, GET, name, &[]).unwrap()
}

fn operate(object: &Handle, name: &str, args: &[Value]) -> Value {
    run(object, OPERATION, name, args).unwrap()
}

fn types(object: &Handle) -> (u64, u64) {
    // SAFETY: the object is live.
    unsafe { query_type(object.as_raw()) }.unwrap().unwrap()
}

fn described(object: &Handle) -> Description {
    // SAFETY: the object is live.
    unsafe { Description::of(object.as_raw()) }.unwrap().unwrap()
}

/// A class as an object.
fn class(name: &str) -> Handle {
    let for_name = "class=java.lang.Class,callable=forName";
    handle(fixtures::call(&load(for_name, &["string8"], &["handle"]).unwrap(), name).unwrap())
}

fn new(name: &str, args: &[Value]) -> Handle {
    handle(operate(&class(name), "call", args))
}

fn ints(values: &[i64]) -> Value {
    Array::Int64(values.to_vec()).into()
}

#[test]
fn objects_of_one_class_share_a_type_that_the_class_knows() {
    let (one, two, square) = (shape(1), shape(2), new("fixtures.Square", &[]));
    assert_eq!(types(&one), types(&two));
    assert_ne!(types(&one).0, types(&square).0);
    let of_class = types(&class("fixtures.Shape"));
    assert_eq!(of_class.1, types(&one).0);
    assert_ne!(of_class.0, types(&class("fixtures.Square")).0);
}

#[test]
fn methods_are_found_by_name_in_either_spelling() {
    let list = new("java.util.ArrayList", &[]);
    assert_eq!(call(&list, "add", &["x".into()]), true.into());
    assert_eq!(call(&list, "add", &[0.into(), "w".into()]), Value::Null);
    assert_eq!(call(&list, "size", &[]), 2.into());
    assert_eq!(call(&list, "add_all", &[Array::Any(vec!["y".into()]).into()]), true.into());
    assert_eq!(call(&list, "toString", &[]), "[w, x, y]".into());
    assert_eq!(call(&list, "is_empty_", &[]), false.into());
    assert!(member(&list, METHOD, "nothing").is_none());
    // A class that is not public, and a default method of an interface.
    let fixed = handle(call(&class("java.util.List"), "of", &[1.into(), 2.into(), 3.into()]));
    assert_eq!(call(&fixed, "get", &[2.into()]), 3.into());
}

#[test]
fn the_arguments_choose_the_overload_as_java_would() {
    let builder = new("java.lang.StringBuilder", &[]);
    for value in [Value::Int64(1), 'c'.into(), true.into(), 0.5.into(), "s".into()] {
        call(&builder, "append", &[value]);
    }
    assert_eq!(operate(&builder, "text", &[]), "1ctrue0.5s".into());
    let list = new("java.util.ArrayList", &[ints(&[5, 6, 7])]);
    assert_eq!(call(&list, "remove", &[Value::Int64(0)]), 5_i64.into());
    let text = class("java.lang.String");
    let format = |args: &[Value]| call(&text, "format", args);
    assert_eq!(format(&["%s-%s".into(), 1.into(), "x".into()]), "1-x".into());
    assert_eq!(format(&["none".into()]), "none".into());
    let joined = call(&text, "join", &[",".into(), Array::String8(vec!["a".into()]).into()]);
    assert_eq!(joined, "a".into());
    assert_eq!(call(&class("java.lang.Math"), "abs", &[Value::Int64(-5)]), 5_i64.into());
}

#[test]
fn a_call_without_a_matching_overload_lists_all() {
    let list = new("java.util.ArrayList", &[]);
    let error = run(&list, METHOD, "add", &["x".into(), "y".into()]).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Argument);
    let expected = "(string8, string8) does not match `add`, which has\n  ";
    assert!(error.message.starts_with(expected), "{error}");
    let reason = "void add(int, java.lang.Object): parameter 1 is int, not string8";
    assert!(error.message.contains(reason), "{error}");
    let error = run(&class("fixtures.Natural"), METHOD, "either", &[Value::Null]);
    let error = error.unwrap_err();
    assert!(error.message.contains("matches several overloads of `either`"), "{error}");
    assert_eq!(call(&list, "add", &["x".into()]), true.into());
}

#[test]
fn fields_properties_and_constants_are_read_and_written() {
    let shape = shape(3);
    assert_eq!(get(&shape, "sides"), 3.into());
    assert!(member(&shape, SET, "sides").is_none(), "it is final");
    assert_eq!(run(&shape, SET, "number", &[Value::Int64(4)]).unwrap(), Value::Null);
    assert_eq!(get(&shape, "number"), 4.into());
    let thread = new("java.lang.Thread", &[]);
    run(&thread, SET, "name", &["worker".into()]).unwrap();
    assert_eq!(get(&thread, "name"), "worker".into());
    assert_eq!(get(&thread, "alive"), false.into());
    assert_eq!(get(&class("java.lang.Integer"), "MAX_VALUE"), i32::MAX.into());
    assert!(member(&class("java.lang.Integer"), SET, "MAX_VALUE").is_none());
    assert!(member(&thread, GET, "start").is_none());
    let unit = get(&class("java.util.concurrent.TimeUnit"), "SECONDS");
    assert_eq!(call(&handle(unit), "to_millis", &[Value::Int64(2)]), 2000_i64.into());
    let entry = get(&class("java.util.Map"), "Entry");
    assert_eq!(call(&handle(entry), "getName", &[]), "java.util.Map$Entry".into());
}

#[test]
fn lists_and_maps_support_the_common_operations() {
    let list = new("java.util.ArrayList", &[ints(&[1, 2])]);
    operate(&list, "append", &[Value::Int64(3)]);
    operate(&list, "set_item", &[Value::Int64(0), Value::Int64(9)]);
    operate(&list, "delete_item", &[Value::Int64(1)]);
    assert_eq!(operate(&list, "length", &[]), 2_i64.into());
    assert_eq!(operate(&list, "equal", &[ints(&[9, 3])]), true.into());
    assert_eq!(operate(&list, "contains", &[3.into()]), true.into());
    let error = run(&list, OPERATION, "get_item", &[Value::Int64(5)]).unwrap_err();
    assert_eq!(error.type_name, "java.lang.IndexOutOfBoundsException");
    let map = new("java.util.HashMap", &[]);
    operate(&map, "set_item", &["k".into(), 1.into()]);
    assert_eq!(operate(&map, "get_item", &["k".into()]), 1.into());
    assert_eq!(operate(&map, "get_item", &["absent".into()]), Value::Null);
    assert_eq!(operate(&map, "contains", &["absent".into()]), false.into());
    assert_eq!(operate(&handle(operate(&map, "keys", &[])), "text", &[]), "[k]".into());
    // Other languages have one integer type, and Java has a class for each width.
    let of_ints = handle(call(&class("java.util.Map"), "of", &[Value::Int32(1), "one".into()]));
    assert_eq!(operate(&of_ints, "get_item", &[Value::Int64(1)]), "one".into());
}

#[test]
fn iterables_return_their_elements_in_order() {
    let list = handle(call(&class("java.util.List"), "of", &["a".into(), Value::Int32(2)]));
    let items = handle(operate(&list, "iterate", &[]));
    let advance = member(&items, OPERATION, "advance").unwrap();
    let next = || advance.call(&[items.clone().into()]).unwrap();
    assert_eq!(next(), [true.into(), "a".into()]);
    assert_eq!(next(), [true.into(), 2.into()]);
    assert_eq!(next(), [false.into(), Value::Null]);
    let stream = handle(call(&list, "stream", &[]));
    assert!(member(&stream, OPERATION, "iterate").is_some());
    assert!(member(&stream, OPERATION, "length").is_none());
}

#[test]
fn numbers_functions_exceptions_and_classes_have_their_operations() {
    let duration = class("java.time.Duration");
    let seconds = |count: i64| call(&duration, "ofSeconds", &[count.into()]);
    // An exact value stands for the object itself, which has the members.
    let hour = seconds(3600);
    let object = plain(&handle(hour));
    assert_eq!(exact(&operate(&object, "add", &[seconds(1)])), "PT3601S");
    assert_eq!(exact(&operate(&object, "negate", &[])), "PT-3600S");
    assert_eq!(operate(&object, "compare", &[seconds(7200)]), (-1_i64).into());
    let list = new("java.util.ArrayList", &[]);
    assert!(member(&list, OPERATION, "add").is_none());
    let error = new("java.io.IOException", &["disk".into()]);
    let error = plain(&error);
    assert_eq!(operate(&error, "message", &[]), "disk".into());
    assert!(described(&error).operations.contains(&"os_error".to_owned()));
    let number = class("java.lang.Number");
    assert_eq!(operate(&number, "is_instance", &[Value::Int32(1)]), true.into());
    let bases = operate(&class("java.util.ArrayList"), "bases", &[]);
    assert!(format!("{bases:?}").starts_with("Array"), "{bases:?}");
    let adder = new("fixtures.Natural$Adder", &[5.into()]);
    assert_eq!(operate(&adder, "call", &[2.into()]), 7.into());
    assert_eq!(
        operate(
            &handle(operate(&list, "class", &[])),
            "equal",
            &[class("java.util.ArrayList").into()]
        ),
        true.into()
    );
}

/// The object that an exact value stands for.
fn plain(value: &Handle) -> Handle {
    // SAFETY: the value holds its object.
    unsafe {
        Exact::of(value.as_raw())
            .map_or_else(|| value.clone(), |exact| Handle::retain_raw(exact.object))
    }
}

fn exact(value: &Value) -> String {
    match value {
        Value::Handle(handle) => handle.exact().unwrap().text.to_owned(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_type_describes_itself() {
    let list = described(&new("java.util.ArrayList", &[]));
    assert_eq!(list.name, "java.util.ArrayList");
    assert_eq!(list.supertypes[..2], ["java.util.ArrayList", "java.util.AbstractList"]);
    assert_eq!(list.supertypes.last().unwrap(), "java.lang.Object");
    assert!(list.supertypes.contains(&"java.lang.Iterable".to_owned()));
    let has = |name: &str| list.operations.iter().any(|one| one == name);
    assert!(["sequence", "length", "iterate", "get_item", "append"].into_iter().all(has));
    assert!(!["mapping", "close", "compare", "add", "call"].into_iter().any(has));
    let signatures = |name: &str| -> Vec<&str> {
        let named = list.members.iter().filter(|one| one.name == name);
        named.map(|one| one.signature.as_str()).collect()
    };
    assert_eq!(signatures("size"), ["int size()"]);
    assert!(signatures("add").contains(&"void add(int, java.lang.Object)"));
    let class = described(&class("fixtures.Shape"));
    let kinds = |name: &str| -> Vec<&str> {
        let named = class.members.iter().filter(|one| one.name == name);
        named.map(|one| one.kind.as_str()).collect()
    };
    assert!(kinds("Shape").contains(&"constructor"), "{class:?}");
    assert_eq!(kinds("sides"), ["value"]);
}

#[test]
fn a_module_has_its_packages_and_classes_by_name() {
    let loader = call(&class("fixtures.Shape"), "getClassLoader", &[]);
    let namespace = "class=metaffi.internal.ObjectQueries,callable=namespace";
    let namespace = load(namespace, &["handle"], &["handle"]).unwrap();
    let module = handle(fixtures::call(&namespace, loader).unwrap());
    let package = handle(get(&module, "fixtures"));
    assert_eq!(get(&package, "Shape"), class("fixtures.Shape").into());
    assert_eq!(get(&module, "java.util.Map.Entry"), class("java.util.Map$Entry").into());
    let util = handle(get(&handle(get(&module, "java")), "util"));
    assert_eq!(get(&util, "List"), class("java.util.List").into());
    assert!(member(&module, GET, "nothing").is_none());
    // SAFETY: the object is live.
    let error = unsafe { query_member(module.as_raw(), GET, "fixtures.Shap") }.unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert!(error.message.contains("did you mean `fixtures.Shape`?"), "{error}");
    let members = described(&package).members;
    assert!(members.iter().any(|one| one.name == "Shape" && one.kind == "class"), "{members:?}");
}

#[test]
fn arrays_and_foreign_objects_convert_to_the_parameter() {
    let ran = callable(&["any"], &["any"], |args| Ok(vec![args[0].clone()]));
    let list = new("java.util.ArrayList", &[ints(&[1, 2])]);
    let stream = handle(call(&list, "stream", &[]));
    let mapped = handle(call(&stream, "map", &[ran]));
    assert_eq!(call(&mapped, "count", &[]), 2_i64.into());
    let numbers = new("fixtures.Natural", &[]);
    assert_eq!(call(&numbers, "sum", &[ints(&[1, 2, 3])]), 6_i64.into());
    assert_eq!(call(&numbers, "sum", &[1.into(), 2.into()]), 3_i64.into());
    assert_eq!(call(&numbers, "narrow", &[Value::Int64(7)]), "int".into());
    assert_eq!(call(&numbers, "narrow", &[Value::Int64(1 << 40)]), "double".into());
}

/// The methods of a class of another language.
struct Mine;

impl Answers for Mine {
    fn method(&self, name: &str) -> Option<Callable> {
        let Value::Callable(function) = (match name {
            "describe" => callable(&[], &["any"], |_| Ok(vec!["mine".into()])),
            "get" => callable(&["any"], &["any"], |args| Ok(vec![args[0].clone()])),
            _ => return None,
        }) else {
            return None;
        };
        Some(function)
    }
}

fn define(base: &str, interfaces: &[&str], names: &[&str]) -> Result<Handle, Error> {
    let types = ["handle", "handle_array:1", "string8_array:1", "string8"];
    let define = load("class=metaffi.Derived,callable=define", &types, &["handle"]).unwrap();
    let interfaces = interfaces.iter().map(|name| Some(class(name))).collect();
    let names = names.iter().map(|name| (*name).to_owned()).collect();
    let args = [class(base).into(), Array::Handle(interfaces).into(), Array::String8(names).into()];
    let args: Vec<Value> = args.into_iter().chain(["Mine".into()]).collect();
    Ok(handle(define.call(&args)?.remove(0)))
}

#[test]
fn a_class_of_another_language_derives_from_a_java_class() {
    let mine = || Value::from(new_answering(fixtures::rust(), Mine));
    let own = mine();
    let derived = define("fixtures.Shape", &[], &["describe"]).unwrap();
    let shape = handle(operate(&derived, "call", &[own.clone(), 3.into(), "tri".into()]));
    assert_eq!(get(&shape, "metaffi$object"), own);
    assert_eq!(call(&shape, "describe", &[]), "mine".into());
    assert_eq!(call(&shape, "super$describe", &[]), "tri of 3".into());
    assert_eq!(call(&shape, "scaled", &[2.into()]), 6_i64.into());
    assert_eq!(operate(&class("fixtures.Shape"), "is_instance", &[shape.into()]), true.into());
    let list = define("java.util.AbstractList", &["java.lang.Runnable"], &["get", "size"]);
    assert!(list.unwrap_err().into_parts().message.contains("lacks run"));
    let list = define("java.util.ArrayList", &[], &["get"]).unwrap();
    let list = handle(operate(&list, "call", &[mine()]));
    assert_eq!(call(&list, "get", &[7.into()]), Value::Int32(7));
    for (base, method, reason) in [
        ("java.lang.String", "length", "no class can derive from java.lang.String: it is final"),
        ("java.util.List", "size", "it is an interface"),
        ("java.lang.Enum", "name", "no class can override name of java.lang.Enum: it is final"),
    ] {
        let error = define(base, &[], &[method]).unwrap_err();
        assert!(error.message.contains(reason), "{error}");
    }
}

/// A time of another runtime.
struct Time;

impl ObjectData for Time {
    fn data(&self) -> *mut c_void {
        core::ptr::null_mut()
    }
}

fn time(kind: ExactKind, text: &str) -> Value {
    new_exact(rust(), new_object(rust(), Time), kind, text.into()).into()
}

#[test]
fn times_of_other_runtimes_are_passed_where_java_declares_an_interface() {
    let [one, two] =
        ["2024-01-01T00:00", "2024-01-02T00:00"].map(|at| time(ExactKind::DateTime, at));
    let between = handle(call(&class("java.time.Duration"), "between", &[one, two]));
    assert_eq!(call(&between, "toString", &[]), "PT24H".into());
    let iso = handle(get(&class("java.time.chrono.IsoChronology"), "INSTANCE"));
    let day = handle(call(&iso, "date", &[time(ExactKind::Date, "2024-02-29")]));
    assert_eq!(call(&day, "toString", &[]), "2024-02-29".into());
}
