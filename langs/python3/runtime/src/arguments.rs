//! The arguments of a call into Python, lifted.

use core::ptr::null_mut;

use metaffi_abi as abi;
use pyo3::ffi::{self, PyObject};
use smallvec::SmallVec;

use crate::function::Declared;
use crate::lift::{self, Raised, Take};

/// Arguments that need no allocation, and the slot before them.
const INLINE: usize = 9;

/// The arguments, after a slot that the interpreter may use.
pub(crate) struct Args {
    slots: SmallVec<[*mut PyObject; INLINE]>,
}

impl Args {
    /// # Safety
    /// The values are valid and the GIL is held, also at the end.
    #[inline]
    pub(crate) unsafe fn lift(values: &[abi::Value], params: &[Declared]) -> Result<Self, Raised> {
        let mut args = Self { slots: SmallVec::new() };
        args.slots.push(null_mut());
        for (value, param) in values.iter().zip(params) {
            // SAFETY: the caller's promises.
            let object = unsafe { lift::lift(value, Take::Retain, param.info.ty.is_packed())? };
            args.slots.push(object);
        }
        Ok(args)
    }

    /// The slot, and the arguments.
    #[inline]
    pub(crate) fn slots(&self) -> &[*mut PyObject] {
        &self.slots
    }
}

impl Drop for Args {
    #[inline]
    fn drop(&mut self) {
        for object in &self.slots[1..] {
            // SAFETY: each is a new reference of `lift`, dropped under the GIL.
            unsafe { ffi::Py_DECREF(*object) };
        }
    }
}
