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
use smallvec::SmallVec;

use crate::error::take_raised;
use crate::function::Declared;
use crate::lift::{self, Raised, Take};
use crate::load::type_infos;
use crate::lower::{Fault, Kept, Lowering, Mode, describe, lower};
use crate::process::{self, attached};
use crate::shared;

/// Arguments and results that need no allocation.
const INLINE: usize = 8;

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
        // SAFETY: the state is given back on this thread, after all that
        // touches Python.
        unsafe {
            let state = ffi::PyGILState_Ensure();
            let outcome = self.run(frame);
            ffi::PyGILState_Release(state);
            outcome
        }
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
            let outcome = self.give(result, frame);
            ffi::Py_DECREF(result);
            outcome
        }
    }

    /// Lowers the result into the frame: nothing, one value, or the items of
    /// a tuple.
    ///
    /// # Safety
    /// `result` is live and the GIL is held.
    unsafe fn give(
        &self,
        result: *mut ffi::PyObject,
        frame: &mut GuestFrame<'_>,
    ) -> Result<(), Error> {
        let mut kept = Kept::new();
        let mut slots: SmallVec<[abi::Value; INLINE]> = SmallVec::new();
        // SAFETY: the caller's promises.
        let outcome = unsafe {
            results(result, self.rets.len()).and_then(|items| {
                for (declared, item) in self.rets.iter().zip(items) {
                    let mut out = Lowering { arena: frame, kept: &mut kept, mode: Mode::Give };
                    slots.push(lower(declared, item, &mut out)?);
                }
                Ok(())
            })
        };
        if let Err(fault) = outcome {
            for slot in &slots {
                // SAFETY: lowered above, and nobody else has seen it.
                unsafe { lift::discard(slot) };
            }
            // SAFETY: the GIL is held.
            return Err(unsafe { fault_error(fault) });
        }
        slots.into_iter().enumerate().try_for_each(|(index, slot)| frame.set(index, slot))
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

/// The values, borrowed, that a function with `count` declared results returned.
///
/// # Safety
/// `result` is live and the GIL is held.
unsafe fn results(
    result: *mut ffi::PyObject,
    count: usize,
) -> Result<SmallVec<[*mut ffi::PyObject; INLINE]>, Fault> {
    match count {
        0 => return Ok(SmallVec::new()),
        1 => return Ok(SmallVec::from_slice(&[result])),
        _ => {}
    }
    // SAFETY: the caller's promises.
    unsafe {
        if ffi::PyTuple_Check(result) == 0 || ffi::PyTuple_Size(result) as usize != count {
            let came = describe(result);
            return Err(Fault::Refused(format!("expected a tuple of {count} results, got {came}")));
        }
        Ok((0..count).map(|i| ffi::PyTuple_GetItem(result, i as ffi::Py_ssize_t)).collect())
    }
}

/// # Safety
/// The GIL is held.
unsafe fn fault_error(fault: Fault) -> Error {
    match fault {
        // SAFETY: the caller's promise.
        Fault::Raised => unsafe { take_raised() },
        Fault::Refused(what) => {
            Error::new(ErrorKind::Argument, format!("result of the Python function: {what}"))
        }
    }
}
