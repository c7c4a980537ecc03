//! In a forked child, runtimes that do not survive fail with a clear error, and
//! everything else works.
#![cfg(unix)]
#![allow(unsafe_code)] // forks, and sets an environment variable before that

mod installation;

use metaffi::{Error, ErrorKind, Runtime};

/// A runtime with one entity, which returns 7 until the process is forked.
const MORTAL: &str = "
static metaffi_status start(metaffi_error **error) { (void)error; return METAFFI_OK; }
static metaffi_status load_module(metaffi_str path, void **out, metaffi_error **error) {
    static int module;
    (void)path; (void)error; *out = &module; return METAFFI_OK;
}
static metaffi_status seven(void *context, metaffi_frame *frame) {
    (void)context; frame->rets[0] = (metaffi_value){.type = METAFFI_INT64, .as.i64 = 7};
    return METAFFI_OK;
}
static metaffi_status load_entity(void *module, const metaffi_entity_request *request,
                                  metaffi_entity **out, metaffi_error **error) {
    static metaffi_type_info ret = {METAFFI_INT64, 0, {0, 0}};
    static metaffi_entity entity = {.struct_size = sizeof entity, .call = seven, .rets = &ret, .nrets = 1};
    (void)module; (void)request; (void)error; *out = &entity; return METAFFI_OK;
}
static void release_module(void *module) { (void)module; }
static void release_entity(metaffi_entity *entity) { (void)entity; }
static void nothing(void) {}
static uint32_t survives_fork(void) { return 0; }
static const metaffi_plugin table = {
    .abi_version = METAFFI_ABI_VERSION, .struct_size = sizeof table, .name = {\"mortal\", 6},
    .start = start, .load_module = load_module, .release_module = release_module,
    .load_entity = load_entity, .release_entity = release_entity, .begin_exit = nothing,
    .finish_exit = nothing, .survives_fork = survives_fork};
const metaffi_plugin *metaffi_plugin_get(const metaffi_hub *hub) { (void)hub; return &table; }";

/// A runtime that reloads its modules in a child. Its entity returns the number
/// of modules that had been loaded when its own was.
const REBORN: &str = "
#include <stdlib.h>
static metaffi_status start(metaffi_error **error) { (void)error; return METAFFI_OK; }
static metaffi_status load_module(metaffi_str path, void **out, metaffi_error **error) {
    static intptr_t count;
    (void)path; (void)error; *out = (void *)++count; return METAFFI_OK;
}
static metaffi_status give(void *context, metaffi_frame *frame) {
    frame->rets[0] = (metaffi_value){.type = METAFFI_INT64, .as.i64 = (intptr_t)context};
    return METAFFI_OK;
}
static metaffi_status load_entity(void *module, const metaffi_entity_request *request,
                                  metaffi_entity **out, metaffi_error **error) {
    static metaffi_type_info ret = {METAFFI_INT64, 0, {0, 0}};
    static int entities;
    (void)error;
    int other = request->entity_path.length == 5 && entities++ > 0; /* `other` changes */
    *out = malloc(sizeof **out);
    **out = (metaffi_entity){.struct_size = sizeof **out, .call = give, .context = module,
                             .rets = &ret, .nrets = other ? 0 : 1};
    return METAFFI_OK;
}
static void release_module(void *module) { (void)module; }
static void release_entity(metaffi_entity *entity) { free(entity); }
static void nothing(void) {}
static uint32_t survives_fork(void) { return METAFFI_FORK_ANEW; }
static const metaffi_plugin table = {
    .abi_version = METAFFI_ABI_VERSION, .struct_size = sizeof table, .name = {\"reborn\", 6},
    .start = start, .load_module = load_module, .release_module = release_module,
    .load_entity = load_entity, .release_entity = release_entity, .begin_exit = nothing,
    .finish_exit = nothing, .survives_fork = survives_fork};
const metaffi_plugin *metaffi_plugin_get(const metaffi_hub *hub) { (void)hub; return &table; }";

fn fails_clearly(outcome: Result<(), Error>) -> bool {
    let error = outcome.expect_err("it does not survive");
    error.kind == ErrorKind::Unsupported
        && ["`mortal`", "fork", "spawn"].iter().all(|word| error.message.contains(word))
}

/// The exit code of a child that runs `body`.
fn in_child(body: impl FnOnce() -> bool) -> i32 {
    // SAFETY: the child only calls functions that are allowed, and exits.
    let child = unsafe { libc::fork() };
    if child == 0 {
        // SAFETY: ends the child.
        unsafe { libc::_exit(if body() { 3 } else { 4 }) };
    }
    let mut status = 0;
    // SAFETY: waits for the child made above.
    unsafe { libc::waitpid(child, &raw mut status, 0) };
    libc::WEXITSTATUS(status)
}

#[test]
fn a_child_uses_what_survives_and_the_rest_fails() {
    let folder = tempfile::tempdir().unwrap();
    // SAFETY: this test binary has one test, hence one thread.
    unsafe {
        let plugins = [("mortal", MORTAL), ("reborn", REBORN)];
        std::env::set_var("METAFFI_HOME", installation::make(folder.path(), &plugins))
    };
    let loopback = Runtime::load("loopback").unwrap().module("loopback").unwrap();
    let add = loopback.function::<(i64, i64), i64>("callable=add").unwrap();
    let runtime = Runtime::load("mortal").unwrap();
    let module = runtime.module("").unwrap();
    let seven = module.function::<(), i64>("").unwrap();
    let child = in_child(|| {
        let lives = add.call((1, 2)) == Ok(3)
            && loopback.function::<(i64, i64), i64>("callable=add").is_ok()
            && Runtime::load("loopback").is_ok();
        lives
            && fails_clearly(seven.call(()).map(|_| ()))
            && fails_clearly(module.function::<(), i64>("").map(|_| ()))
            && fails_clearly(runtime.module("").map(|_| ()))
            && fails_clearly(Runtime::load("mortal").map(|_| ()))
            && in_child(|| fails_clearly(seven.call(()).map(|_| ())) && add.call((1, 2)) == Ok(3))
                == 3
    });
    assert_eq!(child, 3);
    assert_eq!((add.call((1, 2)), seven.call(())), (Ok(3), Ok(7)));
    modules_are_reloaded_if_possible();
}

fn modules_are_reloaded_if_possible() {
    let runtime = Runtime::load("reborn").unwrap();
    let module = runtime.module("").unwrap();
    let load = || module.function::<(), i64>("").unwrap();
    let (first, second, released) = (load(), load(), load());
    let closed = Runtime::load("reborn").unwrap();
    let changing = module.function::<(), i64>("other").unwrap();
    let gone = closed.module("").unwrap().function::<(), i64>("").unwrap();
    closed.release();
    let is_gone = || gone.call(()).is_err_and(|error| error.kind == ErrorKind::Released);
    let child = in_child(|| {
        drop(released);
        // One module more than the parent's two, whichever entity triggers it.
        let all = [first.call(()), first.call(()), load().call(()), second.call(())];
        let error = changing.call(()).unwrap_err();
        all == [const { Ok(3) }; 4]
            && (error.kind, error.message.contains("different signature"))
                == (ErrorKind::Signature, true)
            && runtime.module("").unwrap().function::<(), i64>("").unwrap().call(()) == Ok(4)
            && is_gone()
            && in_child(|| second.call(()) == Ok(5) && load().call(()) == Ok(5)) == 3
            && second.call(()) == Ok(3)
    });
    assert_eq!(child, 3);
    assert!(is_gone());
    assert_eq!((first.call(()), load().call(())), (Ok(1), Ok(1)));
}
