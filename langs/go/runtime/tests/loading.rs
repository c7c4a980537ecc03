//! Modules, entities and declared types: what can be found, and the errors if something cannot.

mod support;

use metaffi::{ErrorKind, Type, TypeInfo, Value};
use support::{build, call, fails, fixture, get, guest, module, run, runtime};

#[test]
fn a_guest_is_found_without_suffix_and_with_that_of_another_system() {
    let path = guest("hello/hello.go");
    let stem = path.with_extension("");
    for path in
        [path.clone(), stem.clone(), stem.with_extension("dll"), stem.with_extension("dylib")]
    {
        let hello = runtime().module(path.to_str().unwrap()).unwrap();
        let greeting = get(&hello, "callable=SayHello", &["Rust".into()]);
        assert_eq!(greeting, "Hello, Rust! Greetings from Go.".into());
    }
    let both = format!("{} ; {}", path.display(), guest("testmap").display());
    let both = runtime().module(&both).unwrap();
    assert_eq!(get(&both, "callable=NewTestMap", &[]).ty(), Type::HANDLE);
    assert_eq!(get(&both, "callable=SayHello", &["x".into()]).ty(), Type::STRING8);
}

#[test]
fn a_missing_guest_is_an_error_with_the_paths_tried() {
    let error = runtime().module("nowhere_MetaFFIGuest").unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
    let here = std::env::current_dir().unwrap();
    let tried = format!("tried {}/nowhere_MetaFFIGuest.so", here.display());
    assert!(error.message.contains(&tried), "{error}");
}

#[test]
fn a_library_that_is_not_a_guest_is_refused_before_it_runs() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("text.so");
    std::fs::write(&text, "this is no library").unwrap();
    let plugin = metaffi_testkit::home().join("plugins/go/libmetaffi_go.so");
    for path in [text, plugin] {
        let error = runtime().module(path.to_str().unwrap()).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Load, "{error}");
        assert!(error.message.contains("this is not a Go guest"), "{error}");
    }
}

/// Loading a damaged copy always fails with an error, and never ends the process.
#[cfg(target_os = "linux")]
#[test]
fn a_damaged_guest_is_refused_before_it_runs() {
    let whole = std::fs::read(guest("hello/hello.go")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let refused = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(format!("{name}_MetaFFIGuest.so"));
        std::fs::write(&path, bytes).unwrap();
        let error = runtime().module(path.to_str().unwrap()).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Load, "{name}: {error}");
        error.into_parts().message
    };
    for part in [1, 2, 3, 7] {
        refused(&format!("cut{part}"), &whole[..whole.len() * part / 8]);
    }
    let error = refused("empty", &[]);
    assert!(error.contains("not a library that this system can read"), "{error}");
    // Changes every value of the dynamic table: all parts that the loader reads are checked.
    let parsed = object::File::parse(&*whole).unwrap();
    let section = object::Object::section_by_name(&parsed, ".dynamic").unwrap();
    let (start, size) = object::ObjectSection::file_range(&section).unwrap();
    let pointers = [3_u64, 5, 6, 7, 8, 10, 12, 23, 25, 0x6fff_fef5, 0x6fff_fffe, 0x6fff_fff0];
    for at in (start as usize..(start + size) as usize).step_by(16) {
        let tag = u64::from_le_bytes(whole[at..at + 8].try_into().unwrap());
        if pointers.contains(&(tag & !0x0010_0000)) || pointers.contains(&tag) {
            let mut damaged = whole.clone();
            damaged[at + 8 + 4] ^= 0x40; // beyond the end of any library
            let error = refused(&format!("dynamic{tag:x}"), &damaged);
            assert!(error.contains("damaged"), "{tag:x}: {error}");
        }
    }
}

#[test]
fn a_guest_of_another_abi_version_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("old.c");
    let code = "#include <stdint.h>\nconst uint32_t metaffi_guest_abi = 77;\n\
                void __attribute__((constructor)) start(void) { __builtin_trap(); }\n";
    std::fs::write(&source, code).unwrap();
    let library = folder.path().join("old_MetaFFIGuest.so");
    let mut gcc = std::process::Command::new("gcc");
    let built = gcc.arg("-shared").arg("-o").arg(&library).arg(&source).status().unwrap();
    assert!(built.success());
    let error = runtime().module(library.to_str().unwrap()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Abi);
    assert!(error.message.contains("has ABI version 77, this MetaFFI has version 1"), "{error}");
}

