//! Compiles `include/metaffi.h` and compares the size, alignment and field
//! offsets of every struct, and every constant, with the Rust mirror.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use metaffi_abi as abi;

/// One layout fact: `struct size align` or `struct.field offset size`.
type Facts = BTreeMap<String, (usize, usize)>;

macro_rules! layouts {
    ($($rust:ident = $c:literal { $($field:ident $(as $c_field:ident)?),* $(,)? })*) => {
        fn mirror() -> Facts {
            let mut facts = Facts::new();
            $(
                facts.insert($c.into(), (size_of::<abi::$rust>(), align_of::<abi::$rust>()));
                $(facts.insert(
                    format!("{}.{}", $c, c_name(stringify!($field))),
                    (core::mem::offset_of!(abi::$rust, $field), field_size(|s: &abi::$rust| &s.$field)),
                );)*
            )*
            facts
        }
        fn c_lines() -> String {
            let mut lines = String::new();
            $(
                lines += &format!("T({});\n", $c);
                $(lines += &format!("F({}, {});\n", $c, c_name(stringify!($field)));)*
            )*
            lines
        }
    };
}

/// The C name of a field whose Rust name differs, because C's name is a Rust
/// keyword or otherwise.
fn c_name(field: &str) -> &str {
    match field {
        "ty" => "type",
        "payload" => "as",
        other => other,
    }
}

fn field_size<S, F>(_: impl Fn(&S) -> &F) -> usize {
    size_of::<F>()
}

layouts! {
    Str = "metaffi_str" { data, length }
    TypeInfo = "metaffi_type_info" { ty, dims, alias }
    ObjectVtable = "metaffi_object_vtable" {
        abi_version, struct_size, retain, release, exact, mapping, items, entries, method, type_of,
        member, describe,
    }
    Object = "metaffi_object" { vtable, owner, data }
    ExactObject = "metaffi_exact_object" { base, kind, reserved, text, object }
    Value = "metaffi_value" { ty, dims, ownership, flags, length, payload }
    Buffer = "metaffi_buffer" { base, data, size }
    Error = "metaffi_error" {
        struct_size, kind, message, language, type_name, stack_trace, cause, original, release,
        read_stack_trace,
    }
    ErrorObject = "metaffi_error_object" { base, error }
    Frame = "metaffi_frame" {
        args, rets, nargs, nrets, arena_next, arena_end, arena_grow, error,
    }
    Callable = "metaffi_callable" {
        base, call, context, params, rets, nparams, nrets, nparams_max, reserved,
    }
    Entity = "metaffi_entity" {
        struct_size, convention, call, context, params, rets, nparams, nrets, doc, fills, reserved,
    }
    EntityRequest = "metaffi_entity_request" {
        struct_size, flags, entity_path, params, rets, nparams, nrets,
    }
    Hub = "metaffi_hub" {
        abi_version, struct_size, load_runtime, close_runtime, release_runtime, load_module,
        release_module, load_entity, release_entity, owner_id, owner_name, live_objects,
        begin_exit, home, on_exit, at_c_exit, add_collector, press, name_threads, thread_name,
        interrupt, end_interrupt,
    }
    Plugin = "metaffi_plugin" {
        abi_version, struct_size, name, start, load_module, release_module, load_entity,
        release_entity, begin_exit, finish_exit, survives_fork, interrupt, end_interrupt,
    }
}

fn header_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../include")
}

/// The header of the first minor of this version, which never changes.
fn frozen_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frozen/1.0")
}

fn run_c(body: &str) -> String {
    run_c_with(&header_folder(), body)
}

