//! Arguments that are spread: `varargs` as `*args`, `named_args` as `**kwargs`.

use core::ptr::null_mut;

use pyo3::ffi::{self, PyObject};

use super::target::{New, Target};
use crate::lower::{LowerError, describe};

/// Which of the last arguments are spread.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spread {
    /// The last list.
    pub(crate) varargs: bool,
    /// The last argument.
    pub(crate) named: bool,
}

impl Spread {
    /// Whether every argument is passed unchanged.
    #[inline]
    pub(crate) fn is_none(self) -> bool {
        !self.varargs && !self.named
    }

    /// How many arguments are spread.
    pub(crate) fn count(self) -> usize {
        usize::from(self.varargs) + usize::from(self.named)
    }
}

fn made(object: *mut PyObject) -> Result<New, LowerError> {
    if object.is_null() { Err(LowerError::Raised) } else { Ok(New(object)) }
}

/// Calls `target` with the last arguments spread; null with an exception set
/// if the call fails.
///
/// # Safety
/// The arguments are live, at least as many as are spread, and the GIL is held.
pub(crate) unsafe fn invoke(
    target: &Target,
    spread: Spread,
    args: &[*mut PyObject],
) -> Result<*mut PyObject, LowerError> {
    let (plain, rest) = args.split_at(args.len() - spread.count());
    // SAFETY: the caller's promises.
    unsafe {
        let mut positional = tuple(plain)?;
        if spread.varargs {
            let items = items(rest[0])?;
            positional = made(ffi::PySequence_Concat(positional.0, items.0))?;
        }
        let keywords = match rest.last().filter(|_| spread.named) {
            Some(named) => keywords(*named)?,
            None => New(null_mut()),
        };
        Ok(target.invoke_spread(positional.0, keywords.0))
    }
}

/// # Safety
/// As [`invoke`].
unsafe fn tuple(items: &[*mut PyObject]) -> Result<New, LowerError> {
    // SAFETY: the caller's promises; the tuple takes each item over.
    unsafe {
        let tuple = made(ffi::PyTuple_New(items.len() as ffi::Py_ssize_t))?;
        for (index, item) in items.iter().enumerate() {
            ffi::PyTuple_SetItem(tuple.0, index as ffi::Py_ssize_t, ffi::Py_NewRef(*item));
        }
        Ok(tuple)
    }
}

/// The items of the list that is spread as `*args`.
///
/// # Safety
/// As [`invoke`].
unsafe fn items(list: *mut PyObject) -> Result<New, LowerError> {
    // SAFETY: the caller's promises.
    unsafe {
        if list == ffi::Py_None() {
            return tuple(&[]);
        }
        if ffi::PySequence_Check(list) == 0 || ffi::PyUnicode_Check(list) != 0 {
            let got = describe(list);
            return Err(LowerError::refused(format!("varargs: expected a list, got {got}")));
        }
        made(ffi::PySequence_Tuple(list))
    }
}

/// The dict that is spread as `**kwargs`, from a dict, a mapping, or pairs.
///
/// # Safety
/// As [`invoke`].
unsafe fn keywords(named: *mut PyObject) -> Result<New, LowerError> {
    // SAFETY: the caller's promises.
    unsafe {
        if named == ffi::Py_None() {
            return Ok(New(null_mut()));
        }
        let dict = made(ffi::PyDict_New())?;
        let done = if ffi::PyList_Check(named) != 0 || ffi::PyTuple_Check(named) != 0 {
            ffi::PyDict_MergeFromSeq2(dict.0, named, 1)
        } else {
            ffi::PyDict_Update(dict.0, named)
        };
        if done == 0 {
            return Ok(dict);
        }
        ffi::PyErr_Clear();
        let got = describe(named);
        let expected = "a Python dict, or a list of (name, value)";
        Err(LowerError::refused(format!("named_args: expected {expected}, got {got}")))
    }
}
