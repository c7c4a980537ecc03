//! Exceptions, taken out of Java as errors.
//!
//! An error of another runtime leaves as what it was there. Never leaves an
//! exception pending, and survives one that cannot even be described: when memory or stack is used up.

use jni_sys::jobject;
use metaffi_plugin::value::{Error, ErrorKind, Handle};

use crate::api::{self, Api};
use crate::foreign;
use crate::jni::{Env, Local, jni, to_rust_string};
use crate::object;

/// Parts of each throwable in what `metaffi.internal.Throwables` returns.
const PARTS: usize = 6;

/// The kinds by the names that `MetaFFIException.kind` has.
const KINDS: &[(ErrorKind, &str)] = &[
    (ErrorKind::Argument, "argument"),
    (ErrorKind::NotFound, "not_found"),
    (ErrorKind::Load, "load"),
    (ErrorKind::Signature, "signature"),
    (ErrorKind::Guest, "guest"),
    (ErrorKind::Panic, "panic"),
    (ErrorKind::Released, "released"),
    (ErrorKind::Abi, "abi"),
    (ErrorKind::Unsupported, "unsupported"),
    (ErrorKind::Internal, "internal"),
];

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
    match api::try_get() {
        Some(_) => say(env, &thrown),
        None => bare(env, &thrown),
    }
}

/// What a throwable says, with its causes.
pub(crate) fn say(env: Env, thrown: &Local) -> Error {
    let api = api::get();
    describe(env, api, thrown).unwrap_or_else(|| undescribed(env, api, thrown))
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
/// `parts` must hold an object or null, and five strings, from `at` on.
unsafe fn lift(env: Env, parts: jobject, at: usize) -> Option<Error> {
    // SAFETY: the caller's promise.
    let text = |offset| unsafe {
        env.element(parts, at + offset).map(|text| to_rust_string(env, text.as_raw()))
    };
    let kind = text(5)?;
    let kind = KINDS.iter().find(|(_, name)| *name == kind)?.0;
    let error = Error::new(kind, text(2)?).in_language(text(4)?).with_type(text(1)?);
    let stack_trace = text(3)?;
    // SAFETY: as above.
    let original = unsafe { env.element(parts, at) }.and_then(|object| original(env, object));
    Some(Error { stack_trace, original, ..error })
}

/// A throwable, or the foreign object behind a handle to another runtime's.
fn original(env: Env, object: Local) -> Option<Handle> {
    // SAFETY: a live object, and when it is one a `MetaFFIHandle`.
    let raw = unsafe {
        match foreign::is_handle(env, object.as_raw()) {
            true => foreign::from_java(env, object.as_raw()),
            false => object::lower(env, object),
        }
    };
    // SAFETY: both gave us one reference.
    Some(unsafe { Handle::take_raw(raw.ok()?) })
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
