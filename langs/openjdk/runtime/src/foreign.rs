//! Objects of other runtimes inside Java: `metaffi.MetaFFIHandle`.

use core::ptr::NonNull;

use jni_sys::{JNIEnv, jclass, jlong, jobject, jstring};
use metaffi_plugin::value::{Error, ErrorKind, Handle, str_from_raw};
use metaffi_plugin::{Exported, abi};

use crate::api;
use crate::jni::{Class, Env, Local, jni, new_string};
use crate::pressure;
use crate::runtime::OpenJdk;

/// A `MetaFFIHandle` around a borrowed foreign object, which it retains.
///
/// # Safety
/// `object` must be live.
pub(crate) unsafe fn to_java(env: Env, object: NonNull<abi::Object>) -> Result<Local, Error> {
    // SAFETY: the caller's promise.
    let handle = unsafe { Handle::retain_raw(object) };
    // SAFETY: a live object, whose reference goes to Java when that succeeds.
    let adopted = unsafe { api::get().values.adopt(env, handle.as_raw().as_ptr() as jlong) }?;
    let _ = handle.into_raw();
    pressure::imported();
    adopted.ok_or_else(|| Error::new(ErrorKind::Internal, "MetaFFIHandle.adopt returned null"))
}

/// The foreign object behind a `MetaFFIHandle`, with one reference for the caller.
///
/// # Safety
/// `handle` must be a `MetaFFIHandle`.
pub(crate) unsafe fn from_java(env: Env, handle: jobject) -> Result<NonNull<abi::Object>, Error> {
    // SAFETY: the caller's promise.
    let object = unsafe { api::get().values.new_reference(env, handle) }?;
    NonNull::new(object as *mut abi::Object)
        .ok_or_else(|| Error::new(ErrorKind::Internal, "MetaFFIHandle.newReference returned 0"))
}

/// Whether an object is a `MetaFFIHandle`.
///
/// # Safety
/// `object` must be live.
pub(crate) unsafe fn is_handle(env: Env, object: jobject) -> bool {
    let class = api::get().values.handle.as_raw();
    // SAFETY: the caller's promise, and a class.
    unsafe { jni!(env, IsInstanceOf, object, class) }
}

/// Registers the native methods of `MetaFFIHandle`.
pub(crate) fn register_natives(env: Env, class: &Class) -> Result<(), Error> {
    let natives = [
        (c"retain", c"(J)V", retain as _),
        (c"release", c"(J)V", release as _),
        (c"owner", c"(J)J", owner as _),
        (c"identity", c"(J)J", identity as _),
        (c"ownerName", c"(J)Ljava/lang/String;", owner_name as _),
    ];
    env.register_natives(class, &natives)
}

fn object(object: jlong) -> Option<NonNull<abi::Object>> {
    NonNull::new(object as *mut abi::Object)
}

// Each of these gets the pointer of a `Reference`, which holds one reference to the object and
// keeps it from being released meanwhile.

pub(crate) extern "system" fn retain(_: *mut JNIEnv, _: jclass, raw: jlong) {
    // SAFETY: a live object, see above.
    let handle = object(raw).map(|object| unsafe { Handle::retain_raw(object) });
    handle.map(Handle::into_raw);
}

pub(crate) extern "system" fn release(_: *mut JNIEnv, _: jclass, raw: jlong) {
    // SAFETY: the one reference that the `Reference` held and now gives up.
    drop(object(raw).map(|object| unsafe { Handle::take_raw(object) }));
}

pub(crate) extern "system" fn owner(_: *mut JNIEnv, _: jclass, raw: jlong) -> jlong {
    // SAFETY: a live object, see above.
    object(raw).map_or(0, |object| unsafe { object.as_ref() }.owner as jlong)
}

/// The owner's own reference if there is one, so that two handles for the same object are equal.
pub(crate) extern "system" fn identity(_: *mut JNIEnv, _: jclass, raw: jlong) -> jlong {
    // SAFETY: a live object, see above.
    let data = object(raw).map_or(0, |object| unsafe { object.as_ref() }.data as jlong);
    if data == 0 { raw } else { data }
}

extern "system" fn owner_name(env: *mut JNIEnv, _: jclass, owner: jlong) -> jstring {
    // SAFETY: the environment of this thread.
    let env = unsafe { Env::from_raw(env) };
    let name = OpenJdk::hub().get().map_or_else(String::new, |hub| {
        // SAFETY: takes any number, and the name lives as long as the process.
        unsafe { str_from_raw((hub.owner_name)(owner as u64)) }
    });
    let text = env.and_then(|env| new_string(env, name.as_bytes()).ok());
    text.map_or(core::ptr::null_mut(), Local::into_raw)
}
