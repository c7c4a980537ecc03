//! Less common cases: inherited members, arrays of every rank, values out of range,
//! numpy in both directions.

mod fixtures;

use fixtures::{entity, function, module, types};
use metaffi::{Array, ErrorKind, Handle, Lift, Lower, TypeInfo, Value};

fn method(path: &str) -> String {
    format!("callable={path},instance_required")
}

#[test]
fn inherited_members() {
    let square = function::<(), Handle>("Square").call(()).unwrap();
    let describe = function::<(&Handle,), String>(&method("Square.describe"));
    assert_eq!(describe.call((&square,)).unwrap(), "shape with 4 sides");
    let of_base = function::<(&Handle,), String>(&method("Shape.describe"));
    assert_eq!(of_base.call((&square,)).unwrap(), "shape with 4 sides");
    let made = function::<(), Handle>("Square.make").call(()).unwrap();
    assert_eq!(describe.call((&made,)).unwrap(), "Square with 4 sides");
    assert_eq!(function::<(), i64>("attribute=Square.sides").call(()).unwrap(), 4);
    assert_eq!(function::<(), i64>("attribute=Shape.sides").call(()).unwrap(), 0);
    let name = function::<(&Handle,), String>("attribute=Square.name,instance_required");
    assert_eq!(name.call((&made,)).unwrap(), "Square");
    let repr = function::<(&Handle,), String>(&method("Square.__repr__"));
    assert!(repr.call((&square,)).unwrap().contains("guest.Square object"));
}

#[test]
fn context_managers() {
    let counter = fixtures::counter(3);
    let enter = function::<(&Handle,), Handle>(&method("Counter.__enter__"));
    assert_eq!(enter.call((&counter,)).unwrap(), counter);
    let exit = module()
        .entity(&method("Counter.__exit__"), &types(&["handle", "any", "any", "any"]), &[])
        .unwrap();
    exit.call(&[counter.clone().into(), Value::Null, Value::Null, Value::Null]).unwrap();
    let value = function::<(&Handle,), i64>("attribute=value,instance_required");
    assert_eq!(value.call((&counter,)).unwrap(), -1);
}

#[test]
fn defaults_with_keywords_and_lists_together() {
    let greet = entity("callable=greet,named_args", &["string8", "any"], &["string8"]).unwrap();
    let pairs = |items: &[(&str, Value)]| {
        let pair = |(name, value): &(&str, Value)| vec![Value::from(*name), value.clone()].into();
        Value::from(items.iter().map(pair).collect::<Vec<Value>>())
    };
    let call = |named: Value| greet.call(&["Ann".into(), named]).map(|mut all| all.remove(0));
    assert_eq!(call(Value::Null).unwrap(), "Hello, Ann!".into());
    assert_eq!(call(pairs(&[])).unwrap(), "Hello, Ann!".into());
    assert_eq!(call(pairs(&[("mark", "?".into())])).unwrap(), "Hello, Ann?".into());
    let error = call(pairs(&[("shout", true.into())])).unwrap_err();
    assert_eq!(error.type_name, "TypeError");
    assert!(error.message.contains("unexpected keyword argument 'shout'"), "{error:?}");
    let named = function::<(Vec<Vec<String>>,), String>("callable=named,named_args");
    let texts = vec![vec!["a".into(), "x".into()], vec!["b".into(), "y".into()]];
    assert_eq!(named.call((texts,)).unwrap(), "a='x', b='y'");
}

fn same<T>(value: T)
where
    T: Lift + PartialEq + core::fmt::Debug + Clone,
    for<'a> T: Lower<Arg<'a> = T>,
{
    let echo = function::<(T,), T>("echo");
    assert_eq!(echo.call((value.clone(),)).unwrap(), value);
}

#[test]
fn arrays_of_every_rank_ragged_and_empty() {
    same(vec![vec![1_i64, 2, 3], vec![], vec![4]]);
    same(Vec::<Vec<i64>>::new());
    same(vec![vec![vec![1_u8], vec![]], vec![], vec![vec![], vec![2, 3]]]);
    same(vec![vec![vec![1.5_f64]], vec![]]);
    same(vec![vec![String::from("a"), String::new()], vec![]]);
    same(vec![vec![true], vec![false, true]]);
    same(vec![vec![0_u8, 255], vec![], vec![7]]); // a list of bytes
    same(vec!['ö', '\u{1F600}']);
    let (one, two) = (fixtures::counter(1), fixtures::counter(2));
    same(vec![vec![one.clone(), two.clone()], vec![], vec![one.clone()]]);
    same(vec![Some(two), None, Some(one)]);
    same(vec![Value::Null, 1_i64.into(), vec![1_i64].into(), vec![true].into()]);
}

