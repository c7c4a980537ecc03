//! The vtable of a plugin, generated from its [`Runtime`].

use core::ffi::c_void;
use core::marker::PhantomData;
use core::ptr::NonNull;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;

use metaffi_abi as abi;
use metaffi_value::{Error, ErrorKind, Signature, check_size, str_from_raw, str_to_raw};

use crate::loaded::{OwnedEntity, into_raw_entity};
use crate::{AfterFork, Request, Runtime, fault_point};

/// The statics of a plugin, defined by
/// [`export_plugin!`](crate::export_plugin).
pub trait Exported: Runtime {
    /// The started runtime.
    fn slot() -> &'static OnceLock<Self>;
    /// The hub that loaded the plugin.
    fn hub() -> &'static OnceLock<&'static abi::Hub>;
}

/// The exported functions of one plugin.
pub struct Exports<R>(PhantomData<R>);

/// The body of every exported function: handles fault points, errors and
/// panics.
///
/// # Safety
/// As [`Error::guard`].
unsafe fn guard(
    point: &str,
    error: abi::ErrorOut,
    body: impl FnOnce() -> Result<(), Error>,
) -> abi::Status {
    // SAFETY: the caller's promise.
    unsafe { Error::guard(error, || fault_point(point).and_then(|()| body())) }
}

fn not_started(name: &str) -> Error {
    Error::new(ErrorKind::Internal, format!("the runtime {name} was used before it was started"))
}

impl<R: Exported> Exports<R> {
    const TABLE: &'static abi::Plugin = &abi::Plugin {
        abi_version: abi::ABI_VERSION,
        struct_size: size_of::<abi::Plugin>() as u32,
        name: str_to_raw(R::NAME),
        start: Self::start,
        load_module: Self::load_module,
        release_module: Self::release_module,
        load_entity: Self::load_entity,
        release_entity: Self::release_entity,
        begin_exit: Self::begin_exit,
        finish_exit: Self::finish_exit,
        survives_fork: Self::survives_fork,
        interrupt: Self::interrupt,
        end_interrupt: Self::end_interrupt,
    };

    /// The body of `metaffi_plugin_get`.
    ///
    /// # Safety
    /// `hub` must be null or a table that lives as long as the process.
    pub unsafe fn get(hub: Option<NonNull<abi::Hub>>) -> Option<NonNull<abi::Plugin>> {
        // SAFETY: the caller's promise.
        let hub = unsafe { abi::adopt(hub?) }.ok()?;
        R::hub().get_or_init(|| hub);
        Some(NonNull::from(Self::TABLE))
    }

    fn runtime() -> Result<&'static R, Error> {
        R::slot().get().ok_or_else(|| not_started(R::NAME))
    }

    unsafe extern "C" fn start(error: abi::ErrorOut) -> abi::Status {
        let body = || {
            if R::slot().get().is_none() {
                let hub = R::hub().get().ok_or_else(|| not_started(R::NAME))?;
                let runtime = R::start(hub)?;
                R::slot().get_or_init(|| runtime);
            }
            Ok(())
        };
        // SAFETY: `error` is passed on from the hub.
        unsafe { guard("plugin.start", error, body) }
    }

    unsafe extern "C" fn load_module(
        path: abi::Str,
        out: *mut *mut c_void,
        error: abi::ErrorOut,
    ) -> abi::Status {
        let body = || {
            // SAFETY: the hub passes a valid string and a place for the module.
            let path = unsafe { str_from_raw(path) };
            let module = Box::new(Self::runtime()?.load_module(&path)?);
            // SAFETY: as above.
            unsafe { out.write(Box::into_raw(module).cast()) };
            Ok(())
        };
        // SAFETY: `error` is passed on from the hub.
        unsafe { guard("plugin.load_module", error, body) }
    }

    unsafe extern "C" fn release_module(module: *mut c_void) {
        // SAFETY: the hub releases once what `load_module` returned.
        let body = || drop(unsafe { Box::from_raw(module.cast::<R::Module>()) });
        let _ = catch_unwind(AssertUnwindSafe(body));
    }

    unsafe extern "C" fn load_entity(
        module: *mut c_void,
        request: NonNull<abi::EntityRequest>,
        out: *mut *mut abi::Entity,
        error: abi::ErrorOut,
    ) -> abi::Status {
        let body = || {
            // SAFETY: the hub passes a live module of `load_module`.
            let module = unsafe { &*module.cast::<R::Module>() };
            // SAFETY: the request is valid for this call.
            let request = unsafe { lift_request(request) }?;
            let loaded = Self::runtime()?.load_entity(module, &request)?;
            // SAFETY: `out` is a place for the entity.
            unsafe { out.write(into_raw_entity(loaded).as_ptr()) };
            Ok(())
        };
        // SAFETY: `error` is passed on from the hub.
        unsafe { guard("plugin.load_entity", error, body) }
    }

    unsafe extern "C" fn release_entity(entity: *mut abi::Entity) {
        // SAFETY: the hub releases once what `load_entity` returned.
        let body = || drop(unsafe { Box::from_raw(entity.cast::<OwnedEntity>()) });
        let _ = catch_unwind(AssertUnwindSafe(body));
    }

    unsafe extern "C" fn begin_exit() {
        if let Some(runtime) = R::slot().get() {
            let _ = catch_unwind(AssertUnwindSafe(|| runtime.begin_exit()));
        }
    }

    unsafe extern "C" fn finish_exit() {
        if let Some(runtime) = R::slot().get() {
            let _ = catch_unwind(AssertUnwindSafe(|| runtime.finish_exit()));
        }
    }

    unsafe extern "C" fn survives_fork() -> u32 {
        R::slot().get().map_or(AfterFork::Works, R::after_fork) as u32
    }

    unsafe extern "C" fn interrupt() -> u32 {
        let interrupted = R::slot()
            .get()
            .map(|runtime| catch_unwind(AssertUnwindSafe(|| runtime.interrupt())).unwrap_or(false));
        u32::from(interrupted == Some(true))
    }

    unsafe extern "C" fn end_interrupt() {
        if let Some(runtime) = R::slot().get() {
            let _ = catch_unwind(AssertUnwindSafe(|| runtime.end_interrupt()));
        }
    }
}

/// # Safety
/// `raw` must be a valid request.
unsafe fn lift_request(raw: NonNull<abi::EntityRequest>) -> Result<Request, Error> {
    // SAFETY: a request starts with its size.
    let size = unsafe { (&raw const (*raw.as_ptr()).struct_size).read() };
    check_size("the request of the hub", size, abi::EntityRequest::MIN_SIZE)?;
    // SAFETY: the caller's promise, and it is long enough.
    let raw = unsafe { raw.as_ref() };
    // SAFETY: the caller's promise.
    let (entity_path, signature) = unsafe {
        (
            str_from_raw(raw.entity_path),
            Signature::from_raw(raw.params, raw.nparams, raw.rets, raw.nrets),
        )
    };
    Ok(Request {
        entity_path,
        params: signature.params().to_vec(),
        rets: signature.rets().to_vec(),
        is_value: raw.flags & abi::REQUEST_VALUE != 0,
    })
}
