//! Loaded runtimes, with their modules and entities.
//!
//! A session is one successful `load_runtime`. Closing it replaces the `call`
//! of each of its entities by a function that fails, so that a call itself
//! needs no check.

use core::ffi::c_void;
use core::ptr::NonNull;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use metaffi_abi as abi;
#[cfg(unix)]
use metaffi_plugin::forked_error;
use metaffi_value::{Error, ErrorKind, GuestFrame, check_size, name_from_raw, str_to_raw};

use crate::plugins::{Plugin, started};
use crate::reload::{Origin, Source};
use crate::{exits, forks};

/// One load of a runtime.
pub(crate) struct Session {
    pub(crate) plugin: &'static Plugin,
    closed: AtomicBool,
}

/// A module of a session.
pub(crate) struct Module {
    source: Arc<Source>,
    raw: *mut c_void,
    generation: u32,
}

/// The live entities by address.
static ENTITIES: Mutex<Option<HashMap<usize, Arc<Origin>>>> = Mutex::new(None);

/// The locked map of live entities.
pub(crate) type Entities = MutexGuard<'static, Option<HashMap<usize, Arc<Origin>>>>;

pub(crate) fn entities() -> Entities {
    ENTITIES.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Session {
    pub(crate) fn open(name: &str, hub: &'static abi::Hub) -> Result<Arc<Self>, Error> {
        forks::watch();
        let plugin = started(name, hub)?;
        Ok(Arc::new(Self { plugin, closed: AtomicBool::new(false) }))
    }

    /// Makes every entity of this session fail from now on.
    pub(crate) fn close(self: &Arc<Self>) {
        self.closed.store(true, Ordering::SeqCst);
        for (address, origin) in entities().iter().flatten() {
            if Arc::ptr_eq(&origin.source.session, self) {
                // SAFETY: entities in the map are live.
                unsafe { disable(*address as *mut abi::Entity, call_released) };
            }
        }
    }

    pub(crate) fn check_open(&self) -> Result<(), Error> {
        forks::check(self.plugin)?;
        if self.is_closed() { Err(released_error("", &self.plugin.name())) } else { Ok(()) }
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::SeqCst)
    }

    pub(crate) fn load_module(self: &Arc<Self>, path: &str) -> Result<Module, Error> {
        self.check_open()?;
        let generation = self.plugin.generation();
        let raw = load_module(self.plugin, path)?;
        exits::watch_c_exit();
        Ok(Module { source: Arc::new(Source::new(self.clone(), path)), raw, generation })
    }
}

/// Makes a started plugin load a module.
pub(crate) fn load_module(plugin: &Plugin, path: &str) -> Result<*mut c_void, Error> {
    let (mut raw, mut error) = (core::ptr::null_mut(), None);
    // SAFETY: the plugin is started; the string and the places are valid.
    let status = unsafe {
        (plugin.table.load_module)(str_to_raw(path), &raw mut raw, Some((&mut error).into()))
    };
    // SAFETY: a failing function transfers its error to us.
    unsafe { Error::check(status, error)? };
    Ok(raw)
}

/// Makes a plugin load an entity.
///
/// # Safety
/// `module` must be a live module of the plugin, and `request` valid.
pub(crate) unsafe fn load_entity(
    plugin: &Plugin,
    module: *mut c_void,
    request: NonNull<abi::EntityRequest>,
) -> Result<*mut abi::Entity, Error> {
    let (mut entity, mut error) = (core::ptr::null_mut(), None);
    // SAFETY: the caller's promise.
    let status = unsafe {
        (plugin.table.load_entity)(module, request, &raw mut entity, Some((&mut error).into()))
    };
    // SAFETY: a failing function transfers its error to us.
    unsafe { Error::check(status, error)? };
    // SAFETY: just loaded.
    let size = unsafe { (&raw const (*entity).struct_size).read() };
    check_size("the entity of the plugin", size, abi::Entity::MIN_SIZE)
        // SAFETY: owned here, and released once.
        .inspect_err(|_| unsafe { (plugin.table.release_entity)(entity) })?;
    Ok(entity)
}

