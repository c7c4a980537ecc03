//! Objects and modules of Go, used by the names of their members.
#![allow(unsafe_code)] // asks through raw objects

mod support;

use metaffi::{Array, Callable, Description, ErrorKind, ExactKind, Handle, Value};
use metaffi_value::abi::{MEMBER_GET, MEMBER_METHOD, MEMBER_NAMED, MEMBER_OPERATION, MEMBER_SET};
use metaffi_value::{Answers, new_answering, new_exact, query_entries, query_member, query_type};
use support::{get, hub, module};

fn object(value: Value) -> Handle {
    value.lift().unwrap()
}

fn root() -> Handle {
    object(module("members").value("").unwrap())
}

fn member(object: &Handle, kind: i64, name: &str) -> Option<Callable> {
    // SAFETY: the handle holds the object, and the answer is a function.
    unsafe { query_member(object.as_raw(), kind, name) }.unwrap()
}

fn all(
    object: &Handle,
    kind: i64,
    name: &str,
    args: &[Value],
) -> Result<Vec<Value>, metaffi::Error> {
    let function = member(object, kind, name).unwrap_or_else(|| panic!("no {name}"));
    let mut all = vec![Value::from(object.clone())];
    all.extend_from_slice(args);
    function.call(&all)
}

fn one(object: &Handle, kind: i64, name: &str, args: &[Value]) -> Value {
    let results = all(object, kind, name, args);
    results.unwrap_or_else(|error| panic!("{name}: {error:?}")).pop().unwrap_or(Value::Null)
}

fn method(object: &Handle, name: &str, args: &[Value]) -> Value {
    one(object, MEMBER_METHOD, name, args)
}

fn operation(object: &Handle, name: &str, args: &[Value]) -> Value {
    one(object, MEMBER_OPERATION, name, args)
}

fn type_of(object: &Handle) -> (u64, u64) {
    // SAFETY: the handle holds the object.
    unsafe { query_type(object.as_raw()) }.unwrap().unwrap()
}

fn describe(object: &Handle) -> Description {
    // SAFETY: the handle holds the object.
    unsafe { Description::of(object.as_raw()) }.unwrap().unwrap()
}

fn point(x: f64, y: f64) -> Handle {
    object(method(&root(), "NewPoint", &[x.into(), y.into()]))
}

#[test]
fn functions_of_a_module() {
    let root = root();
    assert_eq!(method(&root, "sum", &[1_i64.into(), 2_i64.into(), 3_i64.into()]), 6_i64.into());
    assert_eq!(method(&root, "Sum", &[1_i64.into()]), 1_i64.into());
    let more = [1_i64.into(), Value::from(vec![5_i64, 6])];
    assert_eq!(method(&root, "Sum", &more), 12_i64.into(), "an array of all");
    assert_eq!(method(&root, "Words", &[vec![1_i64].into()]), 1_i64.into(), "an array as one");
    assert_eq!(method(&root, "Larger", &["a".into(), "b".into()]), "b".into());
    assert_eq!(method(&root, "Larger", &[1.5.into(), 0.5.into()]), 1.5.into());
    let error = all(&root, MEMBER_METHOD, "Larger", &[Value::Null, true.into()]).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Argument);
    assert!(error.message.contains("(int64, int64)"), "{error}");
    assert!(member(&root, MEMBER_METHOD, "summ").is_none());
}

#[test]
fn variables_packages_and_types_of_a_module() {
    let root = root();
    one(&root, MEMBER_SET, "limit", &[7_i64.into()]);
    assert_eq!(one(&root, MEMBER_GET, "Limit", &[]), 7_i64.into());
    let units = object(one(&root, MEMBER_GET, "units", &[]));
    assert_eq!(method(&units, "double", &[4_i64.into()]), 8_i64.into());
    assert_eq!(one(&root, MEMBER_GET, "units.Half", &[]), 0.5.into());
    let class = object(one(&root, MEMBER_GET, "Point", &[]));
    let made = object(operation(&class, "call", &[1.0.into(), 2.0.into(), "p".into()]));
    assert_eq!(operation(&made, "text", &[]), "(1, 2)".into());
    assert_eq!(type_of(&class).1, type_of(&made).0);
    assert_eq!(operation(&class, "is_instance", &[made.into()]), true.into());
    let named =
        [Vec::<Value>::new().into(), vec!["y".to_owned()].into(), vec![Value::from(3.0)].into()];
    let made = object(one(&root, MEMBER_NAMED, "Point", &named));
    assert_eq!(one(&made, MEMBER_GET, "Y", &[]), 3.0.into());
    let wrong =
        [Vec::<Value>::new().into(), vec!["lable".to_owned()].into(), vec![Value::Null].into()];
    let error = all(&root, MEMBER_NAMED, "Point", &wrong).unwrap_err();
    assert!(error.message.contains("did you mean `Label`?"), "{error}");
}

