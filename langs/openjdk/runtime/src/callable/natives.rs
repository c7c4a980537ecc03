//! The native methods of `metaffi.internal.Functions`.

use core::ptr::{NonNull, null_mut};
use std::sync::OnceLock;

use jni_sys::{JNIEnv, jboolean, jclass, jint, jlong, jobject, jstring};
use metaffi_plugin::value::{Error, query_method, takes};
use metaffi_plugin::{abi, did_you_mean};

use super::boxes::Boxes;
use super::inward::Target;
use super::{JavaFunction, default_method, inward, outward};
use crate::api::{self, Candidate, Jdk};
use crate::foreign;
use crate::host::enter;
use crate::jni::{Class, Env, Global, jni, new_string, to_rust_string};
use crate::resolve::{Member, Object, Sort};

static BOXES: OnceLock<Boxes> = OnceLock::new();

/// Registers the native methods of the class.
pub(crate) fn register_natives(env: Env, jdk: &Jdk, class: &Class) -> Result<(), Error> {
    if BOXES.get().is_none() {
        let boxes = Boxes::find(env, jdk)?;
        BOXES.get_or_init(|| boxes);
    }
    let natives = [
        (c"planProxied", c"([Ljava/lang/Object;)J", plan_proxied as _),
        (c"planDefault", c"([Ljava/lang/Object;)J", plan_default as _),
        (c"planFunction", c"([Ljava/lang/Object;Z)J", plan_function as _),
        (c"planMembers", c"([[Ljava/lang/Object;II)J", plan_members as _),
        (c"planNext", c"([Ljava/lang/Object;Ljava/lang/Object;)J", plan_next as _),
        (c"suggest", c"(Ljava/lang/String;[Ljava/lang/String;)Ljava/lang/String;", suggest as _),
        (c"call", c"(JJ[Ljava/lang/Object;)Ljava/lang/Object;", call as _),
        (c"takes", c"(JI)Z", takes_so_many as _),
        (c"callBits", c"(JJJJJ)J", call_bits as _),
        (
            c"callDefault",
            c"(JLjava/lang/Object;[Ljava/lang/Object;)Ljava/lang/Object;",
            call_default as _,
        ),
        (c"newReference", c"(JLjava/lang/Object;Ljava/lang/Object;J)J", new_reference as _),
        (c"method", c"(JLjava/lang/String;)J", method as _),
        (c"retain", c"(J)V", foreign::retain as _),
        (c"release", c"(J)V", foreign::release as _),
        (c"owner", c"(J)J", foreign::owner as _),
        (c"identity", c"(J)J", foreign::identity as _),
    ];
    env.register_natives(class, &natives)
}

/// Keeps a plan forever.
fn keep<T>(plan: T) -> jlong {
    core::ptr::from_mut(Box::leak(Box::new(plan))) as jlong
}

/// # Safety
/// `plan` must come from [`keep`] with this type.
unsafe fn plan_at<T>(plan: jlong) -> &'static T {
    // SAFETY: the caller's promise; it was leaked.
    unsafe { &*(plan as *const T) }
}

/// The fields of the boxes, which are known once the runtime has started.
pub(crate) fn boxes() -> &'static Boxes {
    BOXES.get().expect("found before the native methods were registered")
}

/// # Safety
/// `member` must be a description by `metaffi.internal.Members`.
unsafe fn candidate(env: Env, member: jobject) -> Result<Candidate, Error> {
    // SAFETY: the caller's promise; the reference made here is ours.
    unsafe {
        let member = env.made(jni!(env, NewLocalRef, member))?;
        api::candidate(env, &member)
    }
}

unsafe extern "system" fn plan_proxied(env: *mut JNIEnv, _: jclass, member: jobject) -> jlong {
    // SAFETY: called by Java, with what `Members` made.
    unsafe { enter(env, 0, |env| Ok(keep(outward::Plan::new(env, candidate(env, member)?)?))) }
}

unsafe extern "system" fn plan_default(env: *mut JNIEnv, _: jclass, member: jobject) -> jlong {
    // SAFETY: as in `plan_proxied`.
    unsafe {
        enter(env, 0, |env| Ok(keep(default_method::Plan::new(env, candidate(env, member)?)?)))
    }
}

unsafe extern "system" fn plan_function(
    env: *mut JNIEnv,
    _: jclass,
    member: jobject,
    bound: jboolean,
) -> jlong {
    // SAFETY: as in `plan_proxied`.
    unsafe {
        enter(env, 0, |env| {
            let object = if bound { Object::Bound } else { Object::OfInstances };
            let how = Member { sort: Sort::Method, object };
            Ok(keep(inward::Plan::new(env, candidate(env, member)?, how)?))
        })
    }
}

