//! Any text as the manifest of a plugin: looking for a runtime fails with an error that says why.
#![no_main]

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use metaffi::ErrorKind;
use metaffi_abi as abi;
use metaffi_hub::metaffi_hub_get;

/// The folder of the only plugin of a separate installation.
fn plugin() -> &'static Path {
    static PLUGIN: OnceLock<PathBuf> = OnceLock::new();
    PLUGIN.get_or_init(|| {
        let home = tempfile::tempdir().expect("a folder can be created").keep();
        // SAFETY: before the hub reads it, on the only thread.
        unsafe { std::env::set_var("METAFFI_HOME", &home) };
        let plugin = home.join("plugins/fuzzed");
        std::fs::create_dir_all(&plugin).expect("a folder can be created");
        plugin
    })
}

fn load(name: &str) {
    let hub = metaffi_hub_get(abi::ABI_VERSION).expect("it supports its own version");
    let (mut runtime, mut error) = (std::ptr::null_mut(), None);
    let name = abi::Str { data: name.as_ptr(), length: name.len() as u64 };
    // SAFETY: a valid string and places for the call.
    unsafe {
        let status = (hub.load_runtime)(name, &raw mut runtime, Some((&mut error).into()));
        assert_ne!(status, abi::OK, "there is no library that it could load");
        let kind = error.map(|error| error.as_ref().kind);
        assert_eq!(kind, Some(status));
        assert_ne!(status, ErrorKind::Internal as u32);
        assert_ne!(status, ErrorKind::Panic as u32);
        error.inspect(|error| (error.as_ref().release)(*error));
    }
}

fuzz_target!(|input: (&str, &str)| {
    let (manifest, name) = input;
    // A path to a library of this machine is not an error of a manifest.
    if manifest.contains('/') || manifest.contains('\\') {
        return;
    }
    std::fs::write(plugin().join("plugin.json"), manifest).expect("there is room for it");
    load(name);
    load("fuzzed");
});