#[test]
fn a_missing_entity_is_an_error_that_lists_the_available_ones() {
    let hello = module("hello/hello.go");
    let error = fails(&hello, "callable=SayHelo", &["x".into()], 1);
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert!(error.message.contains("did you mean `SayHello`?"), "{error}");
    assert!(
        error.message.contains("callable=SayHello: SayHello(name: string8) -> string8"),
        "{error}"
    );
    for (path, message) in [
        ("", "needs `callable=`, `field=` or `global=`"),
        ("callable=a,global=b", "`callable=` and `global=` cannot be combined"),
        ("global=a,getter,setter", "contradicts"),
        ("callable=SayHello,getter", "do not apply to a callable"),
        ("callable=a=b", "="),
    ] {
        let error = fails(&hello, path, &[], 0);
        assert_eq!(error.kind, ErrorKind::NotFound);
        assert!(error.message.contains(message), "{path}: {error}");
    }
}

#[test]
fn setting_a_constant_is_an_error() {
    let shapes = module("shapes");
    for path in ["global=Pi,setter", "callable=SetPi"] {
        let error = fails(&shapes, path, &[1.0.into()], 0);
        assert_eq!(error.kind, ErrorKind::NotFound);
        assert!(error.message.contains("`Pi` is a constant; it can be read, not set"), "{error}");
    }
    let error = fails(&shapes, "callable=SetNothing", &[], 0);
    assert!(!error.message.contains("not set"), "{error}");
}

