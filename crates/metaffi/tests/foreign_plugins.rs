//! Plugins of another build: each is refused with a clear error, and the next
//! load works. The plugins are compiled from C, against the header alone.

#![allow(unsafe_code)] // sets an environment variable before the first thread

use std::path::{Path, PathBuf};
use std::process::Command;

use metaffi::{Error, ErrorKind, Hub, Runtime};
use metaffi_testkit::home;

/// Each a runtime's name and the C source of its plugin.
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
         static metaffi_plugin table = {METAFFI_ABI_VERSION, sizeof table, {0}, start, 0, 0, 0, 0, 0};
         const metaffi_plugin *metaffi_plugin_get(const metaffi_hub *hub) { (void)hub; return &table; }",
    ),
];

fn install(plugins: &Path, name: &str, source: &str) {
    let folder = plugins.join(name);
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("plugin.c");
    std::fs::write(&file, format!("#include <metaffi.h>\n{source}\n")).unwrap();
    let mut cc = Command::new(std::env::var("CC").unwrap_or_else(|_| "cc".into()));
    cc.args(["-shared", "-fPIC", "-Wall", "-Werror", "-I"]).arg(home().join("include"));
    assert!(cc.arg(&file).arg("-o").arg(folder.join("plugin.so")).status().unwrap().success());
    let manifest = format!(r#"{{"name": "{name}", "library": "plugin.so"}}"#);
    std::fs::write(folder.join("plugin.json"), manifest).unwrap();
}

/// An installation of the real hub and loopback beside the strange plugins.
fn installation(folder: &Path) -> PathBuf {
    let plugins = folder.join("plugins");
    for path in ["lib/libmetaffi.so", "plugins/loopback/plugin.json"] {
        let target = folder.join(path);
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::copy(home().join(path), target).unwrap();
    }
    let library = "loopback/libmetaffi_loopback.so";
    std::fs::copy(home().join("plugins").join(library), plugins.join(library)).unwrap();
    PLUGINS.iter().for_each(|(name, source)| install(&plugins, name, source));
    std::fs::create_dir_all(plugins.join("no-library")).unwrap();
    let manifest = r#"{"name": "no-library", "library": "gone.so"}"#;
    std::fs::write(plugins.join("no-library/plugin.json"), manifest).unwrap();
    folder.into()
}

#[test]
fn strange_plugins_are_refused_and_the_next_load_works() {
    let folder = tempfile::tempdir().unwrap();
    // SAFETY: this test binary has one test, hence one thread.
    unsafe { std::env::set_var("METAFFI_HOME", installation(folder.path())) };
    let hub = Hub::open(None).unwrap();
    let load = |name: &str| -> Error { Runtime::load_from(hub, name).unwrap_err() };
    for (name, kind, text) in [
        ("no-symbol", ErrorKind::Load, "has no metaffi_plugin_get"),
        ("newer-abi", ErrorKind::Abi, "does not speak ABI version 1"),
        ("shorter-table", ErrorKind::Abi, "does not speak ABI version 1"),
        ("refuses-hub", ErrorKind::Abi, "does not speak ABI version 1"),
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
