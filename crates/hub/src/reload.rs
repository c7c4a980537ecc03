//! Reloads modules and entities in a forked child, for runtimes that lost there
//! what they had loaded in the parent (`METAFFI_FORK_ANEW`).
//!
//! While the child is created, each entity is redirected to one function in this
//! module, with its [`Origin`] as the context. It stays redirected in this
//! child: a host reads the two fields one after the other, so they must not
//! change while other threads call. The first call loads the module and the
//! entity; every call is forwarded to them. What an earlier generation reloaded
//! is not touched at the next fork: a call of it may be in progress further down
//! the stack of the thread that forked.

use core::ffi::c_void;
use core::ptr::NonNull;
use std::sync::Arc;
use std::sync::atomic::{AtomicPtr, AtomicU32, Ordering};

use metaffi_abi as abi;
use metaffi_value::{Error, ErrorKind, GuestFrame, Signature, str_to_raw};

use crate::sessions::{Session, load_entity, load_module};

/// Where a module was loaded from.
pub(crate) struct Source {
    pub(crate) session: Arc<Session>,
    path: Box<str>,
    /// The reloaded module, and the generation of the plugin that it belongs to.
    /// Accessed under the plugin's lock for reloading, hence `Relaxed`.
    raw: AtomicPtr<c_void>,
    generation: AtomicU32,
}

impl Source {
    pub(crate) fn new(session: Arc<Session>, path: &str) -> Self {
        let (raw, generation) = (AtomicPtr::default(), AtomicU32::new(0));
        Self { session, path: path.into(), raw, generation }
    }

    /// The module, reloaded once in this process.
    pub(crate) fn reloaded(&self) -> Result<*mut c_void, Error> {
        let plugin = self.session.plugin;
        let _one_at_a_time = plugin.lock_reloading();
        if self.generation.load(Ordering::Relaxed) != plugin.generation() {
            self.raw.store(load_module(plugin, &self.path)?, Ordering::Relaxed);
            self.generation.store(plugin.generation(), Ordering::Relaxed);
        }
        Ok(self.raw.load(Ordering::Relaxed))
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        let raw = *self.raw.get_mut();
        if !raw.is_null() {
            // SAFETY: the plugin made it, and it is released once.
            unsafe { (self.session.plugin.table.release_module)(raw) };
        }
    }
}

/// What an entity was loaded from.
pub(crate) struct Origin {
    pub(crate) source: Arc<Source>,
    pub(crate) path: Box<str>,
    /// The host's entity; live. Never replaced, hence `Relaxed`.
    entity: AtomicPtr<abi::Entity>,
    /// The reloaded entity; null until it is needed. `Release` and `Acquire` make its
    /// fields visible to those who call it without the lock.
    reloaded: AtomicPtr<abi::Entity>,
    /// The generation of the plugin that the current entity belongs to, or will
    /// belong to. Changes only while a child has one thread.
    generation: AtomicU32,
}

impl Origin {
    pub(crate) fn new(
        source: Arc<Source>,
        path: &str,
        entity: *mut abi::Entity,
        generation: u32,
    ) -> Self {
        let (entity, reloaded) = (AtomicPtr::new(entity), AtomicPtr::default());
        Self { source, path: path.into(), entity, reloaded, generation: AtomicU32::new(generation) }
    }

    /// Makes the next call reload the entity if it belongs to another
    /// generation. Runs in a child that was just forked. Async-signal-safe.
    #[cfg(unix)]
    pub(crate) fn redirect(self: &Arc<Self>) {
        let now = self.source.session.plugin.generation();
        if self.generation.swap(now, Ordering::Relaxed) == now || self.source.session.is_closed() {
            return;
        }
        self.reloaded.store(core::ptr::null_mut(), Ordering::Relaxed);
        let entity = self.entity.load(Ordering::Relaxed);
        // SAFETY: the entity lives as long as `self`, and the child has no
        // other thread that could read it.
        unsafe {
            (&raw mut (*entity).context).write(Arc::as_ptr(self).cast_mut().cast());
            crate::sessions::disable(entity, call_reloaded);
        }
    }

