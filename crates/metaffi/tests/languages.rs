//! Rust with every language in one process: a JVM, a Python, a Go.
#![cfg(unix)]
#![allow(unsafe_code)] // forks

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use metaffi::{Callable, Error, ErrorKind, Handle, Hub, Module, Runtime, Type, TypeInfo, Value};
use metaffi_testkit::home;

fn module(runtime: &str, path: &str) -> Module {
    let runtime = Runtime::load_from(Hub::open(Some(&home())).unwrap(), runtime);
    let module = runtime.and_then(|runtime| runtime.module(path));
    module.unwrap_or_else(|error| panic!("{path}: {error:?}"))
}

/// A map of values of any type, compiled by the staged command.
fn map() -> Module {
    static GUEST: OnceLock<PathBuf> = OnceLock::new();
    let guest = GUEST.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("languages");
        std::fs::create_dir_all(&folder).unwrap();
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../langs/go/fixtures");
        let source = std::fs::read_to_string(fixtures.join("testmap/testmap.go")).unwrap();
        let source = source.replace("package testmap", "package testmap\n\nimport \"runtime\"");
        let source = source + "\n// Collect collects garbage.\nfunc Collect() { runtime.GC() }\n";
        std::fs::write(folder.join("TestMap.go"), source).unwrap();
        let mut command = Command::new(home().join("bin/metaffi"));
        command.args(["-c", "--idl", "TestMap.go", "-g"]).current_dir(&folder);
        let output = command.env("METAFFI_HOME", home()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        folder.join("TestMap_MetaFFIGuest")
    });
    module("go", guest.to_str().unwrap())
}

fn handle(alias: &str) -> TypeInfo {
    TypeInfo::new(Type::HANDLE).with_alias(alias)
}

/// An object of each language: a `java.util.ArrayList`, a Python list, a Go map.
fn objects() -> [(&'static str, Handle); 3] {
    let list = module("openjdk", "").entity(
        "class=java.util.ArrayList,callable=<init>",
        &[],
        &[handle("java.util.ArrayList")],
    );
    let Value::Handle(java) = list.unwrap().call(&[]).unwrap().remove(0) else { panic!("no list") };
    let python = module("python3", "builtins").function::<(), Handle>("callable=list");
    let go = map().function::<(), Handle>("callable=NewTestMap");
    [
        ("openjdk", java),
        ("python3", python.unwrap().call(()).unwrap()),
        ("go", go.unwrap().call(()).unwrap()),
    ]
}

/// Every API reports the same version, and so do the files that packages are built from.
#[test]
fn every_api_has_the_version_of_the_workspace() {
    let java = module("openjdk", "").function::<(), String>("class=metaffi.MetaFFI,field=VERSION");
    let python = module("python3", "metaffi").function::<(), String>("attribute=__version__");
    assert_eq!(java.unwrap().call(()).unwrap(), metaffi::VERSION);
    assert_eq!(python.unwrap().call(()).unwrap(), metaffi::VERSION);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let quoted = format!("ersion = \"{}\"\n", metaffi::VERSION);
    for file in ["Cargo.toml", "langs/go/api/version.go", "langs/python3/api/pyproject.toml"] {
        let text = std::fs::read_to_string(root.join(file)).unwrap();
        assert!(text.contains(&quoted), "{file} has another version");
    }
}

#[test]
fn an_overload_is_selected_by_its_type_names() {
    let jdk = module("openjdk", "");
    let path = "class=java.lang.String,callable=valueOf";
    let int = jdk.function_as::<(i64,), String>(path, &["int"]).unwrap();
    assert_eq!(int.call((65,)).unwrap(), "65");
    assert_eq!(int.entity().signature().params()[0].alias, "int");
    let error = jdk.function_as::<(i64,), String>(path, &["int", "int"]).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Signature);
    assert!(error.message.contains("2 type names for 1 parameter(s)"), "{error}");
}

/// Whether two handles stand for the same object. Go returns a new handle each
/// time, so this is checked through a field.
fn same(language: &str, one: &Handle, other: &Handle) -> bool {
    if language != "go" {
        return one == other;
    }
    let name = |tag: &str| format!("field=TestMap.Name,instance_required,{tag}");
    let set = map().function::<(&Handle, &str), ()>(&name("setter")).unwrap();
    let get = map().function::<(&Handle,), String>(&name("getter")).unwrap();
    let before = get.call((other,)).unwrap();
    set.call((one, "changed")).unwrap();
    let after = get.call((other,)).unwrap();
    set.call((one, &before)).unwrap();
    after == "changed"
}

