//! Calls from Java with bits alone: the hot path.

use core::mem::MaybeUninit;

use jni_sys::{JNIEnv, jclass, jlong};
use metaffi_plugin::abi;
use metaffi_plugin::value::CallFrame;

use super::callee::Callee;
use super::lift::bits_of;
use super::natives::enter;
use crate::jni::Native;
use crate::number::scalar;

/// The native methods of `NativeCallee` that take numbers.
pub(super) fn natives() -> [Native; 5] {
    [
        (c"call0", c"(J)J", call0 as _),
        (c"call1", c"(JJ)J", call1 as _),
        (c"call2", c"(JJJ)J", call2 as _),
        (c"call3", c"(JJJJ)J", call3 as _),
        (c"call4", c"(JJJJJ)J", call4 as _),
    ]
}

// Java keeps a target alive while one of these runs, and has counted and
// checked the arguments.

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

#[inline]
fn call_with_bits<const N: usize>(env: *mut JNIEnv, target: jlong, bits: [i64; N]) -> i64 {
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
                return Err(Box::new(frame.take_error(status)));
            }
            // SAFETY: a successful callee wrote every slot.
            rets.first().map_or(Ok(0), |ret| unsafe { bits_of(env, ret.assume_init_ref(), callee) })
        })
    };
    // SAFETY: the JVM's environment.
    unsafe { enter(env, 0, body) }
}
