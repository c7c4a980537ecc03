//! Methods of the JDK that look at their caller see a class of the module.

mod fixtures;

use std::path::Path;
use std::sync::OnceLock;

use fixtures::{callable, javac, runtime};
use metaffi::{Entity, Error, Handle, Module, Value};

/// A module with a class, a resource bundle, and a service.
fn module() -> &'static Module {
    static MODULE: OnceLock<Module> = OnceLock::new();
    MODULE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("openjdk-callers");
        let services = folder.join("META-INF/services");
        std::fs::create_dir_all(&services).unwrap();
        std::fs::write(services.join("java.lang.Runnable"), "callers.Task").unwrap();
        std::fs::write(folder.join("callers.properties"), "greeting=hello").unwrap();
        let source = folder.join("Task.java");
        let code = "package callers; public class Task implements Runnable { \
                    private int secret; public void run() {} }";
        std::fs::write(&source, code).unwrap();
        javac(&[source], &folder);
        runtime().module(folder.to_str().unwrap()).unwrap()
    })
}

fn load(path: &str, params: &[&str], rets: &[&str]) -> Entity {
    module().entity(path, &fixtures::infos(params), &fixtures::infos(rets)).unwrap()
}

fn one(path: &str, args: &[(&str, Value)], ret: &str) -> Result<Value, Error> {
    let (types, values): (Vec<&str>, Vec<Value>) = args.iter().cloned().unzip();
    load(path, &types, &[ret]).call(&values).map(|mut rets| rets.remove(0))
}

fn object(value: Result<Value, Error>) -> Handle {
    fixtures::handle(value.unwrap())
}

fn class_named(name: &str) -> Result<Value, Error> {
    one("class=java.lang.Class,callable=forName", &[("string8", name.into())], "handle")
}

fn task() -> Handle {
    object(class_named("callers.Task"))
}

#[test]
fn classes_and_resources_of_the_module_are_found() {
    let bundle = object(one(
        "class=java.util.ResourceBundle,callable=getBundle",
        &[("string8", "callers".into())],
        "handle",
    ));
    let path = "class=java.util.ResourceBundle,callable=getString,instance_required";
    let greeting =
        one(path, &[("handle", bundle.into()), ("string8", "greeting".into())], "string8");
    assert_eq!(greeting.unwrap(), "hello".into());
    for path in [
        "class=java.util.logging.Logger,callable=getLogger",
        "class=java.lang.System,callable=getLogger",
    ] {
        object(one(path, &[("string8", "shop".into())], "handle"));
    }
    assert!(
        class_named("callers.None")
            .unwrap_err()
            .into_parts()
            .type_name
            .ends_with("ClassNotFoundException")
    );
    object(class_named("java.sql.Driver"));
    task();
}

#[test]
fn services_of_the_module_are_found() {
    let runnable = object(class_named("java.lang.Runnable"));
    let loader = one(
        "class=java.util.ServiceLoader,callable=load",
        &[("handle=java.lang.Class", runnable.into())],
        "handle",
    );
    let path = "class=java.util.ServiceLoader,callable=findFirst,instance_required";
    let first = object(one(path, &[("handle", object(loader).into())], "handle"));
    let present = "class=java.util.Optional,callable=isPresent,instance_required";
    assert_eq!(one(present, &[("handle", first.into())], "bool").unwrap(), Value::Bool(true));
}

#[test]
fn reflection_has_the_access_of_a_class_of_the_module() {
    let field = one(
        "class=java.lang.Class,callable=getDeclaredField,instance_required",
        &[("handle", task().into()), ("string8", "secret".into())],
        "handle",
    );
    let field = object(field);
    let open = load(
        "class=java.lang.reflect.AccessibleObject,callable=setAccessible,instance_required",
        &["handle", "bool"],
        &[],
    );
    open.call(&[field.clone().into(), true.into()]).unwrap();
    let object_of_task = object(one("class=callers.Task,callable=<init>", &[], "handle"));
    let path = "class=java.lang.reflect.Field,callable=getInt,instance_required";
    let value = one(path, &[("handle", field.into()), ("any", object_of_task.into())], "int32");
    assert_eq!(value.unwrap(), Value::Int32(0));
    object(one("class=java.lang.invoke.MethodHandles,callable=lookup", &[], "handle"));
}

#[test]
fn also_in_callbacks_and_on_threads_of_pools() {
    let function = || callable(&[], &["any"], |_| Ok(vec![Value::Handle(task())]));
    let empty = object(one("class=java.util.Optional,callable=empty", &[], "handle"));
    let got = one(
        "class=java.util.Optional,callable=orElseGet,instance_required",
        &[("handle", empty.into()), ("callable", function())],
        "handle",
    );
    assert_eq!(object(got).as_raw(), task().as_raw());
    let loader = || {
        let thread = object(one("class=java.lang.Thread,callable=currentThread", &[], "handle"));
        let path = "class=java.lang.Thread,callable=getContextClassLoader,instance_required";
        one(path, &[("handle", thread.into())], "handle")
    };
    let own = object(loader());
    let future = one(
        "class=java.util.concurrent.CompletableFuture,callable=supplyAsync",
        &[(
            "callable=java.util.function.Supplier",
            callable(&[], &["any"], move |_| Ok(vec![loader()?])),
        )],
        "handle",
    );
    let path = "class=java.util.concurrent.CompletableFuture,callable=join,instance_required";
    let got = one(path, &[("handle", object(future).into())], "handle");
    assert_eq!(object(got).as_raw(), own.as_raw());
}

#[test]
fn their_exceptions_are_the_errors() {
    let error = class_named("callers.None").unwrap_err();
    assert_eq!(error.type_name, "java.lang.ClassNotFoundException");
    assert_eq!(error.message, "callers.None");
}
