//! Lowers handles and callables.

use core::ptr::{NonNull, null_mut};

use metaffi_abi as abi;
use metaffi_value::{Arena, ExactKind, Handle, Type, new_error_object, new_exact};
use pyo3::ffi;
use pyo3::intern;
use pyo3::prelude::*;

use super::{KeptValue, LowerError, Lowering, Mode, NULL, mismatch, slot};
use crate::error::{foreign_original, from_exception};
use crate::handle::{MetaFFIHandle, released};
use crate::lift::Raised;
use crate::{attributes, callback, function, shared};

/// A slot of one object, or of null.
fn object_slot<A>(ty: Type, object: *mut abi::Object, out: &Lowering<'_, A>) -> abi::Value {
    if object.is_null() {
        return NULL;
    }
    let ownership = match out.mode {
        Mode::Lend => abi::BORROWED,
        Mode::Give => abi::TRANSFERRED,
    };
    abi::Value { ownership, ..slot(ty, abi::Payload { object }) }
}

/// Any object as a handle.
///
/// # Safety
/// `object` is live and the GIL is held.
pub(super) unsafe fn handle<A: Arena>(
    object: *mut ffi::PyObject,
    out: &mut Lowering<'_, A>,
) -> Result<abi::Value, LowerError> {
    // SAFETY: the caller's promises.
    let raw = unsafe { raw_handle(object, out)? };
    Ok(object_slot(Type::HANDLE, raw, out))
}

/// A callable, or `None`.
///
/// # Safety
/// `object` is live and the GIL is held.
pub(crate) unsafe fn callable<A: Arena>(
    object: *mut ffi::PyObject,
    out: &mut Lowering<'_, A>,
) -> Result<abi::Value, LowerError> {
    // SAFETY: the caller's promises.
    let raw = unsafe { raw_callable(object, out)? };
    Ok(object_slot(Type::CALLABLE, raw, out))
}

/// The raw object of a Python object: the foreign one if it is another runtime's, a new
/// one otherwise, null for `None`.
///
/// # Safety
/// `object` is live and the GIL is held.
pub(super) unsafe fn raw_handle<A>(
    object: *mut ffi::PyObject,
    out: &mut Lowering<'_, A>,
) -> Result<*mut abi::Object, LowerError> {
    // SAFETY: the caller's promises.
    unsafe {
        if object == ffi::Py_None() {
            return Ok(null_mut());
        }
        if let Some(raw) = raw_foreign(object, out)? {
            return Ok(raw);
        }
        if let Some(callable) = function::foreign_callable(object) {
            return Ok(pass(callable.handle().clone(), out));
        }
        if ffi::PyExceptionInstance_Check(object) != 0
            && let Some(original) = foreign_original(object)
        {
            return Ok(pass(original, out));
        }
        Ok(raw_shared(object, out))
    }
}

/// # Safety
/// `object` is live and the GIL is held.
unsafe fn raw_shared<A>(object: *mut ffi::PyObject, out: &mut Lowering<'_, A>) -> *mut abi::Object {
    // SAFETY: the caller's promises.
    let raw = unsafe { shared::share(object) };
    if out.mode == Mode::Lend {
        out.keep_alive.0.push(KeptValue::Shared(raw));
    }
    raw.as_ptr()
}

/// A Python object that does not stand for a foreign one, as a handle.
///
/// # Safety
/// `object` is live and the GIL is held.
pub(crate) unsafe fn own_handle<A: Arena>(
    object: *mut ffi::PyObject,
    out: &mut Lowering<'_, A>,
) -> abi::Value {
    // SAFETY: the caller's promises.
    let raw = unsafe { raw_shared(object, out) };
    object_slot(Type::HANDLE, raw, out)
}

/// # Safety
/// `object` is live and the GIL is held.
pub(super) unsafe fn raw_callable<A>(
    object: *mut ffi::PyObject,
    out: &mut Lowering<'_, A>,
) -> Result<*mut abi::Object, LowerError> {
    // SAFETY: the caller's promises.
    unsafe {
        if object == ffi::Py_None() {
            return Ok(null_mut());
        }
        if let Some(callable) = function::foreign_callable(object) {
            return Ok(pass(callable.handle().clone(), out));
        }
        if ffi::PyCallable_Check(object) == 0 {
            return Err(mismatch(Type::CALLABLE, object));
        }
        let callable = callback::wrap(object).map_err(|Raised| LowerError::Raised)?;
        Ok(pass(callable.into_handle(), out))
    }
}

