//! Plugins and hubs of other minor versions of the ABI: older and newer ones work,
//! and structs shorter than any of this version are refused. All are compiled from
//! C, with the frozen header of the first minor version.

mod installation;

use std::path::{Path, PathBuf};
use std::process::Command;

use metaffi::{ErrorKind, Hub, Runtime};

/// A plugin whose only function adds seven, with placeholders for its sizes. It
/// refuses a request that is shorter than its own.
const PLUGIN: &str = r#"
typedef struct { metaffi_plugin known; void *newer; } newer_plugin;
typedef struct { metaffi_entity known; void *newer; } newer_entity;

static metaffi_status add_seven(void *context, metaffi_frame *frame) {
    (void)context;
    frame->rets[0] = (metaffi_value){.type = METAFFI_INT64};
    frame->rets[0].as.i64 = frame->args[0].as.i64 + 7;
    return METAFFI_OK;
}
static metaffi_status start(metaffi_error **error) { (void)error; return METAFFI_OK; }
static metaffi_status load_module(metaffi_str path, void **out, metaffi_error **error) {
    (void)path; (void)error;
    *out = &start;
    return METAFFI_OK;
}
static void release_module(void *module) { (void)module; }
static metaffi_status load_entity(void *module, const metaffi_entity_request *request,
                                  metaffi_entity **out, metaffi_error **error) {
    static const metaffi_type_info number = {METAFFI_INT64, 0, {0, 0}};
    static newer_entity entity = {{ENTITY_SIZE, METAFFI_CONVENTION_GENERIC, add_seven, 0,
                                   &number, &number, 1, 1, {0, 0}}, 0};
    (void)module; (void)error;
    if (request->struct_size < METAFFI_ENTITY_REQUEST_MIN_SIZE) return METAFFI_ERROR_ABI;
    *out = &entity.known;
    return METAFFI_OK;
}
static void release_entity(metaffi_entity *entity) { (void)entity; }
static void nothing(void) {}
static uint32_t no(void) { return 0; }
static const newer_plugin table = {
    {METAFFI_ABI_VERSION, PLUGIN_SIZE, {"minor", 5}, start, load_module, release_module,
     load_entity, release_entity, nothing, nothing, no, no, nothing}, &no};
const metaffi_plugin *metaffi_plugin_get(const metaffi_hub *hub) {
    return METAFFI_COVERS(hub, metaffi_hub, end_interrupt) ? &table.known : 0;
}
"#;

/// A plugin with this name and these sizes, given as C expressions.
fn plugin(home: &Path, name: &str, plugin_size: &str, entity_size: &str) {
    let source = PLUGIN.replace("PLUGIN_SIZE", plugin_size).replace("ENTITY_SIZE", entity_size);
    let folder = home.join("plugins").join(name);
    installation::compile(&frozen(), &source, &folder.join("plugin.so"));
    let manifest = format!(r#"{{"name": "{name}", "library": "plugin.so", "abi": "1.0"}}"#);
    std::fs::write(folder.join("plugin.json"), manifest).unwrap();
}

fn frozen() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../abi/tests/frozen/1.0")
}

/// Runs a test of this file again in a separate process that uses this
/// installation, since a process has one hub. In that process, returns `expected`.
fn run_in_own_process(test: &str, expected: &str, home: impl FnOnce(&Path)) -> Option<String> {
    if let Ok(expected) = std::env::var("METAFFI_TEST_AGAIN") {
        return Some(expected);
    }
    let folder = tempfile::tempdir().unwrap();
    home(folder.path());
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args([test, "--exact"]).env("METAFFI_HOME", folder.path());
    let output = command.env("METAFFI_TEST_AGAIN", expected).output().unwrap();
    assert!(output.status.success(), "{expected}: {}", String::from_utf8_lossy(&output.stdout));
    None
}

#[test]
fn plugins_of_other_minors_work_and_shorter_ones_are_refused() {
    let test = "plugins_of_other_minors_work_and_shorter_ones_are_refused";
    let expected = run_in_own_process(test, "load them", |home| {
        installation::make(home, &[]);
        let (table, entity) = ("METAFFI_PLUGIN_MIN_SIZE", "METAFFI_ENTITY_MIN_SIZE");
        plugin(home, "older", table, entity);
        plugin(home, "newer", "sizeof(newer_plugin)", "sizeof(newer_entity)");
        plugin(home, "short-table", &format!("{table} - 1"), entity);
        plugin(home, "short-entity", table, &format!("{entity} - 1"));
    });
    if expected.is_some() {
        load_plugins();
    }
}

fn load_plugins() {
    let hub = Hub::open(None).unwrap();
    for name in ["older", "newer"] {
        let module = Runtime::load_from(hub, name).unwrap().module("any").unwrap();
        let add = module.function::<(i64,), i64>("callable=add").unwrap();
        assert_eq!(add.call((35,)), Ok(42), "{name}");
    }
    let error = Runtime::load_from(hub, "short-table").unwrap_err();
    assert_eq!(error.kind, ErrorKind::Abi);
    let expected =
        "has a metaffi_plugin of 103 bytes, but ABI version 1 requires at least 104; reinstall";
    assert!(error.message.contains(expected), "{error}");
    let module = Runtime::load_from(hub, "short-entity").unwrap().module("any").unwrap();
    let error = module.function::<(i64,), i64>("callable=add").unwrap_err();
    assert_eq!(error.kind, ErrorKind::Abi);
    let expected =
        "the entity of the plugin has 63 bytes, but ABI version 1 requires at least 64; rebuild";
    assert!(error.message.starts_with(expected), "{error}");
}

/// A hub that can only report its folder.
const HUB: &str = r#"
static metaffi_str home(void) { return (metaffi_str){"/elsewhere", 10}; }
typedef struct { metaffi_hub known; void *newer; } newer_hub;
static const newer_hub table = {{.abi_version = METAFFI_ABI_VERSION, .struct_size = HUB_SIZE,
                                 .home = home}, 0};
const metaffi_hub *metaffi_hub_get(uint32_t version) { (void)version; return &table.known; }
"#;

#[test]
fn hubs_of_other_minors_are_opened_and_shorter_ones_refused() {
    for (size, outcome) in [
        ("METAFFI_HUB_MIN_SIZE", "opened /elsewhere."),
        ("sizeof(newer_hub)", "opened /elsewhere."),
        (
            "METAFFI_HUB_MIN_SIZE - 1",
            "of 167 bytes, but ABI version 1 requires at least 168; reinstall",
        ),
    ] {
        let test = "hubs_of_other_minors_are_opened_and_shorter_ones_refused";
        let expected = run_in_own_process(test, outcome, |home| {
            let library = home.join("lib").join(metaffi_testkit::library("metaffi"));
            installation::compile(&frozen(), &HUB.replace("HUB_SIZE", size), &library);
        });
        if let Some(expected) = expected {
            let opened = Hub::open(None).map(|hub| format!("opened {}.", hub.home().display()));
            let opened = opened.unwrap_or_else(|error| format!("{:?}: {error}", error.kind));
            return assert!(opened.contains(&expected), "{opened}, not {expected}");
        }
    }
}
