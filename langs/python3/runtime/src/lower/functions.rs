//! Decides which callables are functions where `any` is declared, and which are objects
//! that can also be called.

use pyo3::ffi;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyTuple;

use crate::attributes;
use crate::process::attached;

/// Whether `object` is only a function: a class, an object that has a function's `__name__`
/// or wraps one, or an instance of the standard library's function types. Instances of
/// other classes with `__call__` have members that would be lost in a function.
///
/// # Safety
/// `object` is live, and the GIL is held with no exception set.
pub(super) unsafe fn is_function(object: *mut ffi::PyObject) -> bool {
    // SAFETY: the caller's promises.
    unsafe {
        ffi::PyCallable_Check(object) != 0
            && (ffi::PyType_Check(object) != 0
                || attached(|py| {
                    let names = [intern!(py, "__name__"), intern!(py, "__wrapped__")];
                    names.into_iter().any(|name| has(py, object, name.as_ptr()))
                        || is_of_known_kind(&Bound::from_borrowed_ptr(py, object))
                }))
    }
}

/// Whether the object really has an attribute, not one made up by `__getattr__`.
///
/// # Safety
/// As [`is_function`].
unsafe fn has(py: Python<'_>, object: *mut ffi::PyObject, name: *mut ffi::PyObject) -> bool {
    // SAFETY: the caller's promises; `plain` returns a new reference.
    unsafe { Bound::from_owned_ptr_or_opt(py, attributes::plain(object, name)).is_some() }
}

fn is_of_known_kind(object: &Bound<'_, PyAny>) -> bool {
    static KINDS: PyOnceLock<Py<PyTuple>> = PyOnceLock::new();
    let kinds = KINDS.get_or_try_init(object.py(), || {
        let kinds = object.py().import("metaffi._methods")?.getattr("KINDS_OF_FUNCTIONS")?;
        Ok::<_, PyErr>(kinds.cast_into::<PyTuple>()?.unbind())
    });
    kinds.is_ok_and(|kinds| object.is_instance(kinds.bind(object.py())).unwrap_or(false))
}
