//! The hot path: one call of a loaded entity.

use metaffi_plugin::Callee;
use metaffi_value::{Error, ErrorKind, GuestFrame};
use pyo3::ffi;

use super::spread::{self, Spread};
use super::target::Target;
use crate::arguments::Args;
use crate::error::take_raised;
use crate::function::Declared;
use crate::gil::with_gil;
use crate::process::Visit;
use crate::{releases, returns};

/// An entity or a member of an object, with how its arguments and results are converted.
pub(crate) struct Call {
    pub(crate) target: Target,
    pub(crate) params: Box<[Declared]>,
    /// How many arguments of any type it takes besides.
    pub(crate) further: usize,
    pub(crate) rets: Box<[Declared]>,
    pub(crate) spread: Spread,
    /// Whether a list that it returns is passed as an object rather than as a copy of
    /// its items, and a class as an object rather than as the function that makes instances.
    pub(crate) gives_objects: bool,
    /// The entity path or the member's name, for errors.
    pub(crate) path: String,
}

impl Callee for Call {
    #[inline(always)]
    fn call(&self, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        let _visit = Visit::begin()?;
        if frame.args().len().wrapping_sub(self.params.len()) > self.further {
            return Err(self.wrong_count(frame.args().len()));
        }
        // SAFETY: the GIL is held while this runs; counted above.
        with_gil(|| unsafe { self.run(frame) })
    }
}

impl Call {
    /// # Safety
    /// As many arguments as it takes, and the GIL is held.
    #[inline(always)]
    unsafe fn run(&self, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        // SAFETY: the caller's promises; the slots are valid for the call, and
        // the result is released once.
        unsafe {
            let result = {
                let mut args = Args::new();
                let Ok(()) = args.lift(frame.args(), &self.params) else {
                    return Err(take_raised());
                };
                if self.spread.is_none() {
                    self.target.invoke(args.slots())
                } else {
                    spread::invoke(&self.target, self.spread, &args.slots()[1..])
                        .map_err(|error| returns::argument_refused(error, &self.path))?
                }
            };
            if result.is_null() {
                return Err(take_raised());
            }
            let given = match &*self.rets {
                [] => Ok(()),
                [_] if self.gives_objects && is_object(result) => {
                    returns::give_object(result, frame)
                }
                rets => returns::give(result, rets, frame),
            };
            ffi::Py_DECREF(result);
            releases::drain();
            given.map_err(|error| returns::refused(error, &format!("`{}`", self.path)))
        }
    }

    #[cold]
    fn wrong_count(&self, got: usize) -> Error {
        let types: Vec<_> = self.params.iter().map(|param| param.info.to_string()).collect();
        let (count, types) = (types.len(), types.join(", "));
        let message = format!("`{}` takes {count} argument(s) ({types}), got {got}", self.path);
        Error::new(ErrorKind::Argument, message)
    }
}

/// # Safety
/// `result` is live and the GIL is held.
unsafe fn is_object(result: *mut ffi::PyObject) -> bool {
    // SAFETY: the caller's promises.
    let flags = unsafe { ffi::PyType_GetFlags(ffi::Py_TYPE(result)) };
    flags & (ffi::Py_TPFLAGS_LIST_SUBCLASS | ffi::Py_TPFLAGS_TYPE_SUBCLASS) != 0
}
