//! Python functions that other runtimes call.
//!
//! Entered from any thread, also from ones that Python has never seen.

mod object;
mod signatures;

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
use crate::shared::Own;
use crate::{releases, returns, vectorcall};
use signatures::Types;
pub(crate) use signatures::{CallableTypes, forget_signatures};

struct PythonFunction {
    /// What was passed: it comes home as this very object.
    home: Own,
    /// What is called, where that is something else.
    function: Option<Own>,
    types: Arc<Types>,
}

/// A Python callable as a function that other runtimes can call; its types
/// are those of `make_metaffi_callable`.
///
/// # Safety
/// `object` is live and the GIL is held.
pub(crate) unsafe fn wrap(object: *mut ffi::PyObject) -> Result<Callable, Raised> {
    // SAFETY: the caller's promises.
    unsafe {
        attached(|py| {
            let passed = Bound::from_borrowed_ptr(py, object);
            wrap_passed(&passed).map_err(Raised::from)
        })
    }
}

fn wrap_passed(passed: &Bound<'_, PyAny>) -> PyResult<Callable> {
    let (function, types) = signatures::typed(passed)?;
    // SAFETY: live, under the GIL.
    let own = |object: &Bound<'_, PyAny>| unsafe { Own::of(object.as_ptr()) };
    let function = function.as_ref().map(own);
    Ok(object::new(PythonFunction { home: own(passed), function, types }))
}

impl PythonFunction {
    /// One call of the function, which has the shape `raw`, on whichever thread.
    fn call(&self, raw: &abi::Callable, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        let _visit = Visit::begin()?;
        let came = frame.args().len();
        if !takes(raw, came) {
            let takes = arity(raw);
            let message = format!("the Python function takes {takes} argument(s), {came} came");
            return Err(Error::new(ErrorKind::Argument, message));
        }
        // SAFETY: the GIL is held meanwhile.
        with_gil(|| unsafe { self.run(frame) })
    }

    /// # Safety
    /// The GIL is held.
    unsafe fn run(&self, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        let function = self.function.as_ref().unwrap_or(&self.home).as_ptr();
        // SAFETY: the GIL is held; the result is given up once.
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
            outcome.map_err(|fault| returns::refused(fault, "the Python function"))
        }
    }
}
