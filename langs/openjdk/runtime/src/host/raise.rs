//! Errors thrown in Java: as `MetaFFIException`, or as the exception of Java's
//! own that they began as.

use core::ptr::null_mut;
use core::time::Duration;

use jni_sys::{jobject, jvalue};
use metaffi::{Error, ErrorKind, Handle};

use crate::api::{self, Api};
use crate::jni::{Env, Local, jni, new_string};
use crate::object::JavaObject;
use crate::throwable;
use crate::{exit, foreign};

/// How long a call that came too late waits: longer than the rest of an exit.
const GRACE: Duration = Duration::from_secs(1);

/// Makes `error` the pending exception.
///
/// Java leaves its threads running while it exits. One whose call is refused
/// then waits, so that the end overtakes it, rather than that it prints a stack
/// trace. It does not wait for good, for it may be a shutdown hook.
#[cold]
pub(super) fn raise(env: Env, error: &Error) {
    let refuses = matches!(error.kind, ErrorKind::Released | ErrorKind::Unsupported);
    if refuses && exit::has_begun() {
        std::thread::sleep(GRACE);
    }
    let made = match api::try_get() {
        Some(api) => throwable(env, api, error),
        None => bare(env, error),
    };
    let thrown = made.or_else(|failure| match api::try_get() {
        Some(api) => plain(env, api, &failure),
        None => Err(failure),
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
    throwable(env, api::get(), error)
}

/// The throwable for an error, with those of its causes.
fn throwable(env: Env, api: &Api, error: &Error) -> Result<Local, Error> {
    if let Some(original) = error.original.as_ref().and_then(|o| original(env, api, o)) {
        return original;
    }
    let cause = error.cause.as_deref().map(|cause| throwable(env, api, cause)).transpose()?;
    let original = error.original.as_ref();
    // SAFETY: the handle holds a live object.
    let original = original.map(|o| unsafe { foreign::to_java(env, o.as_raw()) }).transpose()?;
    make(env, api, error, original, cause)
}

/// The exception that began in Java, if it did.
fn original(env: Env, api: &Api, original: &Handle) -> Option<Result<Local, Error>> {
    // SAFETY: the handle keeps the object alive.
    let object = unsafe { JavaObject::of(original.as_raw()) }?.as_raw();
    // SAFETY: a live object and a class.
    let is = unsafe { jni!(env, IsInstanceOf, object, api.host.throwable.as_raw()) };
    // SAFETY: a live object.
    is.then(|| unsafe { env.made(jni!(env, NewLocalRef, object)) })
}

fn plain(env: Env, api: &Api, error: &Error) -> Result<Local, Error> {
    make(env, api, error, None, None)
}

fn make(
    env: Env,
    api: &Api,
    error: &Error,
    original: Option<Local>,
    cause: Option<Local>,
) -> Result<Local, Error> {
    let texts = [&error.message, &error.language, &error.type_name, &error.stack_trace];
    let mut locals = Vec::new();
    for text in texts {
        locals.push(new_string(env, text.as_bytes())?);
    }
    let raw = |local: Option<&Local>| jvalue { l: local.map_or(null_mut(), Local::as_raw) };
    let args = [
        jvalue { i: error.kind as i32 },
        raw(locals.first()),
        raw(locals.get(1)),
        raw(locals.get(2)),
        raw(locals.get(3)),
        raw(original.as_ref()),
        raw(cause.as_ref()),
    ];
    // SAFETY: what `MetaFFIException.of` takes.
    unsafe { api.host.new_exception(env, &args) }
}

/// Before the API is there: a `MetaFFIException` with the message alone.
fn bare(env: Env, error: &Error) -> Result<Local, Error> {
    // SAFETY: in a native method this finds what the calling class would find;
    // the exception has such a constructor.
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
