//! The object of a function that was passed as an argument, kept for the next one.
//!
//! A function that is passed gets an object, which usually is freed after the call. Most
//! of its cost is its memory and its plan, so the last one is kept, without the function,
//! which is released as usual.

use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, Ordering};

use metaffi_value::Callable;
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;

use super::plan::Target;
use super::{Function, incoming, python_type};
use crate::process::Inside;

/// An instance of our type with a reference count of zero and no target, or null. Only
/// accessed under the GIL, hence `Relaxed`.
static SPARE: AtomicPtr<Function> = AtomicPtr::new(null_mut());

/// Returns the spare object for `function`, as a new reference; or `function` itself if there
/// is no spare object with its types.
///
/// # Safety
/// The GIL is held.
pub(super) unsafe fn revive(function: Callable) -> Result<*mut PyObject, Callable> {
    let spare = SPARE.load(Ordering::Relaxed);
    if spare.is_null() {
        return Err(function);
    }
    // SAFETY: `keep` left everything but the target, which is written here, and we hold the
    // callable; under the GIL no other thread uses it. The type is never freed.
    unsafe {
        let plan = &raw mut (*spare).plan;
        if !incoming::is_of(function.as_raw(), &(*plan).params, &(*plan).rets) {
            return Err(function);
        }
        let Ok(class) = python_type(Python::assume_attached()) else { return Err(function) };
        SPARE.store(null_mut(), Ordering::Relaxed);
        (&raw mut (*plan).target).write(Target::Callable(Inside::new(function)));
        Ok(ffi::PyObject_Init(spare.cast(), class.as_type_ptr()))
    }
}

/// Keeps an object that is about to be freed, if [`revive`] can use it and there is no spare.
///
/// # Safety
/// Nothing refers to `function` any more, its class is not released yet, and the GIL is held.
pub(super) unsafe fn keep(function: *mut Function) -> bool {
    // SAFETY: the caller's promises: all of it is still there. Nothing else drops the target.
    unsafe {
        let Function { head, plan, signature, doc, .. } = &*function;
        let is_plain = matches!(plan.target, Target::Callable(_))
            && plan.is_of_argument()
            && signature.is_null()
            && doc.is_null()
            && python_type(Python::assume_attached())
                .is_ok_and(|class| class.as_type_ptr() == head.ob_type);
        if !is_plain || !SPARE.load(Ordering::Relaxed).is_null() {
            return false;
        }
        // Releasing it may run code of its owner, but no Python code.
        (&raw mut (*function).plan.target).drop_in_place();
        (*function).weak_references = null_mut();
        SPARE.store(function, Ordering::Relaxed);
        true
    }
}
