//! A functional interface of Java's, and the function that came for it last.

use core::ffi::c_void;
use core::ptr::{NonNull, null_mut};
use core::sync::atomic::{AtomicPtr, Ordering};

use jni_sys::jobject;
use metaffi_plugin::abi;
use metaffi_plugin::value::Error;

use crate::jni::{Env, Global, Local, jni};
use crate::vm::thread;

/// A `metaffi.internal.Interface`.
///
/// The same function often comes many times, and to make an object for it costs
/// more than to call it. So the last one is remembered, for as long as Java uses
/// it.
#[derive(Debug)]
pub(crate) struct Interface {
    java: Global,
    /// Taken while somebody looks at it: others make an object then.
    latest: AtomicPtr<Arrival>,
}

/// A function, and the object that calls it.
struct Arrival {
    function: Identity,
    /// A weak reference. While the object lives it holds the function, so that
    /// no other has this identity.
    object: jobject,
}

/// What is the same of two references to one function, of one type.
#[derive(PartialEq, Eq)]
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
        Self { java, latest: AtomicPtr::new(null_mut()) }
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
        if let Some(arrival) = self.exchange(None) {
            if arrival.function == identity {
                // SAFETY: a weak reference, which is null when its object is gone.
                let object = unsafe { Local::take(env, jni!(env, NewLocalRef, arrival.object)) };
                if let Some(object) = object {
                    self.keep(env, arrival);
                    return Ok(object);
                }
            }
            arrival.forget(env);
        }
        // SAFETY: the caller's promise, and an `Interface`.
        let object = unsafe { super::get().functions.bind(env, &self.java, function) }?;
        // SAFETY: a live object.
        let weak = unsafe { jni!(env, NewWeakGlobalRef, object.as_raw()) };
        if !weak.is_null() {
            self.keep(env, Box::new(Arrival { function: identity, object: weak }));
        }
        Ok(object)
    }

    fn keep(&self, env: Env, arrival: Box<Arrival>) {
        if let Some(other) = self.exchange(Some(arrival)) {
            other.forget(env);
        }
    }

    fn exchange(&self, arrival: Option<Box<Arrival>>) -> Option<Box<Arrival>> {
        let new = arrival.map_or(null_mut(), Box::into_raw);
        let old = self.latest.swap(new, Ordering::AcqRel);
        // SAFETY: only boxes are in there, and whoever takes one owns it.
        (!old.is_null()).then(|| unsafe { Box::from_raw(old) })
    }
}

impl Arrival {
    fn forget(&self, env: Env) {
        // SAFETY: a weak reference that is not used again.
        unsafe { jni!(env, DeleteWeakGlobalRef, self.object) };
    }
}

impl Drop for Interface {
    fn drop(&mut self) {
        // A thread that is not attached leaves the few bytes of the reference.
        if let (Some(env), Some(arrival)) = (thread::attached(), self.exchange(None)) {
            arrival.forget(env);
        }
    }
}
