//! Lowers numbers and truth values.

use core::ffi::c_int;

use metaffi_value::Type;
use pyo3::ffi;

use super::{LowerError, buffer, describe, lending, mismatch};
use crate::layout;

/// Whether it is exactly an `int`, not of a subclass, so that reading it runs no Python code.
#[inline]
pub(super) unsafe fn is_int(object: *mut ffi::PyObject) -> bool {
    // SAFETY: callers pass a live object.
    unsafe { ffi::Py_TYPE(object) == &raw mut ffi::PyLong_Type }
}

/// Whether it is exactly a `float`.
#[inline]
pub(super) unsafe fn is_float(object: *mut ffi::PyObject) -> bool {
    // SAFETY: callers pass a live object.
    unsafe { ffi::Py_TYPE(object) == &raw mut ffi::PyFloat_Type }
}

#[cold]
fn out_of_range(object: *mut ffi::PyObject, ty: Type) -> LowerError {
    // SAFETY: callers pass a live object, under the GIL.
    LowerError::refused(format!("{} is out of the range of {ty}", unsafe { describe(object) }))
}

/// A new reference to the `int` that `object` is or has as `__index__`.
///
/// # Safety
/// `object` is live and the GIL is held.
unsafe fn index(object: *mut ffi::PyObject, ty: Type) -> Result<*mut ffi::PyObject, LowerError> {
    // SAFETY: the caller's promises.
    unsafe {
        if ffi::PyIndex_Check(object) == 0 {
            return Err(mismatch(ty, object));
        }
        let number = ffi::PyNumber_Index(object);
        if number.is_null() { Err(not_a_number(ty, object)) } else { Ok(number) }
    }
}

/// The exception that reading a number raised; a `TypeError` is replaced by our own message.
///
/// # Safety
/// An exception is set; `object` is live and the GIL is held.
unsafe fn not_a_number(ty: Type, object: *mut ffi::PyObject) -> LowerError {
    // SAFETY: the caller's promises.
    unsafe {
        if ffi::PyErr_ExceptionMatches(ffi::PyExc_TypeError) == 0 {
            return LowerError::Raised;
        }
        ffi::PyErr_Clear();
    }
    mismatch(ty, object)
}

/// The value of an `int`, if it has at most 64 bits.
///
/// # Safety
/// `object` is a live `int` and the GIL is held.
#[inline]
pub(super) unsafe fn int64(object: *mut ffi::PyObject) -> Option<i64> {
    // SAFETY: the caller's promises.
    unsafe { layout::small_int(object).or_else(|| large_int64(object)) }
}

/// # Safety
/// As [`int64`].
#[cold]
unsafe fn large_int64(object: *mut ffi::PyObject) -> Option<i64> {
    let mut overflow: c_int = 0;
    // SAFETY: the caller's promises; an `int` raises nothing here.
    let value = unsafe { ffi::PyLong_AsLongLongAndOverflow(object, &raw mut overflow) };
    (overflow == 0).then_some(value)
}

/// A signed integer, or a narrow unsigned one.
///
/// # Safety
/// `object` is live and the GIL is held.
#[inline]
pub(super) unsafe fn signed(
    object: *mut ffi::PyObject,
    ty: Type,
    least: i64,
    most: i64,
) -> Result<i64, LowerError> {
    // SAFETY: the caller's promises; an exact `int` raises nothing here.
    unsafe {
        if !is_int(object) {
            return signed_index(object, ty, least, most);
        }
        match int64(object) {
            Some(value) if (least..=most).contains(&value) => Ok(value),
            _ => Err(out_of_range(object, ty)),
        }
    }
}

/// # Safety
/// As [`signed`].
unsafe fn signed_index(
    object: *mut ffi::PyObject,
    ty: Type,
    least: i64,
    most: i64,
) -> Result<i64, LowerError> {
    // SAFETY: the caller's promises; `index` returns a reference that is released here.
    unsafe {
        let number = index(object, ty)?;
        let value = int64(number).filter(|value| (least..=most).contains(value));
        let outcome = value.ok_or_else(|| out_of_range(number, ty));
        ffi::Py_DECREF(number);
        outcome
    }
}