#[test]
fn declared_types_are_held_against_the_guests() {
    let values = module("values");
    let load = |path: &str, params: &[Type], rets: &[Type]| {
        let infos = |types: &[Type]| types.iter().copied().map(TypeInfo::new).collect::<Vec<_>>();
        values.entity(path, &infos(params), &infos(rets))
    };
    let fitting: &[(&str, &[Type], &[Type])] = &[
        ("callable=Int", &[Type::INT64], &[Type::INT64]),
        ("callable=Int", &[Type::INT8], &[Type::ANY]),
        ("callable=Int8", &[Type::INT64], &[Type::INT32]),
        ("callable=Float64", &[Type::INT32], &[Type::FLOAT64]),
        ("callable=Rune", &[Type::CHAR32], &[Type::CHAR32]),
        ("callable=String", &[Type::STRING16], &[Type::STRING32]),
        ("callable=Ints", &[Type::ARRAY], &[Type::INT64.packed_array()]),
        ("callable=Any", &[Type::HANDLE], &[Type::HANDLE]),
        ("callable=IsNil", &[Type::HANDLE], &[Type::BOOL]),
    ];
    for (path, params, rets) in fitting {
        load(path, params, rets).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
    let mismatched: &[(&str, &[Type], &[Type])] = &[
        ("callable=Int", &[Type::STRING8], &[Type::INT64]),
        ("callable=Int", &[Type::FLOAT64], &[Type::INT64]),
        ("callable=Int", &[Type::HANDLE], &[Type::INT64]),
        ("callable=Int", &[Type::INT64], &[Type::INT32]),
        ("callable=Int", &[], &[Type::INT64]),
        ("callable=Int", &[Type::INT64], &[]),
        ("callable=Uint64", &[Type::UINT64], &[Type::INT64]),
        ("callable=Float64", &[Type::FLOAT64], &[Type::FLOAT32]),
        ("callable=Ints", &[Type::INT64], &[Type::INT64.array()]),
        ("callable=Ints", &[Type::STRING8.array()], &[Type::INT64.array()]),
        ("callable=Matrix", &[Type::INT64.array()], &[Type::ANY]),
    ];
    for (path, params, rets) in mismatched {
        let error = load(path, params, rets).expect_err(path);
        assert_eq!(error.kind, ErrorKind::Signature, "{path}");
    }
    let error = load("callable=Int", &[Type::STRING8], &[]).unwrap_err();
    let message =
        "Int(x: int64) -> int64 is (int64) -> (int64), but is declared as (string8) -> ()";
    assert!(error.message.contains(message), "{error}");
}

#[test]
fn documentation_comes_with_the_entity() {
    let hello = module("hello/hello.go");
    let text = [TypeInfo::new(Type::STRING8)];
    let entity = hello.entity("callable=SayHello", &text, &text).unwrap();
    assert_eq!(entity.doc(), "SayHello greets whoever is named.");
}

#[test]
fn everything_that_go_exports_is_reachable() {
    let shapes = module("shapes");
    let rect = get(&shapes, "callable=NewRect", &[2.0.into(), 3.0.into()]);
    let on_rect = |path: &str| get(&shapes, path, std::slice::from_ref(&rect));
    assert_eq!(on_rect("callable=Rect.Area,instance_required"), 6.0.into());
    assert_eq!(on_rect("callable=Rect.Describe"), "shape A".into(), "promoted from a struct");
    assert_eq!(on_rect("callable=Rect.Shout"), "rect!".into(), "promoted from a pointer");
    assert_eq!(on_rect("field=Rect.Text"), "rect".into());
    run(&shapes, "field=Rect.ID,setter", &[rect.clone(), 2_i64.into()]);
    assert_eq!(on_rect("callable=Rect.Describe"), "shape C".into());

    let corner = on_rect("field=Rect.Corner");
    run(&shapes, "field=Point.X,setter", &[corner, 9_i64.into()]);
    let corner = on_rect("field=Rect.Corner");
    assert_eq!(
        get(&shapes, "field=Point.X", std::slice::from_ref(&corner)),
        9_i64.into(),
        "in place"
    );
    let moved = get(&shapes, "callable=Point.Moved", &[corner.clone(), corner]);
    assert_eq!(get(&shapes, "field=Point.X", &[moved]), 18_i64.into());

    let shape = on_rect("callable=AsShape");
    assert_eq!(get(&shapes, "callable=Shape.Area", std::slice::from_ref(&shape)), 6.0.into());
    let Value::Handle(handle) = shape else { panic!() };
    let both: Value = metaffi::Array::Handle(vec![Some(handle.clone()), Some(handle)]).into();
    assert_eq!(get(&shapes, "callable=Total", std::slice::from_ref(&both)), 12.0.into());
    assert_eq!(get(&shapes, "callable=Largest", &[both]).ty(), Type::HANDLE);
    assert_eq!(get(&shapes, "callable=sub.Echo", &[3_i64.into()]), 3_i64.into());
    let label = get(&shapes, "callable=sub.Label.EmptyStruct", &[]);
    assert_eq!(get(&shapes, "callable=sub.Label.Shout", &[label]), "!".into());
    assert_eq!(fails(&shapes, "callable=cmd.tool.Exported", &[], 0).kind, ErrorKind::NotFound);
}

#[test]
fn globals_constants_and_named_types() {
    let shapes = module("shapes");
    let global = |name: &str| get(&shapes, &format!("global={name}"), &[]);
    assert_eq!(global("Big"), u64::MAX.into());
    assert_eq!(global("Pi"), 3.25.into());
    assert_eq!(global("Name"), "shapes".into());
    assert_eq!(global("Green"), 1_i64.into());
    run(&shapes, "global=Counter,setter", &[8_i64.into()]);
    assert_eq!(get(&shapes, "callable=GetCounter", &[]), 8_i64.into());
    let origin = global("Origin");
    run(&shapes, "field=Point.Y,setter", &[origin, 4_i64.into()]);
    assert_eq!(get(&shapes, "field=Point.Y", &[global("Origin")]), 4_i64.into());

    assert_eq!(get(&shapes, "callable=Color.String", &[1_i64.into()]), "green".into());
    let color = get(&shapes, "callable=Color.EmptyStruct", &[]);
    run(&shapes, "callable=Color.Next", std::slice::from_ref(&color));
    assert_eq!(get(&shapes, "callable=Color.String", &[color]), "green".into());
    let registry = get(&shapes, "callable=NewRegistry", &[]);
    for count in 1..=2_i64 {
        let put = [registry.clone(), "k".into()];
        assert_eq!(get(&shapes, "callable=Registry.Put", &put), count.into());
    }
    let waited = get(&shapes, "callable=Wait", &[1_i64.into(), vec![2_i64, 3].into()]);
    assert_eq!(waited, 6_i64.into());
    let secret = get(&shapes, "callable=Secret", &[]);
    assert_eq!(get(&shapes, "callable=Reveal", &[secret]), 5_i64.into());
    let opaque = get(&shapes, "callable=Opaque", &[]);
    assert_eq!(get(&shapes, "callable=Open", &[opaque]), 3_i64.into());
}

#[test]
fn generic_names_are_there_for_the_basic_types() {
    let shapes = module("shapes");
    assert_eq!(get(&shapes, "callable=Max[int]", &[2_i64.into(), 3_i64.into()]), 3_i64.into());
    assert_eq!(get(&shapes, "callable=Max[float64]", &[2.5.into(), 1.0.into()]), 2.5.into());
    assert_eq!(fails(&shapes, "callable=Max[string]", &[], 0).kind, ErrorKind::NotFound);
    let stack = get(&shapes, "callable=NewStack[string]", &[]);
    run(&shapes, "callable=Stack[string].Push", &[stack.clone(), "a".into()]);
    let items = get(&shapes, "callable=Stack[string].Items", &[stack]);
    assert_eq!(items, vec!["a".to_owned()].into());
    let pair = get(&shapes, "callable=Pair[any;any].EmptyStruct", &[]);
    assert_eq!(get(&shapes, "field=Pair[any;any].Key", &[pair]), Value::Null);
}

#[test]
fn a_single_file_may_import_third_party_modules() {
    let uuid = module("thirdparty/thirdparty.go");
    let text = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
    assert_eq!(get(&uuid, "callable=IsUUID", &[text.into()]), true.into());
    assert_eq!(get(&uuid, "callable=IsUUID", &["x".into()]), false.into());
    let folder = fixture("thirdparty");
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 1, "nothing was written next to it");
}

