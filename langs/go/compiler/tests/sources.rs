//! What is read from Go sources, and the diagnostics for sources that cannot be read.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use metaffi_compiler::{Diagnostic, GuestArtifact, Options, Progress, Reader, Request, Silent};
use metaffi_go_compiler::{Go, library_name};
use metaffi_idl::Idl;
use metaffi_testkit::{golden, home};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures").join(name)
}

fn out_dir() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
}

fn read_with(source: &Path, options: &str, progress: &dyn Progress) -> Result<Idl, Diagnostic> {
    let (home, options) = (home(), Options::parse(options).unwrap());
    let request = Request { source, out_dir: out_dir(), options: &options, home: &home, progress };
    Go.read(&request).map(|source| source.idl)
}

fn read(source: &Path) -> Result<Idl, Diagnostic> {
    read_with(source, "", &Silent)
}

fn build(source: &Path) -> Result<PathBuf, Diagnostic> {
    let (home, options) = (home(), Options::default());
    // Sources with the same name have a folder each.
    let out = tempfile::tempdir_in(out_dir()).unwrap().keep();
    let request =
        Request { source, out_dir: &out, options: &options, home: &home, progress: &Silent };
    match (Go.read(&request)?.guest)(&request)? {
        GuestArtifact::File(path) => Ok(path),
        GuestArtifact::NotNeeded(reason) => panic!("{reason}"),
    }
}

fn fails(source: &Path) -> String {
    read(source).and_then(|_| build(source)).expect_err("it was built").to_string()
}

/// Everything that can be called, one per line.
fn listing(idl: &Idl) -> String {
    let line = |callable: metaffi_idl::Callable<'_>| {
        format!("{}   {}\n", callable.entity_path(), callable.signature())
    };
    idl.callables().map(line).collect()
}

struct Warnings(Mutex<Vec<String>>);

impl Progress for Warnings {
    fn step(&self, _: &str) {}
    fn warn(&self, warning: &Diagnostic) {
        self.0.lock().unwrap().push(warning.to_string());
    }
    fn left_out(&self, _name: &str, reason: &str) {
        if reason.contains(" is skipped: ") {
            self.0.lock().unwrap().push(reason.to_owned());
        }
    }
}

#[test]
fn the_interface_of_a_module_matches_the_golden_file() {
    let golden_file =
        |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    for name in ["shapes", "values", "instances"] {
        let idl = read(&fixture(name)).unwrap();
        golden(&golden_file(&format!("{name}.txt")), &listing(&idl));
    }
    for name in ["testmap", "kinds"] {
        let mut idl = read(&fixture(name)).unwrap();
        assert!(Path::new(&idl.idl_full_path).ends_with(name));
        idl.idl_full_path = format!("fixtures/{name}");
        golden(&golden_file(&format!("{name}.json")), &idl.to_json());
    }
}

#[test]
fn stems_are_those_of_files_and_packages() {
    for (source, stem, extension) in [
        ("hello/hello.go", "hello", ".go"),
        ("shapes", "shapes", ""),
        ("program", "program", ""),
        ("program/main.go", "main", ".go"),
    ] {
        let idl = read(&fixture(source)).unwrap();
        assert_eq!((idl.idl_source.as_str(), idl.idl_extension.as_str()), (stem, extension));
        assert_eq!(idl.metaffi_guest_lib, format!("{stem}_MetaFFIGuest"));
        assert_eq!(idl.target_language, "go");
    }
}

#[test]
fn a_guest_is_read_like_its_source() {
    let source = fixture("testmap");
    let library = build(&source).unwrap();
    let os = if cfg!(target_os = "macos") { "darwin" } else { std::env::consts::OS };
    assert_eq!(library.file_name().unwrap(), library_name("testmap", os).as_str());
    let read_from_source = read(&source).unwrap();
    let embedded = Idl { idl_full_path: "testmap".to_owned(), ..read_from_source };
    assert_eq!(read(&library).unwrap(), embedded);
    assert!(Go.claims(&library) && Go.claims(&source) && Go.claims(Path::new("missing.go")));
    assert!(!Go.claims(Path::new("x.py")) && !Go.claims(Path::new(env!("CARGO_MANIFEST_DIR"))));
}

