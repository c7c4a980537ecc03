//! Decides which objects with the buffer protocol are arrays of numbers, where `any` is
//! declared.
//!
//! Many expose their memory but are more than its contents: a `datetime64`, a mapped
//! file, an array with a mask or a unit. Those are passed as objects.

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyType};

use super::view::View;
use crate::process::attached;

/// Whether `object` is its elements and nothing else.
///
/// # Safety
/// `object` is live and the GIL is held.
pub(super) unsafe fn is_array(object: *mut ffi::PyObject) -> bool {
    // SAFETY: the caller's promises.
    unsafe {
        if ffi::PyObject_CheckBuffer(object) == 0 {
            return false;
        }
        if ffi::PyBytes_Check(object) != 0
            || ffi::PyByteArray_Check(object) != 0
            || ffi::PyMemoryView_Check(object) != 0
        {
            return true;
        }
        let known = attached(|py| is_known_array(&Bound::from_borrowed_ptr(py, object)));
        known.unwrap_or_else(|| is_typed_sequence(object))
    }
}

/// Whether `object`, if it has a buffer, may be a number: not a time or a complex number.
///
/// # Safety
/// `object` is live and the GIL is held.
pub(super) unsafe fn may_be_number(object: *mut ffi::PyObject) -> bool {
    // SAFETY: the caller's promises.
    unsafe {
        if ffi::PyObject_CheckBuffer(object) == 0 {
            return true;
        }
        let Some(view) = View::of(object) else { return false };
        match view.shape() {
            [] => view.element().is_some() || view.is_float_of_other_size(),
            _ => is_array(object),
        }
    }
}

/// The same for the known types; `None` for others.
///
/// A subclass of `ndarray` has more than elements: a mask, a unit, names.
fn is_known_array(object: &Bound<'_, PyAny>) -> Option<bool> {
    static NDARRAY: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    static MEMMAP: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    static ARRAY: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    static CTYPES: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let is = |cell, module, name| {
        imported(object.py(), cell, module, name)
            .is_some_and(|class| object.is_instance(class).unwrap_or(false))
    };
    if is(&NDARRAY, "numpy", "ndarray") {
        let exact = NDARRAY.get(object.py()).is_some_and(|class| object.get_type().is(class));
        return Some(exact || is(&MEMMAP, "numpy", "memmap"));
    }
    let known = is(&ARRAY, "array", "array") || is(&CTYPES, "_ctypes", "Array");
    known.then_some(true)
}

/// A class, if its module is imported: otherwise it has no objects.
fn imported<'py>(
    py: Python<'py>,
    cell: &'static PyOnceLock<Py<PyType>>,
    module: &str,
    name: &str,
) -> Option<&'py Bound<'py, PyType>> {
    let class = cell.get_or_try_init(py, || -> PyResult<_> {
        let modules = py.import("sys")?.getattr("modules")?;
        let module = modules.cast::<PyDict>()?.as_any().get_item(module)?;
        Ok(module.getattr(name)?.cast_into::<PyType>()?.unbind())
    });
    class.ok().map(|class| class.bind(py))
}

/// Whether an object of an unknown type declares that it contains numbers. A format of
/// bytes does not count, as it is the default of objects that do not declare a format.
///
/// # Safety
/// `object` is live and the GIL is held.
unsafe fn is_typed_sequence(object: *mut ffi::PyObject) -> bool {
    // SAFETY: the caller's promises.
    unsafe {
        ffi::PySequence_Check(object) != 0
            && View::of(object).is_some_and(|view| view.itemsize() > 1 && view.element().is_some())
    }
}
