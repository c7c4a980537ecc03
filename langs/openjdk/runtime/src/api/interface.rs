//! A functional interface, and the last function that was passed for it.

use core::cell::UnsafeCell;
use core::ffi::c_void;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicBool, Ordering};

use jni_sys::jobject;
use metaffi_plugin::abi;
use metaffi_plugin::value::Error;

use crate::jni::{Env, Global, Local, jni};
use crate::vm::thread;

/// A `metaffi.internal.Interface`.
///
/// The same function is often passed many times, and making an object for it costs more than
/// calling it. So the last object is cached, as long as Java uses it.
#[derive(Debug)]
pub(crate) struct Interface {
    java: Global,
    latest: Latest,
}

/// The last function, if any.
#[derive(Debug)]
struct Latest {
    /// Whether a thread is using it: other threads then make a new object instead of waiting.
    is_taken: AtomicBool,
    bound: UnsafeCell<Option<Bound>>,
}

// SAFETY: only the thread that took it touches `bound`, whose reference and addresses may be used
// from any thread.
unsafe impl Send for Latest {}
// SAFETY: as above.
unsafe impl Sync for Latest {}

/// A function, and the object that calls it.
#[derive(Debug)]
struct Bound {
    function: Identity,
    /// A weak reference. While the object lives it holds the function, so that no other function
    /// has this identity.
    object: jobject,
}

/// What two references to one function of one type have in common.
#[derive(Debug, PartialEq, Eq)]
struct Identity {
    owner: u64,
    data: *mut c_void,
    params: *const abi::TypeInfo,
    rets: *const abi::TypeInfo,
}

impl Identity {
    /// # Safety
    /// `function` must be a live callable.
    unsafe fn of(function: NonNull<abi::Object>) -> Self {
        // SAFETY: the caller's promise.
        let raw = unsafe { function.cast::<abi::Callable>().as_ref() };
        let abi::Callable { base, params, rets, .. } = raw;
        let data = if base.data.is_null() { function.as_ptr().cast() } else { base.data };
        Self { owner: base.owner, data, params: *params, rets: *rets }
    }
}

impl Interface {
    pub(super) const fn new(java: Global) -> Self {
        Self { java, latest: Latest::new() }
    }

    /// An object of it that calls a borrowed function.
    ///
    /// # Safety
    /// `function` must be a live callable.
    pub(crate) unsafe fn bind(
        &self,
        env: Env,
        function: NonNull<abi::Object>,
    ) -> Result<Local, Error> {
        // SAFETY: the caller's promise.
        let identity = unsafe { Identity::of(function) };
        let again = self.latest.with(|latest| latest.as_ref()?.object_of(env, &identity));
        if let Some(Some(object)) = again {
            return Ok(object);
        }
        // SAFETY: the caller's promise, and an `Interface`.
        let object = unsafe { super::get().functions.bind(env, &self.java, function) }?;
        self.keep(env, identity, &object);
        Ok(object)
    }

    #[cold]
    fn keep(&self, env: Env, function: Identity, object: &Local) {
        // SAFETY: a live object.
        let weak = unsafe { jni!(env, NewWeakGlobalRef, object.as_raw()) };
        if weak.is_null() {
            return;
        }
        let mut other = Some(Bound { function, object: weak });
        self.latest.with(|latest| core::mem::swap(latest, &mut other));
        if let Some(other) = other {
            other.forget(env);
        }
    }
}

impl Latest {
    const fn new() -> Self {
        Self { is_taken: AtomicBool::new(false), bound: UnsafeCell::new(None) }
    }

    /// Runs `body` with it, unless another thread is using it. `body` must not fail or run foreign
    /// code.
    #[inline]
    fn with<R>(&self, body: impl FnOnce(&mut Option<Bound>) -> R) -> Option<R> {
        if self.is_taken.swap(true, Ordering::Acquire) {
            return None;
        }
        // SAFETY: nobody else had taken it, and it is ours until it is put back.
        let result = body(unsafe { &mut *self.bound.get() });
        self.is_taken.store(false, Ordering::Release);
        Some(result)
    }
}

impl Bound {
    /// The object, if it is alive and calls this function.
    #[inline]
    fn object_of(&self, env: Env, function: &Identity) -> Option<Local> {
        if self.function != *function {
            return None;
        }
        // SAFETY: a weak reference, which is null when its object is gone.
        unsafe { Local::take(env, jni!(env, NewLocalRef, self.object)) }
    }

    fn forget(&self, env: Env) {
        // SAFETY: a weak reference that is not used again.
        unsafe { jni!(env, DeleteWeakGlobalRef, self.object) };
    }
}

impl Drop for Interface {
    fn drop(&mut self) {
        // On a thread that is not attached, the few bytes of the reference leak.
        let bound = self.latest.bound.get_mut().take();
        if let (Some(env), Some(bound)) = (thread::attached(), bound) {
            bound.forget(env);
        }
    }
}
