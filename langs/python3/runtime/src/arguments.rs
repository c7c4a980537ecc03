//! The lifted arguments of a call into Python.

use core::mem::MaybeUninit;
use core::ptr::null_mut;

use metaffi_abi as abi;
use pyo3::ffi::{self, PyObject};

use crate::function::Declared;
use crate::lift::{self, Raised, Take};

/// Arguments that need no allocation, and the slot before them.
const INLINE: usize = 9;

/// The arguments, after a slot that the interpreter may use. Lifted in place: moving
/// it would cost as much as lifting an argument.
pub(crate) struct Args {
    few: [MaybeUninit<*mut PyObject>; INLINE],
    /// All of them when they do not fit.
    many: Vec<*mut PyObject>,
    /// How many slots are written.
    count: usize,
}

impl Args {
    #[inline]
    pub(crate) const fn new() -> Self {
        Self { few: [MaybeUninit::uninit(); INLINE], many: Vec::new(), count: 0 }
    }

    /// Lifts the arguments; those after the declared parameters are of any type. Dropping
    /// this releases them.
    ///
    /// # Safety
    /// Called once; the values are valid and the GIL is held, also at the end.
    #[inline(always)]
    pub(crate) unsafe fn lift(
        &mut self,
        values: &[abi::Value],
        params: &[Declared],
    ) -> Result<(), Raised> {
        if values.len() >= INLINE {
            self.many.reserve_exact(values.len() + 1);
        }
        let slots = self.place();
        // SAFETY: there is room for the slot and all arguments.
        unsafe { slots.write(null_mut()) };
        self.count = 1;
        for (value, param) in values.iter().zip(params) {
            // SAFETY: the caller's promises; as above.
            unsafe {
                let object = lift::lift(value, Take::Retain, param.info.ty.is_packed())?;
                slots.add(self.count).write(object);
            }
            self.count += 1;
        }
        if values.len() <= params.len() {
            return Ok(());
        }
        // SAFETY: the caller's promises, and `count` arguments are lifted.
        unsafe { self.lift_more(&values[params.len()..]) }
    }

    /// # Safety
    /// As [`Args::lift`], which has lifted what comes before `values`.
    #[cold]
    unsafe fn lift_more(&mut self, values: &[abi::Value]) -> Result<(), Raised> {
        let slots = self.place();
        for value in values {
            // SAFETY: the caller's promises; `lift` made room for all.
            unsafe { slots.add(self.count).write(lift::lift(value, Take::Retain, false)?) };
            self.count += 1;
        }
        Ok(())
    }

    /// The address of the slots.
    #[inline]
    fn place(&mut self) -> *mut *mut PyObject {
        match self.many.capacity() {
            0 => self.few.as_mut_ptr().cast(),
            _ => self.many.as_mut_ptr(),
        }
    }

    /// The free slot and the arguments.
    #[inline]
    pub(crate) fn slots(&mut self) -> &[*mut PyObject] {
        // SAFETY: `lift` has written `count` arguments.
        unsafe { core::slice::from_raw_parts(self.place(), self.count) }
    }
}

impl Drop for Args {
    #[inline]
    fn drop(&mut self) {
        for object in self.slots().iter().skip(1) {
            // SAFETY: each is a new reference of `lift`, dropped under the GIL.
            unsafe { ffi::Py_DECREF(*object) };
        }
    }
}
