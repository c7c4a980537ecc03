//! Everything in an IDL can be loaded and called as described, by a Rust host with the
//! real runtime.

#[allow(dead_code, reason = "each test file uses a part of it")]
mod reading;

use std::collections::HashSet;
use std::path::Path;

use metaffi::{Entity, Error, Hub, Module, Runtime, Type, TypeInfo, Value};
use metaffi_idl::{Callable, Idl, Parameter, Passing};
use reading::{activate, idl, source};

fn runtime() -> Runtime {
    activate();
    let hub = Hub::open(Some(&metaffi_testkit::home())).unwrap();
    Runtime::load_from(hub, "python3").unwrap_or_else(|error| panic!("{error:?}"))
}

fn info(value: &Parameter) -> TypeInfo {
    let ty = Type::parse(&value.ty.to_string()).unwrap();
    let info = TypeInfo::new(ty).with_alias(value.type_alias.clone());
    if value.dimensions == 0 { info } else { info.with_dims(value.dimensions) }
}

/// The parameters in the order of a host: the object, positional ones, the list of
/// variadic ones, the map of keyword arguments.
fn parameters(callable: &Callable<'_>, is_passed: impl Fn(&Parameter) -> bool) -> Vec<TypeInfo> {
    let path = callable.entity_path();
    let own = &callable.function.parameters;
    let by_place = own.iter().filter(|one| {
        matches!(one.passing, Passing::Ordinary | Passing::PositionalOnly) && is_passed(one)
    });
    let plain = |name: &str| TypeInfo::new(Type::parse(name).unwrap());
    let object = callable.instance_required.then(|| plain("handle"));
    let rest = own.iter().filter(|one| one.passing == Passing::Variadic);
    let named = path.has_tag("named_args").then(|| plain("any"));
    object.into_iter().chain(by_place.chain(rest).map(info)).chain(named).collect()
}

fn load(
    module: &Module,
    callable: &Callable<'_>,
    is_passed: impl Fn(&Parameter) -> bool,
) -> Result<Entity, Error> {
    let results: Vec<TypeInfo> = callable.function.return_values.iter().map(info).collect();
    module.entity(&callable.entity_path().to_string(), &parameters(callable, is_passed), &results)
}

/// Loads everything in `idl`, with all arguments and with the required ones only.
fn load_all(idl: &Idl) -> usize {
    let module = runtime().module(&idl.metaffi_guest_lib).unwrap();
    let mut refused = Vec::new();
    let mut count = 0;
    for callable in idl.callables() {
        for loaded in
            [load(&module, &callable, |_| true), load(&module, &callable, |one| !one.is_optional)]
        {
            count += 1;
            if let Err(error) = loaded {
                refused.push(format!("{}: {error}", callable.signature()));
            }
        }
    }
    assert!(refused.is_empty(), "{} of {count}:\n{}", refused.len(), refused.join("\n"));
    count
}

#[test]
fn everything_in_the_standard_library_can_be_loaded() {
    for (name, least) in [("json", 20), ("statistics", 60), ("textwrap", 20), ("pathlib", 150)] {
        let count = load_all(&idl(Path::new(name)));
        assert!(count >= least, "{name}: {count}");
    }
}

#[test]
fn everything_in_the_constructs_can_be_loaded() {
    for name in [
        "functions.py",
        "classes.py",
        "records.py",
        "documented.py",
        "stubbed.py",
        "odd.py",
        "package",
    ] {
        assert!(load_all(&idl(&source(name))) > 0, "{name}");
    }
}

/// numpy's functions are written in C, with stubs beside them.
#[test]
fn everything_in_numpy_linalg_can_be_loaded() {
    load_all(&idl(Path::new("numpy.linalg")));
}

/// A module that was read, with its callables by signature.
struct Read {
    idl: Idl,
    module: Module,
}

impl Read {
    fn of(source: &Path) -> Read {
        let idl = idl(source);
        let module = runtime().module(&idl.metaffi_guest_lib).unwrap();
        Read { idl, module }
    }

    /// Calls the entity with this path, and the overload with this index, as described.
    #[track_caller]
    fn call_overload(&self, path: &str, index: u32, args: &[Value]) -> Result<Vec<Value>, Error> {
        let found = self.idl.callables().find(|one| {
            one.entity_path().to_string() == path && one.function.overload_index == index
        });
        let all: HashSet<_> =
            self.idl.callables().map(|one| one.entity_path().to_string()).collect();
        let found = found.unwrap_or_else(|| panic!("no {path} in {all:#?}"));
        let count = args.len();
        let named = usize::from(found.entity_path().has_tag("named_args"));
        let (object, rest) =
            (usize::from(found.instance_required), found.entity_path().has_tag("varargs"));
        let places = count - object - named - usize::from(rest);
        let passed: HashSet<&str> =
            found.function.parameters.iter().take(places).map(|one| one.name.as_str()).collect();
        load(&self.module, &found, |one| passed.contains(one.name.as_str()))?.call(args)
    }

