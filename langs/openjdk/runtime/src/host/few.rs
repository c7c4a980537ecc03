//! Calls from Java with few arguments of any type, which are passed without arrays.

use core::mem::MaybeUninit;
use core::ptr::null_mut;

use jni_sys::{JNIEnv, jclass, jint, jlong, jobject};
use metaffi_plugin::abi;
use metaffi_plugin::value::{CallFrame, Error, OwnedSlots};

use super::callee::Callee;
use super::lift::{bits_of, object_of, results};
use super::lower::{FunctionRefs, fill, let_fill, passed};
use super::natives::enter;
use crate::jni::{Env, Native, jni};

/// The native methods of `NativeCallee` that take few arguments.
pub(super) fn natives() -> [Native; 3] {
    [
        (
            c"callForAny",
            c"(JIJJLjava/lang/Object;JJLjava/lang/Object;JJLjava/lang/Object;JJLjava/lang/Object;[J)Ljava/lang/Object;",
            call_for_any as _,
        ),
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
    // SAFETY: a live target, and its arguments.
    let body = |env| unsafe {
        let callee = Callee::of(target);
        let lift =
            |rets: &[abi::Value]| rets.first().map_or(Ok(0), |slot| bits_of(env, slot, callee));
        call_with_few::<_, 1, _>(env, callee, few, callee.signature().params().len(), lift)
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
    // SAFETY: a live target, and its arguments; a result that is used once.
    let body = |env| unsafe {
        let callee = Callee::of(target);
        let lift =
            |rets: &[abi::Value]| rets.first().map_or(Ok(null_mut()), |slot| object_of(env, slot));
        call_with_few::<_, 1, _>(env, callee, few, callee.signature().params().len(), lift)
    };
    // SAFETY: the JVM's environment.
    unsafe { enter(env, null_mut(), body) }
}

/// Up to two results that carry their own type: scalars go into `words`.
#[allow(clippy::too_many_arguments, reason = "as above")]
extern "system" fn call_for_any(
    env: *mut JNIEnv,
    _: jclass,
    target: jlong,
    count: jint,
    a1: jlong,
    a2: jlong,
    a: jobject,
    b1: jlong,
    b2: jlong,
    b: jobject,
    c1: jlong,
    c2: jlong,
    c: jobject,
    d1: jlong,
    d2: jlong,
    d: jobject,
    words: jobject,
) -> jobject {
    let few = [([a1, a2], a), ([b1, b2], b), ([c1, c2], c), ([d1, d2], d)];
    // SAFETY: a live target, and its arguments; an array of two words for each result.
    let body = |env| unsafe {
        let lift = |rets: &[abi::Value]| {
            let mut pairs = [0; 4];
            results(env, rets, words, &mut pairs[..2 * rets.len()])
        };
        call_with_few::<_, 2, _>(env, Callee::of(target), few, count as usize, lift)
    };
    // SAFETY: the JVM's environment.
    unsafe { enter(env, null_mut(), body) }
}

/// `lift` converts the results, of which there are at most `M`.
///
/// # Safety
/// See `NativeCallee.callWithFew`; `count` is the number of arguments.
#[inline]
unsafe fn call_with_few<const N: usize, const M: usize, R>(
    env: Env,
    callee: &Callee,
    few: [Few; N],
    count: usize,
    lift: impl FnOnce(&[abi::Value]) -> Result<R, Error>,
) -> Result<R, Error> {
    let mut functions = FunctionRefs::default();
    for (words, _) in few {
        // SAFETY: the caller's promise.
        unsafe { functions.take(words) };
    }
    let inside = callee.enter()?;
    CallFrame::with(|mut frame| {
        let mut owned = OwnedSlots::of(&frame);
        let mut args = [const { MaybeUninit::uninit() }; N];
        for (index, (slot, (words, object))) in args[..count].iter_mut().zip(few).enumerate() {
            // SAFETY: the caller's promise: an object that belongs to the words. The reference to
            // an array that is filled must last until after the call.
            unsafe {
                let is_filled = callee.fills >> index & 1 != 0;
                let object = if is_filled { jni!(env, NewLocalRef, object) } else { object };
                passed(env, object, words, &mut frame, &mut owned, slot)?;
            }
        }
        // SAFETY: this many were written, and such a slot has the layout of its value.
        let args: &mut [abi::Value] =
            unsafe { core::slice::from_raw_parts_mut(args.as_mut_ptr().cast(), count) };
        let words = few.iter().map(|(words, _)| *words);
        let fills = let_fill(callee.fills, args.iter_mut().zip(words));
        let mut rets = [MaybeUninit::uninit(); M];
        let rets = &mut rets[..callee.signature().rets().len()];
        // SAFETY: function and context belong together; checked slots.
        let status = unsafe { frame.call_status(inside.function, inside.context, args, rets) };
        if fills {
            for (arg, (_, array)) in args.iter().zip(few) {
                // SAFETY: the slot was made from that object.
                unsafe { fill(env, arg, array) };
            }
        }
        if status != abi::OK {
            return Err(frame.take_error(status));
        }
        // SAFETY: a successful callee wrote every slot.
        lift(unsafe { core::slice::from_raw_parts(rets.as_ptr().cast(), rets.len()) })
    })
}
