//! Python functions that other runtimes call.
//!
//! Called on any thread, even on one that Python has never seen.

mod object;
mod signatures;

use core::ptr::{NonNull, null_mut};
use std::sync::Arc;

use metaffi_abi as abi;
use metaffi_value::{Callable, Error, ErrorKind, GuestFrame, arity, takes};
use pyo3::ffi;
use pyo3::prelude::*;

use crate::arguments::Args;
use crate::error::take_raised;
use crate::gil::with_gil;
use crate::lift::Raised;
use crate::process::{Visit, attached};
use crate::{releases, returns, vectorcall};
use signatures::Types;
pub(crate) use signatures::{CallableTypes, forget_signatures};

/// A function, with references of its own that are released under the GIL.
struct PythonFunction {
    /// The object that was passed, and that is returned when it comes back to Python.
    home: NonNull<ffi::PyObject>,
    /// The function to call, if that is another object; otherwise null.
    function: *mut ffi::PyObject,
    types: Arc<Types>,
}

/// Converts a Python callable to a function that other runtimes can call, with the types of
/// `make_metaffi_callable`. If they still hold the function, that is returned again.
///
/// # Safety
/// `object` is live and the GIL is held.
pub(crate) unsafe fn wrap(object: *mut ffi::PyObject) -> Result<Callable, Raised> {
    // SAFETY: the caller's promises.
    unsafe {
        if let Some(again) = object::again(object, |known| !known.function.is_null()) {
            return Ok(again);
        }
        attached(|py| {
            let passed = Bound::from_borrowed_ptr(py, object);
            wrap_passed(&passed).map_err(Raised::from)
        })
    }
}

fn wrap_passed(passed: &Bound<'_, PyAny>) -> PyResult<Callable> {
    let (function, types) = signatures::typed(passed)?;
    // SAFETY: live, under the GIL.
    let again = unsafe { object::again(passed.as_ptr(), |known| known.is(&function, &types)) };
    if let Some(again) = again {
        return Ok(again);
    }
    let function = function.map_or(null_mut(), Bound::into_ptr);
    // SAFETY: a reference to an object is never null.
    let home = unsafe { NonNull::new_unchecked(passed.clone().into_ptr()) };
    Ok(object::new(PythonFunction { home, function, types }))
}

impl PythonFunction {
    /// Whether it calls this function with these types.
    fn is(&self, function: &Option<Bound<'_, PyAny>>, types: &Arc<Types>) -> bool {
        let function = function.as_ref().map_or(null_mut(), Bound::as_ptr);
        self.function == function && Arc::ptr_eq(&self.types, types)
    }

    /// Releases its references.
    ///
    /// # Safety
    /// Called once, and the GIL is held.
    unsafe fn give_up(&self) {
        // SAFETY: the caller's promises; both are ours.
        unsafe {
            ffi::Py_XDECREF(self.function);
            ffi::Py_DECREF(self.home.as_ptr());
        }
    }

    /// Calls the function, whose C form is `raw`, on any thread.
    fn call(&self, raw: &abi::Callable, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        let _visit = Visit::begin()?;
        let count = frame.args().len();
        if !takes(raw, count) {
            let takes = arity(raw);
            let message = format!("the Python function takes {takes} argument(s), got {count}");
            return Err(Error::new(ErrorKind::Argument, message));
        }
        // SAFETY: the GIL is held while this runs.
        with_gil(|| unsafe { self.run(frame) })
    }

    /// # Safety
    /// The GIL is held.
    unsafe fn run(&self, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        let function = if self.function.is_null() { self.home.as_ptr() } else { self.function };
        // SAFETY: the GIL is held; the result is released once.
        unsafe {
            let result = {
                let mut args = Args::new();
                let Ok(()) = args.lift(frame.args(), &self.types.params) else {
                    return Err(take_raised());
                };
                vectorcall::call(function, args.slots())
            };
            if result.is_null() {
                return Err(take_raised());
            }
            let outcome = returns::give(result, &self.types.rets, frame);
            ffi::Py_DECREF(result);
            releases::drain();
            outcome.map_err(|error| returns::refused(error, "the Python function"))
        }
    }
}