#[test]
fn methods_and_fields_of_an_object() {
    let place = point(1.0, 2.0);
    assert_eq!(type_of(&place), type_of(&point(0.0, 0.0)));
    method(&place, "move", &[2.0.into(), 2.into()]);
    assert_eq!(method(&place, "Norm", &[2_i64.into()]), 50.0.into());
    assert_eq!(method(&place, "Join", &["-".into(), "a".into(), "b".into()]), "a-b".into());
    let whole = ["-".into(), Value::from(vec!["c".to_owned(), "d".to_owned()])];
    assert_eq!(method(&place, "Join", &whole), "c-d".into());
    one(&place, MEMBER_SET, "ID", &[9_i64.into()]);
    assert_eq!(method(&place, "Tag", &[]), "#9".into());
    let error = all(&place, MEMBER_METHOD, "Fail", &[]).unwrap_err();
    assert_eq!((error.kind, &*error.message), (ErrorKind::Guest, "no such place"));
    let norm = member(&place, MEMBER_METHOD, "Norm").unwrap();
    let other = object(method(&root(), "Ages", &[]));
    let error = norm.call(&[other.into(), 1_i64.into()]).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Argument, "an object of another type");
    assert!(member(&place, MEMBER_METHOD, "hidden").is_none());
}

#[test]
fn operations_of_maps_slices_and_channels() {
    let ages = object(method(&root(), "Ages", &[]));
    assert_eq!(operation(&ages, "length", &[]), 2_i64.into());
    assert_eq!(operation(&ages, "get_item", &["ann".into()]), 30_i64.into());
    operation(&ages, "set_item", &["cy".into(), 50_i64.into()]);
    operation(&ages, "delete_item", &["bob".into()]);
    assert_eq!(operation(&ages, "contains", &["bob".into()]), false.into());
    let error = all(&ages, MEMBER_OPERATION, "get_item", &["bob".into()]).unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert!(describe(&ages).operations.contains(&"mapping".to_owned()));

    let list = object(method(&root(), "List", &[]));
    operation(&list, "append", &[4_i64.into()]);
    operation(&list, "delete_item", &[0_i64.into()]);
    assert_eq!(items(&list), [2_i64.into(), 3_i64.into(), 4_i64.into()]);
    assert_eq!(operation(&list, "contains", &[3_i64.into()]), true.into());
    operation(&list, "clear", &[]);
    assert_eq!(operation(&list, "length", &[]), 0_i64.into());
    let numbers = object(method(&root(), "Numbers", &[3_i64.into()]));
    assert_eq!(items(&numbers), [0_i64.into(), 1_i64.into(), 2_i64.into()]);
}

fn items(of: &Handle) -> Vec<Value> {
    let iterator = object(operation(of, "iterate", &[]));
    let advance = member(&iterator, MEMBER_OPERATION, "advance").unwrap();
    let next = || advance.call(&[iterator.clone().into()]).unwrap();
    std::iter::repeat_with(next)
        .take_while(|next| next[0] == true.into())
        .map(|mut next| next.remove(1))
        .collect()
}

#[test]
fn objects_are_compared_and_shown() {
    let version = |major: i64| object(method(&root(), "NewVersion", &[major.into()]));
    assert_eq!(operation(&version(1), "compare", &[version(3).into()]), (-2_i64).into());
    assert_eq!(operation(&version(1), "equal", &[version(1).into()]), true.into());
    assert_eq!(operation(&version(1), "hash", &[]), operation(&version(1), "hash", &[]));
    assert_eq!(operation(&version(1), "debug_text", &[]), "members.Version{Major:1}".into());
    assert!(member(&version(1), MEMBER_OPERATION, "length").is_none());
}

#[test]
fn readers_and_writers_are_files() {
    let buffer = object(method(&root(), "Buffer", &["one\ntwo\nthree".into()]));
    assert_eq!(method(&buffer, "read", &[2_i64.into()]), b"on".to_vec().into());
    assert_eq!(method(&buffer, "readline", &[]), b"e\n".to_vec().into());
    assert_eq!(method(&buffer, "write", &["\nfour".into()]), 5_i64.into());
    assert_eq!(items(&buffer).len(), 3);
    assert_eq!(method(&buffer, "read", &[]), Vec::<u8>::new().into());
    assert_eq!(method(&buffer, "readable", &[]), true.into());
    assert_eq!(method(&buffer, "Len", &[]), 0_i64.into(), "Go's own methods, too");
}

#[test]
fn a_type_and_a_module_are_described() {
    let place = describe(&point(0.0, 0.0));
    assert_eq!(
        (&*place.name, &place.supertypes[..]),
        ("Point", &["Point".to_owned(), "Base".to_owned()][..])
    );
    let signature = |of: &Description, name: &str| {
        of.members.iter().find(|member| member.name == name).unwrap().signature.clone()
    };
    assert_eq!(signature(&place, "Join"), "Join(separator string, words ...string) string");
    assert_eq!(signature(&place, "Label"), "Label string");
    let root = describe(&root());
    assert_eq!(signature(&root, "Sum"), "Sum(first int64, more ...int64) int64");
    let kinds = ["Point", "Limit", "units"]
        .map(|name| root.members.iter().find(|member| member.name == name).unwrap().kind.clone());
    assert_eq!(kinds, ["class", "value", "module"]);
    let class = describe(&object(module("members").value("class=Point").unwrap()));
    let moved = class.members.iter().find(|member| member.name == "Move").unwrap();
    assert_eq!(moved.doc, "Move changes it in place.");
}

