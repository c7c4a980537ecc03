//! Guests built from the fixtures, once per test process, and calls into them.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};

use metaffi::{Error, Hub, Module, Owner, Runtime, Type, TypeInfo, Value};
use metaffi_compiler::{Diagnostic, GuestArtifact, Options, Reader, Request, Silent};
use metaffi_testkit::home;

pub(crate) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures").join(name)
}

/// Builds the guest of a source.
pub(crate) fn build(source: &Path, out_dir: &Path) -> Result<PathBuf, Diagnostic> {
    let (home, options) = (home(), Options::default());
    let request = Request { source, out_dir, options: &options, home: &home, progress: &Silent };
    let source = metaffi_go_compiler::Go.read(&request)?;
    match (source.guest)(&request)? {
        GuestArtifact::File(path) => Ok(path),
        GuestArtifact::NotNeeded(reason) => panic!("no guest: {reason}"),
    }
}

/// The guest of a fixture, built once.
pub(crate) fn guest(name: &str) -> PathBuf {
    static BUILT: Mutex<Option<HashMap<String, PathBuf>>> = Mutex::new(None);
    let mut built = BUILT.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let make = || {
        let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("guests");
        std::fs::create_dir_all(&out).unwrap();
        build(&fixture(name), &out).unwrap_or_else(|error| panic!("{error}"))
    };
    built.get_or_insert_default().entry(name.to_owned()).or_insert_with(make).clone()
}

pub(crate) fn hub() -> Hub {
    Hub::open(Some(&home())).unwrap()
}

pub(crate) fn runtime() -> Runtime {
    static GO: OnceLock<Runtime> = OnceLock::new();
    GO.get_or_init(|| Runtime::load_from(hub(), "go").unwrap()).clone()
}

pub(crate) fn module(name: &str) -> Module {
    runtime().module(guest(name).to_str().unwrap()).unwrap()
}

/// The owner of a guest's objects, with their counter.
pub(crate) fn owner(name: &str) -> Owner {
    let path = std::fs::canonicalize(guest(name)).unwrap();
    hub().owner(&format!("go:{}", path.display()))
}

/// Calls an entity; all types are declared as any.
pub(crate) fn call(
    module: &Module,
    path: &str,
    args: &[Value],
    results: usize,
) -> Result<Vec<Value>, Error> {
    let any = |count| vec![TypeInfo::new(Type::ANY); count];
    module.entity(path, &any(args.len()), &any(results))?.call(args)
}

/// The only result of an entity.
pub(crate) fn get(module: &Module, path: &str, args: &[Value]) -> Value {
    let mut results =
        call(module, path, args, 1).unwrap_or_else(|error| panic!("{path}: {error:?}"));
    results.remove(0)
}

/// Calls an entity without a result.
pub(crate) fn run(module: &Module, path: &str, args: &[Value]) {
    call(module, path, args, 0).unwrap_or_else(|error| panic!("{path}: {error:?}"));
}

/// The error that an entity fails with.
pub(crate) fn fails(module: &Module, path: &str, args: &[Value], results: usize) -> Error {
    call(module, path, args, results).expect_err(path)
}
