//! Modules: jars, folders, class files, several at once, and invalid ones.

mod fixtures;

use std::path::{Path, PathBuf};
use std::process::Command;

use fixtures::{classes, javac, runtime};
use metaffi::{Error, ErrorKind, Handle, Module, Type};

fn load(path: &str) -> Result<Module, Error> {
    runtime().module(path)
}

fn length_of(module: &Module, text: &str) -> i32 {
    let length = module.function::<(String,), i32>("class=fixtures.Texts,callable=length").unwrap();
    length.call((text.to_owned(),)).unwrap()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A jar of all fixtures.
fn jar(folder: &Path) -> PathBuf {
    let jar = folder.join("fixtures.jar");
    let mut command = Command::new("jar");
    command.args(["--create", "--file"]).arg(&jar).arg("-C").arg(classes()).arg(".");
    assert!(command.status().unwrap().success());
    jar
}

/// A class `name` whose `value()` is `value`, compiled into `folder`.
fn class(folder: &Path, name: &str, body: &str) {
    let source = folder.join(format!("{}.java", name.rsplit('.').next().unwrap()));
    let package = name.rsplit_once('.').map_or(String::new(), |(p, _)| format!("package {p};"));
    std::fs::write(&source, format!("{package} {body}")).unwrap();
    javac(&[source], folder);
}

#[test]
fn jars_folders_and_the_jdk_itself() {
    let folder = tempfile::tempdir().unwrap();
    let jar = jar(folder.path());
    assert_eq!(length_of(&load(text(&jar)).unwrap(), "four"), 4);
    assert_eq!(length_of(&load(text(classes())).unwrap(), "four"), 4);
    assert_eq!(length_of(&load(&format!("{}/*", folder.path().display())).unwrap(), "x"), 1);
    let jdk = load("").unwrap();
    let max = jdk.function::<(i64, i64), i64>("class=java.lang.Math,callable=max").unwrap();
    assert_eq!(max.call((3, 4)).unwrap(), 4);
}

#[test]
fn several_paths_see_each_other() {
    let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    class(a.path(), "a.Base", "public class Base { public int value() { return 7; } }");
    let user = "public class User { public static int twice() throws Exception { \
                return 2 * (int) Class.forName(\"a.Base\").getMethod(\"value\").invoke(\
                Class.forName(\"a.Base\").getConstructor().newInstance()); } }";
    class(b.path(), "b.User", user);
    for separator in if cfg!(unix) { &[" ; ", ":"][..] } else { &[";"][..] } {
        let path = format!("{}{separator}{}", b.path().display(), a.path().display());
        let twice =
            load(&path).unwrap().function::<(), i32>("class=b.User,callable=twice").unwrap();
        assert_eq!(twice.call(()).unwrap(), 14);
    }
    let alone = load(text(b.path())).unwrap();
    let twice = alone.function::<(), i32>("class=b.User,callable=twice").unwrap();
    assert_eq!(
        twice.call(()).unwrap_err().into_parts().type_name,
        "java.lang.ClassNotFoundException"
    );
}

#[test]
fn a_class_file_with_and_without_its_folder() {
    let point = classes().join("fixtures/Shape$Point.class");
    let module = load(text(&point)).unwrap();
    assert!(
        module
            .function::<(f64,), metaffi::Handle>("class=fixtures.Shape.Point,callable=<init>")
            .is_ok()
    );
    assert_eq!(length_of(&module, "found beside it"), 15);
    let elsewhere = tempfile::tempdir().unwrap();
    let moved = elsewhere.path().join("Whatever.class");
    std::fs::copy(classes().join("fixtures/Texts.class"), &moved).unwrap();
    assert_eq!(length_of(&load(text(&moved)).unwrap(), "moved"), 5);
}

#[test]
fn each_module_has_its_own_classes() {
    let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    class(a.path(), "V", "public class V { public static int value() { return 1; } }");
    class(b.path(), "V", "public class V { public static int value() { return 2; } }");
    let value = |folder: &Path| {
        load(text(folder)).unwrap().function::<(), i32>("class=V,callable=value").unwrap().call(())
    };
    assert_eq!((value(a.path()).unwrap(), value(b.path()).unwrap()), (1, 2));
}

#[test]
fn services_of_the_module_are_found_through_the_thread() {
    let folder = tempfile::tempdir().unwrap();
    let jar = jar(folder.path());
    let provider = tempfile::tempdir().unwrap();
    class(
        provider.path(),
        "p.Runner",
        "public class Runner implements Runnable { public void run() {} }",
    );
    let services = provider.path().join("META-INF/services");
    std::fs::create_dir_all(&services).unwrap();
    std::fs::write(services.join("java.lang.Runnable"), "p.Runner\n").unwrap();
    let path = format!("{};{}", jar.display(), provider.path().display());
    let service = "class=fixtures.Keeper,callable=service";
    let found = load(&path).unwrap().function::<(), String>(service).unwrap();
    assert_eq!(found.call(()).unwrap(), "Runner");
    let none = load(text(&jar)).unwrap().function::<(), String>(service).unwrap();
    assert_eq!(none.call(()).unwrap(), "none");
    assert_eq!(found.call(()).unwrap(), "Runner");
}

#[test]
fn missing_files_are_named() {
    let folder = tempfile::tempdir().unwrap();
    jar(folder.path());
    let error = load(&format!("{}/fixture.jar", folder.path().display())).unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert!(
        error.message.contains("fixture.jar does not exist; did you mean `fixtures.jar`?"),
        "{error}"
    );
    let error = load("no/such.jar;other.jar").unwrap_err();
    let full = std::env::current_dir().unwrap().join("no/such.jar");
    assert!(error.message.contains(&full.display().to_string()), "{error}");
}

#[test]
fn files_that_are_not_jars_or_classes_are_named() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["bad.jar", "bad.class", "bad.txt"] {
        let path = folder.path().join(name);
        std::fs::write(&path, "this is not what it seems").unwrap();
        let error = load(text(&path)).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Load, "{error:?}");
        assert!(error.message.contains(name), "{error}");
    }
    let truncated = folder.path().join("half.jar");
    let whole = std::fs::read(jar(folder.path())).unwrap();
    std::fs::write(&truncated, &whole[..whole.len() / 2]).unwrap();
    assert_eq!(load(text(&truncated)).unwrap_err().kind, ErrorKind::Load);
}