#[test]
fn packed_arrays_of_every_number() {
    let packed = |value: Array| {
        let info = TypeInfo::new(value.element().packed_array());
        let info = core::slice::from_ref(&info);
        let echo = module().entity("callable=echo", info, info).unwrap();
        let value = Value::from(value);
        assert_eq!(echo.call(core::slice::from_ref(&value)).unwrap(), [value]);
    };
    packed(Array::Int8(vec![i8::MIN, 1]));
    packed(Array::UInt16(vec![u16::MAX]));
    packed(Array::Int64(vec![]));
    packed(Array::UInt64(vec![u64::MAX]));
    packed(Array::Float32(vec![-0.0, f32::INFINITY]));
    packed(Array::Float64((0..100_000).map(f64::from).collect()));
    packed(Array::Bool(vec![true, false]));
}

#[test]
fn large_texts_and_invalid_ones() {
    let large = "0123456789abcde\u{e9}".repeat((64 << 20) / 17);
    assert!(large.len() > 63 << 20);
    let echo = function::<(&str,), String>("echo");
    assert!(echo.call((&large,)).unwrap() == large);
    let length = function::<(&str,), i64>("length");
    assert_eq!(length.call((&large,)).unwrap(), large.chars().count() as i64);
    let error = function::<(), String>("lone_surrogate").call(()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Argument, "{error:?}");
    assert!(error.message.contains("surrogate"), "{error:?}");
    same(String::from("it goes on"));
}

#[test]
fn numbers_out_of_range() {
    let of = |bits: i64, ty: &str| {
        let entity = entity("callable=of_int", &["int64"], &[ty]).unwrap();
        entity.call(&[bits.into()]).map(|mut all| all.remove(0))
    };
    assert_eq!(of(63, "uint64").unwrap(), Value::UInt64(1 << 63));
    assert_eq!(of(63, "any").unwrap(), Value::UInt64(1 << 63));
    for (bits, ty) in [(63, "int64"), (64, "uint64"), (7, "int8"), (8, "uint8")] {
        let error = of(bits, ty).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Argument, "{error:?}");
        let value = (1_u128 << bits).to_string();
        assert!(error.message.contains(&value), "{ty}: {error:?}");
        assert!(error.message.contains("int"), "{ty}: {error:?}");
    }
    assert_eq!(of(6, "int8").unwrap(), Value::Int8(64));
    // As `any` it is passed with its exact value.
    let Value::Handle(large) = of(64, "any").unwrap() else { panic!("an object") };
    assert_eq!(large.exact().unwrap().to_f64(), Some(2_f64.powi(64)));
}

#[test]
fn numpy_in_both_directions() {
    assert_eq!(function::<(), f64>("numpy_scalar").call(()).unwrap(), 1.5);
    let cube = function::<(), Vec<Vec<Vec<i64>>>>("cube").call(()).unwrap();
    assert_eq!(cube, [[[0, 1], [2, 3]], [[4, 5], [6, 7]]]);
    let info = types(&["float64_packed_array"]);
    let dtype = module().entity("callable=dtype_of", &info, &types(&["string8"])).unwrap();
    assert_eq!(dtype.call(&[vec![1.5, 2.5].into()]).unwrap(), ["float64 (2,)".into()]);
    let dtype = function::<(Vec<Vec<f64>>,), String>("dtype_of");
    assert_eq!(dtype.call((vec![vec![1.0], vec![2.0]],)).unwrap(), "float64 (2, 1)");
    let any = function::<(), Value>("cube").call(()).unwrap();
    assert!(matches!(any, Value::Array(Array::Nested { dims: 3, .. })), "{any:?}");
}

#[test]
fn exceptions_that_end_a_python_program_only_end_the_call() {
    for (name, text) in [("leave", "SystemExit: 3"), ("interrupt", "KeyboardInterrupt: ")] {
        let error = function::<(), ()>(name).call(()).unwrap_err();
        assert_eq!((error.kind, error.to_string().as_str()), (ErrorKind::Guest, text));
    }
    let error = fixtures::load(&fixtures::python("exits.py")).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Load, "{error:?}");
    assert!(error.message.ends_with("cannot be imported: SystemExit: not today"), "{error:?}");
    same(1_i64);
}

#[test]
fn a_module_with_a_syntax_error_that_is_fixed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a_mistake.py");
    let path = file.to_str().unwrap();
    std::fs::write(&file, "def f(:\n    return 1\n").unwrap();
    let error = fixtures::load(path).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Load, "{error:?}");
    assert!(error.message.contains("cannot be imported: SyntaxError: "), "{error:?}");
    assert!(error.message.contains("a_mistake.py, line 1"), "{error:?}");
    assert_eq!(error.cause.as_ref().unwrap().type_name, "SyntaxError");
    std::fs::write(&file, "def f():\n    return 'fixed'\n").unwrap();
    let module = fixtures::load(path).unwrap();
    let f = module.function::<(), String>("callable=f").unwrap();
    assert_eq!(f.call(()).unwrap(), "fixed");
}