unsafe extern "system" fn plan_members(
    env: *mut JNIEnv,
    _: jclass,
    members: jobject,
    sort: jint,
    object: jint,
) -> jlong {
    let sort = match sort {
        0 => Sort::Method,
        1 => Sort::Constructor,
        2 => Sort::Get,
        _ => Sort::Set,
    };
    let object = match object {
        0 => Object::Bound,
        1 => Object::OfInstances,
        _ => Object::Always,
    };
    // SAFETY: as in `plan_proxied`: an array of descriptions.
    unsafe {
        enter(env, 0, |env| {
            let members = Global::of(env, members)?;
            Ok(keep(inward::Plan::of_members(env, members, Member { sort, object })?))
        })
    }
}

unsafe extern "system" fn plan_next(
    env: *mut JNIEnv,
    _: jclass,
    member: jobject,
    end: jobject,
) -> jlong {
    // SAFETY: as in `plan_proxied`; a live object.
    unsafe {
        enter(env, 0, |env| {
            let end = Global::of(env, end)?;
            Ok(keep(inward::Plan::of_next(env, candidate(env, member)?, end)?))
        })
    }
}

unsafe extern "system" fn suggest(
    env: *mut JNIEnv,
    _: jclass,
    missing: jstring,
    known: jobject,
) -> jstring {
    // SAFETY: Java passes a string and an array of strings.
    unsafe {
        enter(env, null_mut(), |env| {
            let all = (0..env.length(known)).filter_map(|at| env.element(known, at));
            let known: Vec<String> = all.map(|name| to_rust_string(env, name.as_raw())).collect();
            let missing = to_rust_string(env, missing);
            let hint = did_you_mean(&missing, known.iter().map(String::as_str));
            Ok(new_string(env, hint.as_bytes())?.into_raw())
        })
    }
}

unsafe extern "system" fn call(
    env: *mut JNIEnv,
    _: jclass,
    callable: jlong,
    plan: jlong,
    arguments: jobject,
) -> jobject {
    // SAFETY: Java holds a reference to the function meanwhile, and the plan is that of the method
    // with these arguments.
    unsafe {
        enter(env, null_mut(), |env| {
            let plan: &outward::Plan = plan_at(plan);
            plan.call(env, boxes(), &*(callable as *const abi::Callable), arguments)
        })
    }
}

unsafe extern "system" fn takes_so_many(
    _: *mut JNIEnv,
    _: jclass,
    callable: jlong,
    count: jint,
) -> jboolean {
    // SAFETY: Java holds a reference to the function meanwhile.
    takes(unsafe { &*(callable as *const abi::Callable) }, count as usize)
}

unsafe extern "system" fn call_bits(
    env: *mut JNIEnv,
    _: jclass,
    callable: jlong,
    plan: jlong,
    a: jlong,
    b: jlong,
    c: jlong,
) -> jlong {
    // SAFETY: as in `call`; the bits are those of what the method takes.
    unsafe {
        enter(env, 0, |env| {
            let plan: &outward::Plan = plan_at(plan);
            plan.call_bits(env, boxes(), &*(callable as *const abi::Callable), [a, b, c])
        })
    }
}

unsafe extern "system" fn call_default(
    env: *mut JNIEnv,
    _: jclass,
    plan: jlong,
    proxy: jobject,
    arguments: jobject,
) -> jobject {
    // SAFETY: as in `call`, on the proxy itself.
    unsafe {
        enter(env, null_mut(), |env| {
            plan_at::<default_method::Plan>(plan).call(env, boxes(), proxy, arguments)
        })
    }
}

unsafe extern "system" fn new_reference(
    env: *mut JNIEnv,
    _: jclass,
    plan: jlong,
    original: jobject,
    target: jobject,
    identity: jlong,
) -> jlong {
    // SAFETY: live references, and a plan for a method of the target.
    unsafe {
        enter(env, 0, |env| {
            let plan = plan_at(plan);
            // A method of a lambda is called on the lambda itself, which is also the original.
            let function = if original.is_null() {
                let target = match target.is_null() {
                    true => Target::None,
                    false => Target::Other(Global::of(env, target)?),
                };
                JavaFunction::lower(env, plan, None, target, identity)
            } else {
                let target = if target.is_null() { Target::None } else { Target::Original };
                JavaFunction::pass(env, plan, original, target, identity)?
            };
            Ok(NonNull::as_ptr(function) as jlong)
        })
    }
}

unsafe extern "system" fn method(
    env: *mut JNIEnv,
    _: jclass,
    object: jlong,
    name: jstring,
) -> jlong {
    // SAFETY: Java holds a reference to the object meanwhile, and passes a string.
    unsafe {
        enter(env, 0, |env| {
            let Some(object) = NonNull::new(object as *mut abi::Object) else { return Ok(0) };
            let found = query_method(object, &to_rust_string(env, name))?;
            Ok(found.map_or(0, |function| function.into_raw().as_ptr() as jlong))
        })
    }
}
