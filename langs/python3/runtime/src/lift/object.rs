//! Handles and callables.

use core::ptr::NonNull;

use metaffi_abi as abi;
use metaffi_value::{Callable, Handle, Value, lift_transferred};
use pyo3::ffi;
use pyo3::prelude::*;

use super::{New, Raised, Take, exact};
use crate::function::Errors;
use crate::{function, handle, natural, shared};

/// One reference to the object of a slot, or `None` for null.
///
/// # Safety
/// A live object or null, one reference of which is given up under
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

/// The Python object that comes home, as a new reference; `None` for another
/// runtime's.
///
/// # Safety
/// As [`reference`], and the GIL is held.
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

/// The original object, a value of Python's own, a `MetaFFIHandle`, or `None`
/// for null.
///
/// # Safety
/// As [`reference`], and the GIL is held.
pub(super) unsafe fn handle(object: *mut abi::Object, take: Take) -> New {
    // SAFETY: the caller's promises.
    unsafe {
        if let Some(original) = home(object, take) {
            return Ok(original);
        }
        match reference(object, take) {
            None => Ok(ffi::Py_NewRef(ffi::Py_None())),
            Some(handle) => match exact::lift(&handle, take)? {
                Some(value) => Ok(value),
                None => Ok(match take {
                    Take::Retain => natural::passed(Python::assume_attached(), handle)?,
                    Take::Take
                        if Errors::is_natural() || natural::is_any() || handle.is_mapping() =>
                    {
                        natural::now(Python::assume_attached(), handle)?
                    }
                    Take::Take => handle::wrap(Python::assume_attached(), handle)?,
                }),
            },
        }
    }
}

/// The original function, another runtime's as a callable object, or `None`.
///
/// # Safety
/// As [`reference`], and the GIL is held.
pub(crate) unsafe fn callable(object: *mut abi::Object, take: Take) -> New {
    // SAFETY: the caller's promises.
    unsafe {
        if let Some(original) = home(object, take) {
            return Ok(original);
        }
        let Some(callable) = foreign(object, take) else {
            return Ok(ffi::Py_NewRef(ffi::Py_None()));
        };
        let made: Result<_, Raised> =
            function::callable(Python::assume_attached(), callable).map_err(Raised::from);
        made.map(|function| function.into_ptr())
    }
}

/// # Safety
/// As [`reference`]; the object is a `metaffi_callable`.
unsafe fn foreign(object: *mut abi::Object, take: Take) -> Option<Callable> {
    // SAFETY: the caller's promise; `into_raw` gives the reference on.
    unsafe {
        let object = reference(object, take)?.into_raw().as_ptr();
        let slot = abi::Value {
            ty: abi::CALLABLE,
            dims: 0,
            ownership: abi::TRANSFERRED,
            flags: 0,
            length: 0,
            payload: abi::Payload { object },
        };
        match lift_transferred(&slot) {
            Ok(Value::Callable(callable)) => Some(callable),
            _ => None,
        }
    }
}
