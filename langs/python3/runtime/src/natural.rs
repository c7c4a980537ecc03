//! Objects of other runtimes that are used like Python's own: each has a class that
//! `metaffi.natural` makes for its type.

use core::cell::Cell;
use core::ffi::c_void;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use metaffi_abi as abi;
use metaffi_value::{CallFrame, Callable, Description, Handle, query_items, query_member};
use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyType, PyWeakrefMethods, PyWeakrefReference};

use crate::error::to_exception;
use crate::function::{self, Errors, Shown};
use crate::handle::{self, MetaFFIHandle};
use crate::lift::{self, Raised, Take};
use crate::load;
use crate::process::without_gil;
use crate::shared::{self, Own};

const CLASSES: &str = "metaffi.natural._classes";

/// The classes of objects, by the numbers of their runtimes and types; for objects that
/// are classes, the classes of their instances.
///
/// Nothing here keeps a class alive: it dies with its objects, and is made again for the next.
static KNOWN: Mutex<Option<HashMap<Key, Known>>> = Mutex::new(None);

struct Known {
    class: Py<PyWeakrefReference>,
    /// Whether it holds the foreign class, which is itself an object of the other runtime.
    has_own: bool,
}

/// The number of a runtime, and that of a type.
type Key = (u64, u64);

thread_local! {
    /// Whether a result of declared type `any` is being lifted.
    static OF_ANY: Cell<bool> = const { Cell::new(false) };
}

/// Runs `lift`, which makes objects that are used like Python's own.
pub(crate) fn of_any<T>(lift: impl FnOnce() -> T) -> T {
    struct Restored(bool);
    impl Drop for Restored {
        fn drop(&mut self) {
            OF_ANY.set(self.0);
        }
    }
    let _before = Restored(OF_ANY.replace(true));
    lift()
}

/// Whether [`of_any`] is running.
pub(crate) fn is_any() -> bool {
    OF_ANY.get()
}

/// Converts an object that is passed to a Python function; a map becomes a `dict`, which is
/// also accepted by code in C.
pub(crate) fn to_argument(py: Python<'_>, handle: Handle) -> PyResult<*mut ffi::PyObject> {
    static DICT: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let is_mapping = handle.is_mapping();
    let made = to_natural(py, handle)?;
    if !is_mapping {
        return Ok(made);
    }
    // SAFETY: a new reference.
    let made = unsafe { Bound::from_owned_ptr(py, made) };
    let dict = DICT.import(py, "metaffi.natural._dicts", "of_map")?;
    Ok(dict.call1((made,))?.into_ptr())
}

/// Converts a handle to an object of the class that is made for its type; a class to a Python
/// class.
pub(crate) fn to_natural(py: Python<'_>, handle: Handle) -> PyResult<*mut ffi::PyObject> {
    // SAFETY: the handle holds the object.
    if let Some(own) = shared::original(unsafe { handle.as_raw().as_ref() }) {
        // SAFETY: a Python object, which the handle keeps alive.
        return Ok(unsafe { ffi::Py_NewRef(own.as_ptr()) });
    }
    let made = handle::wrap(py, handle)?;
    // SAFETY: a new reference to a handle.
    let made = unsafe { Bound::from_owned_ptr(py, made).cast_into_unchecked::<MetaFFIHandle>() };
    Ok(with_class(&made, Errors::is_natural())?.into_ptr())
}

/// Gives the object the class for its type; for a class, returns the class of its instances.
/// `with_own` also stores the foreign class in it, which costs a reference to an object of its
/// runtime, and which objects that are only passed on do not need.
fn with_class<'py>(
    object: &Bound<'py, MetaFFIHandle>,
    with_own: bool,
) -> PyResult<Bound<'py, PyAny>> {
    let py = object.py();
    let Ok(Some([owner, own, of_instances])) = object.get().numbers() else {
        // Its type is not described, or not any more, since its runtime was released.
        return Ok(object.clone().into_any());
    };
    let is_class = of_instances != 0;
    let number = if is_class { of_instances } else { own };
    let class = match cached_class(py, (owner, number)) {
        Some((class, has_own)) if has_own || !with_own => class,
        _ => remember(object, (owner, number), with_own || is_class)?,
    };
    if is_class {
        return Ok(class.into_any());
    }
    // SAFETY: a class, under the GIL.
    let flags = unsafe { ffi::PyType_GetFlags(class.as_type_ptr()) };
    if flags & ffi::Py_TPFLAGS_BASE_EXC_SUBCLASS != 0 {
        return exception(object);
    }
    set_class(object.as_any(), &class)?;
    Ok(object.clone().into_any())
}

