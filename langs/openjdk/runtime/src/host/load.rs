//! Runtimes, modules and entities, loaded through the hub.

use jni_sys::{JNIEnv, jclass, jint, jlong, jobjectArray, jstring};
use metaffi::{Error, Hub, Module, Runtime, Type, TypeInfo};

use super::callee::Callee;
use super::natives::enter;
use crate::jni::{Env, Native, ints, to_rust_string};

/// The native methods of `RuntimeLoad`.
pub(super) fn runtime_natives() -> [Native; 4] {
    [
        (c"load", c"(Ljava/lang/String;)J", load_runtime as _),
        (c"close", c"(J)V", close_runtime as _),
        (c"release", c"(J)V", release_runtime as _),
        (c"loadModule", c"(JLjava/lang/String;)J", load_module as _),
    ]
}

/// The native methods of `MetaFFIModule`.
pub(super) fn module_natives() -> [Native; 2] {
    let descriptor = c"(JLjava/lang/String;[I[Ljava/lang/String;I)J";
    [(c"loadEntity", descriptor, load_entity as _), (c"release", c"(J)V", release_module as _)]
}

// Java keeps the object behind a pointer alive while one of these runs.

extern "system" fn load_runtime(env: *mut JNIEnv, _: jclass, name: jstring) -> jlong {
    let body = |env| {
        // SAFETY: a string, which Java checked for null.
        let name = unsafe { to_rust_string(env, name) };
        let runtime = Runtime::load_from(Hub::open(None)?, &name)?;
        Ok(Box::into_raw(Box::new(runtime)) as jlong)
    };
    // SAFETY: the JVM's environment.
    unsafe { enter(env, 0, body) }
}

extern "system" fn close_runtime(env: *mut JNIEnv, _: jclass, runtime: jlong) {
    let body = |_| {
        // SAFETY: a live runtime.
        unsafe { &*(runtime as *const Runtime) }.release();
        Ok(())
    };
    // SAFETY: the JVM's environment.
    unsafe { enter(env, (), body) };
}

extern "system" fn release_runtime(env: *mut JNIEnv, _: jclass, runtime: jlong) {
    let body = |_| {
        // SAFETY: `load_runtime` boxed it, and Java releases it once.
        drop(unsafe { Box::from_raw(runtime as *mut Runtime) });
        Ok(())
    };
    // SAFETY: the JVM's environment.
    unsafe { enter(env, (), body) };
}

extern "system" fn load_module(
    env: *mut JNIEnv,
    _: jclass,
    runtime: jlong,
    path: jstring,
) -> jlong {
    let body = |env| {
        // SAFETY: a live runtime, and a string.
        let module = unsafe {
            let path = to_rust_string(env, path);
            (*(runtime as *const Runtime)).module(&path)?
        };
        Ok(Box::into_raw(Box::new(module)) as jlong)
    };
    // SAFETY: the JVM's environment.
    unsafe { enter(env, 0, body) }
}

extern "system" fn release_module(env: *mut JNIEnv, _: jclass, module: jlong) {
    let body = |_| {
        // SAFETY: `load_module` boxed it, and Java releases it once.
        drop(unsafe { Box::from_raw(module as *mut Module) });
        Ok(())
    };
    // SAFETY: the JVM's environment.
    unsafe { enter(env, (), body) };
}

extern "system" fn load_entity(
    env: *mut JNIEnv,
    _: jclass,
    module: jlong,
    path: jstring,
    types: jobjectArray,
    aliases: jobjectArray,
    params: jint,
) -> jlong {
    let body = |env| {
        // SAFETY: a live module, a string, and the arrays that `MetaFFIModule` made.
        let (module, path, infos) = unsafe {
            (&*(module as *const Module), to_rust_string(env, path), infos(env, types, aliases)?)
        };
        let (params, rets) = infos.split_at(params as usize);
        Ok(Callee::entity(module.entity(&path, params, rets)?, &path).into_target())
    };
    // SAFETY: the JVM's environment.
    unsafe { enter(env, 0, body) }
}

/// # Safety
/// `aliases` must be an array of strings, `types` one of twice as many `int`.
unsafe fn infos(
    env: Env,
    types: jobjectArray,
    aliases: jobjectArray,
) -> Result<Vec<TypeInfo>, Error> {
    // SAFETY: the caller's promise.
    let words = unsafe { ints(env, types) };
    let info = |(index, pair): (usize, &[i32; 2])| {
        // SAFETY: as above; there is an alias for each pair.
        let alias = unsafe { env.element(aliases, index) }
            // SAFETY: a string.
            .map_or_else(String::new, |alias| unsafe { to_rust_string(env, alias.as_raw()) });
        let info = TypeInfo::new(Type::from_raw(pair[0] as u32)).with_alias(alias);
        if pair[1] == 0 { info } else { info.with_dims(pair[1]) }
    };
    Ok(words.as_chunks::<2>().0.iter().enumerate().map(info).collect())
}
