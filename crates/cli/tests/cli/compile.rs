//! Compile mode with real sources: a Go file, a jar, a saved IDL, loopback.

use std::time::SystemTime;

use crate::command::Place;
use insta::assert_snapshot;

const HELLO: &str = "package main\n\n// SayHello greets.\n\
                     func SayHello(name string) string { return \"Hello, \" + name }\n";

/// The go.mod of a project that Go stubs may be written to.
const GO_MOD: &str = "module mine\n\nrequire github.com/MetaFFI/sdk/api/go v0.4.0\n";

fn with_hello() -> Place {
    let place = Place::new();
    place.write("hello.go", HELLO);
    place
}

#[test]
fn the_guest_of_the_source_needs_no_name() {
    let place = with_hello();
    let guest = format!("hello_MetaFFIGuest{}\n", std::env::consts::DLL_SUFFIX);
    assert_eq!(place.run("-c --idl hello.go -g").expect_success(), guest);
    assert!(place.path(guest.trim()).is_file());
    let inspected = place.run("inspect hello_MetaFFIGuest").expect_success();
    assert_eq!(
        inspected,
        "callable=SayHello\tSayHello(name: string8) -> string8  (borrows name)\n"
    );
}

#[test]
fn guest_and_stubs_in_one_go() {
    let place = with_hello();
    let printed = place.run("-c --idl hello.go -g go -h python3 -o out/deep").expect_success();
    let paths: Vec<&str> = printed.lines().collect();
    assert_eq!(paths.len(), 2, "{printed}");
    assert!(paths[0].starts_with("out/deep/hello_MetaFFIGuest"), "{printed}");
    assert_eq!(paths[1], "out/deep/hello_MetaFFIHost.py");
    assert!(place.read(paths[1]).contains("def SayHello(name: str) -> str:"));
}

#[test]
fn several_hosts_in_one_go() {
    let place = with_hello();
    let printed = place.run("-c --idl hello.go -h python3 loopback").expect_success();
    assert_eq!(printed, "hello_MetaFFIHost.py\nhello_MetaFFIHost.rs\n");
    let again = place.run("-c --idl hello.go -h python3,test").expect_success();
    assert_eq!(again, printed);
}

#[test]
fn files_are_named_as_the_languages_say() {
    let place = with_hello();
    place.write("out/go.mod", GO_MOD);
    for language in metaffi_testkit::languages::all() {
        let name = &language.name;
        if let Some(stubs) = &language.files.stubs {
            let printed =
                place.run(&format!("-c --idl hello.go -h {name} -o out")).expect_success();
            let stubs = stubs.replace("{stem}", "hello");
            assert!(printed.lines().any(|line| line.ends_with(&stubs)), "{name}: {printed}");
        }
    }
}

#[test]
fn files_that_are_up_to_date_are_not_written() {
    let place = with_hello();
    let modified = || -> SystemTime {
        place.run("-c --idl hello.go -h python3").expect_success();
        place.path("hello_MetaFFIHost.py").metadata().unwrap().modified().unwrap()
    };
    assert_eq!(modified(), modified());
}

#[test]
fn the_idl_goes_to_standard_output_and_serves_as_a_source() {
    let place = with_hello();
    let printed = place.run("-c --idl hello.go --print-idl").expect_success();
    let idl = metaffi_idl::Idl::from_json(&printed).unwrap();
    assert_eq!(idl.callables().next().unwrap().signature(), "SayHello(name: string8) -> string8");
    place.write("saved.json", &printed);
    assert_eq!(
        place.run("-c --idl saved.json -h python3").expect_success(),
        "hello_MetaFFIHost.py\n"
    );
    let both = place.run("-c --idl hello.go -h python3 --print-idl").expect_success();
    assert_eq!(both, printed, "nothing but the IDL");
}

#[test]
fn a_jar_needs_no_guest() {
    let place = Place::new();
    let jar = metaffi_testkit::jar("log4j-api-2.21.1.jar");
    std::fs::copy(jar, place.path("log4j-api-2.21.1.jar")).unwrap();
    assert_eq!(
        place.run("-c --idl log4j-api-2.21.1.jar -g -h python3").expect_success(),
        "no guest is needed: openjdk loads log4j-api-2.21.1.jar as it is\n\
         log4j_api_MetaFFIHost.py\n"
    );
    let stubs = place.read("log4j_api_MetaFFIHost.py");
    assert!(stubs.contains("\n    getLogger = LogManager.getLogger\n"));
}

