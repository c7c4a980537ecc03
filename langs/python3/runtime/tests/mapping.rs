//! Maps of other runtimes in Python.

mod fixtures;

use core::sync::atomic::{AtomicBool, Ordering};

use fixtures::{load, python, types};
use metaffi::{Error, Handle, Value};
use metaffi_value::{Answers, new_answering};

/// A map of another runtime, or an object that is not a map.
struct Map(Option<Vec<(Value, Value)>>);

impl Answers for Map {
    fn entries(&self) -> Option<(Vec<Value>, Vec<Value>)> {
        Some(self.0.as_ref()?.iter().cloned().unzip())
    }
    fn is_mapping(&self) -> bool {
        self.0.is_some()
    }
}

fn map(entries: Option<&[(&str, i64)]>) -> Handle {
    let entries = entries.map(|all| {
        all.iter().map(|(key, value)| (Value::from((*key).to_owned()), (*value).into())).collect()
    });
    new_answering(fixtures::hub().owner("elsewhere"), Map(entries))
}

/// Evaluates a Python expression with an object.
fn said(expression: &str, object: &Handle) -> Result<String, Error> {
    let module = load(&python("mapping.py")).unwrap_or_else(|error| panic!("{error:?}"));
    let say = module.entity("callable=say", &types(&["string8", "any"]), &types(&["string8"]))?;
    match say.call(&[expression.into(), object.clone().into()])?.remove(0) {
        Value::String8(text) => Ok(text),
        other => panic!("{expression} is {other:?}"),
    }
}

#[test]
fn it_is_read_like_a_dict() {
    let object = map(Some(&[("a", 1), ("b", 2)]));
    for (expression, expected) in [
        ("x['b']", "2"),
        ("dict(x)", "{'a': 1, 'b': 2}"),
        ("dict(**x)", "{'a': 1, 'b': 2}"),
        ("x | {}", "{'a': 1, 'b': 2}"),
        ("len(x), 'a' in x, 'c' in x, bool(x)", "(2, True, False, True)"),
        (
            "list(x), list(x.values()), list(x.items())",
            "(['a', 'b'], [1, 2], [('a', 1), ('b', 2)])",
        ),
        ("x.get('c'), x.get('c', 3), x.copy()", "(None, 3, {'a': 1, 'b': 2})"),
        ("isinstance(x, dict), isinstance(x, Mapping)", "(True, True)"),
        ("[x[key] for key in x]", "[1, 2]"),
        ("[x[key] for key in reversed(list(x))]", "[2, 1]"),
    ] {
        let came = said(expression, &object);
        match expected {
            "unsupported" => {
                assert_eq!(came.unwrap_err().into_parts().type_name, "TypeError", "{expression}")
            }
            expected => assert_eq!(came.unwrap(), expected, "{expression}"),
        }
    }
    assert_eq!(said("x['c']", &object).unwrap_err().into_parts().type_name, "KeyError");
    assert_eq!(said("len(x), bool(x), dict(x)", &map(Some(&[]))).unwrap(), "(0, False, {})");
}

/// A map with another order each time, like Go's.
struct Turning(AtomicBool);

impl Answers for Turning {
    fn entries(&self) -> Option<(Vec<Value>, Vec<Value>)> {
        let mut all = [(Value::from("a".to_owned()), 1.into()), ("b".to_owned().into(), 2.into())];
        if self.0.fetch_xor(true, Ordering::Relaxed) {
            all.reverse();
        }
        Some(all.into_iter().unzip())
    }
    fn is_mapping(&self) -> bool {
        true
    }
}

#[test]
fn keys_and_values_have_one_order() {
    for starts in [false, true] {
        let turning = Turning(AtomicBool::new(starts));
        let object = new_answering(fixtures::hub().owner("elsewhere"), turning);
        for expression in [
            "dict(zip(x.keys(), x.values())) == {'a': 1, 'b': 2}",
            "dict(zip(list(x), x.values())) == dict(x.items()) == dict(x)",
            "list(x) == list(x) == [key for key, _ in x.items()]",
        ] {
            assert_eq!(said(expression, &object).unwrap(), "True", "{expression}");
        }
    }
}

#[test]
fn other_objects_do_not_behave_like_maps() {
    let object = map(None);
    assert_eq!(said("isinstance(x, dict), bool(x)", &object).unwrap(), "(False, True)");
    for expression in ["x['a']", "len(x)", "iter(x)", "'a' in x", "dict(x)"] {
        assert_eq!(
            said(expression, &object).unwrap_err().into_parts().type_name,
            "TypeError",
            "{expression}"
        );
    }
}

#[test]
fn it_comes_back_as_itself() {
    let object = map(Some(&[("a", 1)]));
    let module = load(&python("mapping.py")).unwrap_or_else(|error| panic!("{error:?}"));
    let same = module.entity("callable=same", &types(&["any"]), &types(&["any"])).unwrap();
    let came = same.call(&[object.clone().into()]).unwrap().remove(0);
    assert_eq!(came, object.into());
}
