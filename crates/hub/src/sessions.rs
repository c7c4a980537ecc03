//! Loads of a runtime, their modules and entities.
//!
//! A session is one successful `load_runtime`. Closing it turns the `call`
//! of each of its entities into one that fails, so that a call itself needs
//! no check.

use core::ffi::c_void;
use core::ptr::NonNull;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use metaffi_abi as abi;
use metaffi_value::{Error, ErrorKind, GuestFrame, str_to_raw};

use crate::forks;
use crate::plugins::{Plugin, started};

/// One load of a runtime.
pub(crate) struct Session {
    plugin: &'static Plugin,
    closed: AtomicBool,
}

/// A module of a session.
pub(crate) struct Module {
    session: Arc<Session>,
    raw: *mut c_void,
}

/// The live entities by address.
static ENTITIES: Mutex<Option<HashMap<usize, Arc<Session>>>> = Mutex::new(None);

/// The lock on the live entities.
pub(crate) type Entities = MutexGuard<'static, Option<HashMap<usize, Arc<Session>>>>;

pub(crate) fn entities() -> Entities {
    ENTITIES.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Session {
    pub(crate) fn open(name: &str, hub: &'static abi::Hub) -> Result<Arc<Self>, Error> {
        forks::check()?;
        forks::watch();
        let plugin = started(name, hub)?;
        Ok(Arc::new(Self { plugin, closed: AtomicBool::new(false) }))
    }

    /// Makes every entity of this session fail from now on.
    pub(crate) fn close(self: &Arc<Self>) {
        self.closed.store(true, Ordering::SeqCst);
        for (address, session) in entities().iter().flatten() {
            if Arc::ptr_eq(session, self) {
                // SAFETY: entities in the map are live.
                unsafe { disable(*address as *mut abi::Entity, call_released) };
            }
        }
    }

    fn check_open(&self) -> Result<(), Error> {
        forks::check()?;
        if self.closed.load(Ordering::SeqCst) { Err(released_error()) } else { Ok(()) }
    }

    pub(crate) fn load_module(self: &Arc<Self>, path: &str) -> Result<Module, Error> {
        self.check_open()?;
        let (mut raw, mut error) = (core::ptr::null_mut(), None);
        let table = self.plugin.table;
        // SAFETY: the plugin is started; string and places are valid.
        let status = unsafe {
            (table.load_module)(str_to_raw(path), &raw mut raw, Some((&mut error).into()))
        };
        // SAFETY: a function that fails transfers its error to us.
        unsafe { Error::check(status, error)? };
        Ok(Module { session: self.clone(), raw })
    }
}

impl Module {
    pub(crate) fn load_entity(
        &self,
        request: NonNull<abi::EntityRequest>,
    ) -> Result<*mut abi::Entity, Error> {
        self.session.check_open()?;
        let (mut entity, mut error) = (core::ptr::null_mut(), None);
        let table = self.session.plugin.table;
        // SAFETY: the module is live, the request is as the host gave it.
        let status = unsafe {
            (table.load_entity)(self.raw, request, &raw mut entity, Some((&mut error).into()))
        };
        // SAFETY: a function that fails transfers its error to us.
        unsafe { Error::check(status, error)? };
        let mut entities = entities();
        entities.get_or_insert_default().insert(entity as usize, self.session.clone());
        if self.session.closed.load(Ordering::SeqCst) {
            // SAFETY: just loaded. Closed meanwhile: `close` may have missed it.
            unsafe { disable(entity, call_released) };
        }
        Ok(entity)
    }
}

impl Drop for Module {
    fn drop(&mut self) {
        // SAFETY: the plugin made it, and it is released once.
        unsafe { (self.session.plugin.table.release_module)(self.raw) };
    }
}

/// Gives an entity back to its plugin.
pub(crate) fn release_entity(entity: *mut abi::Entity) {
    let session = entities().as_mut().and_then(|map| map.remove(&(entity as usize)));
    if let Some(session) = session {
        // SAFETY: it was in the map, so it is live and this plugin's.
        unsafe { (session.plugin.table.release_entity)(entity) };
    }
}

/// Makes every entity fail: this is a forked child.
pub(crate) fn disable_all(entities: &Entities) {
    for address in entities.iter().flat_map(HashMap::keys) {
        // SAFETY: entities in the map are live.
        unsafe { disable(*address as *mut abi::Entity, call_forked) };
    }
}

/// # Safety
/// `entity` must be live.
unsafe fn disable(entity: *mut abi::Entity, instead: abi::CallFn) {
    // SAFETY: the caller's promise; hosts read this field atomically.
    let call = unsafe { AtomicPtr::from_ptr((&raw mut (*entity).call).cast::<*mut c_void>()) };
    call.store(instead as *mut c_void, Ordering::SeqCst);
}

unsafe extern "C" fn call_released(_: *mut c_void, frame: NonNull<abi::Frame>) -> abi::Status {
    // SAFETY: hosts pass the frame of the call.
    unsafe { GuestFrame::enter(frame, |_| Err(released_error())) }
}

unsafe extern "C" fn call_forked(_: *mut c_void, frame: NonNull<abi::Frame>) -> abi::Status {
    // SAFETY: hosts pass the frame of the call.
    unsafe { GuestFrame::enter(frame, |_| Err(forks::forked_error())) }
}

fn released_error() -> Error {
    Error::new(
        ErrorKind::Released,
        "the runtime was released; load the runtime, the module and the entity again",
    )
}
