//! Converts Java exceptions to errors.
//!
//! An error of another runtime is passed on as it was there. Never leaves an exception pending, and
//! handles exceptions that cannot even be described, when memory or stack is exhausted.

use jni_sys::jobject;
use metaffi_plugin::value::{Error, ErrorKind, Handle};

use crate::api::{self, Api};
use crate::foreign;
use crate::host::native_error;
use crate::jni::{Env, Local, jni, to_rust_string};
use crate::object::{self, JavaObject};
use crate::vm;

/// The number of parts for each throwable in the array that `metaffi.internal.Throwables` returns.
const PARTS: usize = 6;

/// The kinds by the names in `MetaFFIException.kind`.
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
        Some(_) => to_error(env, &thrown),
        None => bare(env, &thrown),
    }
}

/// The error for a throwable, with its causes.
pub(crate) fn to_error(env: Env, thrown: &Local) -> Error {
    let api = api::get();
    let error = brief(env, api, thrown).or_else(|| from_native(env, api, thrown));
    let error = error.or_else(|| describe(env, api, thrown));
    error.unwrap_or_else(|| minimal(env, api, thrown))
}

/// The error for a Java exception without a cause; `None` for others.
fn brief(env: Env, api: &Api, thrown: &Local) -> Option<Error> {
    let text = api.values.brief(env, thrown)?;
    // SAFETY: `Throwables.brief` returns a string.
    let text = unsafe { to_rust_string(env, text.as_raw()) };
    let (type_name, message) = text.split_once('\0')?;
    // SAFETY: a live object.
    let object = unsafe { env.made(jni!(env, NewLocalRef, thrown.as_raw())) }.ok()?;
    Some(own(env, object, type_name, message))
}

/// The native error that a `MetaFFIException` was made from, if any.
fn from_native(env: Env, api: &Api, thrown: &Local) -> Option<Error> {
    // SAFETY: live objects and a class; the exception keeps its native error alive.
    unsafe {
        if !jni!(env, IsInstanceOf, thrown.as_raw(), api.host.exception.as_raw()) {
            return None;
        }
        let address = api.host.native_error(env, thrown.as_raw()).ok()?;
        native_error::of(address).cloned()
    }
}

/// The error for a Java exception.
fn own(env: Env, thrown: Local, type_name: &str, message: &str) -> Error {
    let error = Error::new(ErrorKind::Guest, message)
        .in_language("openjdk")
        .with_type(type_name.to_owned());
    match original(env, thrown) {
        Some(original) => error.with_original(original).with_stack_trace_by(stack_trace),
        None => error,
    }
}

/// The stack trace of a Java exception that others hold; empty if the JVM cannot be entered any
/// more.
fn stack_trace(original: &Handle) -> String {
    let Ok(env) = vm::thread::enter() else { return String::new() };
    // SAFETY: the handle keeps the object alive, which `own` made from a throwable.
    let text = unsafe {
        let object = JavaObject::of(original.as_raw());
        object.and_then(|object| api::get().values.trace(env, object.as_raw()))
    };
    text.unwrap_or_default()
}

/// The whole chain; `None` if even that fails.
fn describe(env: Env, api: &Api, thrown: &Local) -> Option<Error> {
    let parts = api.values.describe(env, thrown)?;
    // SAFETY: `Throwables.describe` returns an object array.
    let count = unsafe { env.length(parts.as_raw()) } / PARTS;
    let mut outer = None;
    for index in (0..count).rev() {
        // SAFETY: the array has `PARTS` elements for each throwable.
        let mut error = unsafe { lift(env, parts.as_raw(), index * PARTS) }?;
        error.cause = outer.take();
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
    // SAFETY: as above.
    let object = unsafe { env.element(parts, at) };
    let Some(stack_trace) = text(3) else {
        return Some(own(env, object?, &text(1)?, &text(2)?));
    };
    let mut error = Error::new(kind, text(2)?).in_language(text(4)?).with_type(text(1)?);
    error.original = object.and_then(|object| original(env, object));
    Some(error.with_stack_trace(stack_trace))
}

/// A throwable, or the foreign object behind a handle.
fn original(env: Env, object: Local) -> Option<Handle> {
    // SAFETY: a live object, and a `MetaFFIHandle` in the first case.
    let raw = unsafe {
        match foreign::is_handle(env, object.as_raw()) {
            true => foreign::from_java(env, object.as_raw()),
            false => object::lower(env, object),
        }
    };
    // SAFETY: both return one reference for us.
    Some(unsafe { Handle::take_raw(raw.ok()?) })
}

/// The error that can be made without running any Java code.
fn minimal(env: Env, api: &Api, thrown: &Local) -> Error {
    let is = |class: jobject| {
        // SAFETY: a live object and a class.
        unsafe { jni!(env, IsInstanceOf, thrown.as_raw(), class) }
    };
    let (type_name, why) = if is(api.jdk.out_of_memory.as_raw()) {
        ("java.lang.OutOfMemoryError", "the Java heap is exhausted")
    } else if is(api.jdk.stack_overflow.as_raw()) {
        ("java.lang.StackOverflowError", "the stack is exhausted")
    } else {
        ("java.lang.Throwable", "an exception that cannot be described")
    };
    Error::new(ErrorKind::Guest, why).in_language("openjdk").with_type(type_name)
}

/// Before the API exists: `toString()` alone.
fn bare(env: Env, thrown: &Local) -> Error {
    // SAFETY: every object has this method; an exception is cleared.
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
