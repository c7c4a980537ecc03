//! Python functions that other runtimes call.
//!
//! Entered from any thread, also from ones that Python has never seen.

use core::ffi::c_void;

use metaffi_abi as abi;
use metaffi_value::{
    Callable, CallableBody, Error, ErrorKind, GuestFrame, Handle, ObjectData, Signature,
};
use pyo3::ffi;
use pyo3::prelude::*;

use crate::error::take_raised;
use crate::function::Declared;
use crate::gil::with_gil;
use crate::lift::{self, Raised, Take};
use crate::load::type_infos;
use crate::process::{self, attached};
use crate::{releases, returns, shared};

struct PythonFunction {
    /// What was passed: it comes home as this very object.
    home: Handle,
    /// What is called.
    function: Handle,
    params: Box<[Declared]>,
    rets: Box<[Declared]>,
}

impl ObjectData for PythonFunction {
    fn data(&self) -> *mut c_void {
        self.home.data()
    }
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
    let make = passed.py().import("metaffi.metaffi_types")?.getattr("make_metaffi_callable")?;
    let typed = make.call1((passed,))?;
    let signature = Signature::new(
        type_infos(typed.getattr("_params")?.extract()?),
        type_infos(typed.getattr("_retvals")?.extract()?),
    );
    // SAFETY: live, under the GIL; each reference is owned by its handle.
    let (home, function) = unsafe {
        let function = typed.getattr("__wrapped__")?;
        (
            Handle::take_raw(shared::share(passed.as_ptr())),
            Handle::take_raw(shared::share(function.as_ptr())),
        )
    };
    let params = signature.params().iter().map(Declared::new).collect();
    let rets = signature.rets().iter().map(Declared::new).collect();
    let body = PythonFunction { home, function, params, rets };
    Ok(Callable::with_body(shared::owner(), signature, body))
}

impl CallableBody for PythonFunction {
    fn call(&self, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        if let Some(refusal) = process::refusal() {
            return Err(refusal);
        }
        if frame.args().len() != self.params.len() {
            let (takes, came) = (self.params.len(), frame.args().len());
            let message = format!("the Python function takes {takes} argument(s), {came} came");
            return Err(Error::new(ErrorKind::Argument, message));
        }
        // SAFETY: the GIL is held meanwhile.
        with_gil(|| unsafe { self.run(frame) })
    }
}

impl PythonFunction {
    /// # Safety
    /// The GIL is held.
    unsafe fn run(&self, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        // SAFETY: the GIL is held; the results are given up once.
        unsafe {
            let raised = |_: Raised| take_raised();
            let args = lift_arguments(frame.args(), &self.params).map_err(raised)?;
            let result = ffi::PyObject_CallObject(self.function.data().cast(), args);
            ffi::Py_DECREF(args);
            if result.is_null() {
                return Err(take_raised());
            }
            let outcome = returns::give(result, &self.rets, frame);
            ffi::Py_DECREF(result);
            releases::drain();
            outcome.map_err(|fault| returns::refused(fault, "the Python function"))
        }
    }
}

/// The arguments as a new tuple.
///
/// # Safety
/// The slots are valid and the GIL is held.
unsafe fn lift_arguments(
    slots: &[abi::Value],
    params: &[Declared],
) -> Result<*mut ffi::PyObject, Raised> {
    // SAFETY: the caller's promises; the tuple takes the items over.
    unsafe {
        let tuple = ffi::PyTuple_New(slots.len() as ffi::Py_ssize_t);
        if tuple.is_null() {
            return Err(Raised);
        }
        for (index, (slot, param)) in slots.iter().zip(params).enumerate() {
            match lift::lift(slot, Take::Retain, param.info.ty.is_packed()) {
                Ok(item) => ffi::PyTuple_SetItem(tuple, index as ffi::Py_ssize_t, item),
                Err(raised) => {
                    ffi::Py_DECREF(tuple);
                    return Err(raised);
                }
            };
        }
        Ok(tuple)
    }
}
