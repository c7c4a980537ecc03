//! Converts errors to `MetaFFIError`, and Python's exceptions to errors.

use core::iter::successors;
use core::ptr::NonNull;
use std::borrow::Cow;
use std::collections::HashMap;

use metaffi_value::{Error, ErrorKind, Handle};
use pyo3::exceptions::{
    PyBaseException, PyBaseExceptionGroup, PyMemoryError, PyRecursionError, PyRuntimeError,
};
use pyo3::ffi;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PySequence, PyString, PyType};

use crate::attributes;
use crate::function::Errors;
use crate::gil::with_gil;
use crate::handle::MetaFFIHandle;
use crate::load::owner_name;
use crate::process::{Visit, attached};
use crate::shared::{original, share};
use crate::stack;
use crate::{error_record, releases};

/// The language of Python's own errors.
const LANGUAGE: &str = "python3";

/// The module of the package's exceptions.
const ERRORS: &str = "metaffi.metaffi_error";

/// The kinds with their names in `MetaFFIError.kind`.
const KINDS: &[(ErrorKind, &str)] = &[
    (ErrorKind::Argument, "argument"),
    (ErrorKind::NotFound, "not_found"),
    (ErrorKind::Load, "load"),
    (ErrorKind::Signature, "signature"),
    (ErrorKind::Guest, "guest"),
    (ErrorKind::Panic, "panic"),
    (ErrorKind::Released, "released"),
    (ErrorKind::Abi, "abi"),
    (ErrorKind::Unsupported, "unsupported"),
    (ErrorKind::Internal, "internal"),
];

pub(crate) fn kind_name(kind: ErrorKind) -> &'static str {
    KINDS.iter().find(|(known, _)| *known == kind).map_or("internal", |(_, name)| name)
}

fn kind_named(name: &str) -> ErrorKind {
    KINDS.iter().find(|(_, known)| *known == name).map_or(ErrorKind::Internal, |(kind, _)| *kind)
}

/// A function of one of the package's own modules.
fn package_function<'py>(
    py: Python<'py>,
    cell: &'static PyOnceLock<Py<PyAny>>,
    module: &str,
    name: &str,
) -> PyResult<&'py Bound<'py, PyAny>> {
    let found = cell.get_or_try_init(py, || py.import(module)?.getattr(name).map(Bound::unbind));
    Ok(found?.bind(py))
}

/// The exception for an error; the GIL is held. An error that started as a Python exception
/// becomes that same exception again.
pub(crate) fn to_exception(error: Error) -> PyErr {
    // SAFETY: errors become exceptions under the GIL, before Python continues.
    let py = unsafe { Python::assume_attached() };
    match make_exception(py, error, None) {
        Made::Exception(exception) | Made::Interrupt(exception) => exception,
    }
}

enum Made {
    Exception(PyErr),
    /// What a signal handler raised. It is raised instead, with the error as its context,
    /// since the handler does not run again.
    Interrupt(PyErr),
}

fn make_exception(py: Python<'_>, error: Error, errors: Option<&Errors>) -> Made {
    // First, since making an exception runs Python code, in which a handler would run.
    let interrupt = py.check_signals().err();
    let home = python_original(py, &error);
    let resolver = errors.filter(|_| home.is_none() && !error.type_name.is_empty());
    let resolver = resolver.map(|errors| (errors, error.type_name.clone()));
    let value =
        home.map_or_else(|| error_record::exception(py, &error).map(Err), |home| Ok(Ok(home)));
    let (exception, secondary) = match value {
        Ok(Ok(home)) => (PyErr::from_value(home), None),
        Ok(Err(made)) => {
            let secondary = error_record::attach(&made, error).err();
            (PyErr::from_value(made), secondary)
        }
        Err(secondary) => (PyRuntimeError::new_err(error.message.clone()), Some(secondary)),
    };
    let lacks_room = |secondary: &PyErr| {
        secondary.is_instance_of::<PyRecursionError>(py)
            || secondary.is_instance_of::<PyMemoryError>(py)
    };
    match (interrupt, secondary) {
        (Some(interrupt), _) => Made::Interrupt(during(py, interrupt, &exception)),
        (None, None) => match resolver {
            Some((errors, type_name)) => resolved(py, &type_name, exception, errors),
            None => Made::Exception(exception),
        },
        (None, Some(secondary)) if lacks_room(&secondary) => {
            exception.set_cause(py, Some(secondary));
            Made::Exception(exception)
        }
        // A signal that has just arrived.
        (None, Some(secondary)) => Made::Interrupt(during(py, secondary, &exception)),
    }
}

