//! The target of a call: a function, a method by its name, an attribute.

use core::ptr::null_mut;

use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;

use crate::lift::Raised;
use crate::shared::Own;
use crate::vectorcall;

/// A function to call, or an attribute to read or write.
pub(crate) enum Target {
    /// A function, a class, anything callable.
    Call(Own),
    /// The method of this name of the first argument.
    Method(Own),
    /// The same; if the object has no such method, the function, with the object.
    MethodOr(Own, Own),
    /// The attribute of this name of the first argument, a module, at the time of the call.
    OfModule(Own),
    /// An attribute of this object.
    Get(Own, Own),
    Set(Own, Own),
    /// An attribute of the first argument.
    GetOf(Own),
    SetOf(Own),
}

impl Target {
    /// The target that `metaffi._entities` found.
    pub(crate) fn new(kind: &str, object: &Bound<'_, PyAny>, name: &str) -> PyResult<Self> {
        let py = object.py();
        let name = pyo3::types::PyString::intern(py, name);
        // SAFETY: both are live, under the GIL.
        let (object, name) = unsafe { (Own::of(object.as_ptr()), Own::of(name.as_ptr())) };
        Ok(match kind {
            "call" => Self::Call(object),
            "method" => Self::Method(name),
            "method_or" => Self::MethodOr(name, object),
            "of_module" => Self::OfModule(name),
            "get" => Self::Get(object, name),
            "set" => Self::Set(object, name),
            "get_of" => Self::GetOf(name),
            "set_of" => Self::SetOf(name),
            other => {
                let message = format!("metaffi._entities returned the unknown target `{other}`");
                return Err(pyo3::exceptions::PySystemError::new_err(message));
            }
        })
    }

    /// Calls, reads or writes it with the arguments after the first slot; null
    /// with an exception set if that fails.
    ///
    /// # Safety
    /// All but the first slot are live and as many as the target takes; the GIL
    /// is held.
    #[inline]
    pub(crate) unsafe fn invoke(&self, slots: &[*mut PyObject]) -> *mut PyObject {
        // SAFETY: the caller's promises.
        unsafe {
            match self {
                Self::Call(function) => vectorcall::call(function.as_ptr(), slots),
                Self::Method(name) => vectorcall::method(name.as_ptr(), slots),
                Self::MethodOr(name, function) => {
                    let result = vectorcall::method(name.as_ptr(), slots);
                    if result.is_null() && is_missing(slots[1], name.as_ptr()) {
                        return vectorcall::call(function.as_ptr(), slots);
                    }
                    result
                }
                Self::OfModule(name) => of_module(name.as_ptr(), slots),
                Self::Get(owner, name) => ffi::PyObject_GetAttr(owner.as_ptr(), name.as_ptr()),
                Self::GetOf(name) => ffi::PyObject_GetAttr(slots[1], name.as_ptr()),
                Self::Set(owner, name) => set(owner.as_ptr(), name.as_ptr(), slots[1]),
                Self::SetOf(name) => set(slots[1], name.as_ptr(), slots[2]),
            }
        }
    }

    /// Calls it with a tuple and with keywords, or null for none.
    ///
    /// # Safety
    /// All are live, a method has an argument, and the GIL is held.
    pub(crate) unsafe fn invoke_spread(
        &self,
        args: *mut PyObject,
        keywords: *mut PyObject,
    ) -> *mut PyObject {
        // SAFETY: the caller's promises; new references are released here.
        unsafe {
            let (name, otherwise) = match self {
                Self::Call(function) => {
                    return ffi::PyObject_Call(function.as_ptr(), args, keywords);
                }
                Self::MethodOr(name, function) => (name, Some(function)),
                Self::Method(name) | Self::OfModule(name) => (name, None),
                Self::GetOf(name) | Self::SetOf(name) => (name, None),
                Self::Get(_, name) | Self::Set(_, name) => (name, None),
            };
            let object = ffi::PyTuple_GetItem(args, 0);
            let Some(function) = otherwise else {
                let bound = New(ffi::PyObject_GetAttr(object, name.as_ptr()));
                return call_bound(&bound, args, keywords);
            };
            match method_of(object, name.as_ptr()) {
                Err(Raised) => null_mut(),
                Ok(None) => ffi::PyObject_Call(function.as_ptr(), args, keywords),
                Ok(Some(bound)) => call_bound(&bound, args, keywords),
            }
        }
    }
}

