//! The Python type of entities and of other runtimes' callables.
//!
//! Its instances are called by vectorcall. The limited API's headers hide that before
//! 3.12, but interpreters have supported the flag and the member since 3.9.

mod call;
mod describe;
pub(crate) mod direct;
mod errors;
mod incoming;
mod plan;
mod spare;

use core::ffi::{c_char, c_int, c_void};
use core::mem::offset_of;
use core::ptr::{NonNull, null_mut};

use metaffi_value::{Callable, Entity};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

pub(crate) use errors::Errors;
pub(crate) use plan::{Declared, Kind};
use plan::{Names, Plan, Target};

use crate::lift::New;
use crate::natural;
use crate::process::{Inside, Outside};

/// `Py_TPFLAGS_HAVE_VECTORCALL`.
const HAVE_VECTORCALL: u32 = 1 << 11;

/// An instance.
#[repr(C)]
struct Function {
    head: ffi::PyObject,
    vectorcall: ffi::vectorcallfunc,
    weak_references: *mut ffi::PyObject,
    plan: Plan,
    /// `__signature__`, set on first access; owned.
    signature: *mut ffi::PyObject,
    /// `__doc__` of a method; owned, or null.
    doc: *mut ffi::PyObject,
}

/// The attributes of a method: its name, its qualified name, its signature and its
/// documentation.
pub(crate) type Shown = (String, String, Option<Py<PyAny>>, Option<Py<PyAny>>);

impl Function {
    /// # Safety
    /// `object` is an instance of our type.
    unsafe fn plan<'a>(object: *mut ffi::PyObject) -> &'a Plan {
        // SAFETY: the caller's promise; `make` sets the plan before it returns
        // the instance, which the caller keeps alive.
        unsafe { &(*object.cast::<Function>()).plan }
    }
}

/// The type `MetaFFIEntity`.
pub(crate) fn python_type(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    static TYPE: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let make = || make_type(py, c"metaffi.MetaFFIEntity", 0, None);
    Ok(TYPE.get_or_try_init(py, make)?.bind(py))
}

/// The type `MetaFFIMethod`: in a class it is a method of its objects.
pub(crate) fn method_type(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    static TYPE: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let bind = ffi::PyType_Slot {
        slot: ffi::Py_tp_descr_get,
        pfunc: direct::bind as ffi::descrgetfunc as *mut c_void,
    };
    let make = || make_type(py, c"metaffi.MetaFFIMethod", direct::METHOD_DESCRIPTOR, Some(bind));
    Ok(TYPE.get_or_try_init(py, make)?.bind(py))
}

/// The type `MetaFFIIterable`: a function that can also be iterated over.
fn iterable_type(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    static TYPE: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let iterate = ffi::PyType_Slot {
        slot: ffi::Py_tp_iter,
        pfunc: iterate as ffi::getiterfunc as *mut c_void,
    };
    let make = || make_type(py, c"metaffi.MetaFFIIterable", 0, Some(iterate));
    Ok(TYPE.get_or_try_init(py, make)?.bind(py))
}

fn make_type(
    py: Python<'_>,
    name: &'static core::ffi::CStr,
    flags: u32,
    further: Option<ffi::PyType_Slot>,
) -> PyResult<Py<PyType>> {
    let mut members = [
        offset_member(c"__vectorcalloffset__", offset_of!(Function, vectorcall)),
        offset_member(c"__weaklistoffset__", offset_of!(Function, weak_references)),
        ffi::PyMemberDef::default(),
    ];
    let slot = |slot: c_int, pfunc: *mut c_void| ffi::PyType_Slot { slot, pfunc };
    let end = || slot(0, null_mut());
    let mut slots = [
        slot(ffi::Py_tp_dealloc, dealloc as ffi::destructor as _),
        slot(ffi::Py_tp_call, call::call_with_tuple as ffi::ternaryfunc as _),
        slot(ffi::Py_tp_repr, describe::repr as ffi::reprfunc as _),
        slot(ffi::Py_tp_members, members.as_mut_ptr().cast()),
        slot(ffi::Py_tp_getset, describe::getters().cast()),
        further.unwrap_or_else(end),
        end(),
    ];
    let mut spec = ffi::PyType_Spec {
        name: name.as_ptr(),
        basicsize: size_of::<Function>() as c_int,
        itemsize: 0,
        flags: (ffi::Py_TPFLAGS_DEFAULT
            | ffi::Py_TPFLAGS_DISALLOW_INSTANTIATION
            | ffi::Py_TPFLAGS_IMMUTABLETYPE) as u32
            | HAVE_VECTORCALL
            | flags,
        slots: slots.as_mut_ptr(),
    };
    // SAFETY: the interpreter copies the spec but for the getters, which are
    // static; the name too is.
    unsafe {
        let made = ffi::PyType_FromSpec(&raw mut spec);
        Ok(Bound::from_owned_ptr_or_err(py, made)?.cast_into::<PyType>()?.unbind())
    }
}

fn offset_member(name: &'static core::ffi::CStr, offset: usize) -> ffi::PyMemberDef {
    ffi::PyMemberDef {
        name: name.as_ptr().cast::<c_char>(),
        type_code: ffi::Py_T_PYSSIZET,
        offset: offset as ffi::Py_ssize_t,
        flags: ffi::Py_READONLY,
        doc: core::ptr::null(),
    }
}

