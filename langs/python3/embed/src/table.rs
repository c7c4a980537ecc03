//! The vtable: starts the interpreter, and forwards everything else to `metaffi._native`.

use core::ffi::c_void;
use core::ptr::NonNull;
use std::sync::OnceLock;

use metaffi_plugin::abi;
use metaffi_plugin::value::{Error, ErrorKind, str_to_raw};

use crate::start;

static HUB: OnceLock<&'static abi::Hub> = OnceLock::new();
/// The table of `metaffi._native`, once it is started.
static NATIVE: OnceLock<&'static abi::Plugin> = OnceLock::new();

static TABLE: abi::Plugin = abi::Plugin {
    abi_version: abi::ABI_VERSION,
    struct_size: size_of::<abi::Plugin>() as u32,
    name: str_to_raw("python3"),
    start,
    load_module,
    release_module,
    load_entity,
    release_entity,
    begin_exit,
    finish_exit,
    survives_fork,
    interrupt,
    end_interrupt,
};

/// # Safety
/// `hub` must be null or a table that lives as long as the process.
pub(crate) unsafe fn get(hub: Option<NonNull<abi::Hub>>) -> Option<NonNull<abi::Plugin>> {
    // SAFETY: the caller's promise.
    let hub = unsafe { abi::adopt(hub?) }.ok()?;
    HUB.get_or_init(|| hub);
    Some(NonNull::from(&TABLE))
}

fn not_started() -> Error {
    Error::new(ErrorKind::Internal, "the runtime python3 was used before it was started")
}

unsafe extern "C" fn start(error: abi::ErrorOut) -> abi::Status {
    let body = || {
        let hub = HUB.get().ok_or_else(not_started)?;
        let native = start::native(hub)?;
        let mut failure = None;
        // SAFETY: a plugin's table, and a place for an error.
        let status = unsafe { (native.start)(Some((&mut failure).into())) };
        if status != abi::OK {
            // SAFETY: a failing plugin transfers its error to us.
            return Err(unsafe { Error::take_failure(status, failure) });
        }
        NATIVE.get_or_init(|| native);
        Ok(())
    };
    // SAFETY: `error` is as the hub passed it.
    unsafe { Error::guard(error, body) }
}

unsafe extern "C" fn load_module(
    path: abi::Str,
    out: *mut *mut c_void,
    error: abi::ErrorOut,
) -> abi::Status {
    // SAFETY: everything is as the hub passed it.
    unsafe {
        match NATIVE.get() {
            Some(native) => (native.load_module)(path, out, error),
            None => Error::guard(error, || Err(not_started())),
        }
    }
}

unsafe extern "C" fn release_module(module: *mut c_void) {
    if let Some(native) = NATIVE.get() {
        // SAFETY: the hub releases once what `load_module` returned.
        unsafe { (native.release_module)(module) };
    }
}

unsafe extern "C" fn load_entity(
    module: *mut c_void,
    request: NonNull<abi::EntityRequest>,
    out: *mut *mut abi::Entity,
    error: abi::ErrorOut,
) -> abi::Status {
    // SAFETY: everything is as the hub passed it.
    unsafe {
        match NATIVE.get() {
            Some(native) => (native.load_entity)(module, request, out, error),
            None => Error::guard(error, || Err(not_started())),
        }
    }
}

unsafe extern "C" fn release_entity(entity: *mut abi::Entity) {
    if let Some(native) = NATIVE.get() {
        // SAFETY: the hub releases once what `load_entity` returned.
        unsafe { (native.release_entity)(entity) };
    }
}

unsafe extern "C" fn begin_exit() {
    if let Some(native) = NATIVE.get() {
        // SAFETY: may be called at any time.
        unsafe { (native.begin_exit)() };
    }
}

unsafe extern "C" fn finish_exit() {
    if let Some(native) = NATIVE.get() {
        // SAFETY: may be called at any time.
        unsafe { (native.finish_exit)() };
    }
}

unsafe extern "C" fn survives_fork() -> u32 {
    // SAFETY: may be called in any child.
    NATIVE.get().map_or(1, |native| unsafe { (native.survives_fork)() })
}

unsafe extern "C" fn interrupt() -> u32 {
    // SAFETY: may be called at any time.
    NATIVE.get().map_or(0, |native| unsafe { (native.interrupt)() })
}

unsafe extern "C" fn end_interrupt() {
    if let Some(native) = NATIVE.get() {
        // SAFETY: as the hub calls it.
        unsafe { (native.end_interrupt)() };
    }
}