/// Calls an item of a module's dict, without an attribute lookup: a module's other attributes
/// are only those that every module has, and those that its `__getattr__` returns.
///
/// # Safety
/// As [`Target::invoke`]; there is an argument.
#[inline]
unsafe fn of_module(name: *mut PyObject, slots: &[*mut PyObject]) -> *mut PyObject {
    // SAFETY: the caller's promises. What is borrowed from the dict is held during the call, and
    // the module's slot is the free one before the arguments.
    unsafe {
        if ffi::PyModule_CheckExact(slots[1]) == 0 {
            return vectorcall::method(name, slots);
        }
        let found = ffi::PyDict_GetItemWithError(ffi::PyModule_GetDict(slots[1]), name);
        if found.is_null() {
            ffi::PyErr_Clear(); // raised by an unusual key; the attribute lookup finds it again
            return vectorcall::method(name, slots);
        }
        let function = New(ffi::Py_NewRef(found));
        vectorcall::call(function.0, &slots[1..])
    }
}

/// A new reference, released under the GIL; or null.
pub(super) struct New(pub(super) *mut PyObject);

impl Drop for New {
    fn drop(&mut self) {
        // SAFETY: calls hold the GIL, and the reference is ours.
        unsafe { ffi::Py_XDECREF(self.0) };
    }
}

/// The bound method `name` of an object, if it has one.
///
/// # Safety
/// Both are live, and the GIL is held.
unsafe fn method_of(object: *mut PyObject, name: *mut PyObject) -> Result<Option<New>, Raised> {
    // SAFETY: the caller's promises.
    unsafe {
        let bound = ffi::PyObject_GetAttr(object, name);
        if !bound.is_null() {
            return Ok(Some(New(bound)));
        }
        if ffi::PyErr_ExceptionMatches(ffi::PyExc_AttributeError) == 0 {
            return Err(Raised);
        }
        ffi::PyErr_Clear();
        Ok(None)
    }
}

/// Whether the exception that is set was raised because the object has no method `name`; then
/// it is cleared. The method itself may raise the same, so the object is checked.
///
/// # Safety
/// Both are live, an exception is set, and the GIL is held.
#[cold]
unsafe fn is_missing(object: *mut PyObject, name: *mut PyObject) -> bool {
    // SAFETY: the caller's promises.
    unsafe {
        if ffi::PyErr_ExceptionMatches(ffi::PyExc_AttributeError) == 0 {
            return false;
        }
        let py = Python::assume_attached();
        let raised = PyErr::fetch(py);
        match method_of(object, name) {
            Ok(None) => return true,
            Err(Raised) => drop(PyErr::fetch(py)),
            Ok(Some(_)) => {}
        }
        raised.restore(py);
        false
    }
}

/// Calls a bound method, or null, with all arguments but the object.
///
/// # Safety
/// As [`Target::invoke_spread`]; an exception is set when `bound` is null.
unsafe fn call_bound(bound: &New, args: *mut PyObject, keywords: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promises.
    unsafe {
        if bound.0.is_null() {
            return null_mut();
        }
        let rest = New(ffi::PyTuple_GetSlice(args, 1, ffi::PyTuple_Size(args)));
        if rest.0.is_null() {
            return null_mut();
        }
        ffi::PyObject_Call(bound.0, rest.0, keywords)
    }
}

/// Sets an attribute; `None` when it is done.
unsafe fn set(owner: *mut PyObject, name: *mut PyObject, value: *mut PyObject) -> *mut PyObject {
    // SAFETY: as in `Target::invoke`.
    unsafe {
        match ffi::PyObject_SetAttr(owner, name, value) {
            0 => ffi::Py_NewRef(ffi::Py_None()),
            _ => null_mut(),
        }
    }
}