#[test]
fn packages_are_read_by_their_import_path() {
    for (path, stem) in [("net/url", "url"), ("text/template/parse", "parse")] {
        assert!(Go.claims_name(path), "{path}");
        let idl = read(Path::new(path)).unwrap();
        assert_eq!((idl.idl_source.as_str(), idl.idl_full_path.as_str()), (stem, path));
        assert_eq!((idl.idl_extension.as_str(), idl.modules[0].name.as_str()), ("", stem));
    }
    let below = listing(&read(Path::new("text/template/...")).unwrap());
    assert!(below.contains("callable=parse.NewIdentifier "), "{below}");
    for (path, message) in [
        ("net/urlx", "the Go package 'net/urlx' cannot be found: package net/urlx is not in std"),
        ("nowhere.invalid/at/all", "the Go package 'nowhere.invalid/at/all' cannot be found"),
    ] {
        let error = fails(Path::new(path));
        assert!(Go.claims_name(path) && error.contains(message), "{error}");
    }
    assert!(!Go.claims_name("java.util.ArrayList") && !Go.claims_name("pandas"));
}

#[test]
fn folders_of_go_s_own_are_read_as_their_import_paths() {
    let root = std::process::Command::new("go").args(["env", "GOROOT"]).output().unwrap();
    let root = PathBuf::from(String::from_utf8(root.stdout).unwrap().trim());
    let idl = read(&root.join("src/container/heap")).unwrap();
    assert_eq!(idl.modules[0].tags["package"], "container/heap");
    build(&root.join("src/container/heap")).unwrap();
}

#[test]
fn a_file_that_does_not_compile_is_reported_with_go_s_messages() {
    let broken = fixture("broken");
    let error = fails(&broken);
    assert!(error.contains("broken.go:4:9: undefined: missing"), "{error}");
    assert!(error.contains("broken.go:8:2: declared and not used: unused"), "{error}");
    let folder = tempfile::tempdir().unwrap();
    let syntax = folder.path().join("syntax.go");
    std::fs::write(&syntax, "package main\n\nfunc F( {\n").unwrap();
    let error = read(&syntax).unwrap_err();
    let diagnostic = error.related.first().unwrap_or(&error);
    assert_eq!(diagnostic.line, Some(3), "{error}");
    assert!(diagnostic.file.as_ref().unwrap().ends_with("syntax.go"), "{error}");
}

#[test]
fn a_missing_header_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("c.go");
    let text = "package c\n\n// #include <nothere.h>\nimport \"C\"\n\nfunc F() { C.f() }\n";
    std::fs::write(&source, text).unwrap();
    let error = fails(&source);
    assert!(error.contains("c.go:3:11: fatal error: nothere.h: No such file"), "{error}");
    assert!(error.contains("help: install the package that has this header"), "{error}");
}

#[test]
fn a_source_that_is_not_go_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let (empty, missing) = (folder.path().join("empty"), folder.path().join("missing.go"));
    std::fs::create_dir(&empty).unwrap();
    std::fs::write(empty.join("go.mod"), "module empty\n").unwrap();
    let silent = folder.path().join("silent.go");
    std::fs::write(&silent, "package silent\n\nfunc unexported() {}\n").unwrap();
    let import = folder.path().join("import.go");
    std::fs::write(&import, "package p\n\nimport _ \"nowhere/at/all\"\n\nfunc F() {}\n").unwrap();
    let library = folder.path().join("x.so");
    std::fs::write(&library, "no library").unwrap();
    for (source, message) in [
        (&missing, "cannot read"),
        (&empty, "there is no Go package here"),
        (&silent, "there is nothing here that a host can call"),
        (&import, "nowhere/at/all"),
        (&library, "this is not a Go guest"),
    ] {
        let error = fails(source);
        assert!(error.contains(message), "{}: {error}", source.display());
    }
}

