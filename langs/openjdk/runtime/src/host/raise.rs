//! Errors thrown in Java: as a `MetaFFIException`, or as the Java exception that they began as.

use core::ptr::null_mut;
use core::time::Duration;

use jni_sys::{jobject, jvalue};
use metaffi::{Error, ErrorKind, Handle};

use super::native_error;
use crate::api::{self, Api};
use crate::jni::{Env, Local, jni, new_string};
use crate::object::JavaObject;
use crate::throwable;
use crate::{exit, pressure};

/// How long a refused call waits: longer than the rest of an exit takes.
const GRACE: Duration = Duration::from_secs(1);

/// Makes `error` the pending exception.
///
/// Java leaves its threads running while it exits. A thread whose call is refused then waits, so
/// that the process ends before it prints a stack trace. It does not wait forever, because it may
/// be a shutdown hook.
#[cold]
pub(super) fn raise(env: Env, error: Error) {
    let refuses = matches!(error.kind, ErrorKind::Released | ErrorKind::Unsupported);
    if refuses && exit::has_begun() {
        std::thread::sleep(GRACE);
    }
    let made = match api::try_get() {
        Some(api) => throwable(env, api, error),
        None => bare(env, &error),
    };
    let thrown = made.or_else(|failed| match api::try_get() {
        Some(api) => make(env, api, failed, None),
        None => Err(failed),
    });
    if let Ok(thrown) = thrown {
        // SAFETY: a throwable.
        unsafe { jni!(env, Throw, thrown.as_raw()) };
    } else {
        // SAFETY: a class of the JDK, which has such a constructor.
        unsafe {
            let class = jni!(env, FindClass, c"java/lang/OutOfMemoryError".as_ptr());
            jni!(env, ThrowNew, class, c"no memory for an error of MetaFFI".as_ptr());
        }
    }
}

/// The exception for an error that another runtime passed as a value.
pub(crate) fn value(env: Env, error: &Error) -> Result<Local, Error> {
    throwable(env, api::get(), error.clone())
}

/// The throwable for an error, with those of its causes.
fn throwable(env: Env, api: &Api, error: Error) -> Result<Local, Error> {
    if let Some(original) = error.original.as_ref().and_then(|o| original(env, api, o)) {
        return original;
    }
    let cause = error.cause.clone().map(|cause| throwable(env, api, cause)).transpose()?;
    make(env, api, error, cause)
}

/// The original exception, if the error began in Java.
fn original(env: Env, api: &Api, original: &Handle) -> Option<Result<Local, Error>> {
    // SAFETY: the handle keeps the object alive.
    let object = unsafe { JavaObject::of(original.as_raw()) }?.as_raw();
    // SAFETY: a live object and a class.
    let is = unsafe { jni!(env, IsInstanceOf, object, api.host.throwable.as_raw()) };
    // SAFETY: a live object.
    is.then(|| unsafe { env.made(jni!(env, NewLocalRef, object)) })
}

/// A `MetaFFIException`, which takes the native error if there is more to read from it.
fn make(env: Env, api: &Api, error: Error, cause: Option<Local>) -> Result<Local, Error> {
    let error = Box::new(error);
    let [message, language, type_name] = [&*error.message, &*error.language, &*error.type_name]
        .map(|text| new_string(env, text.as_bytes()));
    let (message, language, type_name) = (message?, language?, type_name?);
    let known = error.known_stack_trace();
    let stack_trace = known.map(|text| new_string(env, text.as_bytes())).transpose()?;
    if error.original.is_some() {
        pressure::imported();
    }
    let has_more = error.original.is_some() || known.is_none();
    let kind = error.kind as i32;
    let address = if has_more { native_error::into_java(error) } else { 0 };
    let raw = |local: Option<&Local>| jvalue { l: local.map_or(null_mut(), Local::as_raw) };
    let args = [
        jvalue { i: kind },
        raw(Some(&message)),
        raw(Some(&language)),
        raw(Some(&type_name)),
        raw(stack_trace.as_ref()),
        jvalue { j: address },
        raw(cause.as_ref()),
    ];
    // SAFETY: what `MetaFFIException.of` takes. If it fails, memory is exhausted, and the native
    // error is not released, because Java may own it already.
    unsafe { api.host.new_exception(env, &args) }
}

/// Before the API exists: a `MetaFFIException` with the message alone.
fn bare(env: Env, error: &Error) -> Result<Local, Error> {
    // SAFETY: in a native method this uses the calling class's loader; the exception has such a
    // constructor.
    unsafe {
        let class: jobject = jni!(env, FindClass, c"metaffi/MetaFFIException".as_ptr());
        let class = env.made(class)?;
        let name = c"<init>".as_ptr();
        let id = jni!(env, GetMethodID, class.as_raw(), name, c"(Ljava/lang/String;)V".as_ptr());
        if id.is_null() {
            return Err(throwable::take_pending(env));
        }
        let message = new_string(env, error.to_string().as_bytes())?;
        let args = [jvalue { l: message.as_raw() }];
        env.made(jni!(env, NewObjectA, class.as_raw(), id, args.as_ptr()))
    }
}