/// Sets an object's class. It calls the setter of `object.__class__`, because classes made for
/// types refuse attributes that they do not know, and have a `__class__` of their own.
fn set_class(object: &Bound<'_, PyAny>, class: &Bound<'_, PyType>) -> PyResult<()> {
    static ATTRIBUTE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let py = object.py();
    let attribute = ATTRIBUTE.get_or_try_init(py, || {
        let attributes = py.get_type::<PyAny>().getattr("__dict__")?;
        Ok::<_, PyErr>(attributes.get_item("__class__")?.unbind())
    })?;
    let attribute = attribute.as_ptr();
    // SAFETY: the attribute of `object`, which has this slot; all are live, under the GIL.
    let done = unsafe {
        let slot = ffi::PyType_GetSlot(ffi::Py_TYPE(attribute), ffi::Py_tp_descr_set);
        let set = core::mem::transmute::<*mut c_void, Option<ffi::descrsetfunc>>(slot);
        set.map(|set| set(attribute, object.as_ptr(), class.as_ptr()))
    };
    match done {
        Some(0) => Ok(()),
        Some(_) => Err(PyErr::fetch(py)),
        None => Err(PyTypeError::new_err("this Python cannot change the class of an object")),
    }
}

/// Converts an object of another runtime that is an exception.
#[cold]
fn exception<'py>(object: &Bound<'py, MetaFFIHandle>) -> PyResult<Bound<'py, PyAny>> {
    let exceptions = object.py().import("metaffi.natural._exceptions")?;
    exceptions.getattr("of_original")?.call1((object,))
}

/// Converts a handle to an object of the class that is made for its type.
#[pyfunction]
pub(crate) fn naturally<'py>(handle: &Bound<'py, MetaFFIHandle>) -> PyResult<Bound<'py, PyAny>> {
    let shared = handle.get().live()?;
    // SAFETY: `wrap` gives a new reference to a handle.
    let made = unsafe {
        let made = Bound::from_owned_ptr(handle.py(), handle::wrap(handle.py(), shared)?);
        made.cast_into_unchecked::<MetaFFIHandle>()
    };
    with_class(&made, true)
}

/// The name of the runtime with this id.
#[pyfunction]
pub(crate) fn owner_name(runtime_id: u64) -> String {
    load::owner_name(runtime_id)
}

/// An error that was passed as a value, as an instance of the class of its type.
pub(crate) fn error<'py>(exception: Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = exception.py();
    if !exception.hasattr(intern!(py, "type_name"))? {
        return Ok(exception); // one of Python's own
    }
    let raised = py.import("metaffi.natural._exceptions")?.getattr("raised")?;
    let made = raised.call1(("", &exception))?;
    Ok(if made.is_none() { exception } else { made })
}

fn cached_class(py: Python<'_>, key: Key) -> Option<(Bound<'_, PyType>, bool)> {
    let known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let known = known.as_ref()?.get(&key)?;
    let class = known.class.bind(py).upgrade()?.cast_into().ok()?;
    Some((class, known.has_own))
}

/// Makes the class and remembers it. Another thread may do so too: both get the same class.
#[cold]
fn remember<'py>(
    object: &Bound<'py, MetaFFIHandle>,
    key: Key,
    has_own: bool,
) -> PyResult<Bound<'py, PyType>> {
    static MAKE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let py = object.py();
    let make = MAKE.import(py, CLASSES, "class_of_type")?;
    let class = make.call1((object, key.1, has_own))?.cast_into::<PyType>()?;
    let reference = PyWeakrefReference::new(&class)?.unbind();
    let before = {
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        known.get_or_insert_default().insert(key, Known { class: reference, has_own })
    };
    drop(before); // may run code
    Ok(class)
}

/// A function of another runtime, whose results are used like Python's own. `shown` are its
/// names, signature and documentation.
pub(crate) fn function<'py>(
    py: Python<'py>,
    function: Callable,
    shown: Shown,
) -> PyResult<Bound<'py, PyAny>> {
    function::method(py, function, shown, errors(py)?)
}

