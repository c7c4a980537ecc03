//! Primitive arrays: made, filled and read as a whole.

use core::ffi::c_void;

use jni_sys::{jarray, jsize};
use metaffi_plugin::value::Error;

use super::{Env, Local, java_length};
use crate::prim::Prim;

/// Calls the JNI function for arrays of a primitive type.
macro_rules! by_prim {
    ($prim:expr, $env:expr, $args:tt: $($variant:ident $function:ident),* $(,)?) => {
        match $prim { $(Prim::$variant => by_prim!(@ $env, $function, $args)),* }
    };
    (@ $env:expr, $function:ident, ($($arg:expr),*)) => { jni!($env, $function, $($arg),*) };
}

/// A new array of zeros.
pub(crate) fn new_array(env: Env, prim: Prim, length: usize) -> Result<Local, Error> {
    let length = java_length(length, "an array")?;
    // SAFETY: a length that is not negative; the reference made here is ours.
    unsafe {
        env.made(by_prim!(prim, env, (length):
            Boolean NewBooleanArray, Byte NewByteArray, Char NewCharArray, Short NewShortArray,
            Int NewIntArray, Long NewLongArray, Float NewFloatArray, Double NewDoubleArray))
    }
}

/// A new `byte[]` with these bytes.
pub(crate) fn byte_array(env: Env, bytes: &[u8]) -> Result<Local, Error> {
    let array = new_array(env, Prim::Byte, bytes.len())?;
    // SAFETY: just made, of that length.
    unsafe { write_array(env, Prim::Byte, array.as_raw(), bytes.len(), bytes.as_ptr().cast()) };
    Ok(array)
}

/// Fills an array from `data`.
///
/// # Safety
/// `array` must be an array of `prim` with `length` elements, as must `data`;
/// booleans must be 0 or 1.
pub(crate) unsafe fn write_array(
    env: Env,
    prim: Prim,
    array: jarray,
    length: usize,
    data: *const c_void,
) {
    let length = length as jsize;
    // SAFETY: the caller's promise.
    unsafe {
        by_prim!(prim, env, (array, 0, length, data.cast()):
            Boolean SetBooleanArrayRegion, Byte SetByteArrayRegion, Char SetCharArrayRegion,
            Short SetShortArrayRegion, Int SetIntArrayRegion, Long SetLongArrayRegion,
            Float SetFloatArrayRegion, Double SetDoubleArrayRegion);
    }
}

/// Copies an array to `data`.
///
/// # Safety
/// `array` must be an array of `prim` with `length` elements, and `data` have
/// room for them.
pub(crate) unsafe fn read_array(
    env: Env,
    prim: Prim,
    array: jarray,
    length: usize,
    data: *mut c_void,
) {
    let length = length as jsize;
    // SAFETY: the caller's promise.
    unsafe {
        by_prim!(prim, env, (array, 0, length, data.cast()):
            Boolean GetBooleanArrayRegion, Byte GetByteArrayRegion, Char GetCharArrayRegion,
            Short GetShortArrayRegion, Int GetIntArrayRegion, Long GetLongArrayRegion,
            Float GetFloatArrayRegion, Double GetDoubleArrayRegion);
    }
}

/// The elements of an array of `int`.
///
/// # Safety
/// `array` must be an array of `int`.
pub(crate) unsafe fn ints(env: Env, array: jarray) -> Vec<i32> {
    // SAFETY: the caller's promise; as many elements as it has.
    unsafe {
        let mut words = vec![0; env.length(array)];
        read_array(env, Prim::Int, array, words.len(), words.as_mut_ptr().cast());
        words
    }
}
