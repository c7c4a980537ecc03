//! Exceptions, taken out of Java as errors.
//!
//! Never leaves an exception pending, and survives one that cannot even be
//! described: when memory or stack is used up.

use jni_sys::jobject;
use metaffi_plugin::value::{Error, ErrorKind, Handle};

use crate::api::{self, Api};
use crate::jni::{Env, Local, jni, to_rust_string};
use crate::object;

/// Parts of each throwable in what `metaffi.internal.Throwables` returns.
const PARTS: usize = 4;

/// The pending exception, cleared, as an error.
#[cold]
pub(crate) fn take_pending(env: Env) -> Error {
    // SAFETY: both may be called with an exception pending; the reference is ours.
    let thrown = unsafe {
        let thrown = jni!(env, ExceptionOccurred);
        jni!(env, ExceptionClear);
        Local::take(env, thrown)
    };
    let Some(thrown) = thrown else {
        return Error::new(ErrorKind::Internal, "a JNI function failed and threw nothing");
    };
    let Some(api) = api::try_get() else { return bare(env, &thrown) };
    describe(env, api, &thrown).unwrap_or_else(|| undescribed(env, api, &thrown))
}

/// The whole chain; `None` when even that fails.
fn describe(env: Env, api: &Api, thrown: &Local) -> Option<Error> {
    let parts = api.values.describe(env, thrown)?;
    // SAFETY: `Throwables.describe` returns an object array.
    let count = unsafe { env.length(parts.as_raw()) } / PARTS;
    let mut outer = None;
    for index in (0..count).rev() {
        // SAFETY: the array has `PARTS` elements for each throwable.
        let mut error = unsafe { lift(env, parts.as_raw(), index * PARTS) }?;
        error.cause = outer.take().map(Box::new);
        outer = Some(error);
    }
    outer
}

/// # Safety
/// `parts` must hold a throwable and three strings from `at` on.
unsafe fn lift(env: Env, parts: jobject, at: usize) -> Option<Error> {
    // SAFETY: the caller's promise.
    let text = |offset| unsafe {
        env.element(parts, at + offset).map(|text| to_rust_string(env, text.as_raw()))
    };
    let error = Error::new(ErrorKind::Guest, text(2)?).in_language("openjdk").with_type(text(1)?);
    let stack_trace = text(3)?;
    // SAFETY: as above.
    let original = unsafe { env.element(parts, at) }.and_then(|thrown| original(env, thrown));
    Some(Error { stack_trace, original, ..error })
}

fn original(env: Env, thrown: Local) -> Option<Handle> {
    let object = object::lower(env, thrown).ok()?;
    // SAFETY: `lower` gave us one reference.
    Some(unsafe { Handle::take_raw(object) })
}

/// What can be said without running any Java.
fn undescribed(env: Env, api: &Api, thrown: &Local) -> Error {
    let is = |class: jobject| {
        // SAFETY: a live object and a class.
        unsafe { jni!(env, IsInstanceOf, thrown.as_raw(), class) }
    };
    let (type_name, why) = if is(api.jdk.out_of_memory.as_raw()) {
        ("java.lang.OutOfMemoryError", "the Java heap is used up")
    } else if is(api.jdk.stack_overflow.as_raw()) {
        ("java.lang.StackOverflowError", "the stack is used up")
    } else {
        ("java.lang.Throwable", "an exception that cannot be described")
    };
    Error::new(ErrorKind::Guest, why).in_language("openjdk").with_type(type_name)
}

/// Before the API is there: `toString()` alone.
fn bare(env: Env, thrown: &Local) -> Error {
    // SAFETY: every object has this method; a failure is cleared.
    let text = unsafe {
        let class = jni!(env, GetObjectClass, thrown.as_raw());
        let name = c"toString".as_ptr();
        let id = jni!(env, GetMethodID, class, name, c"()Ljava/lang/String;".as_ptr());
        env.delete_local(class);
        let text = jni!(env, CallObjectMethodA, thrown.as_raw(), id, core::ptr::null());
        jni!(env, ExceptionClear);
        Local::take(env, text).map(|text| to_rust_string(env, text.as_raw()))
    };
    let text = text.unwrap_or_else(|| "an exception that cannot be described".into());
    Error::new(ErrorKind::Load, text).in_language("openjdk")
}
