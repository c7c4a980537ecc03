//! Lifts handles and callables.

use core::ptr::NonNull;

use metaffi_abi as abi;
use metaffi_value::{Callable, Handle};
use pyo3::ffi;
use pyo3::prelude::*;

use super::{New, Take, exact};
use crate::function::Errors;
use crate::{function, handle, natural, shared};

/// One reference to the object of a slot, or `None` for null.
///
/// # Safety
/// A live object or null, one reference of which is taken over under
/// [`Take::Take`].
pub(super) unsafe fn reference(object: *mut abi::Object, take: Take) -> Option<Handle> {
    let object = NonNull::new(object)?;
    // SAFETY: the caller's promise.
    Some(unsafe {
        match take {
            Take::Take => Handle::take_raw(object),
            Take::Retain => Handle::retain_raw(object),
        }
    })
}

/// The original Python object, as a new reference; `None` for an object of another
/// runtime.
///
/// # Safety
/// As [`reference`], and the GIL is held.
#[inline]
unsafe fn home(object: *mut abi::Object, take: Take) -> Option<*mut ffi::PyObject> {
    let object = NonNull::new(object)?;
    // SAFETY: live; the shared object holds a reference of its own meanwhile.
    unsafe {
        let original = shared::original(object.as_ref())?.as_ptr();
        ffi::Py_INCREF(original);
        if take == Take::Take {
            shared::give_back(object);
        }
        Some(original)
    }
}

/// The original object, one of Python's own values, a `MetaFFIHandle`, or `None`
/// for null.
///
/// # Safety
/// As [`reference`], and the GIL is held.
#[inline]
pub(super) unsafe fn handle(object: *mut abi::Object, take: Take) -> New {
    // SAFETY: the caller's promises.
    unsafe {
        match home(object, take) {
            Some(original) => Ok(original),
            None => foreign(object, take),
        }
    }
}

/// # Safety
/// As [`handle`], for objects of other runtimes.
#[inline(never)]
unsafe fn foreign(object: *mut abi::Object, take: Take) -> New {
    // SAFETY: the caller's promises.
    unsafe {
        let Some(handle) = reference(object, take) else {
            return Ok(ffi::Py_NewRef(ffi::Py_None()));
        };
        if let Some(value) = exact::lift(&handle, take)? {
            return Ok(value);
        }
        let py = Python::assume_attached();
        Ok(match take {
            Take::Retain => natural::to_argument(py, handle)?,
            Take::Take if Errors::is_natural() || natural::is_any() || handle.is_mapping() => {
                natural::to_natural(py, handle)?
            }
            Take::Take => handle::wrap(py, handle)?,
        })
    }
}

/// The original function, another runtime's as a callable object, or `None`.
///
/// # Safety
/// As [`reference`], and the object is a `metaffi_callable`; the GIL is held.
pub(crate) unsafe fn callable(object: *mut abi::Object, take: Take) -> New {
    // SAFETY: the caller's promises.
    unsafe {
        if let Some(original) = home(object, take) {
            return Ok(original);
        }
        let Some(function) = reference(object, take) else {
            return Ok(ffi::Py_NewRef(ffi::Py_None()));
        };
        // A slot with this tag holds a `metaffi_callable`.
        let function = Callable::take_handle(function);
        match take {
            Take::Retain => function::argument(function),
            Take::Take => {
                let made = function::callable(Python::assume_attached(), function)?;
                Ok(made.into_ptr())
            }
        }
    }
}