#[test]
fn entities_without_types() {
    let module = module("members");
    let Value::Callable(sum) = module.value("callable=Sum").unwrap() else { panic!() };
    assert_eq!(sum.call(&[1_i64.into(), 1_i64.into(), 1_i64.into()]).unwrap(), [3_i64.into()]);
    let Value::Callable(norm) = module.value("callable=Point.Norm").unwrap() else { panic!() };
    assert_eq!(norm.call(&[point(1.0, 1.0).into(), 1_i64.into()]).unwrap(), [2.0.into()]);
    let Value::Callable(limit) = module.value("global=Limit").unwrap() else { panic!() };
    assert!(limit.call(&[]).is_ok());
    let error = module.value("callable=Summ").unwrap_err();
    assert!(error.message.contains("did you mean `Sum`?"), "{error}");
    let error = module.value("class=Pont").unwrap_err();
    assert!(error.message.contains("did you mean `Point`?"), "{error}");
}

/// A value with a description.
fn exact(kind: ExactKind, text: &str) -> Value {
    struct Nothing;
    impl Answers for Nothing {}
    let owner = hub().owner("somebody");
    new_exact(owner, new_answering(owner, Nothing), kind, text.to_owned()).into()
}

fn described(value: Value) -> (ExactKind, String) {
    let object = object(value);
    let exact = object.exact().unwrap();
    (exact.kind, exact.text.to_owned())
}

#[test]
fn exact_values_are_passed_in_both_directions() {
    let root = root();
    let large = exact(ExactKind::Integer, "10000000000000000");
    assert_eq!(method(&root, "Kind", std::slice::from_ref(&large)), "*big.Int".into());
    assert_eq!(
        described(method(&root, "Double", &[large])),
        (ExactKind::Integer, "20000000000000000".into())
    );
    assert_eq!(method(&root, "Double", &[21_i64.into()]), 42_i64.into());
    let moment = exact(ExactKind::Instant, "2024-02-29T23:59:00.5+01:00[Europe/Paris]");
    let duration = exact(ExactKind::Duration, "PT-1.5S");
    assert_eq!(method(&root, "Kind", std::slice::from_ref(&moment)), "time.Time".into());
    let later = described(method(&root, "Later", &[moment, duration.clone()]));
    assert_eq!(later, (ExactKind::Instant, "2024-02-29T23:58:59+01:00[Europe/Paris]".into()));
    assert_eq!(method(&root, "Pause", &[duration]), (-1_500_000_000_i64).into());
    assert_eq!(method(&root, "Pause", &[5_i64.into()]), 5_i64.into());
    let zone = |offset: i64| described(method(&root, "Zone", &[offset.into()])).1;
    assert_eq!(zone(-5400), "2024-02-29T23:59:00.5-01:30");
    let decimal = exact(ExactKind::Decimal, "0.10");
    assert_eq!(method(&root, "Kind", &[decimal]), "xcall.MetaFFIHandle".into());
}

#[test]
fn errors_are_values_with_their_text() {
    let Value::Array(Array::Any(errors)) = method(&root(), "Errors", &[]) else { panic!() };
    assert_eq!(described(errors[0].clone()), (ExactKind::Error, "first".into()));
    assert_eq!(errors[1], Value::Null);
    let failure = object(method(&root(), "NewFailure", &[]));
    let cause = one(&failure, MEMBER_GET, "Cause", &[]);
    assert_eq!(described(cause.clone()), (ExactKind::Error, "broken".into()));
    assert_eq!(operation(&object(cause), "message", &[]), "broken".into());
    let declared = get(&module("members"), "field=Failure.Cause", &[failure.into()]);
    assert_eq!(described(declared), (ExactKind::Error, "broken".into()));
}

/// A mapping that contains itself this many times.
struct Mapping(i64);

impl Answers for Mapping {
    fn entries(&self) -> Option<(Vec<Value>, Vec<Value>)> {
        let below = (self.0 > 0).then(|| mapping(self.0 - 1));
        Some((vec!["a".into()], vec![below.into()]))
    }
    fn is_mapping(&self) -> bool {
        true
    }
}

fn mapping(depth: i64) -> Handle {
    new_answering(hub().owner("somebody"), Mapping(depth))
}

#[test]
fn a_mapping_of_another_language_is_a_map() {
    let root = root();
    assert_eq!(method(&root, "Kind", &[mapping(2).into()]), "map[string]interface {}".into());
    let error = all(&root, MEMBER_METHOD, "Kind", &[mapping(300).into()]).unwrap_err();
    assert!(error.message.contains("nested too deeply"), "{error}");
    let ages = object(method(&root, "Ages", &[]));
    metaffi_value::CallFrame::with(|mut frame| {
        // SAFETY: the handle holds the object.
        let answer = unsafe { query_entries(ages.as_raw(), &mut frame) };
        assert!(answer.unwrap().is_some());
    });
}
