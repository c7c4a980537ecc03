//! Reads Python sources, construct by construct, and refuses invalid ones.

#[allow(dead_code, reason = "each test file uses a part of it")]
mod reading;

use std::path::Path;

use metaffi_idl::{Idl, SCHEMA};
use metaffi_testkit::golden;
use reading::{idl, read, source};

const SOURCES: &[&str] =
    &["functions.py", "classes.py", "records.py", "documented.py", "stubbed.py", "odd.py"];

/// The module itself, without classes of other modules that its results need.
fn own(mut idl: Idl) -> Idl {
    idl.modules.truncate(1);
    idl
}

/// The IDL without the path of the checkout.
fn text(idl: Idl, name: &str) -> String {
    let idl = Idl { idl_full_path: name.to_owned(), metaffi_guest_lib: name.to_owned(), ..idl };
    idl.to_json()
}

fn blessed(name: &str, made: &str) {
    let file = format!("tests/golden/{name}.json");
    golden(&Path::new(env!("CARGO_MANIFEST_DIR")).join(file), made);
}

#[test]
fn each_construct_equals_its_golden_file() {
    for name in SOURCES {
        let (described, reported) =
            read(&source(name), "").unwrap_or_else(|error| panic!("{error}"));
        assert!(reported.is_empty(), "{reported:?}");
        blessed(name, &text(own(described), name));
    }
}

#[test]
fn a_package_is_described_under_its_public_names() {
    let (described, reported) = read(&source("package"), "").unwrap();
    let modules: Vec<_> = described.modules.iter().map(|module| module.name.as_str()).collect();
    assert_eq!(modules, ["package", "package.sub", "collections", "package._inner"]);
    let [root, sub, others, inner] = &described.modules[..] else { panic!() };
    let functions: Vec<_> = root.functions.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(functions, ["start", "clash", "helper", "order"]);
    assert_eq!(root.classes[0].id, "package.Engine");
    assert_eq!(root.classes[0].tags["qualified_name"], "package._inner.Engine");
    assert_eq!(sub.functions[0].entity_path.to_string(), "callable=sub.more");
    // Classes of results in other modules: with their methods only, or with a path.
    assert_eq!(others.classes[0].id, "collections.deque");
    let rotate = others.classes[0].methods.iter().find(|one| one.function.name == "rotate");
    let path = rotate.unwrap().function.entity_path.to_string();
    assert_eq!(path, "callable=rotate,instance_required");
    assert_eq!(inner.classes[0].id, "package._inner.Part");
    // Each is reported, and all are counted on one line.
    let [broken, clash, missing, line] = &reported[..] else { panic!("{reported:?}") };
    let reason = "importing it raises ModuleNotFoundError: No module named";
    assert!(broken.starts_with(&format!("package.broken: {reason}")), "{broken}");
    let reason = "its name in package refers to something else; read it by its own name";
    assert_eq!(clash, &format!("package.clash: {reason}"));
    let reason = "`__all__` lists it, but the module has no such name";
    assert_eq!(missing, &format!("package.sub.missing: {reason}"));
    assert!(
        line.contains("skipped: package.broken") && line.contains(", and 2 more\nhelp: "),
        "{line}"
    );
}

#[test]
fn without_an_import_the_same_is_read_from_the_text() {
    for name in ["functions.py", "stubbed.py"] {
        let (read, _) = read(&source(name), "no-import").unwrap();
        let live = own(idl(&source(name)));
        let names =
            |idl: &Idl| -> Vec<String> { idl.callables().map(|one| one.signature()).collect() };
        let (mut read, live) = (names(&read), names(&live));
        // Names that only the stub has are found only without an import.
        read.retain(|one| !one.starts_with("not_there"));
        assert_eq!(read, live, "{name}");
    }
    let (described, reported) = read(&source("package"), "no-import").unwrap();
    assert!(described.modules.iter().any(|module| module.name == "package.broken"), "{reported:?}");
}

#[test]
fn a_module_that_is_not_imported_does_not_run() {
    let folder = tempfile::tempdir().unwrap();
    let (file, mark) = (folder.path().join("acts.py"), folder.path().join("was-run"));
    std::fs::write(&file, format!("open({:?}, 'w').close()\ndef f(x: int) -> int: ...\n", mark))
        .unwrap();
    read(&file, "no-import").unwrap();
    assert!(!mark.exists());
    read(&file, "").unwrap();
    assert!(mark.exists());
}

#[test]
fn the_output_is_valid_and_the_same_each_time() {
    let schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap();
    let schema = jsonschema::draft202012::new(&schema).unwrap();
    for name in ["json", "statistics", "textwrap", "pathlib", "concurrent.futures"] {
        let printed = idl(Path::new(name)).to_json();
        let value: serde_json::Value = serde_json::from_str(&printed).unwrap();
        let faults: Vec<_> = schema.iter_errors(&value).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{name}: {faults:?}");
        assert_eq!(printed, idl(Path::new(name)).to_json(), "{name}");
    }
}

#[track_caller]
fn refused(path: &Path) -> String {
    match read(path, "") {
        Ok(_) => panic!("{} was read", path.display()),
        Err(error) => error.to_string(),
    }
}

#[test]
fn errors_name_the_place_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    for (name, text, place, message, help) in [
        ("syntax.py", "x = 1\ndef f(:\n    pass\n", ":2:7: ", "SyntaxError: invalid", "correct it"),
        (
            "raises.py",
            "\n\n1 / 0\n",
            ":3: ",
            "raises ZeroDivisionError: division by zero",
            "no-import",
        ),
        ("needs.py", "import not_there_at_all\n", ":1: ", "ModuleNotFoundError", "install"),
        ("leaves.py", "import sys\nsys.exit(3)\n", ":2: ", "raises SystemExit: 3", "no-import"),
        ("empty.py", "", ": ", "it has no public names", "leading underscore"),
        ("hidden.py", "import os\n_x = 1\n", ": ", "it has no public names", "__all__"),
    ] {
        let path = write(name, text);
        let said = refused(&path);
        assert!(said.starts_with(&format!("{}{place}", path.display())), "{said}");
        assert!(said.contains(message) && said.contains("\nhelp: "), "{said}");
        assert!(said.contains(help), "{said}");
    }
    let crash = write("crashes.py", "import os, sys\nprint('bye', file=sys.stderr)\nos.abort()\n");
    let said = refused(&crash);
    assert!(said.contains("crashed while reading this: signal") && said.contains("bye"), "{said}");
    assert!(refused(&folder.path().join("missing.py")).contains("no such file or folder"));
    assert!(refused(Path::new("json.missing")).contains("no module `json.missing`"));
    assert!(refused(Path::new("jsno")).contains("no module of this name can be imported"));
}

#[test]
fn an_unknown_option_is_refused() {
    let error = read(&source("functions.py"), "no_import").unwrap_err().to_string();
    assert_eq!(
        error,
        "unknown option 'no_import'\nhelp: did you mean 'no-import'? the options are: no-import"
    );
    let error = read(&source("functions.py"), "no-import=maybe").unwrap_err().to_string();
    assert!(
        error.starts_with("the option 'no-import' must be true or false, not 'maybe'"),
        "{error}"
    );
}