/// An object with its exact value as a text.
///
/// # Safety
/// `object` is live and the GIL is held.
pub(super) unsafe fn exact<A: Arena>(
    object: *mut ffi::PyObject,
    kind: ExactKind,
    text: String,
    out: &mut Lowering<'_, A>,
) -> abi::Value {
    // SAFETY: the caller's promises; `share` gives us a reference.
    let plain = unsafe { Handle::take_raw(shared::share(object)) };
    let raw = pass(new_exact(shared::owner(), plain, kind, text), out);
    object_slot(Type::HANDLE, raw, out)
}

/// An exception that is passed as a value.
///
/// # Safety
/// `object` is a live exception and the GIL is held.
#[cold]
pub(super) unsafe fn error<A: Arena>(
    object: *mut ffi::PyObject,
    out: &mut Lowering<'_, A>,
) -> abi::Value {
    // SAFETY: the caller's promises.
    let raised = unsafe {
        let py = Python::assume_attached();
        from_exception(py, &PyErr::from_value(Bound::from_borrowed_ptr(py, object)))
    };
    // An error of MetaFFI itself is passed as a Python object.
    // SAFETY: the caller's promises; `share` gives us a reference.
    let original = raised
        .original
        .clone()
        .unwrap_or_else(|| unsafe { Handle::take_raw(shared::share(object)) });
    let error = raised.with_original(original.clone());
    let made = new_error_object(shared::owner(), error).unwrap_or(original);
    object_slot(Type::HANDLE, pass(made, out), out)
}

/// The object behind a `MetaFFIHandle`, or `None` for any other type.
///
/// # Safety
/// `object` is live and the GIL is held.
pub(super) unsafe fn foreign(object: *mut ffi::PyObject) -> Result<Option<Handle>, LowerError> {
    // SAFETY: the caller's promises.
    let object = unsafe { Bound::from_borrowed_ptr(Python::assume_attached(), object) };
    let Ok(handle) = object.cast::<MetaFFIHandle>() else { return Ok(None) };
    handle.get().share().map(Some).ok_or_else(|| released().into())
}

/// The slot of the foreign object behind a handle, or behind an object of a stub class.
///
/// # Safety
/// `object` is live and the GIL is held.
pub(super) unsafe fn foreign_or_held<A: Arena>(
    object: *mut ffi::PyObject,
    out: &mut Lowering<'_, A>,
) -> Result<Option<abi::Value>, LowerError> {
    // SAFETY: the caller's promises.
    let raw = unsafe { raw_foreign(object, out)? };
    Ok(raw.map(|raw| object_slot(Type::HANDLE, raw, out)))
}

/// # Safety
/// As [`foreign_or_held`].
unsafe fn raw_foreign<A>(
    object: *mut ffi::PyObject,
    out: &mut Lowering<'_, A>,
) -> Result<Option<*mut abi::Object>, LowerError> {
    // SAFETY: the caller's promises.
    unsafe {
        if let Some(handle) = foreign(object)? {
            return Ok(Some(pass(handle, out)));
        }
        let Some(held) = held(object) else { return Ok(None) };
        match foreign(held.as_ptr())? {
            Some(handle) => Ok(Some(pass(handle, out))),
            None => Ok(held.is_none().then(null_mut)),
        }
    }
}

/// The handle in an object of a stub class, which is written in Python.
///
/// # Safety
/// `object` is live and the GIL is held.
unsafe fn held<'py>(object: *mut ffi::PyObject) -> Option<Bound<'py, PyAny>> {
    // SAFETY: the caller's promises.
    unsafe {
        if ffi::PyType_GetFlags(ffi::Py_TYPE(object)) & ffi::Py_TPFLAGS_HEAPTYPE == 0 {
            return None;
        }
        let py = Python::assume_attached();
        let held = attributes::plain(object, intern!(py, "_metaffi_handle").as_ptr());
        Bound::from_owned_ptr_or_opt(py, held)
    }
}

/// The raw object of a handle: kept for the call, or transferred.
fn pass<A>(handle: Handle, out: &mut Lowering<'_, A>) -> *mut abi::Object {
    let raw: NonNull<abi::Object> = handle.as_raw();
    match out.mode {
        Mode::Lend => out.keep_alive.0.push(KeptValue::Foreign(handle)),
        Mode::Give => _ = handle.into_raw(),
    }
    raw.as_ptr()
}
