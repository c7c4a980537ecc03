//! Objects of each language, whose members are used by name.

use metaffi::{Error, ErrorKind, Hub, Module, Object, Runtime, Value, named};
use metaffi_testkit::home;

fn module(runtime: &str, path: &str) -> Module {
    let runtime = Runtime::load_from(Hub::open(Some(&home())).unwrap(), runtime);
    let module = runtime.and_then(|runtime| runtime.module(path));
    module.unwrap_or_else(|error| panic!("{path}: {error:?}"))
}

fn object(runtime: &str, path: &str) -> Object {
    module(runtime, path).object().unwrap()
}

#[test]
fn functions_of_a_module() -> Result<(), Error> {
    let loopback = object("loopback", "loopback");
    assert_eq!(loopback.call("add", (2_i64, 3_i64))?.lift::<i64>()?, 5);
    assert_eq!(loopback.call("divide", (7_i64, 2_i64))?.lift::<Vec<Value>>()?.len(), 2);
    let error = loopback.call("ad", (2_i64, 3_i64)).unwrap_err();
    assert_eq!(
        (error.kind, error.message.contains("did you mean `add`?")),
        (ErrorKind::NotFound, true)
    );
    let error = loopback.call("add", (2_i64,)).unwrap_err();
    assert!(error.message.contains("`add` takes 2 argument(s), 1 were given"), "{error}");
    let adder = loopback.call("make_adder", (5_i64,))?;
    assert_eq!(adder.call("", (1_i64,))?.lift::<i64>()?, 6);
    let add = module("loopback", "loopback").callable("callable=add")?;
    assert_eq!(add.call_typed::<(i64, i64), i64>((1, 2))?, 3);
    Ok(())
}

#[test]
fn objects_of_python() -> Result<(), Error> {
    let collections = object("python3", "collections");
    let counts = collections.call("Counter", ("abca",))?;
    assert_eq!(counts.index("a")?.lift::<i64>()?, 2);
    counts.set_index("z", 9_i64)?;
    assert_eq!((counts.len()?, counts.is_empty()?), (4, false));
    let letters = counts.iter()?.map(|letter| letter?.lift::<String>());
    let mut letters = letters.collect::<Result<Vec<_>, _>>()?;
    letters.sort();
    assert_eq!(letters, ["a", "b", "c", "z"]);
    assert_eq!(counts.entries()?.len(), 4);
    assert!(counts.operation("contains", ("b",))?.lift::<bool>()?);
    let deque = collections.call_named("deque", (vec![1_i64, 2, 3],), [named("maxlen", 2_i64)])?;
    assert_eq!(deque.to_string(), "deque([2, 3], maxlen=2)");
    assert_eq!(format!("{deque:?}"), "deque([2, 3], maxlen=2)");
    assert_eq!(deque.get("maxlen")?.lift::<i64>()?, 2);
    assert_eq!(deque.lift::<Vec<i64>>()?, [2, 3]);
    deque.call("append", (&counts,))?;
    assert!(deque.index(1_i64)?.equals(&counts)?);
    let error = deque.call("appendd", (1_i64,)).unwrap_err();
    assert!(error.message.contains("did you mean `append`?"), "{error}");
    assert!(deque.describe()?.members.iter().any(|member| member.name == "append"));
    let fraction = object("python3", "fractions").call("Fraction", (1_i64, 4_i64))?;
    assert_eq!(fraction.lift::<f64>()?, 0.25);
    Ok(())
}

#[test]
fn objects_of_java() -> Result<(), Error> {
    let java = object("openjdk", "");
    let list = java.get("java.util.ArrayList")?.call("", ())?;
    for word in ["b", "a"] {
        list.call("add", (word,))?;
    }
    java.get("java.util.Collections")?.call("sort", (&list,))?;
    assert_eq!((list.to_string(), list.len()?), ("[a, b]".to_owned(), 2));
    assert_eq!(list.lift::<Vec<String>>()?, ["a", "b"]);
    let error = list.call("ad", ("c",)).unwrap_err();
    assert!(error.message.contains("did you mean `add"), "{error}");
    Ok(())
}
