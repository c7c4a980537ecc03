//! What each construct of a module becomes in the stubs of every host: a small
//! source in `constructs/NAME`, with the expected stubs beside it.
//! `METAFFI_BLESS=1` updates them.

use std::fs;
use std::path::{Path, PathBuf};

use metaffi_compiler::{Guest, Job, Languages, Options, Request, Silent};
use metaffi_idl::Idl;
use metaffi_testkit::{golden, home};

const LANGUAGES: Languages<'static> = Languages(&[
    &metaffi_go_compiler::Go,
    &metaffi_openjdk_compiler::OpenJdk,
    &metaffi_python3_compiler::Python3,
    &metaffi_rust_compiler::Rust,
]);

/// The folders of all constructs.
fn constructs() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/constructs");
    let mut all: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.sort();
    all
}

/// The only source file in a folder.
fn source(folder: &Path) -> PathBuf {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut sources = entries.filter(|path| path.extension().is_none_or(|one| one != "txt"));
    sources.next().unwrap()
}

/// The source's own modules only; the JDK classes that it names would be far more.
fn read(source: &Path, out: &Path) -> Idl {
    let options = Options::default();
    let job = Job {
        source,
        out_dir: out,
        home: &home(),
        guest: Guest::None,
        hosts: &[],
        guest_options: &options,
        host_options: &options,
        progress: &Silent,
    };
    let mut idl = job.read(LANGUAGES).unwrap().idl;
    idl.modules.retain(|module| !module.is_external);
    idl.complete();
    idl
}

/// The files of one host's stubs, concatenated.
fn stubs(host: &str, idl: &Idl, out: &Path) -> String {
    let file = |path: &str, text: &str| format!("==> {path} <==\n{text}\n");
    if host == "openjdk" {
        let package = metaffi_openjdk_stubs::package(None, idl).unwrap();
        let stubs = metaffi_openjdk_stubs::stubs(idl, &package).unwrap();
        return stubs.sources.iter().map(|one| file(&one.path, &one.text)).collect();
    }
    let emitter = LANGUAGES.named(host).unwrap().emitter().unwrap();
    let (options, home) = (Options::default(), home());
    let request = Request {
        source: Path::new(""),
        out_dir: out,
        options: &options,
        home: &home,
        progress: &Silent,
    };
    let files = emitter.emit(&request, idl).unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    files.iter().map(|one| file(&one.path.to_string_lossy(), &text(&one.bytes))).collect()
}

#[test]
fn stubs_of_each_construct_match_the_expected_files() {
    for folder in constructs() {
        let out = tempfile::tempdir().unwrap();
        let idl = read(&source(&folder), out.path());
        for host in ["go", "openjdk", "python3", "rust"] {
            golden(&folder.join(format!("{host}.txt")), &stubs(host, &idl, out.path()));
        }
    }
}