/// The function that an entity path without types names.
pub(crate) fn entity<'py>(
    py: Python<'py>,
    function: Callable,
    path: &str,
) -> PyResult<Bound<'py, PyAny>> {
    if let Some(own) = shared::original(&function.as_raw().base) {
        // SAFETY: a Python function, which the callable keeps alive.
        return Ok(unsafe { Bound::from_borrowed_ptr(py, own.as_ptr()) });
    }
    function::unbound(py, function, path, errors(py)?)
}

/// Calls a method with keyword arguments. `names` is a dict, or a tuple of names for the last
/// arguments.
///
/// # Safety
/// All are live, and the GIL is held.
pub(crate) unsafe fn call_named(
    name: &str,
    args: &[*mut ffi::PyObject],
    names: *mut ffi::PyObject,
) -> Result<*mut ffi::PyObject, Raised> {
    // SAFETY: the caller's promises.
    let (py, args, names) = unsafe {
        let py = Python::assume_attached();
        let args = args.iter().map(|arg| Bound::from_borrowed_ptr(py, *arg)).collect::<Vec<_>>();
        (py, args, Bound::from_borrowed_ptr(py, names))
    };
    let call = || {
        let helper = py.import("metaffi.natural._types")?.getattr("call_named")?;
        helper.call1((name, args, names))
    };
    Ok(call().map_err(Raised::from)?.into_ptr())
}

/// The operation that makes an iterator over the elements that a function yields.
fn iterate(function: &Callable) -> PyResult<Option<Callable>> {
    let object = function.handle().as_raw();
    // SAFETY: under the GIL, which others may need to answer; the callable holds the object.
    let found = unsafe { without_gil(|| query_member(object, abi::MEMBER_OPERATION, "iterate")) };
    found.map_err(to_exception)
}

/// Whether a function can be iterated over, like a Go function that yields.
pub(crate) fn can_be_iterated(function: &Callable) -> PyResult<bool> {
    Ok(iterate(function)?.is_some())
}

/// An iterator over the elements that a function yields.
pub(crate) fn iterator<'py>(py: Python<'py>, of: &Callable) -> PyResult<Bound<'py, PyAny>> {
    let Some(iterate) = iterate(of)? else {
        return Err(PyTypeError::new_err("the function can no longer be iterated over"));
    };
    let shown = ("iterate".into(), "iterate".into(), None, None);
    // SAFETY: `wrap` gives a new reference.
    let object = unsafe { Bound::from_owned_ptr(py, handle::wrap(py, of.handle().clone())?) };
    function(py, iterate, shown)?.call1((object,))
}

/// The function that chooses exceptions of the guest's own classes.
fn errors(py: Python<'_>) -> PyResult<Errors> {
    static ERRORS: PyOnceLock<Errors> = PyOnceLock::new();
    let errors = ERRORS.get_or_try_init(py, || {
        let raised = py.import("metaffi.natural._exceptions")?.getattr("raised")?;
        // SAFETY: live, under the GIL.
        Ok::<_, PyErr>(Errors::natural(unsafe { Own::of(raised.as_ptr()) }))
    });
    errors.cloned()
}

/// The elements of an object that can be iterated over; objects are used like Python's own.
pub(crate) fn items<'py>(py: Python<'py>, handle: &Handle) -> PyResult<Option<Bound<'py, PyAny>>> {
    let errors = errors(py)?;
    CallFrame::with(|mut frame| {
        // SAFETY: under the GIL, which others may need to answer; the handle holds the
        // object, and the frame outlives the answer.
        let answer = unsafe { without_gil(|| query_items(handle.as_raw(), &mut frame)) };
        let Some(answer) = answer.map_err(to_exception)? else { return Ok(None) };
        let slot = &answer.into_slots()[0];
        // SAFETY: the slot was taken out of the answer, and is lifted once.
        let lift = || unsafe { lift::lift(slot, Take::Take, false) };
        let lifted =
            Errors::with_inherited(Some(&errors), lift).map_err(|Raised| PyErr::fetch(py))?;
        // SAFETY: `lift` gives a new reference.
        Ok(Some(unsafe { Bound::from_owned_ptr(py, lifted) }))
    })
}

/// A [`Description`] as Python gets it.
pub(crate) type Described =
    (String, String, Vec<String>, Vec<String>, Vec<(String, String, String, String)>);

pub(crate) fn described(of: Description) -> Described {
    let members = of.members.into_iter();
    let members = members.map(|one| (one.name, one.kind, one.signature, one.doc)).collect();
    (of.name, of.doc, of.supertypes, of.operations, members)
}
