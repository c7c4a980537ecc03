//! The native methods of `metaffi.ForeignType`, which query guest objects.

use core::ptr::{NonNull, null_mut};

use jni_sys::{JNIEnv, jclass, jlong, jobject, jobjectArray, jstring};
use metaffi::{Error, ErrorKind, Handle, Module, Value};
use metaffi_plugin::abi;
use metaffi_plugin::value::{CallFrame, query_description, query_items, query_member, query_type};

use super::lift::array;
use super::natives::enter;
use crate::jni::{Env, Local, Native, jni, to_rust_string};
use crate::number::scalar;
use crate::{object, to_java};

/// The native methods of `ForeignType`.
pub(super) fn natives() -> [Native; 6] {
    [
        (c"items", c"(J)Ljava/lang/Object;", items as _),
        (c"typeOf", c"(J)J", type_of as _),
        (c"member", c"(JJLjava/lang/String;)J", member as _),
        (c"describe", c"(J)[Ljava/lang/Object;", describe as _),
        (c"lower", c"(Ljava/lang/Object;)J", lower as _),
        (c"load", c"(JLjava/lang/String;)Ljava/lang/Object;", load as _),
    ]
}

fn live(object: jlong) -> Result<NonNull<abi::Object>, Error> {
    let none = || Error::new(ErrorKind::Released, "the object was released");
    NonNull::new(object as *mut abi::Object).ok_or_else(none)
}

// Java keeps the object in use until one of these returns.

extern "system" fn type_of(env: *mut JNIEnv, _: jclass, object: jlong) -> jlong {
    // SAFETY: a live object.
    let body = |_| unsafe {
        let numbers = query_type(live(object)?)?;
        Ok(numbers.map_or(0, |(number, _)| number as jlong))
    };
    // SAFETY: the JVM's environment.
    unsafe { enter(env, 0, body) }
}

extern "system" fn member(
    env: *mut JNIEnv,
    _: jclass,
    object: jlong,
    kind: jlong,
    name: jstring,
) -> jlong {
    // SAFETY: a live object, and a string.
    let body = |env| unsafe {
        let found = query_member(live(object)?, kind, &to_rust_string(env, name))?;
        Ok(found.map_or(0, |function| function.into_handle().into_raw().as_ptr() as jlong))
    };
    // SAFETY: the JVM's environment.
    unsafe { enter(env, 0, body) }
}

extern "system" fn describe(env: *mut JNIEnv, _: jclass, object: jlong) -> jobjectArray {
    let body = |env| {
        CallFrame::with(|mut frame| {
            // SAFETY: a live object, and the frame outlives the answer.
            let answer = unsafe { query_description(live(object)?, &mut frame) }?;
            let undescribed =
                || Error::new(ErrorKind::Unsupported, "the object does not describe itself");
            let answer = answer.ok_or_else(undescribed)?;
            let mut parts = Vec::new();
            for slot in answer.slots() {
                // SAFETY: the answer holds its slots.
                parts.push(unsafe { to_java::result(env, slot) }?);
            }
            Ok(array(env, &parts)?.into_raw())
        })
    };
    // SAFETY: the JVM's environment.
    unsafe { enter(env, null_mut(), body) }
}

extern "system" fn items(env: *mut JNIEnv, _: jclass, object: jlong) -> jobject {
    let body = |env| {
        CallFrame::with(|mut frame| {
            // SAFETY: a live object, and the frame outlives the answer, which holds its slot.
            unsafe {
                let Some(answer) = query_items(live(object)?, &mut frame)? else {
                    return Ok(null_mut());
                };
                let [slot] = answer.slots();
                Ok(to_java::result(env, slot)?.map_or(null_mut(), Local::into_raw))
            }
        })
    };
    // SAFETY: the JVM's environment.
    unsafe { enter(env, null_mut(), body) }
}

extern "system" fn lower(env: *mut JNIEnv, _: jclass, object: jobject) -> jlong {
    // SAFETY: Java passes an object; the reference made here is ours.
    let body = |env: Env| unsafe {
        let local = env.made(jni!(env, NewLocalRef, object))?;
        Ok(object::lower(env, local)?.as_ptr() as jlong)
    };
    // SAFETY: the JVM's environment.
    unsafe { enter(env, 0, body) }
}

extern "system" fn load(env: *mut JNIEnv, _: jclass, module: jlong, path: jstring) -> jobject {
    let body = |env| {
        // SAFETY: a live module, and a string.
        let named = unsafe { (*(module as *const Module)).value(&to_rust_string(env, path)) }?;
        let made = match &named {
            Value::Callable(function) => of_object(env, abi::CALLABLE, function.handle()),
            Value::Handle(object) => of_object(env, abi::HANDLE, object),
            _ => {
                let message = "the guest does not support entities without types";
                Err(Error::new(ErrorKind::Unsupported, message))
            }
        };
        Ok(made?.map_or(null_mut(), Local::into_raw))
    };
    // SAFETY: the JVM's environment.
    unsafe { enter(env, null_mut(), body) }
}

fn of_object(env: Env, ty: abi::Type, object: &Handle) -> Result<Option<Local>, Error> {
    let slot = scalar(ty, abi::Payload { object: object.as_raw().as_ptr() });
    // SAFETY: a borrowed object, which lives until this returns.
    unsafe { to_java::result(env, &slot) }
}