    #[track_caller]
    fn call(&self, path: &str, args: &[Value]) -> Vec<Value> {
        self.call_overload(path, 0, args).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    #[track_caller]
    fn one(&self, path: &str, args: &[Value]) -> Value {
        let mut results = self.call(path, args);
        assert_eq!(results.len(), 1, "{path}: {results:?}");
        results.remove(0)
    }
}

fn named(pairs: &[(&str, Value)]) -> Value {
    let pairs =
        pairs.iter().map(|(name, value)| Value::from(vec![Value::from(*name), value.clone()]));
    Value::from(pairs.collect::<Vec<Value>>())
}

fn int(value: i64) -> Value {
    Value::from(value)
}

fn text(value: &str) -> Value {
    Value::from(value)
}

#[test]
fn functions_of_the_standard_library_are_called() {
    let json = Read::of(Path::new("json"));
    let list = Value::from(vec![int(1), int(2)]);
    assert_eq!(json.one("callable=dumps,named_args", &[list.clone(), Value::Null]), text("[1, 2]"));
    let indent = named(&[("indent", int(1))]);
    assert_eq!(json.one("callable=dumps,named_args", &[list, indent]), text("[\n 1,\n 2\n]"));
    assert_eq!(json.one("callable=loads,named_args", &[text("7"), Value::Null]), int(7));
    let error = json.call_overload("callable=loads,named_args", 0, &[text("{"), Value::Null]);
    let class = json.idl.modules[0].classes.iter().find(|one| one.name == "JSONDecodeError");
    assert_eq!(error.unwrap_err().type_name, class.unwrap().tags["qualified_name"]);

    let statistics = Read::of(Path::new("statistics"));
    let data = Value::from(vec![1.0, 2.0, 6.0]);
    assert_eq!(statistics.one("callable=mean", std::slice::from_ref(&data)), Value::from(3.0));
    assert_eq!(statistics.one("callable=fmean", &[data]), Value::from(3.0));
    let dist = statistics.one("callable=NormalDist", &[Value::from(5.0), Value::from(2.0)]);
    let mean = "attribute=NormalDist.mean,getter,instance_required";
    assert_eq!(statistics.one(mean, std::slice::from_ref(&dist)), Value::from(5.0));
    let cdf = "callable=NormalDist.cdf,instance_required";
    assert_eq!(statistics.one(cdf, &[dist, Value::from(5.0)]), Value::from(0.5));

    let textwrap = Read::of(Path::new("textwrap"));
    assert_eq!(textwrap.one("callable=dedent", &[text("  x\n  y")]), text("x\ny"));
    let wrapped = textwrap.one("callable=wrap,named_args", &[text("a b"), int(1), Value::Null]);
    assert_eq!(wrapped, Value::from(vec!["a".to_owned(), "b".to_owned()]));

    let pathlib = Read::of(Path::new("pathlib"));
    let parts = Value::from(vec![text("/a"), text("b.txt")]);
    let path = pathlib.one("callable=PurePosixPath,varargs", &[parts]);
    let name = "attribute=PurePath.name,getter,instance_required";
    assert_eq!(pathlib.one(name, std::slice::from_ref(&path)), text("b.txt"));
}

#[test]
fn each_way_to_pass_arguments_works_as_described() {
    let read = Read::of(&source("functions.py"));
    let ways = "callable=ways,varargs,named_args";
    let third = named(&[("third", text("x"))]);
    let list = read.one(ways, &[int(1), Value::Null, third.clone()]);
    assert_eq!(list, Value::from(vec![int(1), int(2), text("x"), Value::from(0.5)]));
    let rest = Value::from(vec![int(3), int(4)]);
    let all = named(&[("third", text("x")), ("fourth", Value::from(1.5)), ("more", int(9))]);
    let list = read.one(ways, &[int(1), int(5), rest, all]);
    let expected = vec![int(1), int(5), int(3), int(4), text("x"), Value::from(1.5), text("more")];
    assert_eq!(list, Value::from(expected));
    let untyped = read.one("callable=untyped", &[text("any"), Value::from(2.5)]);
    assert_eq!(untyped, Value::from(vec![text("any"), Value::from(2.5), text("x"), Value::Null]));
    assert_eq!(read.call("callable=pair", &[int(7)]), [int(7), text("7")]);
    assert_eq!(read.call("callable=nothing", &[]), []);
    assert_eq!(read.one("callable=later,awaited", &[int(8)]), int(8));
    let twice = |index, value| read.call_overload("callable=twice", index, &[value]).unwrap();
    assert_eq!(twice(0, int(2)), [int(4)]);
    assert_eq!(twice(1, text("a")), [text("aa")]);
    assert_eq!(read.one("callable=unions", &[int(1), text("x")]), int(2));
    assert_eq!(read.one("callable=unions", &[int(1)]), Value::Null);
}

#[test]
fn objects_and_classes_of_results_are_used() {
    let read = Read::of(&source("classes.py"));
    let circle = read.one("callable=Circle", &[Value::from(2.0)]);
    let area = "callable=Circle.area,instance_required";
    assert_eq!(read.one(area, std::slice::from_ref(&circle)), Value::from(12.0));
    let title = "attribute=Shape.title,getter,instance_required";
    assert_eq!(read.one(title, std::slice::from_ref(&circle)), text("Circle"));
    let set = "attribute=Shape.title,setter,instance_required";
    read.call(set, &[circle.clone(), text("ring")]);
    assert_eq!(read.one(title, std::slice::from_ref(&circle)), text("Ring"));
    let larger = read.one("callable=Circle.grown,instance_required", &[circle, Value::from(1.0)]);
    assert_eq!(read.one(area, &[larger]), Value::from(27.0));

    let package = Read::of(&source("package"));
    let order = package.one("callable=order", &[]);
    let rotate = "callable=rotate,instance_required";
    assert!(package.idl.callables().any(|one| one.entity_path().to_string() == rotate));
    package.call(rotate, &[order.clone(), int(1)]);
    let first = "callable=popleft,instance_required";
    assert_eq!(package.one(first, &[order]), int(2));
    let engine = package.one("callable=Engine", &[]);
    let part = package.one("callable=Engine.parts,instance_required", &[engine]);
    let weigh = "callable=_inner.Part.weigh,instance_required";
    assert_eq!(package.one(weigh, &[part]), Value::from(1.5));
}
