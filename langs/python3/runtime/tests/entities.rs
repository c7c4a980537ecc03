//! Every kind of entity of a Python module.

mod fixtures;

use fixtures::{counter, entity, function, module, owner, refused};
use metaffi::{Array, ErrorKind, Handle, Value};

#[test]
fn functions_and_defaults() {
    function::<(), ()>("void").call(()).unwrap();
    assert_eq!(function::<(i64, i64), i64>("add").call((1, 2)).unwrap(), 3);
    assert_eq!(function::<(i64,), i64>("add").call((1,)).unwrap(), 11);
    assert_eq!(function::<(), (i64, String)>("pair").call(()).unwrap(), (1, "one".into()));
    assert_eq!(entity("callable=echo", &["any"], &["any"]).unwrap().doc(), "Give it back.");
}

#[test]
fn an_instance_its_methods_and_attributes() {
    let made = function::<(), i64>("attribute=Counter.made");
    let before = made.call(()).unwrap();
    let object = counter(5);
    assert_eq!(made.call(()).unwrap(), before + 1);
    let increment = "callable=Counter.increment,instance_required";
    assert_eq!(function::<(Handle,), i64>(increment).call((object.clone(),)).unwrap(), 6);
    assert_eq!(function::<(Handle, i64), i64>(increment).call((object.clone(), 4)).unwrap(), 10);
    let get = function::<(Handle,), i64>("attribute=value,instance_required,getter");
    let set = function::<(Handle, i64), ()>("attribute=value,instance_required,setter");
    set.call((object.clone(), 40)).unwrap();
    assert_eq!(get.call((object.clone(),)).unwrap(), 40);
    let doubled = "attribute=Counter.doubled,instance_required";
    assert_eq!(function::<(Handle,), i64>(doubled).call((object.clone(),)).unwrap(), 80);
    let set = function::<(Handle, i64), ()>(&format!("{doubled},setter"));
    set.call((object.clone(), 6)).unwrap();
    assert_eq!(get.call((object,)).unwrap(), 3);
}

#[test]
fn a_method_is_the_one_of_the_instance() {
    let loud = function::<(i64,), Handle>("Loud").call((1,)).unwrap();
    let increment = function::<(Handle,), i64>("callable=Counter.increment,instance_required");
    assert_eq!(increment.call((loud.clone(),)).unwrap(), 200);
    let by_name = function::<(Handle,), i64>("callable=increment,instance_required");
    assert_eq!(by_name.call((loud.clone(),)).unwrap(), 300);
    // Without the tag it is the function of the named class.
    assert_eq!(function::<(Handle,), i64>("Counter.increment").call((loud,)).unwrap(), 4);
}

#[test]
fn static_and_class_methods_dunders_and_accessors() {
    assert_eq!(function::<(), i64>("Counter.zero").call(()).unwrap(), 0);
    let object = function::<(i64,), Handle>("Counter.of").call((7,)).unwrap();
    let len = function::<(Handle,), i64>("callable=Counter.__len__,instance_required");
    assert_eq!(len.call((object.clone(),)).unwrap(), 7);
    let zero = function::<(Handle,), i64>("callable=Counter.zero,instance_required");
    assert_eq!(zero.call((object.clone(),)).unwrap(), 0);
    let add = "callable=Counter.__add__,instance_required";
    let sum = function::<(Handle, Handle), Handle>(add);
    let sum = sum.call((object.clone(), object.clone())).unwrap();
    assert_eq!(len.call((sum,)).unwrap(), 14);
    let get = function::<(Handle,), i64>("callable=Counter.doubled.fget,instance_required");
    let set = function::<(Handle, i64), ()>("callable=Counter.doubled.fset,instance_required");
    set.call((object.clone(), 20)).unwrap();
    assert_eq!(get.call((object,)).unwrap(), 20);
}

#[test]
fn a_method_comes_before_a_function_of_its_name() {
    let object = function::<(), Handle>("Total").call(()).unwrap();
    let total = function::<(Handle,), String>("callable=total,instance_required");
    assert_eq!(total.call((object.clone(),)).unwrap(), "the method of Total, 0");
    let awaited = function::<(Handle,), String>("callable=total,instance_required,awaited");
    assert_eq!(awaited.call((object.clone(),)).unwrap(), "the method of Total, 0");
    let spread = "callable=total,instance_required,varargs";
    let spread = function::<(Handle, Vec<i64>), String>(spread);
    assert_eq!(spread.call((object, vec![2])).unwrap(), "the method of Total, 2");
    // An AttributeError in the method itself is raised.
    let fail = function::<(Handle, &str), ()>("callable=fail,instance_required");
    let object = function::<(), Handle>("Total").call(()).unwrap();
    let error = fail.call((object, "colour")).unwrap_err();
    assert_eq!(&*error.type_name, "AttributeError");
    assert!(error.message.contains("colour"), "{}", error.message);
    // An object without such a method is the function's first argument.
    let total = function::<(i64, i64), i64>("callable=total,instance_required");
    assert_eq!(total.call((3, 4)).unwrap(), 7);
    let spread = "callable=total,instance_required,varargs";
    let spread = function::<(i64, Vec<i64>), i64>(spread);
    assert_eq!(spread.call((3, vec![4, 5])).unwrap(), 12);
}