#[test]
fn what_is_skipped_is_reported_and_instances_can_be_requested() {
    let warnings = Warnings(Mutex::default());
    let idl =
        read_with(&fixture("leftout"), "instances=Pair[string;int]|Sum[[]int;int]", &warnings);
    let listing = listing(&idl.unwrap());
    assert!(
        listing.contains("callable=Sum[[]int;int]   Sum_int_int(items: int64_array) -> int64"),
        "{listing}"
    );
    assert!(listing.contains("field=Pair[string;int].Key,instance_required,getter"), "{listing}");
    assert!(!listing.contains("Pair[int;int]"), "{listing}");
    let warnings = warnings.0.into_inner().unwrap();
    assert!(warnings[0].contains("leftout.go:4:7: Huge is skipped"), "{warnings:?}");
    assert_eq!(warnings.len(), 2, "{warnings:?}");
}

#[test]
fn generic_names_without_an_instance_are_told() {
    let warnings = Warnings(Mutex::default());
    read_with(&fixture("leftout"), "", &warnings).unwrap();
    let warnings = warnings.0.into_inner().unwrap();
    assert!(warnings.iter().any(|warning| warning.contains("instances=Never[…]")), "{warnings:?}");
}

#[test]
fn a_file_is_a_package_without_its_neighbours() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.go"), "package a\n\nfunc A() int { return 1 }\n").unwrap();
    std::fs::write(folder.path().join("b.go"), "package b\n\nbroken\n").unwrap();
    assert_eq!(listing(&read(&folder.path().join("a.go")).unwrap()), "callable=A   A() -> int64\n");
    build(&folder.path().join("a.go")).unwrap();
    assert!(fails(folder.path()).contains("b.go"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "nothing was written");
}

#[test]
fn a_workspace_without_the_module_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let module = folder.path().join("module");
    std::fs::create_dir(&module).unwrap();
    std::fs::write(folder.path().join("go.work"), "go 1.22\n").unwrap();
    std::fs::write(module.join("go.mod"), "module example.com/module\n\ngo 1.22\n").unwrap();
    std::fs::write(module.join("a.go"), "package module\n\nfunc A() {}\n").unwrap();
    assert!(
        fails(&module).contains("help: run `go work use` for this module"),
        "{}",
        fails(&module)
    );
    std::fs::write(folder.path().join("go.work"), "go 1.22\n\nuse ./module\n\nuse ./gone\n")
        .unwrap();
    let error = fails(&module);
    assert!(error.contains("cannot load module ../gone listed in go.work"), "{error}");
    assert!(error.contains("go work edit -dropuse=FOLDER"), "{error}");
    let single = folder.path().join("lone.go");
    std::fs::write(&single, "package lone\n\nfunc A() {}\n").unwrap();
    build(&single).unwrap(); // a file without a module is not in any workspace
}

#[cfg(unix)]
#[test]
fn folders_may_be_reached_by_links_and_have_blanks() {
    let folder = tempfile::tempdir().unwrap();
    let (real, link) = (folder.path().join("a real folder"), folder.path().join("link"));
    std::fs::create_dir(&real).unwrap();
    std::os::unix::fs::symlink(&real, &link).unwrap();
    std::fs::write(real.join("go.mod"), "module example.com/linked\n\ngo 1.22\n").unwrap();
    std::fs::write(real.join("a.go"), "package linked\n\nfunc A() {}\n").unwrap();
    for source in [real, link.clone(), link.join("a.go")] {
        build(&source).unwrap();
    }
}

