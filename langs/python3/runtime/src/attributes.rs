//! Gets attributes that most objects lack, without raising an exception.
//!
//! The limited API has a function for this only from 3.13; every interpreter since 3.7
//! exports one, under another name.

use core::ffi::{c_int, c_void};
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, Ordering};

use pyo3::ffi::{self, PyObject};

use crate::interpreter;

type Lookup = unsafe extern "C" fn(*mut PyObject, *mut PyObject, *mut *mut PyObject) -> c_int;

/// Written when the module is imported, under the GIL, under which it is read.
static LOOKUP: AtomicPtr<c_void> = AtomicPtr::new(with_exception as Lookup as *mut c_void);

/// Looks the function up.
pub(crate) fn look_up() {
    let Some(python) = interpreter::library() else { return };
    let names = [c"PyObject_GetOptionalAttr", c"_PyObject_LookupAttr"];
    // SAFETY: CPython declares both with this type.
    let found =
        names.iter().find_map(|name| unsafe { interpreter::symbol::<Lookup>(&python, name) });
    if let Some(function) = found {
        LOOKUP.store(function as *mut c_void, Ordering::Relaxed);
    }
}

/// An attribute of the object or its class, as a new reference, or null. `__getattr__` is
/// not called, since a mock has every attribute.
///
/// # Safety
/// Both are live, and the GIL is held with no exception set.
pub(crate) unsafe fn plain(object: *mut PyObject, name: *mut PyObject) -> *mut PyObject {
    let mut found = null_mut();
    // SAFETY: the caller's promises; only functions of this type are stored.
    unsafe {
        let lookup = match is_plain(object) {
            true => core::mem::transmute::<*mut c_void, Lookup>(LOOKUP.load(Ordering::Relaxed)),
            false => with_exception,
        };
        if lookup(object, name, &raw mut found) < 0 {
            ffi::PyErr_Clear(); // raised by a property
        }
    }
    found
}

/// Whether the object's class uses `object`'s attribute lookup.
///
/// # Safety
/// `object` is live.
unsafe fn is_plain(object: *mut PyObject) -> bool {
    // SAFETY: the caller's promise; every class has this slot.
    let slot = unsafe { ffi::PyType_GetSlot(ffi::Py_TYPE(object), ffi::Py_tp_getattro) };
    slot == ffi::PyObject_GenericGetAttr as ffi::getattrofunc as *mut c_void
}

unsafe extern "C" fn with_exception(
    object: *mut PyObject,
    name: *mut PyObject,
    found: *mut *mut PyObject,
) -> c_int {
    // SAFETY: as in `plain`; there is room for the result.
    unsafe {
        *found = ffi::PyObject_GenericGetAttr(object, name);
        if (*found).is_null() {
            ffi::PyErr_Clear();
        }
        c_int::from(!(*found).is_null())
    }
}
