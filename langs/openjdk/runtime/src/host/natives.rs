//! Registers the native methods of the API's classes, which all run through `enter`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use jni_sys::JNIEnv;
use metaffi_plugin::value::Error;

use super::{call, callee, few, load, many, native_error, natural, raise, start};
use crate::api::Classes;
use crate::jni::Env;

/// Registers all native methods of the host API.
pub(crate) fn register(env: Env, classes: &Classes) -> Result<(), Error> {
    env.register_natives(&classes.class(env, c"metaffi/RuntimeLoad")?, &load::runtime_natives())?;
    env.register_natives(&classes.class(env, c"metaffi/MetaFFIModule")?, &load::module_natives())?;
    let callees = classes.class(env, c"metaffi/NativeCallee")?;
    env.register_natives(&callees, &callee::natives())?;
    env.register_natives(&callees, &call::natives())?;
    env.register_natives(&callees, &few::natives())?;
    env.register_natives(&callees, &many::natives())?;
    let errors = classes.class(env, c"metaffi/NativeError")?;
    env.register_natives(&errors, &native_error::natives())?;
    env.register_natives(&classes.class(env, c"metaffi/ForeignType")?, &natural::natives())?;
    env.register_natives(&classes.class(env, c"metaffi/internal/Library")?, &start::natives())
}

/// The body of every native method: on an error or a panic it throws in Java, and returns `zero`.
///
/// # Safety
/// `env` must be the environment that the JVM passed.
#[inline]
pub(crate) unsafe fn enter<R>(
    env: *mut JNIEnv,
    zero: R,
    body: impl FnOnce(Env) -> Result<R, Error>,
) -> R {
    // SAFETY: the caller's promise.
    let Some(env) = (unsafe { Env::from_raw(env) }) else { return zero };
    let error = match catch_unwind(AssertUnwindSafe(|| body(env))) {
        Ok(Ok(result)) => return result,
        Ok(Err(error)) => error,
        Err(payload) => Error::from_panic(&*payload),
    };
    raise::raise(env, error);
    zero
}