#[test]
fn files_and_folders_may_have_names_that_module_paths_may_not() {
    let folder = tempfile::tempdir().unwrap();
    for (dir, file) in [("dossier d’été", "größe.go"), ("con", "aux.go"), ("vendor", "vendor.go")]
    {
        let source = folder.path().join(dir).join(file);
        std::fs::create_dir(source.parent().unwrap()).unwrap();
        std::fs::write(&source, "package main\n\nfunc A() {}\n").unwrap();
        build(&source).unwrap();
        build(source.parent().unwrap()).unwrap();
    }
}

#[test]
fn vendored_packages_are_used() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let file = folder.path().join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    };
    write("go.mod", "module example.com/v\n\ngo 1.22\n\nrequire nowhere.invalid/dep v1.0.0\n");
    write("v.go", "package v\n\nimport \"nowhere.invalid/dep\"\n\nfunc N() int { return dep.N }\n");
    write("vendor/nowhere.invalid/dep/dep.go", "package dep\n\nconst N = 1\n");
    let listed = "# nowhere.invalid/dep v1.0.0\n## explicit; go 1.22\nnowhere.invalid/dep\n";
    write("vendor/modules.txt", listed);
    build(folder.path()).unwrap();
}

#[test]
fn packages_that_cannot_hold_c_are_built_beside_it() {
    build(&fixture("cgo")).unwrap();
    build(&fixture("shadows")).unwrap();
    if cfg!(target_arch = "x86_64") {
        build(&fixture("assembly")).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("go.work"), "go 1.22\n\nuse .\n").unwrap();
    std::fs::write(folder.path().join("go.mod"), "module example.com/own\n\ngo 1.22\n").unwrap();
    std::fs::write(folder.path().join("own.go"), "package own\n\ntype string int\n\nfunc A() {}\n")
        .unwrap();
    let error = fails(folder.path());
    assert!(error.contains("no package of this guest can hold the C side"), "{error}");
    assert!(error.contains("set GOWORK=off"), "{error}");
}

#[test]
fn a_package_below_internal_is_built_where_it_may_be_imported() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let file = folder.path().join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    };
    write("go.mod", "module example.com/m/v2\n\ngo 1.22\n");
    write("a/internal/b-c.d/b.go", "package b\n\nfunc B() int { return 1 }\n");
    write("a/internal/b-c.d/sub/s.go", "package sub\n\nfunc S() int { return 1 }\n");
    build(&folder.path().join("a/internal/b-c.d")).unwrap();
}

#[test]
fn a_program_with_a_main_function_is_a_guest_with_its_packages() {
    let idl = read(&fixture("program")).unwrap();
    assert!(listing(&idl).contains("callable=lib.Double   Double(n: int64) -> int64"));
    build(&fixture("program")).unwrap();
    assert!(!listing(&read(&fixture("shapes")).unwrap()).contains("tool"), "another program's");
}

#[test]
fn building_twice_gives_the_same_bytes() {
    let first = std::fs::read(build(&fixture("hello/hello.go")).unwrap()).unwrap();
    let second = std::fs::read(build(&fixture("hello/hello.go")).unwrap()).unwrap();
    assert!(first == second);
}

#[test]
fn building_elsewhere_gives_the_same_bytes() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let built = [&here, &there].map(|folder| {
        let source = folder.path().join("shop");
        std::fs::create_dir(&source).unwrap();
        std::fs::write(source.join("go.mod"), "module example.com/shop\n\ngo 1.22\n").unwrap();
        let text = "package shop\n\nimport \"net/url\"\n\nfunc Page() *url.URL { return nil }\n";
        std::fs::write(source.join("shop.go"), text).unwrap();
        std::fs::read(build(&source).unwrap()).unwrap()
    });
    assert!(built[0] == built[1]);
    let folder = here.path().to_str().unwrap().as_bytes();
    assert!(!built[0].windows(folder.len()).any(|part| part == folder));
}