#[test]
fn special_methods_are_those_of_the_class() {
    for module in [module(), fixtures::load("builtins").unwrap()] {
        let total = function::<(), Handle>("shadowed").call(()).unwrap();
        let text = module.function::<(Handle,), String>("callable=__str__,instance_required");
        let text = text.unwrap();
        assert_eq!(text.call((total.clone(),)).unwrap(), "a total");
        let format = "callable=__format__,instance_required";
        let format = module.function::<(Handle, &str), String>(format).unwrap();
        assert_eq!(format.call((total.clone(), "")).unwrap(), "a total");
        let equals = "callable=__eq__,instance_required";
        let is_five = module.function::<(Handle, i64), bool>(equals).unwrap();
        assert!(is_five.call((total.clone(), 5)).unwrap());
        // Neither operand compares them, so Python compares identities.
        let equals = module.function::<(Handle, Handle), bool>(equals).unwrap();
        assert!(equals.call((total.clone(), total.clone())).unwrap());
        assert!(!equals.call((total, counter(5))).unwrap());
        // For a class they are those of its metaclass.
        let class = function::<(), Handle>("attribute=Total").call(()).unwrap();
        assert_eq!(text.call((class,)).unwrap(), "<class 'guest.Total'>");
    }
}

#[test]
fn new_then_init() {
    let object = function::<(), Handle>("Counter.__new__").call(()).unwrap();
    let init = function::<(Handle, i64), ()>("callable=Counter.__init__,instance_required");
    init.call((object.clone(), 9)).unwrap();
    let len = function::<(Handle,), i64>("callable=Counter.__len__,instance_required");
    assert_eq!(len.call((object,)).unwrap(), 9);
}

#[test]
fn nested_classes_enums_dataclasses() {
    let inner = function::<(), Handle>("Counter.Inner").call(()).unwrap();
    let name = function::<(Handle,), String>("callable=Counter.Inner.name,instance_required");
    assert_eq!(name.call((inner,)).unwrap(), "inner");
    let point = function::<(i64,), Handle>("Point").call((1,)).unwrap();
    let y = function::<(Handle,), i64>("attribute=Point.y,instance_required");
    assert_eq!(y.call((point.clone(),)).unwrap(), 2);
    let repr = function::<(Handle,), String>("callable=Point.__repr__,instance_required");
    assert_eq!(repr.call((point,)).unwrap(), "Point(x=1, y=2)");
    let red = function::<(), Handle>("attribute=Color.RED").call(()).unwrap();
    let same = function::<(i64,), Handle>("Color").call((1,)).unwrap();
    assert_eq!(red, same);
    let value = function::<(Handle,), i64>("attribute=value,instance_required");
    assert_eq!(value.call((red,)).unwrap(), 1);
}

#[test]
fn attributes_of_the_module() {
    let get = function::<(), i64>("attribute=five_seconds,getter");
    assert_eq!(get.call(()).unwrap(), 5);
    function::<(i64,), ()>("attribute=five_seconds,setter").call((6,)).unwrap();
    assert_eq!(get.call(()).unwrap(), 6);
    function::<(i64,), ()>("attribute=five_seconds,setter").call((5,)).unwrap();
    let step = function::<(), i64>("attribute=Counter.step");
    function::<(i64,), ()>("attribute=Counter.step,setter").call((3,)).unwrap();
    assert_eq!(step.call(()).unwrap(), 3);
}

#[test]
fn varargs_and_named_args() {
    let total = entity("callable=total,varargs", &["int64", "int64_array"], &["int64"]).unwrap();
    let call = |args: &[Value]| total.call(args).unwrap();
    assert_eq!(call(&[1.into(), vec![2i64, 3].into()]), [Value::Int64(6)]);
    assert_eq!(call(&[1.into(), Vec::<i64>::new().into()]), [Value::Int64(1)]);
    assert_eq!(call(&[1.into(), Value::Null]), [Value::Int64(1)]);
    let pairs = Value::Array(Array::Any(vec![
        vec![Value::from("scale"), Value::from(10i64)].into(),
        vec![Value::from("extra"), Value::from(5i64)].into(),
    ]));
    let path = "callable=total,varargs,named_args";
    let both = entity(path, &["int64", "int64_array", "any"], &["int64"]).unwrap();
    assert_eq!(both.call(&[1.into(), vec![2i64].into(), pairs]).unwrap(), [Value::Int64(80)]);
    let builtins = fixtures::load("builtins").unwrap();
    let dict = builtins.function::<(), Handle>("callable=dict").unwrap().call(()).unwrap();
    let set = "callable=dict.__setitem__,instance_required";
    let set = builtins.function::<(Handle, &str, &str), ()>(set).unwrap();
    set.call((dict.clone(), "greeting", "Ahoy")).unwrap();
    let greet = function::<(&str, Handle), String>("callable=greet,named_args");
    assert_eq!(greet.call(("Ann", dict)).unwrap(), "Ahoy, Ann!");
    let wrong = both.call(&[1.into(), vec![2i64].into(), 3.into()]).unwrap_err();
    assert!(wrong.message.contains("named_args: expected a Python dict"), "{wrong:?}");
}