fn every_object_through_every_language() {
    let objects = objects();
    let [java, python, go] = objects.each_ref().map(|(_, object)| object);
    for (language, object) in &objects {
        let set = "callable=TestMap.Set,instance_required";
        let set = map().function::<(&Handle, &str, Value), ()>(set).unwrap();
        let get = "callable=TestMap.Get,instance_required";
        let get = map().function::<(&Handle, &str), Value>(get).unwrap();
        set.call((go, language, object.clone().into())).unwrap();
        let Value::Handle(back) = get.call((go, language)).unwrap() else { panic!("no handle") };
        assert!(same(language, &back, object), "{language} through Go");

        let append = "callable=list.append,instance_required";
        let builtins = module("python3", "builtins");
        let append = builtins.function::<(&Handle, &Handle), ()>(append).unwrap();
        append.call((python, object)).unwrap();
        let pop = "callable=list.pop,instance_required";
        let pop = builtins.function::<(&Handle,), Handle>(pop).unwrap();
        let back = pop.call((python,)).unwrap();
        assert!(same(language, &back, object), "{language} through Python");

        let jdk = module("openjdk", "");
        let class = "class=java.util.ArrayList,instance_required";
        let add = jdk.function::<(&Handle, Value), bool>(&format!("{class},callable=add")).unwrap();
        assert!(add.call((java, object.clone().into())).unwrap());
        let last = jdk.function::<(&Handle, i32), Value>(&format!("{class},callable=remove"));
        let last = last.unwrap();
        let Value::Handle(back) = last.call((java, 0)).unwrap() else { panic!("no handle") };
        assert!(same(language, &back, object), "{language} through Java");
    }
    // A map that contains itself would keep everything alive.
    let forget = "callable=TestMap.Set,instance_required";
    let forget = map().function::<(&Handle, &str, Value), ()>(forget).unwrap();
    for (language, _) in &objects {
        forget.call((go, language, Value::Null)).unwrap();
    }
}

fn errors_of_each() {
    let parse = module("openjdk", "")
        .function::<(&str,), i32>("class=java.lang.Integer,callable=parseInt")
        .unwrap();
    let error = parse.call(("x",)).unwrap_err();
    assert_eq!(error.type_name, "java.lang.NumberFormatException");
    assert!(error.stack_trace().contains("at java.base/java.lang.Integer.parseInt"), "{error:?}");
    let int = module("python3", "builtins").function::<(&str,), i64>("callable=int").unwrap();
    let error = int.call(("x",)).unwrap_err();
    assert_eq!((&*error.type_name, &*error.language), ("ValueError", "python3"));
    let name = map().function::<(Handle,), String>("field=TestMap.Name,instance_required").unwrap();
    let stranger = objects()[0].1.clone();
    let error = name.call((stranger,)).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Argument, "{error:?}");
    assert_eq!(parse.call(("7",)).unwrap(), 7);
    assert_eq!(int.call(("7",)).unwrap(), 7);
}

/// A Rust function, called by Python on Python's threads, calls Java and Go.
fn a_callback_into_the_others() {
    let abs = module("openjdk", "").function::<(i64,), i64>("class=java.lang.Math,callable=abs");
    let (abs, new) = (abs.unwrap(), map().function::<(), Handle>("callable=NewTestMap").unwrap());
    let name = map().function::<(Handle,), String>("field=TestMap.Name,instance_required").unwrap();
    let body = move |value: i64| -> Result<String, Error> {
        Ok(format!("{} {}", name.call((new.call(())?,))?, abs.call((value,))?))
    };
    let callback = metaffi::callable(body).unwrap();
    let pool = module("python3", "multiprocessing.pool");
    let pool = pool.function::<(i64,), Handle>("callable=ThreadPool").unwrap().call((3,)).unwrap();
    let map = "callable=ThreadPool.map,instance_required";
    let all = module("python3", "multiprocessing.pool")
        .function::<(&Handle, &Callable, Vec<i64>), Vec<String>>(map)
        .unwrap();
    let results = all.call((&pool, &callback, vec![-1, -2, 3])).unwrap();
    assert_eq!(results, ["TestMap 1", "TestMap 2", "TestMap 3"]);
    let close = "callable=terminate,instance_required";
    module("python3", "builtins").function::<(Handle,), ()>(close).unwrap().call((pool,)).unwrap();
}

#[derive(Debug)]
struct Full(i64);

impl core::fmt::Display for Full {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "disk full: {}", self.0)
    }
}

impl std::error::Error for Full {}

fn any(count: usize) -> Vec<TypeInfo> {
    vec![TypeInfo::new(Type::ANY); count]
}

