//! The record that a `MetaFFIError` was made from, for attributes that it gets on first
//! access. Most errors are caught without accessing any.

use metaffi_value::{Error, ErrorKind};
use pyo3::ffi;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyString, PyTuple};

use crate::error::{exception_value, kind_name};
use crate::process::{Inside, without_gil};
use crate::{forks, pressure};

/// The error behind a `MetaFFIError`, in its `__dict__`.
#[pyclass(frozen, module = "metaffi")]
pub(crate) struct ErrorRecord(Inside<Error>);

#[pymethods]
impl ErrorRecord {
    /// Its kind, message, language, type name and original.
    fn parts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let error = &self.0;
        let original = error.original.clone().map(|handle| crate::handle::wrap(py, handle));
        // SAFETY: `wrap` gives a new reference.
        let original = original.transpose()?.map(|raw| unsafe { Bound::from_owned_ptr(py, raw) });
        let message = forks::message(error);
        (kind_name(error.kind), message, &error.language, &error.type_name, original)
            .into_pyobject(py)
    }

    fn stack_trace(&self) -> &str {
        // SAFETY: under the GIL, which the guest may need to format it; no Python
        // object is touched here.
        unsafe { without_gil(|| self.0.stack_trace()) }
    }
}

/// The error that an exception was made from, unless all its attributes were set.
pub(crate) fn record_of(exception: &Bound<'_, PyAny>) -> Option<Error> {
    let record = own(exception)?.get_item(intern!(exception.py(), "_record")).ok()??;
    Some((*record.cast::<ErrorRecord>().ok()?.get().0).clone())
}

/// The exception's own `__dict__`.
pub(crate) fn own<'py>(exception: &Bound<'py, PyAny>) -> Option<Bound<'py, PyDict>> {
    // SAFETY: a live object, under the GIL; a new reference, or null.
    let own = unsafe {
        let own = ffi::PyObject_GenericGetDict(exception.as_ptr(), core::ptr::null_mut());
        Bound::from_owned_ptr_or_opt(exception.py(), own)
    };
    own.and_then(|own| own.cast_into().ok())
}

/// The `MetaFFIError` for an error, with the message and the cause.
pub(crate) fn exception<'py>(py: Python<'py>, error: &Error) -> PyResult<Bound<'py, PyAny>> {
    let is_argument = error.kind == ErrorKind::Argument;
    let made = new(py, class(py, is_argument)?, &forks::message(error))?;
    if let Some(cause) = &error.cause {
        made.setattr(intern!(py, "__cause__"), exception_value(py, cause)?)?;
    }
    Ok(made)
}

/// Attaches everything else. The cause is left to the exception, since Python's garbage
/// collector cannot see what the record holds.
pub(crate) fn attach(exception: &Bound<'_, PyAny>, mut error: Error) -> PyResult<()> {
    let py = exception.py();
    error.cause = None;
    if error.original.is_some() {
        pressure::count_arrival();
    }
    let record = Bound::new(py, ErrorRecord(Inside::new(error)))?;
    match own(exception) {
        Some(own) => own.set_item(intern!(py, "_record"), record),
        None => exception.setattr(intern!(py, "_record"), record),
    }
}

/// An exception with these `args`, made without its `__init__`, which is Python code.
fn new<'py>(py: Python<'py>, class: &Bound<'py, PyAny>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    let args = PyTuple::new(py, [PyString::new(py, text)])?;
    // SAFETY: a class that derives from `RuntimeError`, which has this slot; its
    // arguments, under the GIL; a new reference, or null with an exception set.
    unsafe {
        let slot = ffi::PyType_GetSlot(ffi::PyExc_RuntimeError.cast(), ffi::Py_tp_new);
        let new = core::mem::transmute::<*mut core::ffi::c_void, ffi::newfunc>(slot);
        let made = new(class.as_ptr().cast(), args.as_ptr(), core::ptr::null_mut());
        Bound::from_owned_ptr_or_err(py, made)
    }
}

fn class(py: Python<'_>, is_argument: bool) -> PyResult<&Bound<'_, PyAny>> {
    static CLASSES: PyOnceLock<[Py<PyAny>; 2]> = PyOnceLock::new();
    let classes = CLASSES.get_or_try_init(py, || -> PyResult<_> {
        let module = py.import("metaffi.metaffi_error")?;
        let class = |name| module.getattr(name).map(Bound::unbind);
        Ok([class("MetaFFIError")?, class("MetaFFIArgumentError")?])
    })?;
    Ok(classes[usize::from(is_argument)].bind(py))
}
