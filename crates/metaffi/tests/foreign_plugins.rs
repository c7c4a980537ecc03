//! Incompatible plugins: each is refused with a clear error, and the next load
//! works. The plugins are compiled from C, with only the header.

#![allow(unsafe_code)] // sets an environment variable before the first thread

mod installation;

use metaffi::{Error, ErrorKind, Hub, Runtime};

/// The names of runtimes, and the C sources of their plugins.
const PLUGINS: &[(&str, &str)] = &[
    ("no-symbol", "int nothing;"),
    (
        "newer-abi",
        "static metaffi_plugin table = {METAFFI_ABI_VERSION + 1, sizeof table};
         const metaffi_plugin *metaffi_plugin_get(const metaffi_hub *hub) { (void)hub; return &table; }",
    ),
    (
        "shorter-table",
        "static metaffi_plugin table = {METAFFI_ABI_VERSION, 16};
         const metaffi_plugin *metaffi_plugin_get(const metaffi_hub *hub) { (void)hub; return &table; }",
    ),
    (
        "refuses-hub",
        "const metaffi_plugin *metaffi_plugin_get(const metaffi_hub *hub) { (void)hub; return 0; }",
    ),
    (
        "silent-failure",
        "static metaffi_status start(metaffi_error **error) { (void)error; return METAFFI_ERROR_LOAD; }
         static metaffi_plugin table = {METAFFI_ABI_VERSION, sizeof table, {0}, start, 0, 0, 0, 0, 0, 0, 0};
         const metaffi_plugin *metaffi_plugin_get(const metaffi_hub *hub) { (void)hub; return &table; }",
    ),
];

#[test]
fn incompatible_plugins_are_refused_and_the_next_load_works() {
    let folder = tempfile::tempdir().unwrap();
    // SAFETY: this test binary has one test, hence one thread.
    unsafe { std::env::set_var("METAFFI_HOME", installation::make(folder.path(), PLUGINS)) };
    let no_library = folder.path().join("plugins/no-library");
    std::fs::create_dir_all(&no_library).unwrap();
    let manifest = r#"{"name": "no-library", "library": "gone.so"}"#;
    std::fs::write(no_library.join("plugin.json"), manifest).unwrap();
    let hub = Hub::open(None).unwrap();
    let load = |name: &str| -> Error { Runtime::load_from(hub, name).unwrap_err() };
    for (name, kind, text) in [
        ("no-symbol", ErrorKind::Load, "does not export metaffi_plugin_get"),
        ("newer-abi", ErrorKind::Abi, "uses ABI version 2, not version 1; reinstall"),
        (
            "shorter-table",
            ErrorKind::Abi,
            "has a metaffi_plugin of 16 bytes, but ABI version 1 requires at least ",
        ),
        ("refuses-hub", ErrorKind::Abi, "does not support ABI version 1"),
        ("silent-failure", ErrorKind::Load, "failed with status 3"),
        ("no-library", ErrorKind::Load, "gone.so: cannot be loaded"),
    ] {
        let error = load(name);
        assert_eq!(error.kind, kind, "{name}: {error}");
        assert!(error.message.contains(text), "{name}: {error}");
    }
    let module = Runtime::load_from(hub, "loopback").unwrap().module("loopback").unwrap();
    let add = module.function::<(i64, i64), i64>("callable=add").unwrap();
    assert_eq!(add.call((1, 2)), Ok(3));
}