    /// The entity to call in this child.
    #[cold]
    fn load(&self) -> Result<*mut abi::Entity, Error> {
        let session = &self.source.session;
        session.check_open()?;
        let module = self.source.reloaded()?;
        let _one_at_a_time = session.plugin.lock_reloading();
        let known = self.reloaded.load(Ordering::Acquire);
        if !known.is_null() {
            return Ok(known);
        }
        // SAFETY: live, and only its first two fields ever change.
        let before = unsafe { Shape::of(self.entity.load(Ordering::Relaxed)) };
        let request = before.request(&self.path);
        // SAFETY: the module is live; the request borrows from the entity.
        let entity = unsafe { load_entity(session.plugin, module, NonNull::from(&request)) }?;
        // SAFETY: just loaded.
        if unsafe { Shape::of(entity) }.differs(&before) {
            // SAFETY: owned here, and released once.
            unsafe { (session.plugin.table.release_entity)(entity) };
            return Err(self.changed());
        }
        self.reloaded.store(entity, Ordering::Release);
        Ok(entity)
    }

    fn changed(&self) -> Error {
        let message = format!(
            "`{}` in {} has a different signature than when this process was forked; restart the \
             program",
            self.path, self.source.path
        );
        Error::new(ErrorKind::Signature, message)
    }
}

impl Drop for Origin {
    fn drop(&mut self) {
        let reloaded = *self.reloaded.get_mut();
        if !reloaded.is_null() {
            // SAFETY: the plugin made it; no call is in progress, since the host
            // has released the entity.
            unsafe { (self.source.session.plugin.table.release_entity)(reloaded) };
        }
    }
}

/// The immutable part of an entity.
struct Shape {
    params: (*const abi::TypeInfo, u32),
    rets: (*const abi::TypeInfo, u32),
}

impl Shape {
    /// # Safety
    /// The entity must be live.
    unsafe fn of(entity: *const abi::Entity) -> Self {
        // SAFETY: the caller's promise; fields, because `call` is atomic.
        unsafe {
            Self {
                params: ((*entity).params, (*entity).nparams),
                rets: ((*entity).rets, (*entity).nrets),
            }
        }
    }

    /// Requests exactly these types, since the host's calls are made for them.
    fn request(&self, path: &str) -> abi::EntityRequest {
        abi::EntityRequest {
            struct_size: size_of::<abi::EntityRequest>() as u32,
            flags: 0,
            entity_path: str_to_raw(path),
            params: self.params.0,
            rets: self.rets.0,
            nparams: self.params.1,
            nrets: self.rets.1,
        }
    }

    fn differs(&self, other: &Self) -> bool {
        let (own, others) = (self.signature(), other.signature());
        own.params() != others.params() || own.rets() != others.rets()
    }

    fn signature(&self) -> Signature {
        // SAFETY: the types of a live entity, as `of` requires.
        unsafe { Signature::from_raw(self.params.0, self.params.1, self.rets.0, self.rets.1) }
    }
}

unsafe extern "C" fn call_reloaded(
    context: *mut c_void,
    frame: NonNull<abi::Frame>,
) -> abi::Status {
    // SAFETY: `redirect` set this context; it lives until the entity is
    // released, when no call is in progress.
    let origin = unsafe { &*context.cast::<Origin>().cast_const() };
    let mut entity = origin.reloaded.load(Ordering::Acquire);
    if entity.is_null() {
        // SAFETY: hosts pass the frame of the call.
        let status = unsafe {
            GuestFrame::enter(frame, |_| {
                entity = origin.load()?;
                Ok(())
            })
        };
        if status != abi::OK {
            return status;
        }
    }
    // SAFETY: a live entity of the same signature, whose fields do not change.
    unsafe { ((*entity).call)((*entity).context, frame) }
}