fn run_c_with(header: &Path, body: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let exe = folder.path().join(format!("layout{}", std::env::consts::EXE_SUFFIX));
    let source = folder.path().join("layout.c");
    let prelude = "#include <metaffi.h>\n#include <stdio.h>\n\
        #define T(t) printf(\"%s %zu %zu\\n\", #t, sizeof(t), _Alignof(t))\n\
        #define F(t, f) printf(\"%s.%s %zu %zu\\n\", #t, #f, offsetof(t, f), sizeof(((t *)0)->f))\n\
        #define C(c) printf(\"%s %u 0\\n\", #c, (unsigned)(c))\n";
    std::fs::write(&source, format!("{prelude}int main(void) {{\n{body}return 0;\n}}\n")).unwrap();
    let mut cc = metaffi_testkit::c_compiler();
    cc.args(["-std=c11", "-Wall", "-Wextra", "-Werror", "-pedantic", "-I"]).arg(header);
    let compiled = cc.arg(&source).arg("-o").arg(&exe).output().expect("a C compiler");
    assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
    let output = Command::new(exe).output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

fn parse(output: &str) -> Facts {
    let fact = |line: &str| {
        let mut words = line.split(' ');
        let name = words.next().unwrap().to_owned();
        let mut number = || words.next().unwrap().parse().unwrap();
        (name, (number(), number()))
    };
    output.lines().map(fact).collect()
}

#[test]
fn every_struct_has_the_layout_of_the_header() {
    assert_eq!(parse(&run_c(&c_lines())), mirror());
}

#[test]
fn every_struct_of_the_header_is_mirrored_with_all_its_fields() {
    let header = std::fs::read_to_string(header_folder().join("metaffi.h")).unwrap();
    let mirror = mirror();
    for name in header.lines().filter_map(|line| line.strip_prefix("typedef struct ")) {
        if let Some(name) = name.strip_suffix(" {") {
            assert!(mirror.contains_key(name), "{name} has no mirror");
        }
    }
    // The last field ends at the end of the struct, except for padding, so none is
    // missing.
    for (name, (size, align)) in mirror.iter().filter(|(name, _)| !name.contains('.')) {
        let prefix = format!("{name}.");
        let fields = mirror.iter().filter(|(field, _)| field.starts_with(&prefix));
        let used: usize = fields.map(|(_, (_, size))| size).sum();
        assert!(size - used < 2 * align, "{name}: {used} of {size} bytes are mirrored");
    }
}

/// The layout of every struct in the frozen header, one fact per line.
const FROZEN: &str = include_str!("frozen/1.0/layout.txt");

#[test]
fn the_frozen_header_has_its_layout() {
    let line = |name: &String| match name.split_once('.') {
        Some((of, field)) => format!("F({of}, {field});\n"),
        None => format!("T({name});\n"),
    };
    let frozen = parse(FROZEN);
    let lines: String = frozen.keys().map(line).collect();
    assert_eq!(parse(&run_c_with(&frozen_folder(), &lines)), frozen);
}

#[test]
fn fields_are_only_appended_and_only_to_structs_that_say_their_size() {
    let (frozen, now) = (parse(FROZEN), mirror());
    for (name, fact) in &frozen {
        let minimum = MINIMUMS.iter().find(|(known, _)| known == name);
        match minimum {
            Some((_, minimum)) => assert_eq!(fact.0, *minimum as usize, "{name}"),
            None => assert_eq!(now.get(name), Some(fact), "{name}"),
        }
    }
    let has_size = |name: &str| now.contains_key(&format!("{name}.struct_size"));
    for name in now.keys().filter(|name| !name.contains('.')) {
        assert_eq!(MINIMUMS.iter().any(|(known, _)| known == name), has_size(name), "{name}");
    }
}

/// The structs with a size field, and the minimum size in this version.
const MINIMUMS: [(&str, u32); 6] = [
    ("metaffi_object_vtable", abi::ObjectVtable::MIN_SIZE),
    ("metaffi_error", abi::Error::MIN_SIZE),
    ("metaffi_entity", abi::Entity::MIN_SIZE),
    ("metaffi_entity_request", abi::EntityRequest::MIN_SIZE),
    ("metaffi_hub", abi::Hub::MIN_SIZE),
    ("metaffi_plugin", abi::Plugin::MIN_SIZE),
];

#[test]
fn no_constant_of_the_frozen_header_has_changed() {
    let read = |folder: PathBuf| std::fs::read_to_string(folder.join("metaffi.h")).unwrap();
    let (frozen, now) = (read(frozen_folder()), read(header_folder()));
    let without_comment = |line: &str| line.split("/*").next().map(|line| line.trim().to_owned());
    let now: Vec<_> = now.lines().map(without_comment).collect();
    let mut checked = 0;
    for line in frozen.lines().filter(|line| line.starts_with("#define METAFFI_")) {
        if !line.starts_with("#define METAFFI_ABI_MINOR ") {
            assert!(now.contains(&without_comment(line)), "changed or gone: {line}");
            checked += 1;
        }
    }
    assert!(checked > 60, "{checked}");
}

#[test]
fn every_constant_has_the_value_of_the_header() {
    let mut expected = Facts::new();
    for (name, bits) in abi::TYPE_BITS {
        expected.insert(format!("METAFFI_{name}"), (*bits as usize, 0));
    }
    for (name, value) in [
        ("METAFFI_ABI_VERSION", abi::ABI_VERSION),
        ("METAFFI_ABI_MINOR", abi::ABI_MINOR),
        ("METAFFI_OBJECT_VTABLE_MIN_SIZE", abi::ObjectVtable::MIN_SIZE),
        ("METAFFI_ERROR_MIN_SIZE", abi::Error::MIN_SIZE),
        ("METAFFI_ENTITY_MIN_SIZE", abi::Entity::MIN_SIZE),
        ("METAFFI_ENTITY_REQUEST_MIN_SIZE", abi::EntityRequest::MIN_SIZE),
        ("METAFFI_HUB_MIN_SIZE", abi::Hub::MIN_SIZE),
        ("METAFFI_PLUGIN_MIN_SIZE", abi::Plugin::MIN_SIZE),
        ("METAFFI_EXACT_INTEGER", abi::EXACT_INTEGER),
        ("METAFFI_EXACT_DECIMAL", abi::EXACT_DECIMAL),
        ("METAFFI_EXACT_DATE", abi::EXACT_DATE),
        ("METAFFI_EXACT_TIME", abi::EXACT_TIME),
        ("METAFFI_EXACT_DATETIME", abi::EXACT_DATETIME),
        ("METAFFI_EXACT_INSTANT", abi::EXACT_INSTANT),
        ("METAFFI_EXACT_DURATION", abi::EXACT_DURATION),
        ("METAFFI_EXACT_UUID", abi::EXACT_UUID),
        ("METAFFI_EXACT_ERROR", abi::EXACT_ERROR),
        ("METAFFI_BORROWED", abi::BORROWED.into()),
        ("METAFFI_FILLABLE", abi::FILLABLE.into()),
        ("METAFFI_WRITABLE", abi::WRITABLE.into()),
        ("METAFFI_ARENA", abi::ARENA.into()),
        ("METAFFI_TRANSFERRED", abi::TRANSFERRED.into()),
        ("METAFFI_MAX_DEPTH", abi::MAX_DEPTH),
        ("METAFFI_REQUEST_VALUE", abi::REQUEST_VALUE),
        ("METAFFI_MEMBER_METHOD", abi::MEMBER_METHOD as u32),
        ("METAFFI_MEMBER_GET", abi::MEMBER_GET as u32),
        ("METAFFI_MEMBER_SET", abi::MEMBER_SET as u32),
        ("METAFFI_MEMBER_OPERATION", abi::MEMBER_OPERATION as u32),
        ("METAFFI_MEMBER_NAMED", abi::MEMBER_NAMED as u32),
        ("METAFFI_OK", abi::OK),
        ("METAFFI_ERROR_ARGUMENT", abi::ERROR_ARGUMENT),
        ("METAFFI_ERROR_NOT_FOUND", abi::ERROR_NOT_FOUND),
        ("METAFFI_ERROR_LOAD", abi::ERROR_LOAD),
        ("METAFFI_ERROR_SIGNATURE", abi::ERROR_SIGNATURE),
        ("METAFFI_ERROR_GUEST", abi::ERROR_GUEST),
        ("METAFFI_ERROR_PANIC", abi::ERROR_PANIC),
        ("METAFFI_ERROR_RELEASED", abi::ERROR_RELEASED),
        ("METAFFI_ERROR_ABI", abi::ERROR_ABI),
        ("METAFFI_ERROR_UNSUPPORTED", abi::ERROR_UNSUPPORTED),
        ("METAFFI_ERROR_INTERNAL", abi::ERROR_INTERNAL),
        ("METAFFI_CONVENTION_GENERIC", abi::CONVENTION_GENERIC),
        ("METAFFI_CONVENTION_UPCALL", abi::CONVENTION_UPCALL),
        ("METAFFI_FORK_DIES", abi::FORK_DIES),
        ("METAFFI_FORK_SURVIVES", abi::FORK_SURVIVES),
        ("METAFFI_FORK_ANEW", abi::FORK_ANEW),
        ("METAFFI_PRESS_LOOK", abi::PRESS_LOOK),
        ("METAFFI_PRESS_GREW", abi::PRESS_GREW),
        ("METAFFI_PRESS_FULL", abi::PRESS_FULL),
        ("METAFFI_COLLECT_HELD", abi::COLLECT_HELD),
        ("METAFFI_COLLECT_RETURNED", abi::COLLECT_RETURNED),
    ] {
        expected.insert(name.into(), (value as usize, 0));
    }
    let body: String = expected.keys().map(|name| format!("C({name});\n")).collect();
    assert_eq!(parse(&run_c(&body)), expected);
    // None of the header's constants is missing here, and no text differs.
    let header = std::fs::read_to_string(header_folder().join("metaffi.h")).unwrap();
    let defined = header.lines().filter_map(|line| line.strip_prefix("#define METAFFI_"));
    let constants = defined.filter_map(|rest| rest.split_once(' '));
    let mut texts = BTreeMap::new();
    for (name, value) in constants.filter(|(name, _)| !name.contains('(')) {
        match value.trim_start().strip_prefix('"').and_then(|text| text.split_once('"')) {
            Some((text, _)) => drop(texts.insert(name, text)),
            None => assert!(
                expected.contains_key(&format!("METAFFI_{name}")),
                "METAFFI_{name} has no mirror"
            ),
        }
    }
    assert_eq!(texts, BTreeMap::from(TEXTS));
}

/// The header's text constants, without `METAFFI_`.
const TEXTS: [(&str, &str); 8] = [
    ("DESCRIBED_METHOD", abi::DESCRIBED_METHOD),
    ("DESCRIBED_ABSTRACT_METHOD", abi::DESCRIBED_ABSTRACT_METHOD),
    ("DESCRIBED_STATIC_METHOD", abi::DESCRIBED_STATIC_METHOD),
    ("DESCRIBED_CONSTRUCTOR", abi::DESCRIBED_CONSTRUCTOR),
    ("DESCRIBED_VALUE", abi::DESCRIBED_VALUE),
    ("DESCRIBED_STATIC_VALUE", abi::DESCRIBED_STATIC_VALUE),
    ("DESCRIBED_CLASS", abi::DESCRIBED_CLASS),
    ("DESCRIBED_MODULE", abi::DESCRIBED_MODULE),
];