/// A closure as a Java `Function` and, on a Java thread, as a `Supplier`.
fn a_closure_in_java() {
    let jdk = module("openjdk", "");
    let map = jdk.entity("class=java.util.HashMap,callable=<init>", &[], &any(1)).unwrap();
    let map = map.call(&[]).unwrap().remove(0);
    let function = |name: &str| TypeInfo::new(Type::CALLABLE).with_alias(name);
    let path = "class=java.util.HashMap,callable=computeIfAbsent,instance_required";
    let params =
        [handle("java.util.HashMap"), any(1).remove(0), function("java.util.function.Function")];
    let compute = jdk.entity(path, &params, &any(1)).unwrap();
    let length = metaffi::callable(|text: String| match text.len() as i64 {
        0 => Err(Full(7)),
        length => Ok(length),
    });
    let length = Value::from(length.unwrap());
    let call = |key: &str| compute.call(&[map.clone(), key.into(), length.clone()]);
    assert_eq!(call("four").unwrap(), [Value::Int64(4)]);
    assert_eq!(call("").unwrap_err().downcast_ref::<Full>().unwrap().0, 7);

    let path = "class=java.util.concurrent.CompletableFuture,callable=supplyAsync";
    let supplier = [function("java.util.function.Supplier")];
    let future = handle("java.util.concurrent.CompletableFuture");
    let run = jdk.entity(path, &supplier, core::slice::from_ref(&future)).unwrap();
    let path = "class=java.util.concurrent.CompletableFuture,callable=join,instance_required";
    let join = jdk.entity(path, &[future], &any(1)).unwrap();
    let here = std::thread::current().id();
    let other = metaffi::callable(move || here != std::thread::current().id()).unwrap();
    let started = run.call(&[other.into()]).unwrap();
    assert_eq!(join.call(&started).unwrap(), [Value::Bool(true)]);
    let fails = metaffi::callable(|| Err::<i64, _>(Full(8))).unwrap();
    let started = run.call(&[fails.into()]).unwrap();
    let error = join.call(&started).unwrap_err();
    assert_eq!(error.type_name, "java.util.concurrent.CompletionException");
    assert_eq!(error.cause.as_ref().unwrap().downcast_ref::<Full>().unwrap().0, 8);
}

fn many_threads_into_all() {
    let jdk = module("openjdk", "");
    let max = jdk.function::<(i64, i64), i64>("class=java.lang.Math,callable=max").unwrap();
    let pow = module("python3", "operator").function::<(i64, i64), i64>("callable=mul").unwrap();
    let has = "callable=TestMap.Contains,instance_required";
    let has = map().function::<(&Handle, &str), bool>(has).unwrap();
    let go = &objects()[2].1;
    std::thread::scope(|scope| {
        for thread in 0..6 {
            let (max, pow, has) = (&max, &pow, &has);
            scope.spawn(move || {
                for step in 0..300 {
                    assert_eq!(max.call((thread, step)).unwrap(), thread.max(step));
                    assert_eq!(pow.call((thread, step)).unwrap(), thread * step);
                    assert!(!has.call((go, "nothing")).unwrap());
                }
            });
        }
    });
}

fn calls_in_a_forked_child_fail() {
    let abs = module("openjdk", "").function::<(i64,), i64>("class=java.lang.Math,callable=abs");
    let int = module("python3", "builtins").function::<(&str,), i64>("callable=int").unwrap();
    let new = map().function::<(), Handle>("callable=NewTestMap").unwrap();
    let abs = abs.unwrap();
    let fails_clearly =
        |error: Error| error.kind == ErrorKind::Unsupported && error.message.contains("spawn");
    // SAFETY: the child only makes calls that fail or start again, and exits.
    let child = unsafe { libc::fork() };
    if child == 0 {
        let all = fails_clearly(abs.call((1,)).unwrap_err())
            && fails_clearly(int.call(("1",)).unwrap_err())
            && new.call(()).is_ok() == cfg!(target_os = "linux");
        // SAFETY: ends the child.
        unsafe { libc::_exit(if all { 3 } else { 4 }) };
    }
    let mut status = 0;
    // SAFETY: waits for the child made above.
    unsafe { libc::waitpid(child, &raw mut status, 0) };
    assert_eq!(libc::WEXITSTATUS(status), 3);
    assert_eq!((abs.call((-1,)).unwrap(), int.call(("2",)).unwrap()), (1, 2));
}

#[test]
fn java_go_and_python_in_one_process() {
    every_object_through_every_language();
    errors_of_each();
    a_callback_into_the_others();
    a_closure_in_java();
    many_threads_into_all();
    calls_in_a_forked_child_fail();
    let hub = Hub::open(Some(&home())).unwrap();
    let live = || ["openjdk", "python3", "rust"].map(|owner| hub.owner(owner).live_objects());
    let collect = map().function::<(), ()>("callable=Collect").unwrap();
    let gc = module("openjdk", "").function::<(), ()>("class=java.lang.System,callable=gc");
    let gc = gc.unwrap();
    for _ in 0..100 {
        // What Go and Java held is released when it is collected.
        collect.call(()).unwrap();
        gc.call(()).unwrap();
        if live() == [0; 3] {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    panic!("still held: {:?}", live());
}