/// The Python exception that an error started as, if it did.
fn python_original<'py>(py: Python<'py>, error: &Error) -> Option<Bound<'py, PyAny>> {
    let home = error.original.as_ref().and_then(original_exception)?;
    // SAFETY: the handle keeps it alive, and the GIL is held.
    Some(unsafe { Bound::from_borrowed_ptr(py, home.as_ptr()) })
}

/// The exception that the module raises for a guest's exception.
fn resolved(py: Python<'_>, type_name: &str, exception: PyErr, errors: &Errors) -> Made {
    let value = exception.value(py).as_any();
    // SAFETY: the function is alive, and the GIL is held.
    let resolve = unsafe { Bound::from_borrowed_ptr(py, errors.resolve().as_ptr()) };
    let outcome = resolve.call1((type_name, value)).and_then(|instead| {
        let is_other = !instead.is_none() && !instead.is(value);
        if is_other {
            pass_cause_and_notes(value, &instead)?;
        }
        Ok(is_other.then(|| PyErr::from_value(instead)))
    });
    match outcome {
        Ok(instead) => Made::Exception(instead.unwrap_or(exception)),
        Err(secondary) => Made::Interrupt(during(py, secondary, &exception)),
    }
}

/// Copies the cause and the notes of one exception to another that has none.
fn pass_cause_and_notes(from: &Bound<'_, PyAny>, to: &Bound<'_, PyAny>) -> PyResult<()> {
    let py = from.py();
    let (cause, notes) = (intern!(py, "__cause__"), intern!(py, "__notes__"));
    if to.getattr(cause)?.is_none() {
        to.setattr(cause, from.getattr(cause)?)?;
    }
    if error_record::record_of(to).is_some() {
        return Ok(()); // it gets them on first access
    }
    match (from.getattr_opt(notes)?, to.getattr_opt(notes)?) {
        (Some(from), None) => to.setattr(notes, from.cast::<PySequence>()?.to_list()?),
        _ => Ok(()),
    }
}

/// `interrupt`, with `exception`, which was about to be raised, as its context.
fn during(py: Python<'_>, interrupt: PyErr, exception: &PyErr) -> PyErr {
    let (value, exception) = (interrupt.value(py).as_any(), exception.value(py).as_any());
    let mut links = successors(Some(value.clone()), context_of).take(LONGEST_CHAIN);
    if !links.any(|link| link.is(exception)) {
        // SAFETY: live exceptions; the calls take over a reference each, or null.
        unsafe {
            let before = ffi::PyException_GetContext(value.as_ptr());
            ffi::PyException_SetContext(exception.as_ptr(), before);
            ffi::PyException_SetContext(value.as_ptr(), ffi::Py_NewRef(exception.as_ptr()));
        }
    }
    interrupt
}

fn context_of<'py>(value: &Bound<'py, PyAny>) -> Option<Bound<'py, PyAny>> {
    // SAFETY: a live exception, whose context is a new reference, or null.
    unsafe { Bound::from_owned_ptr_or_opt(value.py(), ffi::PyException_GetContext(value.as_ptr())) }
}

/// The exception for an error, as a value.
pub(crate) fn exception_value<'py>(py: Python<'py>, error: &Error) -> PyResult<Bound<'py, PyAny>> {
    if let Some(home) = python_original(py, error) {
        return Ok(home);
    }
    let made = error_record::exception(py, error)?;
    error_record::attach(&made, error.clone())?;
    Ok(made)
}

/// The Python exception that a handle stands for.
fn original_exception(handle: &Handle) -> Option<NonNull<ffi::PyObject>> {
    // SAFETY: the handle keeps its object alive.
    let home = original(unsafe { handle.as_raw().as_ref() })?;
    // SAFETY: a Python object, alive as the handle is.
    (unsafe { ffi::PyExceptionInstance_Check(home.as_ptr()) } != 0).then_some(home)
}

