//! Calls from Java: with bits alone, which is the hot path, or with objects.

use core::mem::MaybeUninit;
use core::ptr::null_mut;

use jni_sys::{JNIEnv, jclass, jlong, jobject, jobjectArray};
use metaffi::Error;
use metaffi_plugin::abi;
use metaffi_plugin::value::CallFrame;
use smallvec::SmallVec;

use super::callee::{Callee, Inside};
use super::lower::{Kept, argument};
use super::natives::{Failure, enter};
use crate::api;
use crate::jni::{Env, Local, Native, jni, new_string, read_array, write_array};
use crate::number::{NULL, coerce, is_primitive, scalar};
use crate::prim::Prim;
use crate::slot::{discard, text};
use crate::{from_java, to_java};

/// Arguments and results that need no allocation.
const INLINE: usize = 8;

type Slots = SmallVec<[abi::Value; INLINE]>;

/// The native methods of `NativeCallee` that call.
pub(super) fn natives() -> [Native; 8] {
    [
        (c"call0", c"(J)J", call0 as _),
        (c"call1", c"(JJ)J", call1 as _),
        (c"call2", c"(JJJ)J", call2 as _),
        (c"call3", c"(JJJJ)J", call3 as _),
        (c"call4", c"(JJJJJ)J", call4 as _),
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
        (c"call", c"(J[Ljava/lang/Object;[J)Ljava/lang/Object;", call as _),
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

/// # Safety
/// `slot` must be a valid result, which is not used again.
#[inline]
unsafe fn bits_of(env: Env, slot: &abi::Value, callee: &Callee) -> Result<i64, Failure> {
    if slot.ty != callee.result {
        // SAFETY: the caller's promise.
        return unsafe { unexpected(env, slot, callee.result) };
    }
    // SAFETY: the tag says that it is a scalar.
    Ok(unsafe { raw_bits(slot) })
}

/// # Safety
/// `slot` must be a scalar.
#[inline]
unsafe fn raw_bits(slot: &abi::Value) -> i64 {
    // SAFETY: the tag says which member is meant.
    unsafe {
        match slot.ty {
            abi::FLOAT32 => i64::from(slot.payload.f32.to_bits()),
            _ => slot.payload.i64,
        }
    }
}

/// A result of another type than declared: the same number, or thrown as an
/// object.
///
/// # Safety
/// As [`bits_of`].
#[cold]
unsafe fn unexpected(env: Env, slot: &abi::Value, declared: abi::Type) -> Result<i64, Failure> {
    // SAFETY: the caller's promise.
    unsafe {
        if let Ok(same) = coerce(slot, declared) {
            return Ok(raw_bits(&same));
        }
        let value = result(env, slot)?;
        let value = value.as_ref().map_or(null_mut(), Local::as_raw);
        let thrown = api::get().host.unexpected(env, value)?;
        jni!(env, Throw, thrown.as_raw());
        Ok(0)
    }
}

/// The object of a result, which is given up; `None` for null.
///
/// # Safety
/// As [`bits_of`].
unsafe fn result(env: Env, slot: &abi::Value) -> Result<Option<Local>, Error> {
    // SAFETY: the caller's promise.
    unsafe {
        if slot.ty == abi::STRING8 && slot.ownership != abi::TRANSFERRED {
            return new_string(env, text(slot)).map(Some);
        }
        let made = to_java::result(env, slot);
        discard(slot);
        made
    }
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
    let object = |env, slot: &abi::Value| {
        // SAFETY: a result, which is used once.
        let object = unsafe { result(env, slot) }?;
        Ok(object.map_or(null_mut(), Local::into_raw))
    };
    // SAFETY: a live target, and what goes with it.
    let body = |env| unsafe {
        call_with_few(env, Callee::of(target), few, null_mut(), |slot, _| object(env, slot))
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
    few: [Few; 3],
    nothing: R,
    lift: impl FnOnce(&abi::Value, &Callee) -> Result<R, Failure>,
) -> Result<R, Failure> {
    let inside = callee.enter()?;
    CallFrame::with(|mut frame| {
        let mut kept = Kept::default();
        let mut args = [NULL; 3];
        let params = callee.signature().params().len();
        for (arg, (words, object)) in args.iter_mut().zip(few).take(params) {
            // SAFETY: the caller's promise: an object that goes with the words.
            *arg = unsafe {
                match words[0] as abi::Type {
                    // A reference that Java passed need not be deleted.
                    abi::STRING8 => from_java::string(env, object, &mut frame)?,
                    _ => argument(env, Local::take(env, object), words, &mut frame, &mut kept)?,
                }
            };
        }
        let mut rets = [MaybeUninit::uninit()];
        let rets = &mut rets[..callee.signature().rets().len()];
        // SAFETY: function and context belong together; slots that were checked.
        let status =
            unsafe { frame.call_status(inside.function, inside.context, &args[..params], rets) };
        if status != abi::OK {
            return Err(Box::new(frame.take_error(status)));
        }
        drop(kept);
        // SAFETY: a successful callee wrote every slot.
        rets.first().map_or(Ok(nothing), |ret| lift(unsafe { ret.assume_init_ref() }, callee))
    })
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
) -> Result<jobject, Failure> {
    let inside = callee.enter()?;
    CallFrame::with(|mut frame| {
        let (params, rets) = (callee.signature().params().len(), callee.signature().rets().len());
        let mut pairs: SmallVec<[i64; 2 * INLINE]> = SmallVec::from_elem(0, 2 * params.max(rets));
        // SAFETY: the caller's promise: two words for each.
        unsafe { read_array(env, Prim::Long, words, pairs.len(), pairs.as_mut_ptr().cast()) };
        let mut kept = Kept::default();
        let mut args = Slots::new();
        for (index, pair) in pairs.as_chunks::<2>().0[..params].iter().enumerate() {
            // SAFETY: as above: an object that goes with the words.
            let arg = unsafe {
                let object = env.element(objects, index);
                argument(env, object, *pair, &mut frame, &mut kept)
            };
            args.push(arg?);
        }
        let mut slots = SmallVec::from_elem(NULL, rets);
        // SAFETY: slots of the declared types, and room for the results.
        unsafe { call_slots(&inside, &mut frame, &args, &mut slots) }?;
        drop(kept);
        // SAFETY: a successful callee wrote every slot; the frame still lives.
        unsafe { results(env, &slots, words, &mut pairs) }
    })
}

/// # Safety
/// The arguments must fit the callee.
unsafe fn call_slots(
    inside: &Inside<'_>,
    frame: &mut CallFrame<'_>,
    args: &[abi::Value],
    rets: &mut Slots,
) -> Result<(), Failure> {
    // SAFETY: an initialised slot is one that may be uninitialised.
    let rets = unsafe { core::slice::from_raw_parts_mut(rets.as_mut_ptr().cast(), rets.len()) };
    // SAFETY: function and context belong together.
    match unsafe { frame.call_status(inside.function, inside.context, args, rets) } {
        abi::OK => Ok(()),
        status => Err(Box::new(frame.take_error(status))),
    }
}

/// The object of one result, or the array of several; scalars go into `words`.
///
/// # Safety
/// `slots` must be valid results, which are not used again.
unsafe fn results(
    env: Env,
    slots: &[abi::Value],
    words: jobject,
    pairs: &mut [i64],
) -> Result<jobject, Failure> {
    let mut objects: SmallVec<[Option<Local>; INLINE]> = SmallVec::new();
    let mut failed = None;
    for (slot, pair) in slots.iter().zip(pairs.as_chunks_mut::<2>().0) {
        // SAFETY: the caller's promise; after a failure the others are released.
        match unsafe { lift(env, slot, pair) } {
            Ok(object) => objects.push(object),
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    if let Some(error) = failed {
        return Err(error.into());
    }
    // SAFETY: two words for each.
    unsafe { write_array(env, Prim::Long, words, 2 * slots.len(), pairs.as_ptr().cast()) };
    if slots.len() == 1 {
        return Ok(objects.remove(0).map_or(null_mut(), Local::into_raw));
    }
    if slots.is_empty() { Ok(null_mut()) } else { Ok(array(env, &objects)?.into_raw()) }
}

/// # Safety
/// As [`results`].
unsafe fn lift(env: Env, slot: &abi::Value, pair: &mut [i64; 2]) -> Result<Option<Local>, Error> {
    pair[0] = i64::from(slot.ty);
    // SAFETY: the caller's promise.
    unsafe {
        if is_primitive(slot.ty) {
            pair[1] = raw_bits(slot);
            return Ok(None);
        }
        result(env, slot)
    }
}

fn array(env: Env, objects: &[Option<Local>]) -> Result<Local, Error> {
    let class = api::get().jdk.object.as_raw();
    // SAFETY: an array of objects, and indices inside of it.
    unsafe {
        let array = env.made(jni!(env, NewObjectArray, objects.len() as i32, class, null_mut()))?;
        for (index, object) in (0..).zip(objects) {
            let object = object.as_ref().map_or(null_mut(), Local::as_raw);
            jni!(env, SetObjectArrayElement, array.as_raw(), index, object);
        }
        Ok(array)
    }
}
