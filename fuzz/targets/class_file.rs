//! Any bytes as a class file or a jar: extracting them ends, and the result is an IDL or an error.
#![no_main]

use std::path::PathBuf;
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use metaffi_compiler::{Options, Reader, Request, Silent, Source};
use metaffi_idl::Idl;
use metaffi_openjdk_compiler::OpenJdk;

fn folder() -> &'static PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    // In a memory file system if there is one; the system removes it at the end.
    FOLDER.get_or_init(|| {
        let memory = PathBuf::from("/dev/shm");
        let parent = if memory.is_dir() { memory } else { std::env::temp_dir() };
        let folder = tempfile::Builder::new().prefix("metaffi-fuzz").tempdir_in(parent);
        folder.expect("a folder can be created").keep()
    })
}

fuzz_target!(|bytes: &[u8]| {
    let extension = if bytes.starts_with(b"PK") { "jar" } else { "class" };
    let source = folder().join("Fuzzed").with_extension(extension);
    std::fs::write(&source, bytes).expect("there is room for it");
    let (options, home) = (Options::default(), folder().clone());
    let request = Request {
        source: &source,
        out_dir: &home,
        options: &options,
        home: &home,
        progress: &Silent,
    };
    if let Ok(Source { idl, .. }) = OpenJdk.read(&request) {
        let printed = idl.to_json();
        assert_eq!(Idl::from_json(&printed).as_ref(), Ok(&idl), "{printed}");
    }
});
