//! Python objects used by other languages like their own: types, members, entities
//! without types.
#![allow(unsafe_code)] // uses raw objects

mod fixtures;

use fixtures::{load, python};
use metaffi::{Callable, Description, ErrorKind, Handle, Module, Value};
use metaffi_value::abi::{MEMBER_GET, MEMBER_METHOD, MEMBER_NAMED, MEMBER_OPERATION, MEMBER_SET};
use metaffi_value::{query_member, query_type};

fn shop() -> Module {
    load(&python("members.py")).unwrap_or_else(|error| panic!("{error:?}"))
}

fn object(value: Value) -> Handle {
    value.lift().unwrap()
}

fn root() -> Handle {
    object(shop().value("").unwrap())
}

fn member(object: &Handle, kind: i64, name: &str) -> Option<Callable> {
    // SAFETY: the handle holds the object, and the answer is a function.
    unsafe { query_member(object.as_raw(), kind, name) }.unwrap()
}

fn call(object: &Handle, kind: i64, name: &str, args: &[Value]) -> Value {
    let function = member(object, kind, name).unwrap_or_else(|| panic!("no {name}"));
    let mut all = vec![Value::from(object.clone())];
    all.extend_from_slice(args);
    function.call(&all).unwrap_or_else(|e| panic!("{name}: {e}")).pop().unwrap_or(Value::Null)
}

fn operation(object: &Handle, name: &str, args: &[Value]) -> Value {
    call(object, MEMBER_OPERATION, name, args)
}

fn type_of(object: &Handle) -> (u64, u64) {
    // SAFETY: the handle holds the object.
    unsafe { query_type(object.as_raw()) }.unwrap().unwrap()
}

fn item(name: &str, price: i64) -> Handle {
    let class = object(call(&root(), MEMBER_GET, "Item", &[]));
    object(operation(&class, "call", &[name.into(), price.into()]))
}

#[test]
fn objects_of_a_class_have_one_type() {
    let class = object(call(&root(), MEMBER_GET, "Item", &[]));
    let (own, of_instances) = type_of(&class);
    assert_ne!(own, of_instances);
    assert_eq!(type_of(&item("a", 1)), (of_instances, 0));
    assert_ne!(type_of(&root()), type_of(&item("a", 1)));
}

#[test]
fn methods_and_attributes() {
    let item = item("nail", 3);
    assert_eq!(call(&item, MEMBER_METHOD, "cost", &[]), Value::Int64(3));
    assert_eq!(call(&item, MEMBER_METHOD, "cost", &[2_i64.into()]), Value::Int64(6));
    let named = [
        Value::from(Vec::<Value>::new()),
        vec!["discount".to_owned()].into(),
        vec![Value::from(1_i64)].into(),
    ];
    assert_eq!(call(&item, MEMBER_NAMED, "cost", &named), Value::Int64(2));
    call(&item, MEMBER_SET, "price", &[5_i64.into()]);
    assert_eq!(call(&item, MEMBER_GET, "price", &[]), Value::Int64(5));
    assert!(member(&item, MEMBER_METHOD, "costs").is_none());
    let class = object(call(&root(), MEMBER_GET, "Item", &[]));
    let free = object(call(&class, MEMBER_METHOD, "free", &["air".into()]));
    assert_eq!(call(&free, MEMBER_GET, "price", &[]), Value::Int64(0));
    assert!(member(&root(), MEMBER_GET, "Item.Label").is_some());
    assert!(
        member(&root(), MEMBER_METHOD, "priceOf").is_some(),
        "in the spelling of other languages"
    );
}

