//! JNI references that are released when they are dropped.

use jni_sys::jobject;
use metaffi_plugin::value::Error;
use smallvec::SmallVec;

use super::Env;
use crate::throwable;
use crate::vm::release;

/// A local reference; never null, never leaves its thread.
pub(crate) struct Local {
    env: Env,
    raw: jobject,
}

impl Local {
    /// Takes ownership of a local reference; `None` if it is null.
    ///
    /// # Safety
    /// `raw` must be null or a local reference that nobody else deletes.
    #[inline]
    pub(crate) unsafe fn take(env: Env, raw: jobject) -> Option<Self> {
        (!raw.is_null()).then_some(Self { env, raw })
    }

    #[inline]
    pub(crate) fn as_raw(&self) -> jobject {
        self.raw
    }

    /// Passes ownership of the reference to the caller.
    #[inline]
    pub(crate) fn into_raw(self) -> jobject {
        let raw = self.raw;
        core::mem::forget(self);
        raw
    }

    /// A global reference to the same object.
    pub(crate) fn to_global(&self) -> Result<Global, Error> {
        // SAFETY: a live reference.
        unsafe { Global::of(self.env, self.raw) }
    }
}

impl Drop for Local {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: ours, on its own thread, and not used again.
        unsafe { self.env.delete_local(self.raw) };
    }
}

/// A global reference; any thread may use it and drop it.
#[derive(Debug)]
pub(crate) struct Global(jobject);

// SAFETY: global references are valid on every thread (JNI, chapter 2).
unsafe impl Send for Global {}
// SAFETY: as above.
unsafe impl Sync for Global {}

impl Global {
    /// A new reference to an object.
    ///
    /// # Safety
    /// `object` must be a live reference that is not null.
    pub(crate) unsafe fn of(env: Env, object: jobject) -> Result<Self, Error> {
        // SAFETY: the caller's promise.
        let raw = unsafe { jni!(env, NewGlobalRef, object) };
        if raw.is_null() { Err(throwable::take_pending(env)) } else { Ok(Self(raw)) }
    }

    #[inline]
    pub(crate) fn as_raw(&self) -> jobject {
        self.0
    }

    /// Passes ownership of the reference to the caller.
    pub(crate) fn into_raw(self) -> jobject {
        let raw = self.0;
        core::mem::forget(self);
        raw
    }

    /// A local reference to the same object.
    pub(crate) fn to_local(&self, env: Env) -> Result<Local, Error> {
        // SAFETY: a live reference.
        unsafe { env.made(jni!(env, NewLocalRef, self.0)) }
    }
}

impl Drop for Global {
    fn drop(&mut self) {
        // SAFETY: ours, and not used again.
        unsafe { release::global(self.0) };
    }
}

/// Local references that are deleted together: those of one call's arguments.
pub(crate) struct LocalStack {
    env: Env,
    objects: SmallVec<[jobject; 8]>,
}

impl LocalStack {
    #[inline]
    pub(crate) fn new(env: Env) -> Self {
        Self { env, objects: SmallVec::new() }
    }

    /// Keeps the reference until the stack is dropped.
    #[inline]
    pub(crate) fn keep(&mut self, local: Local) -> jobject {
        let raw = local.into_raw();
        self.objects.push(raw);
        raw
    }
}

impl Drop for LocalStack {
    #[inline]
    fn drop(&mut self) {
        for object in &self.objects {
            // SAFETY: `keep` took ownership of them, and nothing uses them any more.
            unsafe { self.env.delete_local(*object) };
        }
    }
}