#[test]
fn a_released_runtime_fails_its_entities() {
    let go = metaffi::Runtime::load_from(support::hub(), "go").unwrap();
    let hello = go.module(guest("hello/hello.go").to_str().unwrap()).unwrap();
    let greet = hello.function::<(&str,), String>("callable=SayHello").unwrap();
    assert!(greet.call(("x",)).is_ok());
    go.release();
    assert_eq!(greet.call(("x",)).unwrap_err().kind, ErrorKind::Released);
    let again = module("hello/hello.go");
    assert!(call(&again, "callable=SayHello", &["x".into()], 1).is_ok());
}

#[test]
fn each_of_several_guests_can_preempt_its_goroutines() {
    let faults = module("faults");
    for other in ["hello/hello.go", "testmap", "values", "shapes"] {
        module(other);
    }
    let out = tempfile::tempdir().unwrap();
    let copy = build(&fixture("faults/faults.go"), out.path()).unwrap();
    let copy = runtime().module(copy.to_str().unwrap()).unwrap();
    for guest in [faults.clone(), copy, faults] {
        let (done, waiting) = std::sync::mpsc::channel();
        std::thread::spawn(move || done.send(get(&guest, "callable=Spin", &[])));
        // A runtime that cannot preempt waits forever.
        let took = waiting.recv_timeout(std::time::Duration::from_secs(30));
        assert!(matches!(took, Ok(Value::Int64(_))), "the garbage collector does not end");
    }
}

#[test]
fn the_idl_of_a_guest_is_read_without_running_it() {
    let idl = metaffi_go_compiler::embedded_idl(&guest("hello/hello.go")).unwrap();
    let callable = idl.callables().next().unwrap();
    assert_eq!(callable.signature(), "SayHello(name: string8) -> string8");
    assert_eq!(idl.metaffi_guest_lib, "hello_MetaFFIGuest");
    assert_eq!(idl.idl_full_path, "hello.go", "not the path where it was built");
}
