//! The C interface of the hub, `metaffi_hub` in `metaffi.h`.

use core::mem::MaybeUninit;
use core::ptr::NonNull;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use metaffi_abi as abi;
use metaffi_value::{Error, ErrorKind, name_from_raw, str_from_raw, str_to_raw};

use crate::sessions::{Module, Session};
use crate::{copies, exits, home, owners, plugins, pressure, sessions, thread_names};

static HUB: abi::Hub = abi::Hub {
    abi_version: abi::ABI_VERSION,
    struct_size: size_of::<abi::Hub>() as u32,
    load_runtime,
    close_runtime,
    release_runtime,
    load_module,
    release_module,
    load_entity,
    release_entity,
    owner_id,
    owner_name,
    live_objects,
    begin_exit,
    home: hub_home,
    on_exit,
    at_c_exit,
    add_collector,
    press,
    name_threads,
    thread_name,
    interrupt,
    end_interrupt,
};

/// See `metaffi_hub_get` in `metaffi.h`.
// SAFETY: the only symbol of this name in the hub's library.
#[unsafe(no_mangle)]
pub extern "C" fn metaffi_hub_get(abi_version: u32) -> Option<&'static abi::Hub> {
    let table = || catch_unwind(|| copies::table(&HUB)).unwrap_or(&HUB);
    (abi_version == abi::ABI_VERSION).then(table)
}

/// See `metaffi_hub_in_use` in `metaffi.h`.
// SAFETY: the only symbol of this name in the hub's library.
#[unsafe(no_mangle)]
pub extern "C" fn metaffi_hub_in_use(
    version: NonNull<MaybeUninit<abi::Str>>,
) -> Option<&'static abi::Hub> {
    // SAFETY: the header requires a place to write to.
    unsafe { version.write(MaybeUninit::new(str_to_raw(copies::VERSION))) };
    copies::is_in_use().then_some(&HUB)
}

fn null(what: &str) -> Error {
    Error::new(ErrorKind::Argument, format!("{what} is NULL"))
}

unsafe extern "C" fn load_runtime(
    name: abi::Str,
    out: *mut *mut abi::Runtime,
    error: abi::ErrorOut,
) -> abi::Status {
    let body = || {
        let out = NonNull::new(out).ok_or_else(|| null("out"))?;
        copies::check()?;
        // SAFETY: the header requires a valid string.
        let session = Session::open(&unsafe { name_from_raw(name, "runtime") }?, &HUB)?;
        // SAFETY: and a place to write to.
        unsafe { out.write(Arc::into_raw(session).cast_mut().cast()) };
        Ok(())
    };
    // SAFETY: `error` is null or a place for an error.
    unsafe { Error::guard(error, body) }
}

/// The session behind a live `metaffi_runtime`, as a new reference.
///
/// # Safety
/// `load_runtime` must have returned `runtime`, and it must not be released
/// during the call.
unsafe fn session(runtime: NonNull<abi::Runtime>) -> Arc<Session> {
    let raw = runtime.as_ptr().cast::<Session>().cast_const();
    // SAFETY: the caller's promise.
    unsafe {
        Arc::increment_strong_count(raw);
        Arc::from_raw(raw)
    }
}

unsafe extern "C" fn close_runtime(runtime: *mut abi::Runtime) {
    let Some(runtime) = NonNull::new(runtime) else { return };
    // SAFETY: the header requires a live runtime.
    let body = || unsafe { session(runtime) }.close();
    let _ = catch_unwind(AssertUnwindSafe(body));
}

unsafe extern "C" fn release_runtime(runtime: *mut abi::Runtime) {
    if !runtime.is_null() {
        // SAFETY: `load_runtime` returned it, and it is released once.
        let body = || drop(unsafe { Arc::from_raw(runtime.cast::<Session>().cast_const()) });
        let _ = catch_unwind(AssertUnwindSafe(body));
    }
}

