//! Calls from Java with any arguments.

use core::ptr::null_mut;

use jni_sys::{JNIEnv, jclass, jlong, jobject, jobjectArray};
use metaffi_plugin::abi;
use metaffi_plugin::value::{CallFrame, Error, OwnedSlots};
use smallvec::SmallVec;

use super::callee::{Callee, Inside};
use super::lift::results;
use super::lower::{argument, fill, let_fill};
use super::natives::enter;
use crate::jni::{Env, Native, jni, read_array};
use crate::number::NULL;
use crate::prim::Prim;

/// The number of arguments and results that need no allocation.
const INLINE: usize = 8;

type Slots = SmallVec<[abi::Value; INLINE]>;

/// The native method of `NativeCallee` that takes arrays.
pub(super) fn natives() -> [Native; 1] {
    [(c"call", c"(J[Ljava/lang/Object;[J)Ljava/lang/Object;", call as _)]
}

extern "system" fn call(
    env: *mut JNIEnv,
    _: jclass,
    target: jlong,
    objects: jobjectArray,
    words: jobject,
) -> jobject {
    let body = |env| {
        // SAFETY: a live target, and the arrays that `NativeCallee` made.
        unsafe { call_with_objects(env, Callee::of(target), objects, words) }
    };
    // SAFETY: the JVM's environment.
    unsafe { enter(env, null_mut(), body) }
}

/// # Safety
/// See `NativeCallee.call`.
unsafe fn call_with_objects(
    env: Env,
    callee: &Callee,
    objects: jobjectArray,
    words: jobject,
) -> Result<jobject, Error> {
    let inside = callee.enter()?;
    CallFrame::with(|mut frame| {
        // SAFETY: an array, live for the call.
        let params = unsafe { jni!(env, GetArrayLength, objects) } as usize;
        let rets = callee.signature().rets().len();
        let mut pairs: SmallVec<[i64; 2 * INLINE]> = SmallVec::from_elem(0, 2 * params.max(rets));
        // SAFETY: the caller's promise: two words for each.
        unsafe { read_array(env, Prim::Long, words, pairs.len(), pairs.as_mut_ptr().cast()) };
        let mut owned = OwnedSlots::of(&frame);
        let mut args = Slots::new();
        for (index, pair) in pairs.as_chunks::<2>().0[..params].iter().enumerate() {
            // SAFETY: as above: an object that belongs to the words.
            let arg = unsafe {
                let object = env.element(objects, index);
                argument(env, object, *pair, &mut frame, &mut owned)
            };
            args.push(arg?);
        }
        let heads = pairs.as_chunks::<2>().0.iter().copied();
        let fills = let_fill(callee.fills, args.iter_mut().zip(heads));
        let mut slots = SmallVec::from_elem(NULL, rets);
        // SAFETY: slots of the declared types, and room for the results.
        let called = unsafe { call_slots(&inside, &mut frame, &args, &mut slots) };
        if fills {
            // SAFETY: the arguments were made from these objects.
            unsafe { fill_all(env, &args, objects) };
        }
        called?;
        drop(owned);
        // SAFETY: a successful callee wrote every slot; the frame still lives.
        unsafe { results(env, &slots, words, &mut pairs) }
    })
}

/// # Safety
/// The arguments must have been made from the objects.
unsafe fn fill_all(env: Env, args: &[abi::Value], objects: jobjectArray) {
    for (index, arg) in args.iter().enumerate() {
        // SAFETY: as many objects as arguments.
        if let Some(array) = unsafe { env.element(objects, index) } {
            // SAFETY: the caller's promise.
            unsafe { fill(env, arg, array.as_raw()) };
        }
    }
}

/// # Safety
/// The arguments must match the callee.
unsafe fn call_slots(
    inside: &Inside<'_>,
    frame: &mut CallFrame<'_>,
    args: &[abi::Value],
    rets: &mut Slots,
) -> Result<(), Error> {
    // SAFETY: an initialized slot is also a possibly uninitialized one.
    let rets = unsafe { core::slice::from_raw_parts_mut(rets.as_mut_ptr().cast(), rets.len()) };
    // SAFETY: function and context belong together.
    match unsafe { frame.call_status(inside.function, inside.context, args, rets) } {
        abi::OK => Ok(()),
        status => Err(frame.take_error(status)),
    }
}