/// Sets the exception for an error: the one that `errors` chooses, if any.
pub(crate) fn raise(error: Error, errors: Option<&Errors>) {
    // SAFETY: as in `to_exception`.
    unsafe {
        attached(|py| {
            let made = make_exception(py, error, errors);
            // The error may have held the last reference that a guest had.
            releases::drain();
            match made {
                Made::Interrupt(exception) => exception.restore(py),
                Made::Exception(exception) => {
                    let value = exception.into_value(py);
                    // Unlike `restore`, this sets the exception being handled as its context.
                    let class = value.bind(py).get_type();
                    ffi::PyErr_SetObject(class.as_ptr(), value.as_ptr());
                }
            }
        });
    }
}

/// Takes the exception that is set, and converts it to an error.
///
/// # Safety
/// The GIL is held.
pub(crate) unsafe fn take_raised() -> Error {
    // SAFETY: the caller's promise.
    unsafe { attached(|py| from_exception(py, &PyErr::fetch(py))) }
}

/// The maximum number of causes: a chain may be circular.
const LONGEST_CHAIN: usize = 32;

/// The error for an exception, with the exception itself as its original.
pub(crate) fn from_exception(py: Python<'_>, exception: &PyErr) -> Error {
    from_chain(py, exception, LONGEST_CHAIN)
}

fn from_chain(py: Python<'_>, exception: &PyErr, links: usize) -> Error {
    let value = exception.value(py).as_any();
    if let Some(error) = guest_error(value).or_else(|| stub_error(value)) {
        return error;
    }
    if let Some(trace) = exception.traceback(py) {
        // Before 3.12 the traceback is not in the exception yet, and would be lost.
        // SAFETY: an exception and its traceback, under the GIL.
        unsafe { ffi::PyException_SetTraceback(value.as_ptr(), trace.as_ptr()) };
    }
    // SAFETY: live, under the GIL.
    let home = unsafe { Handle::take_raw(share(value.as_ptr())) };
    let mut error = Error::new(ErrorKind::Guest, text(value))
        .in_language(LANGUAGE)
        .with_type(type_name(&exception.get_type(py)))
        .with_original(home)
        .with_stack_trace_by(stack_trace_of);
    let cause = cause(py, exception).filter(|_| links > 0);
    error.cause = cause.map(|cause| from_chain(py, &cause, links - 1));
    error
}

/// The stack trace of an exception that others hold; empty if Python cannot be entered any
/// more.
fn stack_trace_of(home: &Handle) -> String {
    let Ok(_visit) = Visit::begin() else { return String::new() };
    let read = with_gil(|| {
        // SAFETY: the GIL is held.
        let py = unsafe { Python::assume_attached() };
        Ok(original_exception(home).map_or_else(String::new, |exception| {
            // SAFETY: the handle keeps the exception alive.
            let value = unsafe { Bound::from_borrowed_ptr(py, exception.as_ptr()) };
            stack_trace(py, &PyErr::from_value(value))
        }))
    });
    read.unwrap_or_default()
}

/// The exception's cause, or else the exception that was being handled when it was raised.
fn cause(py: Python<'_>, exception: &PyErr) -> Option<PyErr> {
    if let Some(cause) = exception.cause(py) {
        return Some(cause);
    }
    let value = exception.value(py);
    let context = context_of(value.as_any())?;
    let hidden =
        value.getattr(intern!(py, "__suppress_context__")).and_then(|hidden| hidden.is_truthy());
    (!hidden.unwrap_or(true)).then(|| PyErr::from_value(context))
}

fn text(value: &Bound<'_, PyAny>) -> String {
    value.str().map_or_else(
        |_| "an exception whose str() fails".into(),
        |text| text.to_string_lossy().into_owned(),
    )
}

