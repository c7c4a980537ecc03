//! Calls by vectorcall, which the limited API has only from 3.12.
//!
//! Every interpreter since 3.9 exports both functions, so they are looked up when
//! the module is imported; if one is not found, a tuple is used instead.

use core::ffi::c_void;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, Ordering};

use pyo3::ffi::{self, PyObject};

use crate::interpreter;

type Function = unsafe extern "C" fn(
    *mut PyObject,
    *const *mut PyObject,
    usize,
    *mut PyObject,
) -> *mut PyObject;

/// `PY_VECTORCALL_ARGUMENTS_OFFSET`: the slot before the arguments may be used.
const SLOT_BEFORE: usize = 1 << (usize::BITS - 1);

// Written when the module is imported, under the GIL, under which they are read.
static CALL: AtomicPtr<c_void> = AtomicPtr::new(call_with_tuple as Function as *mut c_void);
static METHOD: AtomicPtr<c_void> = AtomicPtr::new(call_method as Function as *mut c_void);

/// Looks the functions up.
pub(crate) fn look_up() {
    let Some(python) = interpreter::library() else { return };
    for (place, name) in [(&CALL, c"PyObject_Vectorcall"), (&METHOD, c"PyObject_VectorcallMethod")]
    {
        // SAFETY: CPython declares both functions with this type.
        if let Some(function) = unsafe { interpreter::symbol::<Function>(&python, name) } {
            place.store(function as *mut c_void, Ordering::Relaxed);
        }
    }
}

fn function(place: &AtomicPtr<c_void>) -> Function {
    // SAFETY: only functions of this type are stored; under the GIL.
    unsafe { core::mem::transmute::<*mut c_void, Function>(place.load(Ordering::Relaxed)) }
}

/// Calls `callable` with the arguments after the first slot, which the interpreter
/// may use; null with an exception set if that fails.
///
/// # Safety
/// All but the first slot are live, and the GIL is held.
#[inline]
pub(crate) unsafe fn call(callable: *mut PyObject, slots: &[*mut PyObject]) -> *mut PyObject {
    let args = &slots[1..];
    // SAFETY: the caller's promises; there is a slot before the arguments.
    unsafe { function(&CALL)(callable, args.as_ptr(), args.len() | SLOT_BEFORE, null_mut()) }
}

/// Calls `callable` with the arguments of a `vectorcallfunc`; null with an
/// exception set if that fails.
///
/// # Safety
/// As the interpreter calls a `vectorcallfunc`.
#[inline]
pub(crate) unsafe fn pass(
    callable: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    keywords: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's promises.
    unsafe { function(&CALL)(callable, args, nargsf, keywords) }
}

/// Calls the method `name` of the first argument, as [`call`].
///
/// # Safety
/// As [`call`], and there is an argument.
#[inline]
pub(crate) unsafe fn method(name: *mut PyObject, slots: &[*mut PyObject]) -> *mut PyObject {
    let args = &slots[1..];
    // SAFETY: the caller's promises; there is a slot before the arguments.
    unsafe { function(&METHOD)(name, args.as_ptr(), args.len() | SLOT_BEFORE, null_mut()) }
}

unsafe extern "C" fn call_with_tuple(
    callable: *mut PyObject,
    args: *const *mut PyObject,
    count: usize,
    keywords: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: `count` live arguments, and one for each of the keywords, under
    // the GIL; the tuple takes each over.
    unsafe {
        let count = count & !SLOT_BEFORE;
        let tuple = ffi::PyTuple_New(count as ffi::Py_ssize_t);
        if tuple.is_null() {
            return null_mut();
        }
        for index in 0..count {
            let arg = ffi::Py_NewRef(*args.add(index));
            ffi::PyTuple_SetItem(tuple, index as ffi::Py_ssize_t, arg);
        }
        let named = if keywords.is_null() { null_mut() } else { ffi::PyDict_New() };
        if !named.is_null() {
            for index in 0..ffi::PyTuple_Size(keywords) {
                let value = *args.add(count + index as usize);
                ffi::PyDict_SetItem(named, ffi::PyTuple_GetItem(keywords, index), value);
            }
        }
        let result = ffi::PyObject_Call(callable, tuple, named);
        ffi::Py_XDECREF(named);
        ffi::Py_DECREF(tuple);
        result
    }
}

unsafe extern "C" fn call_method(
    name: *mut PyObject,
    args: *const *mut PyObject,
    count: usize,
    keywords: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: as in `call_with_tuple`; the first argument is the object.
    unsafe {
        let bound = ffi::PyObject_GetAttr(*args, name);
        if bound.is_null() {
            return null_mut();
        }
        let rest = (count & !SLOT_BEFORE) - 1;
        let result = call_with_tuple(bound, args.add(1), rest, keywords);
        ffi::Py_DECREF(bound);
        result
    }
}