#[test]
fn generators_coroutines_context_managers() {
    let numbers = function::<(i64,), Handle>("numbers").call((3,)).unwrap();
    let next = function::<(Handle,), i64>("callable=__next__,instance_required");
    assert_eq!(next.call((numbers.clone(),)).unwrap(), 0);
    assert_eq!(next.call((numbers.clone(),)).unwrap(), 1);
    assert_eq!(next.call((numbers.clone(),)).unwrap(), 2);
    assert_eq!(next.call((numbers,)).unwrap_err().into_parts().type_name, "StopIteration");
    let coroutine = function::<(i64,), Handle>("later").call((41,)).unwrap();
    let asyncio = fixtures::load("asyncio").unwrap();
    let run = asyncio.function::<(Handle,), i64>("callable=run").unwrap();
    assert_eq!(run.call((coroutine,)).unwrap(), 42);
    let opened = function::<(&str,), Handle>("opened").call(("a file",)).unwrap();
    let enter = function::<(Handle,), String>("callable=__enter__,instance_required");
    assert_eq!(enter.call((opened,)).unwrap(), "a file");
}

#[test]
fn missing_names_suggest_similar_ones() {
    let message = |path: &str| {
        let error = refused(path, &[], &[]);
        assert_eq!(error.kind, ErrorKind::NotFound, "{error:?}");
        error.into_parts().message
    };
    let text = message("callable=vod");
    assert!(text.contains("module `guest` has no `vod`; did you mean `void`?"), "{text}");
    let text = message("callable=Counter.incremnt");
    assert!(text.contains("`Counter` has no `incremnt`; did you mean `increment`?"), "{text}");
    assert!(message("attribute=nothing_like_it").ends_with("has no `nothing_like_it`"));
    assert!(message("getter").contains("callable"));
    assert!(message("callable=a=b").contains("two '='"));
}

#[test]
fn declared_types_that_do_not_match() {
    let message = |path: &str, params: &[&str], rets: &[&str]| {
        let error = refused(path, params, rets);
        assert_eq!(error.kind, ErrorKind::Signature, "{error:?}");
        error.into_parts().message
    };
    let int = "int64";
    let text = message("callable=add", &[int, int, int], &[]);
    assert!(text.contains("cannot take the 3 declared parameter(s): too many"), "{text}");
    let text = message("callable=add", &[], &[]);
    assert!(text.contains("missing a required argument: 'left'"), "{text}");
    message("callable=Counter.increment,instance_required", &["handle", int, int], &[]);
    message("callable=Counter.increment,instance_required", &[], &[]);
    message("callable=total,varargs", &[], &[]);
    assert!(message("callable=five_seconds", &[], &[]).contains("is a int, which cannot"));
    assert!(message("callable=Counter.doubled", &[], &[]).contains("is a property"));
    assert!(message("attribute=five_seconds", &[int], &[int]).contains("takes no parameter"));
    for tag in ["varargs", "named_args", "instance_required,varargs", "setter,named_args"] {
        let text = message(&format!("attribute=five_seconds,{tag}"), &[], &["int64"]);
        assert!(text.ends_with("applies to callables only; remove it for an attribute"));
    }
    assert!(message("attribute=five_seconds,setter", &[], &[]).contains("takes the value"));
}

#[test]
fn a_wrong_count_and_a_wrong_result() {
    let add = entity("callable=add", &["int64", "int64"], &["int64"]).unwrap();
    assert_eq!(add.call(&[Value::Int64(1)]).unwrap_err().kind, ErrorKind::Argument);
    let error = function::<(&str,), i64>("echo").call(("text",)).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Argument);
    assert_eq!(error.message, "result of `callable=echo`: expected int64, got str 'text'");
    let error = function::<(), (i64, i64, i64)>("pair").call(()).unwrap_err();
    assert!(error.message.contains("expected a tuple of 3 results"), "{error:?}");
    assert_eq!(add.call(&[Value::Int64(1), Value::Int64(2)]).unwrap(), [Value::Int64(3)]);
}

#[test]
fn nothing_leaks() {
    // Other tests of this process hold objects meanwhile.
    let objects: Vec<Handle> = (0..100).map(counter).collect();
    assert!(owner().live_objects() >= 100);
    drop(objects);
    drop(module());
}
