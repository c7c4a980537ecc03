//! Reflects one member of a class: the native method of `metaffi.internal.Members`.
//!
//! JNI looks a member up by its descriptor without resolving the classes of other members, which
//! `Class.getMethods` does (JNI, chapter 4).

use core::ptr::null_mut;
use std::ffi::CString;

use jni_sys::{JNIEnv, jboolean, jclass, jobject, jstring};
use metaffi_plugin::value::{Error, ErrorKind};

use crate::host::enter;
use crate::jni::{Class, Env, jni, to_rust_string};

/// Registers the native method of `Members`.
pub(crate) fn register_natives(env: Env, class: &Class) -> Result<(), Error> {
    const REFLECT: &core::ffi::CStr =
        c"(Ljava/lang/Class;Ljava/lang/String;Ljava/lang/String;ZZ)Ljava/lang/reflect/Member;";
    env.register_natives(class, &[(c"reflect", REFLECT, reflect as _)])
}

/// An exception stays pending, and is thrown unchanged.
unsafe extern "system" fn reflect(
    env: *mut JNIEnv,
    _: jclass,
    class: jclass,
    name: jstring,
    descriptor: jstring,
    is_static: jboolean,
    is_field: jboolean,
) -> jobject {
    let body = |env: Env| {
        let no_nul = |_| Error::new(ErrorKind::Internal, "a member's name has a NUL");
        // SAFETY: Java passes two strings.
        let text = |text| CString::new(unsafe { to_rust_string(env, text) }).map_err(no_nul);
        let (name, descriptor) = (text(name)?, text(descriptor)?);
        // SAFETY: a class, and names from its class file.
        Ok(unsafe {
            if is_field {
                field(env, class, &name, &descriptor, is_static)
            } else {
                method(env, class, &name, &descriptor, is_static)
            }
        })
    };
    // SAFETY: the JVM's environment.
    unsafe { enter(env, null_mut(), body) }
}

/// # Safety
/// `class` must be a class.
unsafe fn field(
    env: Env,
    class: jclass,
    name: &CString,
    descriptor: &CString,
    is_static: bool,
) -> jobject {
    let (name, descriptor) = (name.as_ptr(), descriptor.as_ptr());
    // SAFETY: the caller's promise; an id of this class.
    unsafe {
        let id = match is_static {
            true => jni!(env, GetStaticFieldID, class, name, descriptor),
            false => jni!(env, GetFieldID, class, name, descriptor),
        };
        if id.is_null() {
            return null_mut();
        }
        jni!(env, ToReflectedField, class, id, is_static)
    }
}

/// # Safety
/// `class` must be a class.
unsafe fn method(
    env: Env,
    class: jclass,
    name: &CString,
    descriptor: &CString,
    is_static: bool,
) -> jobject {
    let (name, descriptor) = (name.as_ptr(), descriptor.as_ptr());
    // SAFETY: as in `field`.
    unsafe {
        let id = match is_static {
            true => jni!(env, GetStaticMethodID, class, name, descriptor),
            false => jni!(env, GetMethodID, class, name, descriptor),
        };
        if id.is_null() {
            return null_mut();
        }
        jni!(env, ToReflectedMethod, class, id, is_static)
    }
}
