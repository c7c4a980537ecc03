//! `metaffi.NativeError`: the error that an exception was made from, for details that Java reads on
//! demand.

use core::ptr::{NonNull, null_mut};

use jni_sys::{JNIEnv, jclass, jlong, jobject, jstring};
use metaffi::Error;

use super::natives::enter;
use crate::foreign;
use crate::jni::{Local, Native, new_string};

pub(super) fn natives() -> [Native; 3] {
    [
        (c"stackTrace", c"(J)Ljava/lang/String;", stack_trace as _),
        (c"original", c"(J)Lmetaffi/MetaFFIHandle;", original as _),
        (c"release", c"(J)V", release as _),
    ]
}

/// Passes ownership of the error to Java, which releases it by `release`.
pub(super) fn into_java(error: Box<Error>) -> jlong {
    Box::into_raw(error) as jlong
}

/// The error at an address that Java holds; `None` for 0.
///
/// # Safety
/// The address must be 0 or come from [`into_java`], and Java must not release it during `'a`.
pub(crate) unsafe fn of<'a>(address: jlong) -> Option<&'a Error> {
    // SAFETY: the caller's promise.
    NonNull::new(address as *mut Error).map(|error| unsafe { error.as_ref() })
}

// Each of these is called under a lock that keeps the error from being released.

unsafe extern "system" fn stack_trace(env: *mut JNIEnv, _: jclass, error: jlong) -> jstring {
    // SAFETY: the environment that the JVM passed; the error lives, see above.
    unsafe {
        enter(env, null_mut(), |env| {
            let text = of(error).map_or("", |error| error.stack_trace());
            Ok(new_string(env, text.as_bytes())?.into_raw())
        })
    }
}

unsafe extern "system" fn original(env: *mut JNIEnv, _: jclass, error: jlong) -> jobject {
    // SAFETY: as above; the error keeps the object alive.
    unsafe {
        enter(env, null_mut(), |env| {
            let original = of(error).and_then(|error| error.original.as_ref());
            let made = original.map(|object| foreign::to_java(env, object.as_raw()));
            Ok(made.transpose()?.map_or(null_mut(), Local::into_raw))
        })
    }
}

unsafe extern "system" fn release(_: *mut JNIEnv, _: jclass, error: jlong) {
    // SAFETY: `into_java` boxed it, and Java releases it.
    let error =
        NonNull::new(error as *mut Error).map(|error| unsafe { Box::from_raw(error.as_ptr()) });
    drop(error);
}