unsafe extern "C" fn load_module(
    runtime: *mut abi::Runtime,
    path: abi::Str,
    out: *mut *mut abi::Module,
    error: abi::ErrorOut,
) -> abi::Status {
    let body = || {
        let runtime = NonNull::new(runtime).ok_or_else(|| null("runtime"))?;
        let out = NonNull::new(out).ok_or_else(|| null("out"))?;
        // SAFETY: the header requires a live runtime.
        let session = unsafe { session(runtime) };
        // SAFETY: the header requires a valid string.
        let module = session.load_module(&unsafe { name_from_raw(path, "module path") }?)?;
        // SAFETY: and a place to write to.
        unsafe { out.write(Box::into_raw(Box::new(module)).cast()) };
        Ok(())
    };
    // SAFETY: `error` is null or a place for an error.
    unsafe { Error::guard(error, body) }
}

unsafe extern "C" fn release_module(module: *mut abi::Module) {
    if !module.is_null() {
        // SAFETY: `load_module` returned it, and it is released once.
        let body = || drop(unsafe { Box::from_raw(module.cast::<Module>()) });
        let _ = catch_unwind(AssertUnwindSafe(body));
    }
}

unsafe extern "C" fn load_entity(
    module: *mut abi::Module,
    request: NonNull<abi::EntityRequest>,
    out: *mut *mut abi::Entity,
    error: abi::ErrorOut,
) -> abi::Status {
    let body = || {
        let module = NonNull::new(module).ok_or_else(|| null("module"))?.cast::<Module>();
        let out = NonNull::new(out).ok_or_else(|| null("out"))?;
        // SAFETY: `load_module` returned the module, and it lives.
        let entity = unsafe { module.as_ref() }.load_entity(request)?;
        // SAFETY: a place to write to.
        unsafe { out.write(entity) };
        Ok(())
    };
    // SAFETY: `error` is null or a place for an error.
    unsafe { Error::guard(error, body) }
}

unsafe extern "C" fn release_entity(entity: *mut abi::Entity) {
    let _ = catch_unwind(|| sessions::release_entity(entity));
}

unsafe extern "C" fn owner_id(name: abi::Str) -> u64 {
    // SAFETY: the header requires a valid string.
    let body = || owners::id(&unsafe { str_from_raw(name) });
    catch_unwind(AssertUnwindSafe(body)).unwrap_or(u64::MAX)
}

unsafe extern "C" fn owner_name(owner: u64) -> abi::Str {
    str_to_raw(owners::name(owner))
}

unsafe extern "C" fn live_objects(owner: u64) -> NonNull<i64> {
    // An AtomicI64 has the layout of an int64_t that is only accessed
    // atomically.
    NonNull::new(owners::live(owner).as_ptr()).unwrap_or(NonNull::dangling())
}

unsafe extern "C" fn begin_exit() {
    let _ = catch_unwind(exits::begin);
}

unsafe extern "C" fn at_c_exit() {
    let _ = catch_unwind(exits::at_c_exit);
}

unsafe extern "C" fn on_exit(handler: extern "C" fn()) {
    let _ = catch_unwind(|| exits::watch(handler));
}

unsafe extern "C" fn interrupt() -> u32 {
    let mut interrupted = 0;
    for plugin in plugins::all().into_iter().filter(|plugin| plugin.is_live()) {
        // SAFETY: the table is a plugin's.
        interrupted |= unsafe { (plugin.table.interrupt)() };
    }
    interrupted
}

unsafe extern "C" fn end_interrupt() {
    for plugin in plugins::all().into_iter().filter(|plugin| plugin.is_live()) {
        // SAFETY: the table is a plugin's.
        unsafe { (plugin.table.end_interrupt)() };
    }
}

unsafe extern "C" fn hub_home() -> abi::Str {
    str_to_raw(home::home().ok().and_then(|path| path.to_str()).unwrap_or(""))
}

unsafe extern "C" fn add_collector(owner: u64, collect: abi::CollectFn) {
    let _ = catch_unwind(|| pressure::add(owner, collect));
}

unsafe extern "C" fn press(owner: u64, urgency: u32, used: u64) {
    let _ = catch_unwind(|| pressure::press(owner, urgency, used));
}

unsafe extern "C" fn name_threads(name: abi::ThreadNameFn) {
    thread_names::add(name);
}

unsafe extern "C" fn thread_name(to: NonNull<u8>, room: usize) -> usize {
    // SAFETY: the header requires a place of that size.
    let to = unsafe { core::slice::from_raw_parts_mut(to.as_ptr(), room) };
    catch_unwind(AssertUnwindSafe(|| thread_names::write(to))).unwrap_or(0)
}
