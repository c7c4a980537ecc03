//! Lowers values by their actual type, where `any` is declared.

use core::mem::MaybeUninit;

use metaffi_abi as abi;
use metaffi_value::{Arena, Type};
use pyo3::ffi;

use super::array::array_slot;
use super::items::Items;
use super::{
    LowerError, Lowering, NULL, buffer, elements, exact, functions, lending, object, scalar, slot,
    text,
};
use crate::layout;

/// Lowers common types in place; for others, returns false and does nothing.
///
/// # Safety
/// As [`lower`].
#[inline(never)] // inlined, it slows declared numbers down
pub(super) unsafe fn lower_common<A: Arena>(
    place: &mut MaybeUninit<abi::Value>,
    object: *mut ffi::PyObject,
    out: &mut Lowering<'_, A>,
) -> Result<bool, LowerError> {
    // SAFETY: the caller's promises.
    unsafe {
        if object == ffi::Py_None() {
            place.write(NULL);
        } else if scalar::is_int(object)
            && let Some(i64) = layout::small_int(object)
        {
            place.write(slot(Type::INT64, abi::Payload { i64 }));
        } else if text::is_str(object) {
            text::utf8_to(place, object, out)?;
        } else {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Lowers by the actual type: null, numbers, text, arrays, functions; anything
/// else is a handle.
///
/// # Safety
/// `object` is live and stays so until the call ends; the GIL is held.
pub(super) unsafe fn lower<A: Arena>(
    object: *mut ffi::PyObject,
    out: &mut Lowering<'_, A>,
) -> Result<abi::Value, LowerError> {
    // SAFETY: the caller's promises.
    unsafe {
        if object == ffi::Py_None() {
            return Ok(NULL);
        }
        if ffi::PyUnicode_Check(object) != 0 {
            return text::lower(object, Type::STRING8, out);
        }
        if ffi::PyBool_Check(object) != 0 {
            let u64 = u64::from(object == ffi::Py_True());
            return Ok(slot(Type::BOOL, abi::Payload { u64 }));
        }
        if ffi::PyLong_Check(object) != 0 {
            return integer(object, out);
        }
        if ffi::PyFloat_Check(object) != 0 {
            let f64 = ffi::PyFloat_AsDouble(object);
            return Ok(slot(Type::FLOAT64, abi::Payload { f64 }));
        }
        lower_object(object, out)
    }
}

/// An `int`: `int64`, `uint64` above its range, or an exact object beyond that.
///
/// # Safety
/// `object` is a live `int` and the GIL is held.
unsafe fn integer<A: Arena>(
    object: *mut ffi::PyObject,
    out: &mut Lowering<'_, A>,
) -> Result<abi::Value, LowerError> {
    // SAFETY: the caller's promises.
    unsafe {
        if let Some(i64) = scalar::int64(object) {
            return Ok(slot(Type::INT64, abi::Payload { i64 }));
        }
        match scalar::above_signed(object) {
            Some(u64) => Ok(slot(Type::UINT64, abi::Payload { u64 })),
            None => exact::integer(object, out),
        }
    }
}

/// # Safety
/// As [`lower`].
unsafe fn lower_object<A: Arena>(
    object: *mut ffi::PyObject,
    out: &mut Lowering<'_, A>,
) -> Result<abi::Value, LowerError> {
    // SAFETY: the caller's promises.
    unsafe {
        if Items::of(object).is_some() {
            return sequence(object, out);
        }
        if let Some(value) = object::foreign_or_held(object, out)? {
            return Ok(value);
        }
        if let Some(value) = buffer::scalar(object) {
            return Ok(value);
        }
        if lending::is_array(object)
            && let Some(array) = buffer::array(object, out)?
        {
            return Ok(array);
        }
        if ffi::PyExceptionInstance_Check(object) != 0 {
            return Ok(object::error(object, out));
        }
        if functions::is_function(object) {
            return object::callable(object, out);
        }
        if let Some(value) = exact::other(object, out)? {
            return Ok(value);
        }
        Ok(object::own_handle(object, out))
    }
}

/// A list, a tuple, or another object that is passed by its items: an array of one type if all
/// items have the same type, otherwise of `any`.
///
/// # Safety
/// As [`lower`].
pub(crate) unsafe fn sequence<A: Arena>(
    object: *mut ffi::PyObject,
    out: &mut Lowering<'_, A>,
) -> Result<abi::Value, LowerError> {
    // SAFETY: the caller's promises. A list may contain itself.
    unsafe {
        let items = Items::keeping(object, Type::ARRAY, out.keep_alive)?;
        let (element, content) = match common_type(items)? {
            Some(element) => {
                (element, out.inside(|out| elements::lower(element, items.object(), out))?)
            }
            None => (
                Type::ANY,
                out.inside(|out| elements::each(items, out, |item, out| lower(item, out)))?,
            ),
        };
        Ok(array_slot(element.array(), 1, out.ownership(), content))
    }
}

/// The element type that all items have: `int64`, `float64`, `bool`, `string8`.
///
/// # Safety
/// The items are live and the GIL is held.
unsafe fn common_type(items: Items) -> Result<Option<Type>, LowerError> {
    // SAFETY: the caller's promises.
    unsafe {
        if items.length == 0 {
            return Ok(None);
        }
        let class = ffi::Py_TYPE(items.get(0)?);
        let known = [
            (&raw mut ffi::PyLong_Type, Type::INT64),
            (&raw mut ffi::PyFloat_Type, Type::FLOAT64),
            (&raw mut ffi::PyBool_Type, Type::BOOL),
            (&raw mut ffi::PyUnicode_Type, Type::STRING8),
        ];
        let Some((_, element)) = known.into_iter().find(|(known, _)| *known == class) else {
            return Ok(None);
        };
        for index in 0..items.length {
            let item = items.get(index)?;
            if ffi::Py_TYPE(item) != class
                || element == Type::INT64 && scalar::int64(item).is_none()
            {
                return Ok(None);
            }
        }
        Ok(Some(element))
    }
}