/// A loaded entity as a Python object.
pub(crate) fn entity<'py>(
    py: Python<'py>,
    entity: Entity,
    path: &str,
    errors: Option<Errors>,
) -> PyResult<Bound<'py, PyAny>> {
    let target = Target::Entity(Outside::new(entity));
    make(py, python_type(py)?, Plan::new(target, Names::of_path(path), errors))
}

/// Another runtime's function as a new Python object, to be passed to a Python function.
///
/// # Safety
/// The GIL is held.
pub(crate) unsafe fn argument(function: Callable) -> New {
    // SAFETY: the caller's promise.
    let py = unsafe { Python::assume_attached() };
    if Errors::is_inherited() {
        return Ok(callable(py, function)?.into_ptr());
    }
    // SAFETY: as above.
    match unsafe { spare::revive(function) } {
        Ok(revived) => Ok(revived),
        Err(function) => Ok(callable(py, function)?.into_ptr()),
    }
}

/// Another runtime's function as a Python object.
pub(crate) fn callable(py: Python<'_>, callable: Callable) -> PyResult<Bound<'_, PyAny>> {
    let class = match Errors::is_natural() && natural::can_be_iterated(&callable)? {
        true => iterable_type(py)?,
        false => python_type(py)?,
    };
    let target = Target::Callable(Inside::new(callable));
    make(py, class, Plan::new(target, Names::CALLABLE, Errors::of_result()))
}

/// `tp_iter` of a function whose language can iterate over it.
unsafe extern "C" fn iterate(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: the interpreter passes an instance, under the GIL.
    let py = unsafe { Python::assume_attached() };
    // SAFETY: as above.
    let made = match unsafe { foreign_callable(object) } {
        Some(callable) => natural::iterator(py, &callable),
        None => Ok(py.None().into_bound(py)),
    };
    made.map_or_else(
        |error| {
            error.restore(py);
            null_mut()
        },
        Bound::into_ptr,
    )
}

/// The function that an entity path without types names.
pub(crate) fn unbound<'py>(
    py: Python<'py>,
    callable: Callable,
    path: &str,
    errors: Errors,
) -> PyResult<Bound<'py, PyAny>> {
    let target = Target::Callable(Inside::new(callable));
    make(py, python_type(py)?, Plan::new(target, Names::of_path(path), Some(errors)))
}

/// Another runtime's function as a method of a Python class.
pub(crate) fn method<'py>(
    py: Python<'py>,
    callable: Callable,
    (name, qualified, signature, doc): Shown,
    errors: Errors,
) -> PyResult<Bound<'py, PyAny>> {
    let target = Target::Callable(Inside::new(callable));
    let mut plan = Plan::new(target, Names::of_member(name, qualified), Some(errors));
    plan.takes_object_first();
    let made = make(py, method_type(py)?, plan)?;
    let owned = |object: Option<Py<PyAny>>| object.map_or(null_mut(), Py::into_ptr);
    // SAFETY: just made, and of our type; the references are its own.
    unsafe {
        let function = made.as_ptr().cast::<Function>();
        (*function).signature = owned(signature);
        (*function).doc = owned(doc);
    }
    Ok(made)
}

/// The callable of another runtime that `object` stands for.
///
/// # Safety
/// `object` is live and the GIL is held.
pub(crate) unsafe fn foreign_callable(object: *mut ffi::PyObject) -> Option<Callable> {
    // SAFETY: the caller's promises.
    unsafe {
        let py = Python::assume_attached();
        let class = ffi::Py_TYPE(object);
        let is = |ours: PyResult<&Bound<'_, PyType>>| ours.is_ok_and(|o| o.as_type_ptr() == class);
        if ![python_type(py), method_type(py), iterable_type(py)].into_iter().any(is) {
            return None;
        }
        match &Function::plan(object).target {
            Target::Callable(callable) => Some(Callable::clone(callable)),
            Target::Entity(_) => None,
        }
    }
}

/// Makes an instance of one of our types.
fn make<'py>(
    py: Python<'py>,
    class: &Bound<'py, PyType>,
    plan: Plan,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: our own type, whose instances start zeroed; the fields are
    // written before it is returned.
    unsafe {
        let object = ffi::PyType_GenericAlloc(class.as_type_ptr(), 0);
        let function = NonNull::new(object.cast::<Function>()).ok_or_else(|| PyErr::fetch(py))?;
        (&raw mut (*function.as_ptr()).vectorcall).write(call::vectorcall);
        (&raw mut (*function.as_ptr()).plan).write(plan);
        Ok(Bound::from_owned_ptr(py, object))
    }
}

unsafe extern "C" fn dealloc(object: *mut ffi::PyObject) {
    // SAFETY: the interpreter calls this once, for the last reference, under
    // the GIL. `PyType_GenericAlloc` took a reference to the type.
    unsafe {
        let function = object.cast::<Function>();
        if !(*function).weak_references.is_null() {
            ffi::PyObject_ClearWeakRefs(object);
        }
        let class = ffi::Py_TYPE(object);
        if !spare::keep(function) {
            (&raw mut (*function).plan).drop_in_place();
            ffi::Py_XDECREF((*function).signature);
            ffi::Py_XDECREF((*function).doc);
            ffi::PyObject_Free(object.cast());
        }
        ffi::Py_DECREF(class.cast());
    }
}
