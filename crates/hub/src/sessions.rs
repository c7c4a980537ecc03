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
#[cfg(unix)]
use metaffi_plugin::forked_error;
use metaffi_value::{Error, ErrorKind, GuestFrame, name_from_raw, str_to_raw};

use crate::plugins::{Plugin, started};
use crate::{exits, forks};

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

/// What an entity was loaded by.
pub(crate) struct Origin {
    session: Arc<Session>,
    path: Box<str>,
}

/// The live entities by address.
static ENTITIES: Mutex<Option<HashMap<usize, Origin>>> = Mutex::new(None);

/// The lock on the live entities.
pub(crate) type Entities = MutexGuard<'static, Option<HashMap<usize, Origin>>>;

pub(crate) fn entities() -> Entities {
    ENTITIES.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Session {
    pub(crate) fn open(name: &str, hub: &'static abi::Hub) -> Result<Arc<Self>, Error> {
        forks::watch();
        exits::watch_c_exit();
        let plugin = started(name, hub)?;
        Ok(Arc::new(Self { plugin, closed: AtomicBool::new(false) }))
    }

    /// Makes every entity of this session fail from now on.
    pub(crate) fn close(self: &Arc<Self>) {
        self.closed.store(true, Ordering::SeqCst);
        for (address, origin) in entities().iter().flatten() {
            if Arc::ptr_eq(&origin.session, self) {
                // SAFETY: entities in the map are live.
                unsafe { disable(*address as *mut abi::Entity, call_released) };
            }
        }
    }

    fn check_open(&self) -> Result<(), Error> {
        forks::check(self.plugin)?;
        if self.is_closed() { Err(released_error("", &self.plugin.name())) } else { Ok(()) }
    }

    fn is_closed(&self) -> bool {
        self.closed.load(Ordering::SeqCst)
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
        // SAFETY: the header asks for a valid string.
        let path = unsafe { name_from_raw(request.as_ref().entity_path, "entity path") }?.into();
        let (mut entity, mut error) = (core::ptr::null_mut(), None);
        let table = self.session.plugin.table;
        // SAFETY: the module is live, the request is as the host gave it.
        let status = unsafe {
            (table.load_entity)(self.raw, request, &raw mut entity, Some((&mut error).into()))
        };
        // SAFETY: a function that fails transfers its error to us.
        unsafe { Error::check(status, error)? };
        let origin = Origin { session: self.session.clone(), path };
        let mut entities = entities();
        entities.get_or_insert_default().insert(entity as usize, origin);
        if self.session.is_closed() {
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
    let origin = entities().as_mut().and_then(|map| map.remove(&(entity as usize)));
    if let Some(Origin { session, .. }) = origin {
        // SAFETY: it was in the map, so it is live and this plugin's.
        unsafe { (session.plugin.table.release_entity)(entity) };
    }
}

/// Makes the entities of runtimes that did not survive fail: this is a child.
#[cfg(unix)]
pub(crate) fn disable_forked(entities: &Entities) {
    for (address, origin) in entities.iter().flatten() {
        if origin.session.plugin.is_forked() {
            // SAFETY: entities in the map are live.
            unsafe { disable(*address as *mut abi::Entity, call_forked) };
        }
    }
}

/// # Safety
/// `entity` must be live.
unsafe fn disable(entity: *mut abi::Entity, instead: abi::CallFn) {
    // SAFETY: the caller's promise; hosts read this field atomically.
    let call = unsafe { AtomicPtr::from_ptr((&raw mut (*entity).call).cast::<*mut c_void>()) };
    call.store(instead as *mut c_void, Ordering::SeqCst);
}

unsafe extern "C" fn call_released(
    context: *mut c_void,
    frame: NonNull<abi::Frame>,
) -> abi::Status {
    // SAFETY: hosts pass the frame of the call.
    unsafe { GuestFrame::enter(frame, |_| Err(released_entity(context))) }
}

#[cfg(unix)]
unsafe extern "C" fn call_forked(context: *mut c_void, frame: NonNull<abi::Frame>) -> abi::Status {
    let error = || {
        let (_, runtime) = which(context, |session| session.plugin.is_forked());
        forked_error(&runtime)
    };
    // SAFETY: hosts pass the frame of the call.
    unsafe { GuestFrame::enter(frame, |_| Err(error())) }
}

fn released_entity(context: *mut c_void) -> Error {
    let (path, runtime) = which(context, Session::is_closed);
    released_error(&path, &runtime)
}

/// The path and the runtime of the entity that was called, as far as known: a
/// call brings no more than its context, which several may have in common.
fn which(context: *mut c_void, fails: impl Fn(&Session) -> bool) -> (String, String) {
    let entities = entities();
    let failing = entities.iter().flatten().filter(|(address, origin)| {
        // SAFETY: entities in the map are live.
        let entity = unsafe { &*(**address as *const abi::Entity) };
        entity.context == context && fails(&origin.session)
    });
    let origins: Vec<&Origin> = failing.map(|(_, origin)| origin).collect();
    let path = one(origins.iter().map(|origin| origin.path.to_string()));
    (path, one(origins.iter().map(|origin| origin.session.plugin.name())))
}

/// What all are; empty when they differ, or when there is none.
fn one(mut all: impl Iterator<Item = String>) -> String {
    let first = all.next().unwrap_or_default();
    if all.all(|other| other == first) { first } else { String::new() }
}

/// `path` and `runtime` may be empty: not known.
fn released_error(path: &str, runtime: &str) -> Error {
    let entity = if path.is_empty() { String::new() } else { format!("`{path}`: ") };
    let runtime = if runtime.is_empty() { String::new() } else { format!(" `{runtime}`") };
    Error::new(
        ErrorKind::Released,
        format!(
            "{entity}the runtime{runtime} was released; load the runtime, the module and the entity \
             again"
        ),
    )
}