#[test]
fn a_class_with_a_missing_dependency_or_too_new() {
    let folder = tempfile::tempdir().unwrap();
    class(folder.path(), "q.Base", "public class Base {}");
    let source = folder.path().join("Sub.java");
    std::fs::write(
        &source,
        "package q; public class Sub extends Base { public static void f() {} }",
    )
    .unwrap();
    let status = Command::new("javac")
        .args(["--release", "11", "-cp"])
        .arg(folder.path())
        .arg("-d")
        .arg(folder.path())
        .arg(source)
        .status();
    assert!(status.unwrap().success());
    std::fs::remove_file(folder.path().join("q/Base.class")).unwrap();
    let module = load(text(folder.path())).unwrap();
    let error = module.function::<(), ()>("class=q.Sub,callable=f").unwrap_err();
    assert_eq!(error.kind, ErrorKind::Load);
    assert!(error.message.contains("the class q.Base is missing: add the jar"), "{error}");
    let new = folder.path().join("New.class");
    let mut code = std::fs::read(classes().join("fixtures/Texts.class")).unwrap();
    code[6..8].copy_from_slice(&[0x03, 0xE7]);
    std::fs::write(&new, code).unwrap();
    let error = load(text(&new))
        .unwrap()
        .function::<(), ()>("class=fixtures.Texts,callable=nothing")
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::Load);
    assert!(error.message.contains("needs Java 955 (class file version 999); this is "), "{error}");
    assert!(error.message.contains("set JAVA_HOME to a JDK of version 955 or later"), "{error}");
}