impl Module {
    pub(crate) fn load_entity(
        &self,
        request: NonNull<abi::EntityRequest>,
    ) -> Result<*mut abi::Entity, Error> {
        let session = &self.source.session;
        session.check_open()?;
        // SAFETY: the header requires a request, which starts with its size.
        let size = unsafe { (&raw const (*request.as_ptr()).struct_size).read() };
        check_size("the host's request", size, abi::EntityRequest::MIN_SIZE)?;
        // SAFETY: the header requires a valid string.
        let path = unsafe { name_from_raw(request.as_ref().entity_path, "entity path") }?;
        let generation = session.plugin.generation();
        let raw = if generation == self.generation { self.raw } else { self.source.reloaded()? };
        // SAFETY: the module is live, and the request is passed on from the
        // host.
        let entity = unsafe { load_entity(session.plugin, raw, request) }?;
        let origin = Origin::new(self.source.clone(), &path, entity, generation);
        let mut entities = entities();
        entities.get_or_insert_default().insert(entity as usize, Arc::new(origin));
        if session.is_closed() {
            // SAFETY: just loaded. If it was closed meanwhile, `close` may have
            // missed it.
            unsafe { disable(entity, call_released) };
        }
        Ok(entity)
    }
}

impl Drop for Module {
    fn drop(&mut self) {
        // SAFETY: the plugin made it, and it is released once.
        unsafe { (self.source.session.plugin.table.release_module)(self.raw) };
    }
}

/// Releases an entity through its plugin.
pub(crate) fn release_entity(entity: *mut abi::Entity) {
    let origin = entities().as_mut().and_then(|map| map.remove(&(entity as usize)));
    if let Some(origin) = origin {
        // SAFETY: it was in the map, so it is live and belongs to this plugin.
        unsafe { (origin.source.session.plugin.table.release_entity)(entity) };
    }
}

/// In a forked child: makes the entities of runtimes that did not survive fail,
/// and marks those of other generations for reloading.
#[cfg(unix)]
pub(crate) fn redirect_forked(entities: &Entities) {
    for (address, origin) in entities.iter().flatten() {
        if origin.source.session.plugin.is_forked() {
            // SAFETY: entities in the map are live.
            unsafe { disable(*address as *mut abi::Entity, call_forked) };
        } else {
            Origin::redirect(origin);
        }
    }
}

/// # Safety
/// `entity` must be live.
pub(crate) unsafe fn disable(entity: *mut abi::Entity, replacement: abi::CallFn) {
    // SAFETY: the caller's promise; hosts read this field atomically. It points to a
    // function of the hub, whose data is protected by the lock on the entities.
    let call = unsafe { AtomicPtr::from_ptr((&raw mut (*entity).call).cast::<*mut c_void>()) };
    call.store(replacement as *mut c_void, Ordering::SeqCst);
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
        let (_, runtime) = called_entity(context, |session| session.plugin.is_forked());
        forked_error(&runtime)
    };
    // SAFETY: hosts pass the frame of the call.
    unsafe { GuestFrame::enter(frame, |_| Err(error())) }
}

fn released_entity(context: *mut c_void) -> Error {
    let (path, runtime) = called_entity(context, Session::is_closed);
    released_error(&path, &runtime)
}

/// The path and the runtime of the called entity, as far as known: a call only
/// has its context, which several entities may share.
fn called_entity(context: *mut c_void, fails: impl Fn(&Session) -> bool) -> (String, String) {
    let entities = entities();
    let failing = entities.iter().flatten().filter(|(address, origin)| {
        // SAFETY: entities in the map are live.
        let own = unsafe { (*(**address as *const abi::Entity)).context };
        own == context && fails(&origin.source.session)
    });
    let origins: Vec<&Arc<Origin>> = failing.map(|(_, origin)| origin).collect();
    let path = common_value(origins.iter().map(|origin| origin.path.to_string()));
    (path, common_value(origins.iter().map(|origin| origin.source.session.plugin.name())))
}

/// The value that all items have; empty if they differ, or if there are none.
fn common_value(mut all: impl Iterator<Item = String>) -> String {
    let first = all.next().unwrap_or_default();
    if all.all(|other| other == first) { first } else { String::new() }
}

/// `path` and `runtime` are empty if unknown.
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
