//! Stubs for Go hosts: compared with golden files, checked by Go's own tools, and used by programs
//! that call real guests.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use metaffi_compiler::{Diagnostic, Guest, Job, Languages, Options, Progress, Silent};
use metaffi_go_compiler::Go;
use metaffi_loopback_compiler::Loopback;
use metaffi_openjdk_compiler::OpenJdk;
use metaffi_python3_compiler::Python3;
use metaffi_testkit::{any_idl, golden, home, jar};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn compile(
    source: &Path,
    out_dir: &Path,
    guest: Guest<'_>,
    options: &str,
) -> Result<PathBuf, Diagnostic> {
    compile_with(source, out_dir, guest, options, &Silent)
}

fn compile_with(
    source: &Path,
    out_dir: &Path,
    guest: Guest<'_>,
    options: &str,
    progress: &dyn Progress,
) -> Result<PathBuf, Diagnostic> {
    let (none, host_options) = (Options::default(), Options::parse(options).unwrap());
    let job = Job {
        source,
        out_dir,
        home: &home(),
        guest,
        hosts: &["go"],
        guest_options: &none,
        host_options: &host_options,
        progress,
    };
    let compiled = job.compile(Languages(&[&Loopback, &OpenJdk, &Python3, &Go]))?;
    Ok(compiled.files[0].path.clone())
}

/// Writes the stubs of `source` below `folder`, and returns their path.
fn make(source: &Path, folder: &Path) -> PathBuf {
    compile(source, folder, Guest::None, "").unwrap_or_else(|error| panic!("{error}"))
}

/// A folder with a Go module that finds the API.
fn module() -> tempfile::TempDir {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let api = home().join("go");
    let (api, idl) = (api.display(), api.join("IDL").display().to_string());
    let text = format!(
        "module hosts\n\ngo 1.23\n\nrequire (\n\
         \tgithub.com/MetaFFI/plugin-sdk/compiler/go/IDL v0.0.0\n\
         \tgithub.com/MetaFFI/sdk/api/go v0.0.0\n)\n\n\
         replace github.com/MetaFFI/sdk/api/go => {api}\n\n\
         replace github.com/MetaFFI/plugin-sdk/compiler/go/IDL => {idl}\n"
    );
    std::fs::write(folder.path().join("go.mod"), text).unwrap();
    folder
}

#[track_caller]
fn expect_success(output: &Output) {
    let (stdout, stderr) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{}\n{stdout}\n{stderr}", output.status);
}

#[track_caller]
fn run(program: &str, args: &[&str], folder: &Path) {
    let output =
        Command::new(program).args(args).current_dir(folder).env("METAFFI_HOME", home()).output();
    expect_success(&output.unwrap());
}

/// Fails if gofmt, vet or staticcheck report anything for the packages of a module.
#[track_caller]
fn check(folder: &Path) {
    let unformatted = Command::new("gofmt").args(["-d", "."]).current_dir(folder).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&unformatted.stdout), "");
    run("go", &["vet", "./..."], folder);
}

#[test]
fn stubs_are_as_they_were_blessed() {
    let folder = module();
    let fixtures = ["hello", "names", "shop", "testmap"].map(|name| {
        tests().join("../../../python3/compiler/tests/fixtures").join(format!("{name}.json"))
    });
    let guests = ["hosts/python/part.py", "hosts/golang/tool.go"].map(|name| tests().join(name));
    for source in fixtures.iter().chain(&guests) {
        let made = make(source, folder.path());
        let name = made.file_name().unwrap().to_str().unwrap().to_owned() + ".txt";
        let text = std::fs::read_to_string(&made).unwrap();
        golden(&tests().join("golden/stubs").join(name), &text);
        let again = tempfile::tempdir().unwrap();
        assert_eq!(std::fs::read_to_string(make(source, again.path())).unwrap(), text);
    }
    check(folder.path());
}

/// A real jar: hundreds of overloads, interfaces, nested classes.
#[test]
fn go_s_tools_find_nothing_in_stubs_of_large_modules() {
    let folder = module();
    for source in [jar("log4j-api-2.21.1.jar"), "java.util".into(), "statistics".into()] {
        make(&source, folder.path());
    }
    check(folder.path());
    let tools = staticcheck();
    let staticcheck = tools.path().join("staticcheck");
    run(staticcheck.to_str().unwrap(), &["./statistics"], folder.path());
}