#[test]
fn a_class_with_a_missing_class_in_a_signature_is_usable() {
    let folder = tempfile::tempdir().unwrap();
    class(folder.path(), "o.Optional", "public class Optional {}");
    let source = folder.path().join("Uses.java");
    std::fs::write(
        &source,
        "package o; public class Uses extends java.util.ArrayList<String> {
           public static int count = 7;
           public static Optional lacking;
           public Uses() {}
           public Uses(Optional o) {}
           public static int twice(int a) { return 2 * a; }
           public static int twice(Optional o) { return 0; }
           public static Optional lacking() { return null; }
           public static long lacking(long a) { return a; }
           public static void only(Optional o) {}
           @Override public int size() { return 3; }
         }",
    )
    .unwrap();
    let javac = Command::new("javac")
        .args(["--release", "11", "-cp"])
        .args([folder.path(), "-d".as_ref(), folder.path(), &source])
        .status();
    assert!(javac.unwrap().success());
    std::fs::remove_file(folder.path().join("o/Optional.class")).unwrap();
    let module = load(text(folder.path())).unwrap();
    let twice = module.function::<(i32,), i32>("class=o.Uses,callable=twice").unwrap();
    assert_eq!(twice.call((21,)).unwrap(), 42);
    let lacking = module.function::<(i64,), i64>("class=o.Uses,callable=lacking").unwrap();
    assert_eq!(lacking.call((5,)).unwrap(), 5);
    assert_eq!(
        module.function::<(), i32>("class=o.Uses,field=count").unwrap().call(()).unwrap(),
        7
    );
    let made = module.function::<(), Handle>("class=o.Uses,callable=<init>").unwrap();
    let made = made.call(()).unwrap();
    let path = |name: &str| format!("class=o.Uses,callable={name},instance_required");
    let size = module.function::<(Handle,), i32>(&path("size")).unwrap();
    assert_eq!(size.call((made.clone(),)).unwrap(), 3);
    let empty = module.function::<(Handle,), bool>(&path("isEmpty")).unwrap();
    assert!(empty.call((made,)).unwrap(), "inherited");
    for path in ["class=o.Uses,callable=only", "class=o.Uses,field=lacking"] {
        let error = module.entity(path, &[], &[Type::ANY.into()]).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Load, "{error:?}");
        assert!(error.message.contains("the class o.Optional is missing"), "{error}");
    }
    let error = module.function::<(i32,), i32>("class=o.Uses,callable=twise").unwrap_err();
    assert!(error.message.contains("did you mean `twice`"), "{error}");
}

#[test]
fn an_entity_outlives_its_module() {
    let module = load(text(classes())).unwrap();
    let length = module.function::<(String,), i32>("class=fixtures.Texts,callable=length").unwrap();
    drop(module);
    let gc = fixtures::function::<(), ()>("Keeper.forget");
    gc.call(()).unwrap();
    assert_eq!(length.call(("still".into(),)).unwrap(), 5);
}

#[test]
fn the_same_paths_are_the_same_module() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    for (at, name) in [(&one, "Box"), (&two, "Other")] {
        std::fs::create_dir(at).unwrap();
        class(at, name, &format!("public class {name} {{ public int value() {{ return 5; }} }}"));
    }
    let link = folder.path().join("link");
    std::os::unix::fs::symlink(&one, &link).unwrap();
    let made = |path: String| {
        let module = load(&path).unwrap();
        module.function::<(), Handle>("class=Box,callable=<init>").unwrap().call(()).unwrap()
    };
    let (a, b) = (one.display(), two.display());
    let both = load(&format!("{a};{b}")).unwrap();
    let value =
        both.function::<(Handle,), i32>("class=Box,callable=value,instance_required").unwrap();
    for same in
        [format!("{b};{a}"), format!("{a}/../one;{b}/;{a}"), format!("{};{b}", link.display())]
    {
        assert_eq!(value.call((made(same.clone()),)).unwrap(), 5, "{same}");
    }
    let message = value.call((made(a.to_string()),)).unwrap_err().into_parts().message;
    assert!(message.contains("expected Box, got a Box"), "{message}");
    assert!(message.contains(&format!("the object's class is from module `{a}`")), "{message}");
    assert!(message.contains(&format!("the expected one from module `{a};{b}`")), "{message}");
}
