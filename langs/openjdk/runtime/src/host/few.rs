//! Calls from Java with few arguments of any type, which cross without arrays.

use core::mem::MaybeUninit;
use core::ptr::null_mut;

use jni_sys::{JNIEnv, jclass, jlong, jobject};
use metaffi_plugin::abi;
use metaffi_plugin::value::{CallFrame, OwnedSlots};

use super::callee::Callee;
use super::lift::{bits_of, object_of};
use super::lower::{Lent, passed};
use super::natives::{Failure, enter};
use crate::jni::{Env, Native};

/// The native methods of `NativeCallee` that take up to three arguments.
pub(super) fn natives() -> [Native; 2] {
    [
        (
            c"callForBits",
            c"(JJJLjava/lang/Object;JJLjava/lang/Object;JJLjava/lang/Object;)J",
            call_for_bits as _,
        ),
        (
            c"callForObject",
            c"(JJJLjava/lang/Object;JJLjava/lang/Object;JJLjava/lang/Object;)Ljava/lang/Object;",
            call_for_object as _,
        ),
    ]
}

/// The most arguments of such a call.
const FEW: usize = 3;

/// An argument of a call with few: its words, and its object or null.
type Few = ([i64; 2], jobject);

#[allow(clippy::too_many_arguments, reason = "JNI passes each in a register or on the stack")]
extern "system" fn call_for_bits(
    env: *mut JNIEnv,
    _: jclass,
    target: jlong,
    a1: jlong,
    a2: jlong,
    a: jobject,
    b1: jlong,
    b2: jlong,
    b: jobject,
    c1: jlong,
    c2: jlong,
    c: jobject,
) -> jlong {
    let few = [([a1, a2], a), ([b1, b2], b), ([c1, c2], c)];
    // SAFETY: a live target, and what goes with it.
    let body = |env| unsafe {
        call_with_few(env, Callee::of(target), few, 0, |slot, callee| bits_of(env, slot, callee))
    };
    // SAFETY: the JVM's environment.
    unsafe { enter(env, 0, body) }
}

#[allow(clippy::too_many_arguments, reason = "as above")]
extern "system" fn call_for_object(
    env: *mut JNIEnv,
    _: jclass,
    target: jlong,
    a1: jlong,
    a2: jlong,
    a: jobject,
    b1: jlong,
    b2: jlong,
    b: jobject,
    c1: jlong,
    c2: jlong,
    c: jobject,
) -> jobject {
    let few = [([a1, a2], a), ([b1, b2], b), ([c1, c2], c)];
    // SAFETY: a live target, and what goes with it; a result, which is used once.
    let body = |env| unsafe {
        call_with_few(env, Callee::of(target), few, null_mut(), |slot, _| object_of(env, slot))
    };
    // SAFETY: the JVM's environment.
    unsafe { enter(env, null_mut(), body) }
}

/// `lift` makes something of the result, when there is one.
///
/// # Safety
/// See `NativeCallee.callWithFew`.
#[inline]
unsafe fn call_with_few<R>(
    env: Env,
    callee: &Callee,
    few: [Few; FEW],
    nothing: R,
    lift: impl FnOnce(&abi::Value, &Callee) -> Result<R, Failure>,
) -> Result<R, Failure> {
    let mut lent = Lent::default();
    for (words, _) in few {
        // SAFETY: the caller's promise.
        unsafe { lent.take_over(words) };
    }
    let inside = callee.enter()?;
    CallFrame::with(|mut frame| {
        let mut kept = OwnedSlots::of(&frame);
        let params = callee.signature().params().len();
        let mut args = [const { MaybeUninit::uninit() }; FEW];
        for (slot, (words, object)) in args[..params].iter_mut().zip(few) {
            // SAFETY: the caller's promise: an object that goes with the words.
            unsafe { passed(env, object, words, &mut frame, &mut kept, slot) }?;
        }
        // SAFETY: so many were written, and such a slot is laid out as its value.
        let args = unsafe { core::slice::from_raw_parts(args.as_ptr().cast(), params) };
        let mut rets = [MaybeUninit::uninit()];
        let rets = &mut rets[..callee.signature().rets().len()];
        // SAFETY: function and context belong together; slots that were checked.
        let status = unsafe { frame.call_status(inside.function, inside.context, args, rets) };
        if status != abi::OK {
            return Err(Box::new(frame.take_error(status)));
        }
        // SAFETY: a successful callee wrote every slot.
        rets.first().map_or(Ok(nothing), |ret| lift(unsafe { ret.assume_init_ref() }, callee))
    })
}
