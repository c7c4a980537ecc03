//! Calls from Java with bits alone, the hot path; the bits of an object are its address.

use core::mem::MaybeUninit;
use core::ptr::null_mut;

use jni_sys::{JNIEnv, jclass, jlong, jobject};
use metaffi_plugin::abi;
use metaffi_plugin::value::{CallFrame, Error};

use super::callee::Callee;
use super::lift::{bits_of, object_of};
use super::natives::enter;
use crate::jni::{Env, Native};
use crate::number::scalar;

/// The native methods of `NativeCallee` that take numbers.
pub(super) fn natives() -> [Native; 8] {
    [
        (c"call0", c"(J)J", call0 as _),
        (c"call1", c"(JJ)J", call1 as _),
        (c"call2", c"(JJJ)J", call2 as _),
        (c"call3", c"(JJJJ)J", call3 as _),
        (c"call4", c"(JJJJJ)J", call4 as _),
        (c"callForObject1", c"(JJ)Ljava/lang/Object;", call_for_object1 as _),
        (c"callForObject2", c"(JJJ)Ljava/lang/Object;", call_for_object2 as _),
        (c"callForObject3", c"(JJJJ)Ljava/lang/Object;", call_for_object3 as _),
    ]
}

// Java keeps a target alive while one of these runs, and has checked the number and types of the
// arguments.

extern "system" fn call0(env: *mut JNIEnv, _: jclass, target: jlong) -> jlong {
    call_with_bits(env, target, [])
}

extern "system" fn call1(env: *mut JNIEnv, _: jclass, target: jlong, a: jlong) -> jlong {
    call_with_bits(env, target, [a])
}

extern "system" fn call2(env: *mut JNIEnv, _: jclass, target: jlong, a: jlong, b: jlong) -> jlong {
    call_with_bits(env, target, [a, b])
}

extern "system" fn call3(
    env: *mut JNIEnv,
    _: jclass,
    target: jlong,
    a: jlong,
    b: jlong,
    c: jlong,
) -> jlong {
    call_with_bits(env, target, [a, b, c])
}

extern "system" fn call4(
    env: *mut JNIEnv,
    _: jclass,
    target: jlong,
    a: jlong,
    b: jlong,
    c: jlong,
    d: jlong,
) -> jlong {
    call_with_bits(env, target, [a, b, c, d])
}

extern "system" fn call_for_object1(
    env: *mut JNIEnv,
    _: jclass,
    target: jlong,
    a: jlong,
) -> jobject {
    call_for_object(env, target, [a])
}

extern "system" fn call_for_object2(
    env: *mut JNIEnv,
    _: jclass,
    target: jlong,
    a: jlong,
    b: jlong,
) -> jobject {
    call_for_object(env, target, [a, b])
}

extern "system" fn call_for_object3(
    env: *mut JNIEnv,
    _: jclass,
    target: jlong,
    a: jlong,
    b: jlong,
    c: jlong,
) -> jobject {
    call_for_object(env, target, [a, b, c])
}

#[inline]
fn call_with_bits<const N: usize>(env: *mut JNIEnv, target: jlong, bits: [i64; N]) -> jlong {
    // SAFETY: a slot of the callee's result.
    call(env, target, bits, 0, |env, slot, callee| unsafe { bits_of(env, slot, callee) })
}

#[inline]
fn call_for_object<const N: usize>(env: *mut JNIEnv, target: jlong, bits: [i64; N]) -> jobject {
    // SAFETY: a result that is used once.
    call(env, target, bits, null_mut(), |env, slot, _| unsafe { object_of(env, slot) })
}

/// The bits of a handle are its object, which Java keeps in use until the call is over. `lift`
/// converts the result, if there is one.
#[inline]
fn call<const N: usize, R: Copy>(
    env: *mut JNIEnv,
    target: jlong,
    bits: [i64; N],
    nothing: R,
    lift: impl FnOnce(Env, &abi::Value, &Callee) -> Result<R, Error>,
) -> R {
    let body = |env| {
        // SAFETY: a live target.
        let callee = unsafe { Callee::of(target) };
        let inside = callee.enter()?;
        CallFrame::with(|mut frame| {
            let args: [abi::Value; N] = core::array::from_fn(|at| {
                scalar(callee.params[at], abi::Payload { i64: bits[at] })
            });
            let mut rets = [MaybeUninit::uninit()];
            let rets = &mut rets[..callee.signature().rets().len()];
            // SAFETY: function and context belong together; slots of the
            // declared types.
            let status = unsafe { frame.call_status(inside.function, inside.context, &args, rets) };
            if status != abi::OK {
                return Err(frame.take_error(status));
            }
            // SAFETY: a successful callee wrote every slot.
            rets.first()
                .map_or(Ok(nothing), |ret| lift(env, unsafe { ret.assume_init_ref() }, callee))
        })
    };
    // SAFETY: the JVM's environment.
    unsafe { enter(env, nothing, body) }
}
