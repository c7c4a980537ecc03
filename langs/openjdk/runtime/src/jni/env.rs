//! The JNI environment of the current thread.

use core::ffi::{CStr, c_void};
use core::ptr::NonNull;

use jni_sys::{JNI_OK, JNIEnv, JNINativeMethod, jint, jobject, jsize};
use metaffi_plugin::abi;
use metaffi_plugin::value::{Error, ErrorKind};

use super::{Class, Local};
use crate::{throwable, vm};

/// The environment of the thread that holds it; it cannot leave that thread.
#[derive(Clone, Copy)]
pub(crate) struct Env(NonNull<JNIEnv>);

impl Env {
    /// The environment behind `raw`; `None` if it is null.
    ///
    /// # Safety
    /// `raw` must be null or the environment of this thread.
    #[inline]
    pub(crate) unsafe fn from_raw(raw: *mut JNIEnv) -> Option<Self> {
        NonNull::new(raw).map(Self)
    }

    #[inline]
    pub(crate) fn as_raw(self) -> *mut JNIEnv {
        self.0.as_ptr()
    }

    /// Whether an exception is pending.
    #[inline]
    pub(crate) fn has_exception(self) -> bool {
        // SAFETY: the environment of this thread; allowed at any time.
        unsafe { jni!(self, ExceptionCheck) }
    }

    /// Fails with the pending exception, if there is one, and clears it.
    #[inline]
    pub(crate) fn check(self) -> Result<(), Error> {
        if self.has_exception() { Err(throwable::take_pending(self)) } else { Ok(()) }
    }

    /// Fails with the exception that the last call threw. HotSpot returns zero when a method
    /// throws, so only a zero needs the check.
    #[inline]
    pub(crate) fn check_call(self, returned_zero: bool) -> Result<(), Error> {
        if returned_zero || vm::checks_always() { self.check() } else { Ok(()) }
    }

    /// Wraps the result of a JNI function that returns null on failure.
    ///
    /// # Safety
    /// `object` must be null or a local reference that nobody else deletes.
    pub(crate) unsafe fn made(self, object: jobject) -> Result<Local, Error> {
        // SAFETY: the caller's promise.
        unsafe { Local::take(self, object) }.ok_or_else(|| throwable::take_pending(self))
    }

    /// # Safety
    /// `object` must be null or a local reference that is not used again.
    #[inline]
    pub(crate) unsafe fn delete_local(self, object: jobject) {
        // SAFETY: the caller's promise.
        unsafe { jni!(self, DeleteLocalRef, object) };
    }

    /// # Safety
    /// `object` must be a global reference that is not used again.
    pub(crate) unsafe fn delete_global(self, object: jobject) {
        // SAFETY: the caller's promise.
        unsafe { jni!(self, DeleteGlobalRef, object) };
    }

    /// Reserves local references for the deepest array, two for each level.
    pub(crate) fn reserve_locals(self) -> Result<(), Error> {
        const MAX: jint = 4 * abi::MAX_DEPTH as jint;
        // SAFETY: the environment of this thread.
        let status = unsafe { jni!(self, EnsureLocalCapacity, MAX) };
        if status == JNI_OK { Ok(()) } else { Err(throwable::take_pending(self)) }
    }

    /// The length of an array.
    ///
    /// # Safety
    /// `array` must be an array.
    #[inline]
    pub(crate) unsafe fn length(self, array: jobject) -> usize {
        // SAFETY: the caller's promise; a length is never negative.
        unsafe { jni!(self, GetArrayLength, array) as usize }
    }

    /// Element `index` of an object array; `None` for null.
    ///
    /// # Safety
    /// `array` must be an object array of more than `index` elements.
    pub(crate) unsafe fn element(self, array: jobject, index: usize) -> Option<Local> {
        // SAFETY: the caller's promise; the reference made here is ours.
        unsafe { Local::take(self, jni!(self, GetObjectArrayElement, array, index as jsize)) }
    }

    /// Whether `sub` may be assigned to `class`.
    ///
    /// # Safety
    /// Both must be classes.
    pub(crate) unsafe fn is_assignable(self, sub: jobject, class: jobject) -> bool {
        // SAFETY: the caller's promise.
        unsafe { jni!(self, IsAssignableFrom, sub, class) }
    }
}

/// A native method: its name, its descriptor, its function.
pub(crate) type Native = (&'static CStr, &'static CStr, *mut c_void);

impl Env {
    /// Registers native methods of `class`.
    pub(crate) fn register_natives(self, class: &Class, natives: &[Native]) -> Result<(), Error> {
        let method = |(name, signature, function): &Native| JNINativeMethod {
            name: name.as_ptr().cast_mut(),
            signature: signature.as_ptr().cast_mut(),
            fnPtr: *function,
        };
        let methods: Vec<JNINativeMethod> = natives.iter().map(method).collect();
        // SAFETY: the functions have the types in their descriptors.
        let status = unsafe {
            jni!(self, RegisterNatives, class.as_raw(), methods.as_ptr(), methods.len() as i32)
        };
        if status == JNI_OK { Ok(()) } else { Err(throwable::take_pending(self)) }
    }
}

/// Converts a length to Java's type.
pub(crate) fn java_length(length: usize, what: &str) -> Result<jsize, Error> {
    jsize::try_from(length).map_err(|_| {
        let max = jsize::MAX;
        let message =
            format!("{what} of length {length} is too long for Java, whose limit is {max}");
        Error::new(ErrorKind::Argument, message)
    })
}