#[test]
fn a_source_that_does_not_compile_is_shown() {
    let place = Place::new();
    place.write("broken.go", "package main\n\nfunc Broken() int {\n\treturn \"text\"\n}\n");
    assert_snapshot!(place.run("-c --idl broken.go -g").expect_failure(1), @r#"
    error: cannot use "text" (untyped string constant) as int value in return statement
       ,-[broken.go:4:9]
     3 | func Broken() int {
     4 |     return "text"
       :            ^^^^^^
     5 | }
       `----
    "#);
    assert!(!place.path("broken_MetaFFIGuest.so").exists());
}

#[test]
fn a_source_that_does_not_exist_is_named() {
    let place = Place::new();
    for source in ["missing.go", "missing.jar", "missing.json", "missing"] {
        let error = place.run(&format!("-c --idl {source} -h python3")).expect_failure(1);
        assert!(error.starts_with(&format!("error: {source}: ")), "{error}");
        assert!(error.to_lowercase().contains("no such file"), "{error}");
        assert!(error.contains("help: check the path"), "{error}");
    }
}

#[test]
fn each_problem_of_an_idl_is_reported() {
    let place = Place::new();
    let idl = r#"{"idl_source": "x", "target_language": "go", "modules": [{}, {"name": 1}]}"#;
    place.write("faulty.json", idl);
    assert_snapshot!(place.run("-c --idl faulty.json -h python3").expect_failure(1), @"
    error: faulty.json: this is not a valid IDL
    |   $.modules[0]: 'name' is missing
    |   $.modules[1].name: must be a string, but is a number
    help: share/metaffi-idl.schema.json of the installation describes its format
    ");
}

#[test]
fn a_guest_of_another_language_is_refused() {
    let place = with_hello();
    let refused = |arguments: &str| place.run(arguments).expect_failure(1);
    assert_snapshot!(refused("-c --idl hello.go -g python3"), @"
    error: hello.go: cannot build a python3 guest from a go source
    help: omit the guest language, or use go
    ");
}

#[test]
fn unwritable_folders_are_reported() {
    let place = with_hello();
    place.write("file", "");
    for folder in ["file/below", "file"] {
        for work in ["-h python3", "-g"] {
            let error =
                place.run(&format!("-c --idl hello.go {work} -o {folder}")).expect_failure(1);
            assert!(
                error.starts_with(&format!("error: {folder}: cannot create this folder: ")),
                "{error}"
            );
            let help = "help: a file with the name of this folder exists; use another output folder (-o DIR)";
            assert!(error.contains(help), "{error}");
        }
    }
    if cfg!(target_os = "linux") {
        let error = place.run("-c --idl hello.go -g -o /proc").expect_failure(1);
        assert!(error.starts_with("error: /proc: cannot write to this folder: "), "{error}");
        assert!(error.contains("help: use a writable output folder"), "{error}");
    }
}

#[test]
fn annotation_processors_of_the_working_directory_are_not_run() {
    let place = Place::new();
    place.write("Hello.java", "public class Hello { public static int one() { return 1; } }\n");
    let services = place.path("META-INF/services");
    std::fs::create_dir_all(&services).unwrap();
    let service = services.join("javax.annotation.processing.Processor");
    std::fs::write(service, "not.There\n").unwrap();
    let printed = place.run("-c --idl Hello.java -h python3").expect_success();
    assert_eq!(printed, "Hello_MetaFFIHost.py\n");
}

#[test]
fn stubs_of_another_source_are_not_overwritten() {
    let place = with_hello();
    place.run("-c --idl hello.go -h python3").expect_success();
    let before = place.read("hello_MetaFFIHost.py");
    place.write("hello.loopback", "");
    let error = place.run("-c --idl hello.loopback -h python3").expect_failure(1);
    let expected = "another file already exists here, stubs of hello.go, a module of go";
    assert!(error.contains(expected) && error.contains("help: write to another folder"), "{error}");
    assert_eq!(place.read("hello_MetaFFIHost.py"), before);
}

#[test]
fn a_guest_of_another_source_is_not_overwritten() {
    let place = Place::new();
    place.write("hello-world.go", HELLO);
    place.write("hello_world.go", HELLO);
    let guest = place.run("-c --idl hello-world.go -g").expect_success();
    place.run("-c --idl hello-world.go -g").expect_success();
    let before = std::fs::read(place.path(guest.trim())).unwrap();
    let error = place.run("-c --idl hello_world.go -g").expect_failure(1);
    assert!(error.contains("another guest, made from hello-world.go, is already here"), "{error}");
    assert_eq!(std::fs::read(place.path(guest.trim())).unwrap(), before);
}

#[test]
fn sources_with_the_same_name_in_two_folders_do_not_overwrite_each_other() {
    let place = Place::new();
    for folder in ["a", "b"] {
        std::fs::create_dir(place.path(folder)).unwrap();
        let go = format!("package util\n\nfunc {}() {{}}\n", folder.to_uppercase());
        place.write(&format!("{folder}/util.go"), &go);
        place.write(&format!("{folder}/tool.py"), &format!("def {folder}() -> None: ...\n"));
    }
    place.run("-c --idl a/util.go -g -h python3 loopback -o out").expect_success();
    place.run("-c --idl a/tool.py -h python3 -o out").expect_success();
    let guest = format!("util_MetaFFIGuest{}", std::env::consts::DLL_SUFFIX);
    for (arguments, file, source) in [
        ("b/util.go -h python3", "util_MetaFFIHost.py", "a/util.go"),
        ("b/util.go -h loopback", "util_MetaFFIHost.rs", "a/util.go"),
        ("b/util.go -g", guest.as_str(), "a/util.go"),
        ("b/tool.py -h python3", "tool_MetaFFIHost.py", "a/tool.py"),
    ] {
        let before = std::fs::read(place.path(&format!("out/{file}"))).unwrap();
        let error = place.run(&format!("-c --idl {arguments} -o out")).expect_failure(1);
        let expected =
            format!("error: out/{file}: another file already exists here, made from {source}\n");
        assert!(error.starts_with(&expected), "{error}");
        assert!(std::fs::read(place.path(&format!("out/{file}"))).unwrap() == before, "{file}");
    }
}

#[test]
fn stubs_of_a_jar_are_cached_until_it_changes() {
    let place = Place::new();
    let jar = place.path("log4j.jar");
    std::fs::copy(metaffi_testkit::jar("log4j-api-2.21.1.jar"), &jar).unwrap();
    let cache = place.path("cache");
    let run = |arguments: &str| {
        let variables = [("XDG_CACHE_HOME", cache.to_str().unwrap())];
        place.run_in(arguments, metaffi_testkit::home(), &variables).expect_success();
        std::fs::read_dir(cache.join("metaffi/stubs")).map_or(0, Iterator::count)
    };
    assert_eq!(run("-c --idl log4j.jar -h python3 --no-cache"), 0);
    let fresh = place.read("log4j_MetaFFIHost.py");
    assert_eq!(run("-c --idl log4j.jar -h python3 -o two"), 1);
    assert_eq!(run("-c --idl log4j.jar -h python3 -g -o three"), 2, "a guest is requested");
    assert_eq!(run("-c --idl log4j.jar -h python3 -o four"), 2);
    assert!(place.read("four/log4j_MetaFFIHost.py") == fresh);
    std::fs::copy(metaffi_testkit::jar("json-20250517.jar"), &jar).unwrap();
    assert_eq!(run("-c --idl log4j.jar -h python3 -o four"), 3);
    assert!(place.read("four/log4j_MetaFFIHost.py").contains("class JSONObject"));
}

#[test]
fn types_that_a_host_cannot_write_are_reported() {
    let place = Place::new();
    place.write("either.py", "def pick(key: int | list[str], of: dict[str, int]) -> str: ...\n");
    let run = |hosts: &str| {
        let made = place.run(&format!("-c --idl ./either.py -h {hosts} -o out --report report"));
        made.expect_success();
        place.read("report")
    };
    let key = "either.pick, parameter key: int64 | list<text> is";
    assert_eq!(
        run("openjdk rust"),
        format!("{key} Object in openjdk\n{key} impl Into<stubs::Value> in rust\n")
    );
    assert_eq!(run("openjdk"), format!("{key} Object in openjdk\n"));
    let again = run("openjdk");
    assert_eq!(again, format!("{key} Object in openjdk\n"), "from the cache");
}

#[test]
fn a_part_of_a_module_for_every_host() {
    let place = Place::new();
    place.write(
        "shop.py",
        "class Item:\n    pass\ndef buy() -> Item: ...\ndef sell() -> None: ...\n",
    );
    let run = |names: &str| {
        place.run(&format!("-c --idl ./shop.py -h python3 rust -o out --host-options only={names}"))
    };
    for (names, has_sell) in [("buy", false), ("buy;sell", true)] {
        run(names).expect_success();
        for stubs in ["shop_MetaFFIHost.py", "shop_MetaFFIHost.rs"] {
            let text = place.read(&format!("out/{stubs}"));
            assert!(text.contains("buy") && text.contains("Item"), "{text}");
            assert_eq!(text.contains("sell"), has_sell, "{text}");
        }
    }
    let error = run("buy;Itme").expect_failure(2);
    assert!(error.starts_with("error: only=Itme: shop has nothing with this name\n"), "{error}");
    assert!(run(";").expect_failure(2).starts_with("error: only= is empty\n"));
}

/// As `go generate` does, by which time there is a folder with the module's
/// name.
#[test]
fn go_stubs_are_regenerated_from_a_name() {
    let place = Place::new();
    place.write("go.mod", GO_MOD);
    let make = || place.run("-c --idl textwrap -h go").expect_success();
    assert_eq!(make(), "textwrap/textwrap_MetaFFIHost.go\n");
    place.write(
        "textwrap/textwrap_MetaFFIHost.go",
        "// Stubs of textwrap, a module of python3, made by metaffi 0.3.9.\n",
    );
    assert_eq!(make(), "textwrap/textwrap_MetaFFIHost.go\n");
    let made = std::fs::read_to_string(place.path("textwrap/textwrap_MetaFFIHost.go")).unwrap();
    assert!(made.contains("func Wrap("), "{made}");
}