fn type_name(class: &Bound<'_, PyType>) -> Cow<'static, str> {
    match builtin_names(class.py()).get(&(class.as_ptr() as usize)) {
        Some(name) => Cow::Borrowed(name),
        None => full_name(class).into(),
    }
}

fn full_name(class: &Bound<'_, PyType>) -> String {
    class.fully_qualified_name().map_or_else(|_| "Exception".into(), |name| name.to_string())
}

/// The names of Python's built-in exceptions, by the addresses of their classes, which live
/// forever. Getting the name from the class would take two attributes and a string.
fn builtin_names(py: Python<'_>) -> &'static HashMap<usize, String> {
    static NAMES: PyOnceLock<HashMap<usize, String>> = PyOnceLock::new();
    NAMES.get_or_init(py, || {
        let builtins = py.import(intern!(py, "builtins")).map(|builtins| builtins.dict());
        let values = builtins.into_iter().flat_map(|builtins| builtins.values());
        let classes = values.filter_map(|value| value.cast_into::<PyType>().ok());
        classes
            .filter(is_immortal_exception)
            .map(|class| (class.as_ptr() as usize, full_name(&class)))
            .collect()
    })
}

fn is_immortal_exception(class: &Bound<'_, PyType>) -> bool {
    // SAFETY: a class, under the GIL.
    let is_static =
        unsafe { ffi::PyType_GetFlags(class.as_type_ptr()) & ffi::Py_TPFLAGS_HEAPTYPE == 0 };
    is_static && class.is_subclass_of::<PyBaseException>().unwrap_or(false)
}

/// The traceback, and what the exception says besides its message.
fn stack_trace(py: Python<'_>, exception: &PyErr) -> String {
    let more =
        has_notes_or_members(exception.value(py).as_any()).then(|| full_text(py, exception).ok());
    more.flatten().unwrap_or_else(|| {
        exception.traceback(py).map_or_else(String::new, |trace| stack::text(py, &trace))
    })
}

/// Whether it has notes, or is a group of exceptions.
fn has_notes_or_members(value: &Bound<'_, PyAny>) -> bool {
    let py = value.py();
    // Notes are in the exception's own dict. Getting an attribute that does not exist would
    // cost as much as all the rest, since an `AttributeError` is made and dropped.
    let own = error_record::own(value);
    let notes = own.and_then(|own| own.get_item(intern!(py, "__notes__")).ok().flatten());
    notes.is_some_and(|notes| notes.is_truthy().unwrap_or(false))
        || value.is_instance_of::<PyBaseExceptionGroup>()
}

#[cold]
fn full_text(py: Python<'_>, exception: &PyErr) -> PyResult<String> {
    static TEXT: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let text = package_function(py, &TEXT, "metaffi._traces", "text")?;
    let text = text.call1((exception.value(py),))?.cast_into::<PyString>()?;
    Ok(text.to_string_lossy().into_owned())
}

/// The exception of another runtime that a `MetaFFIError` stands for.
///
/// # Safety
/// `exception` is a live exception and the GIL is held.
#[cold]
pub(crate) unsafe fn foreign_original(exception: *mut ffi::PyObject) -> Option<Handle> {
    // SAFETY: the caller's promises.
    let value = unsafe { Bound::from_borrowed_ptr(Python::assume_attached(), exception) };
    guest_error(&value).or_else(|| stub_error(&value))?.into_parts().original
}

/// The error that a `MetaFFIError` was made from, so that a guest's exception that passes
/// through Python stays the guest's.
fn guest_error(value: &Bound<'_, PyAny>) -> Option<Error> {
    static CLASS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let class = package_function(value.py(), &CLASS, ERRORS, "MetaFFIError").ok()?;
    if !value.is_instance(class).ok()? {
        return None;
    }
    let field = |name: &str| value.getattr(name).ok()?.extract::<String>().ok();
    let original = value.getattr("original").ok()?;
    let original = original.cast::<MetaFFIHandle>().ok().and_then(|handle| handle.get().share());
    // Its attributes may have been changed; those that were never accessed are unchanged.
    let mut error = match error_record::record_of(value) {
        Some(record) => {
            record.with_kind(kind_named(&field("kind")?)).with_message(field("message")?)
        }
        None => {
            let error = Error::new(kind_named(&field("kind")?), field("message")?);
            error.with_stack_trace(field("stack_trace")?)
        }
    };
    error.cause = value.getattr("cause").ok().and_then(|cause| guest_error(&cause));
    error.original = original;
    Some(error.in_language(field("language")?).with_type(field("type_name")?))
}

/// The error of a stub's exception, which holds the guest's exception.
fn stub_error(value: &Bound<'_, PyAny>) -> Option<Error> {
    // SAFETY: a live exception and a name, under the GIL.
    let held = unsafe {
        let name = intern!(value.py(), "_metaffi_handle").as_ptr();
        Bound::from_owned_ptr_or_opt(value.py(), attributes::plain(value.as_ptr(), name))?
    };
    let original = held.cast::<MetaFFIHandle>().ok()?.get().share()?;
    let error = Error::new(ErrorKind::Guest, text(value))
        .in_language(owner_name(original.owner()))
        .with_type(type_name(&value.get_type()));
    Some(error.with_original(original))
}