#[test]
fn a_module_s_function_is_looked_up_at_each_call() {
    let (root, args) = (root(), [Value::from(root()), 3_i64.into()]);
    let bind = |name: &str, to: &str| {
        let function = shop().value(&format!("callable={to}")).unwrap();
        call(&root, MEMBER_SET, name, &[function]);
        member(&root, MEMBER_METHOD, name).unwrap()
    };
    let function = bind("bound", "twice");
    assert_eq!(function.call(&args).unwrap(), [Value::Int64(6)]);
    bind("bound", "thrice");
    assert_eq!(function.call(&args).unwrap(), [Value::Int64(9)]);
    call(&root, MEMBER_SET, "bound", &[1_i64.into()]);
    let error = function.call(&args).unwrap_err();
    assert!(error.message.contains("'int' object is not callable"), "{error}");
    call(&root, MEMBER_METHOD, "forget", &["bound".into()]);
    let error = function.call(&args).unwrap_err();
    assert!(error.message.contains("there is no bound"), "{error}");
    let given = bind("given", "twice");
    call(&root, MEMBER_METHOD, "forget", &["given".into()]);
    assert_eq!(given.call(&args).unwrap(), [Value::Int64(-3)], "of the module's `__getattr__`");
    let error = given.call(&[item("a", 1).into()]).unwrap_err();
    assert!(error.message.contains("'Item' object has no attribute 'given'"), "{error}");
}

#[test]
fn operations_that_the_class_has() {
    let (one, two) = (item("one", 1), item("two", 2));
    assert_eq!(operation(&one, "text", &[]), "one".into());
    assert_eq!(operation(&one, "equal", &[two.clone().into()]), Value::Bool(false));
    assert_eq!(operation(&one, "compare", &[two.clone().into()]), Value::Int64(-1));
    assert!(member(&one, MEMBER_OPERATION, "hash").is_none(), "it is not hashable");
    assert!(member(&one, MEMBER_OPERATION, "length").is_none());

    let shelf = object(call(&root(), MEMBER_METHOD, "shelf", &[]));
    assert_eq!(operation(&shelf, "length", &[]), Value::Int64(2));
    operation(&shelf, "append", &[two.into()]);
    let last = object(operation(&shelf, "get_item", &[Value::Int64(-1)]));
    assert_eq!(operation(&last, "text", &[]), "two".into());
    let iterator = object(operation(&shelf, "iterate", &[]));
    let advance = member(&iterator, MEMBER_OPERATION, "advance").unwrap();
    let mut seen = 0;
    while advance.call(&[iterator.clone().into()]).unwrap()[0] == Value::Bool(true) {
        seen += 1;
    }
    assert_eq!(seen, 3);
    operation(&shelf, "close", &[]);
    assert_eq!(operation(&shelf, "length", &[]), Value::Int64(0));
}

#[test]
fn a_type_is_described() {
    // SAFETY: the handle holds the object.
    let of = |object: &Handle| unsafe { Description::of(object.as_raw()) }.unwrap().unwrap();
    let item = of(&item("a", 1));
    assert_eq!((&*item.name, &*item.doc), ("members.Item", "Something to sell."));
    assert_eq!(item.supertypes, ["members.Item", "object"]);
    assert!(item.operations.contains(&"compare".to_owned()));
    let cost = item.members.iter().find(|member| member.name == "cost").unwrap();
    assert_eq!(
        (&*cost.kind, &*cost.signature, &*cost.doc),
        ("method", "cost(self, count=1, *, discount=0)", "What several cost.")
    );
    let module = of(&root());
    let kind = |name: &str| module.members.iter().find(|m| m.name == name).unwrap().kind.clone();
    assert_eq!((kind("Item"), kind("price_of")), ("class".into(), "static method".into()));
    assert_eq!(kind("limit"), "value");
}

#[test]
fn entities_without_types() {
    let Value::Callable(price_of) = shop().value("callable=price_of").unwrap() else { panic!() };
    assert_eq!(price_of.signature().to_string(), "(any, int64) -> (float64)");
    let price = price_of.call(&[item("a", 2).into(), 3_i64.into()]).unwrap();
    assert_eq!(price, [Value::Float64(6.0)]);
    let Value::Callable(limit) = shop().value("attribute=limit,getter").unwrap() else { panic!() };
    assert_eq!(limit.call(&[]).unwrap(), [Value::Int64(3)]);
    let Value::Handle(class) = shop().value("class=Item").unwrap() else { panic!() };
    assert!(type_of(&class).1 != 0);
    let error = shop().value("callable=price_off").unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert!(error.message.contains("did you mean `price_of`?"), "{error}");
}