/// A folder with the program, built in a module of its own: so no other module has to be looked up,
/// which a proxy might refuse.
fn staticcheck() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let go = |args: &[&str]| run("go", args, folder.path());
    go(&["mod", "init", "tools"]);
    go(&["mod", "edit", "-require", "honnef.co/go/tools@v0.6.1"]); // staticcheck 2025.1.1
    let package = "honnef.co/go/tools/cmd/staticcheck";
    go(&["build", "-mod=mod", "-o", "staticcheck", package]);
    folder
}

#[test]
fn random_interfaces_give_packages_that_vet_accepts() {
    let folder = module();
    let mut runner = TestRunner::deterministic();
    for number in 0..24 {
        let mut idl = any_idl("random").new_tree(&mut runner).unwrap().current();
        idl.idl_source = format!("random{number}");
        idl.complete();
        let saved = folder.path().join(format!("{}.json", idl.idl_source));
        std::fs::write(&saved, idl.to_json()).unwrap();
        make(&saved, folder.path());
    }
    check(folder.path());
}

/// Runs the program of `tests/hosts/NAME` with its argument.
fn host(name: &str, folder: &Path, argument: &Path) {
    let hosts = tests().join("hosts");
    std::fs::create_dir(folder.join("check")).unwrap();
    std::fs::copy(hosts.join("check/check.go"), folder.join("check/check.go")).unwrap();
    std::fs::copy(hosts.join(name).join("main.go"), folder.join("main.go")).unwrap();
    check(folder);
    run("go", &["run", ".", argument.to_str().unwrap()], folder);
}

#[test]
fn a_program_calls_java_through_stubs() {
    let folder = module();
    let kit = tests().join("hosts/java/Kit.java");
    run("javac", &["-g", "-parameters", "-d", "classes", kit.to_str().unwrap()], folder.path());
    run("jar", &["cf", "kit.jar", "-C", "classes", "."], folder.path());
    let jar = folder.path().join("kit.jar");
    make(&jar, folder.path());
    host("java", folder.path(), &jar);
}

#[test]
fn a_program_calls_python_through_stubs() {
    let folder = module();
    let part = tests().join("hosts/python/part.py");
    make(&part, folder.path());
    host("python", folder.path(), &part);
}

#[test]
fn a_program_calls_go_through_stubs() {
    let (folder, guest) = (module(), tempfile::tempdir().unwrap());
    let tool = tests().join("hosts/golang/tool.go");
    compile(&tool, guest.path(), Guest::OfSource, "").unwrap();
    make(&tool, folder.path());
    host("golang", folder.path(), &guest.path().join("tool_MetaFFIGuest"));
}

#[test]
fn a_package_is_a_word_and_holds_the_stubs_of_one_module() {
    let folder = tempfile::tempdir().unwrap();
    let part = tests().join("hosts/python/part.py");
    let made = compile(&part, folder.path(), Guest::None, "package=pieces").unwrap();
    assert_eq!(made, folder.path().join("pieces/part_MetaFFIHost.go"));
    for wrong in ["func", "a/b", "com.example", "7up", "main"] {
        let error =
            compile(&part, folder.path(), Guest::None, &format!("package={wrong}")).unwrap_err();
        assert!(error.is_misuse && error.message.contains(wrong), "{error}");
    }
    let tool = tests().join("hosts/golang/tool.go");
    let error = compile(&tool, folder.path(), Guest::None, "package=pieces").unwrap_err();
    assert!(error.message.contains("part_MetaFFIHost.go is already in this package"), "{error}");
}

/// Collects the reported diagnostics.
#[derive(Default)]
struct Collected(std::sync::Mutex<Vec<String>>);

impl Progress for Collected {
    fn step(&self, _message: &str) {}
    fn warn(&self, warning: &Diagnostic) {
        self.0.lock().unwrap().push(warning.to_string());
    }
}

#[test]
fn a_folder_where_go_does_not_find_the_api_is_reported() {
    let part = tests().join("hosts/python/part.py");
    let warnings = |folder: &Path| {
        let collected = Collected::default();
        compile_with(&part, folder, Guest::None, "", &collected).unwrap();
        collected.0.into_inner().unwrap()
    };
    let folder = tempfile::tempdir().unwrap();
    let without = warnings(folder.path());
    assert!(without.len() == 1 && without[0].contains("there is no go.mod"), "{without:?}");
    assert!(without[0].contains("metaffi go-setup"), "{without:?}");
    std::fs::write(folder.path().join("go.mod"), "module hosts\n\ngo 1.23\n").unwrap();
    let other = warnings(folder.path());
    assert!(other.len() == 1 && other[0].contains("go.mod does not require the API"), "{other:?}");
    assert_eq!(warnings(module().path()), Vec::<String>::new());
}
