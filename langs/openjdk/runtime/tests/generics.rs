//! Generic classes: bridge methods are not overloads, and elements have the type that signatures
//! declare.

mod fixtures;

use fixtures::{call, callable, entity, function, load};
use metaffi::{Entity, Error, Handle, Value};

fn new_object(class: &str) -> Handle {
    let path = format!("class=fixtures.Generics.{class},callable=<init>");
    fixtures::module().function::<(), Handle>(&path).unwrap().call(()).unwrap()
}

fn method(class: &str, name: &str, ty: &str) -> Result<Entity, Error> {
    let path = format!("class=fixtures.Generics.{class},callable={name},instance_required");
    load(&path, &["handle", ty], &["any"])
}

fn on(class: &str, name: &str, ty: &str, value: impl Into<Value>) -> Result<Value, Error> {
    let object = Value::Handle(new_object(class));
    method(class, name, ty)?.call(&[object, value.into()]).map(|mut rets| rets.remove(0))
}

#[test]
fn bridges_are_not_overloads() {
    for ty in ["any", "int64"] {
        let error = on("Counter", "accept", ty, 5_i64)
            .map_or_else(|error| error.into_parts().message, |_| String::new());
        assert!(!error.contains("ClassCastException"), "{error}");
    }
    let message = |class, ty| on(class, "accept", ty, 5).unwrap_err().into_parts().message;
    assert_eq!(message("Counter", "any"), "accepted 5");
    assert_eq!(message("Late", "any"), "plain 5");
    assert_eq!(on("Narrow", "name", "int64", 5_i64).unwrap(), "Long 5".into());
    assert_eq!(on("Narrow", "name", "string8", "x").unwrap(), "String x".into());
    let error = method("Narrow", "name", "float64_array").err().unwrap().into_parts().message;
    assert!(error.contains("name(java.lang.Long)"), "{error}");
    assert!(!error.contains("name(java.lang.Object)"), "{error}");
}

#[test]
fn a_result_has_the_narrower_type() {
    let path = "class=fixtures.Generics.Narrow,callable=self,instance_required";
    let entity = load(path, &["handle"], &["string8"]).unwrap();
    assert_eq!(call(&entity, new_object("Narrow")).unwrap(), "Narrow".into());
}

#[test]
fn a_bridge_that_only_makes_a_method_public_is_one() {
    assert_eq!(on("Visible", "take", "int32", 5).unwrap(), "hidden 5".into());
    let path = "class=fixtures.Generics.Visible,callable=take,instance_required";
    let of_list = load(path, &["handle", "handle=java.util.List"], &["string8"]).unwrap();
    let result = of_list.call(&[new_object("Visible").into(), Value::Null]).unwrap();
    assert_eq!(result, ["visible null".into()]);
}

#[test]
fn elements_have_the_declared_type() {
    let number = |name: &str, ty: &str, value: Value| {
        let entity = entity(&format!("Generics.{name}"), &[ty], &["int32"]).unwrap();
        call(&entity, value).unwrap()
    };
    let rows = || Value::from(vec![Value::from(vec![1_i64, 2]), vec![3_i64].into()]);
    for ty in ["any", "any_array", "int64_array"] {
        assert_eq!(number("sum", ty, vec![1_i64, 2].into()), Value::Int32(3), "{ty}");
    }
    for ty in ["any", "any_array"] {
        assert_eq!(number("deep", ty, rows()), Value::Int32(6), "{ty}");
        assert_eq!(number("arrays", ty, rows()), Value::Int32(1), "{ty}");
        assert_eq!(number("listArray", ty, rows()), Value::Int32(3), "{ty}");
    }
    assert_eq!(number("spread", "int64_array", vec![1_i64, 2].into()), Value::Int32(3));
    let error = call(&entity("Generics.sum", &["any"], &[]).unwrap(), vec![1_i64 << 40]);
    assert!(
        error
            .unwrap_err()
            .into_parts()
            .message
            .contains("element 0: 1099511627776 is out of range")
    );
}

#[test]
fn type_variables_and_wildcards_are_resolved() {
    assert_eq!(on("Shorts", "sum", "any", vec![1_i64, 2]).unwrap(), Value::Int64(3));
    assert_eq!(on("Shorts", "first", "any", vec![7_i64]).unwrap(), Value::Int32(7));
    let error = on("Shorts", "sum", "any", vec![40_000_i64]).unwrap_err();
    assert!(error.message.contains("40000 is out of range for int16"), "{error}");
}

#[test]
fn in_a_list_of_objects_arrays_are_lists() {
    let open = entity("Generics.open", &["any"], &["string8"]).unwrap();
    let rows = vec![Value::from(vec![1_i64, 2]), "x".into(), Value::Null];
    assert_eq!(call(&open, rows).unwrap(), "[[1, 2], x, null]".into());
}

#[test]
fn fields_and_results_of_functions_are_typed_too() {
    let set = load("class=fixtures.Generics,field=field,setter", &["any"], &[]).unwrap();
    set.call(&[vec![Value::from(vec![1_i64, 2])].into()]).unwrap();
    assert_eq!(function::<(), i32>("Generics.fieldSum").call(()).unwrap(), 3);
    let gives = |params: &[&str]| callable(params, &["any"], |_| Ok(vec![vec![4_i64, 5].into()]));
    let supplied = entity("Generics.supplied", &["callable"], &["int32"]).unwrap();
    assert_eq!(call(&supplied, gives(&[])).unwrap(), Value::Int32(9));
    let mapped = entity("Generics.mapped", &["callable"], &["int32"]).unwrap();
    assert_eq!(call(&mapped, gives(&["any"])).unwrap(), Value::Int32(9));
}

#[test]
fn lists_in_lists_arrive_as_arrays_in_arrays() {
    let nested = entity("Generics.nested", &[], &["any_array"]).unwrap();
    let rows = Value::from(vec![
        Value::from(vec![Value::Int32(1), Value::Int32(2)]),
        vec![Value::Int32(3)].into(),
    ]);
    assert_eq!(nested.call(&[]).unwrap(), [rows]);
}