/// An unsigned integer of 64 bits.
///
/// # Safety
/// `object` is live and the GIL is held.
pub(super) unsafe fn unsigned(object: *mut ffi::PyObject, ty: Type) -> Result<u64, LowerError> {
    // SAFETY: the caller's promises; `index` returns a reference that is released here.
    unsafe {
        let number = index(object, ty)?;
        let value = match int64(number) {
            Some(low) => u64::try_from(low).ok(),
            None => above_signed(number),
        };
        let outcome = value.ok_or_else(|| out_of_range(number, ty));
        ffi::Py_DECREF(number);
        outcome
    }
}

/// The value of an `int` for which [`int64`] is `None`, if it is positive and below 2^64.
///
/// # Safety
/// `number` is a live `int` and the GIL is held.
pub(super) unsafe fn above_signed(number: *mut ffi::PyObject) -> Option<u64> {
    // SAFETY: the caller's promises.
    unsafe {
        let value = ffi::PyLong_AsUnsignedLongLong(number);
        if value == u64::MAX && !ffi::PyErr_Occurred().is_null() {
            ffi::PyErr_Clear();
            return None;
        }
        Some(value)
    }
}

/// A float, an integer, or anything else with `__float__`.
///
/// # Safety
/// `object` is live and the GIL is held.
pub(super) unsafe fn float(object: *mut ffi::PyObject, ty: Type) -> Result<f64, LowerError> {
    // SAFETY: the caller's promises.
    unsafe {
        // numpy converts anything to a float: a text, a time, part of a complex number.
        let plain = is_int(object) || ffi::PyFloat_Check(object) != 0;
        if !plain && (ffi::PyUnicode_Check(object) != 0 || !lending::may_be_number(object)) {
            return Err(mismatch(ty, object));
        }
        let value = ffi::PyFloat_AsDouble(object);
        if value != -1.0 || ffi::PyErr_Occurred().is_null() {
            let too_large = !plain && value.is_infinite() && is_finite(object, value);
            return if too_large { Err(out_of_range(object, ty)) } else { Ok(value) };
        }
        if ffi::PyErr_ExceptionMatches(ffi::PyExc_OverflowError) != 0 {
            ffi::PyErr_Clear();
            return Err(out_of_range(object, ty));
        }
        Err(not_a_number(ty, object))
    }
}

/// Whether a number that was converted to `infinity` is itself finite: a `Decimal` may
/// be larger than any float.
///
/// # Safety
/// `object` is live and the GIL is held.
#[cold]
unsafe fn is_finite(object: *mut ffi::PyObject, infinity: f64) -> bool {
    let nearer = if infinity > 0.0 { ffi::Py_LT } else { ffi::Py_GT };
    // SAFETY: the caller's promises; the float is a new reference, released here.
    unsafe {
        let infinity = ffi::PyFloat_FromDouble(infinity);
        let is_nearer =
            !infinity.is_null() && ffi::PyObject_RichCompareBool(object, infinity, nearer) == 1;
        ffi::PyErr_Clear(); // it cannot be compared
        ffi::Py_XDECREF(infinity);
        is_nearer
    }
}

/// The same, rounded to 32 bits; a finite value must stay finite.
///
/// # Safety
/// As [`float`].
pub(super) unsafe fn float32(object: *mut ffi::PyObject) -> Result<f32, LowerError> {
    // SAFETY: the caller's promises.
    let value = unsafe { float(object, Type::FLOAT32)? };
    let rounded = value as f32;
    if rounded.is_infinite() && value.is_finite() {
        return Err(out_of_range(object, Type::FLOAT32));
    }
    Ok(rounded)
}

/// `True`, `False`, or a numpy bool.
///
/// # Safety
/// `object` is live and the GIL is held.
pub(super) unsafe fn boolean(object: *mut ffi::PyObject) -> Result<bool, LowerError> {
    // SAFETY: the caller's promises.
    unsafe {
        if object == ffi::Py_True() {
            return Ok(true);
        }
        if object == ffi::Py_False() {
            return Ok(false);
        }
        match buffer::scalar(object) {
            Some(value) if value.ty == Type::BOOL.raw() => Ok(value.payload.u64 != 0),
            _ => Err(mismatch(Type::BOOL, object)),
        }
    }
}
