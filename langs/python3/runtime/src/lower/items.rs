//! The items of lists and tuples.

use metaffi_value::Type;
use pyo3::ffi;

use super::{KeepAlive, LowerError, mismatch};
use crate::layout;

/// The items of a list or tuple, borrowed.
#[derive(Clone, Copy)]
pub(super) struct Items {
    object: *mut ffi::PyObject,
    list: bool,
    pub(super) length: usize,
}

impl Items {
    /// The current items. A list may change when an item's own code runs: then
    /// [`Items::get`] fails, or returns the new item.
    ///
    /// # Safety
    /// `object` is live and the GIL is held.
    pub(super) unsafe fn of(object: *mut ffi::PyObject) -> Option<Self> {
        // SAFETY: the caller's promises.
        unsafe {
            if ffi::PyList_Check(object) != 0 {
                let length = ffi::PyList_Size(object) as usize;
                return Some(Self { object, list: true, length });
            }
            let tuple = ffi::PyTuple_Check(object) != 0;
            tuple.then(|| Self { object, list: false, length: ffi::PyTuple_Size(object) as usize })
        }
    }

    /// The current items of any sequence except text, or of a set, an iterator or
    /// another iterable that is not a mapping; kept alive.
    ///
    /// # Safety
    /// As [`Items::of`], and a tuple lives until `kept` is dropped.
    pub(super) unsafe fn keeping(
        object: *mut ffi::PyObject,
        expected: Type,
        keep_alive: &mut KeepAlive,
    ) -> Result<Self, LowerError> {
        // SAFETY: the caller's promises; `tuple` is a new reference.
        unsafe {
            if ffi::PyTuple_Check(object) != 0 {
                let length = ffi::PyTuple_Size(object) as usize;
                return Ok(Self { object, list: false, length });
            }
            if !may_be_taken_apart(object) {
                return Err(mismatch(expected, object));
            }
            let tuple = ffi::PySequence_Tuple(object);
            if tuple.is_null() {
                return Err(LowerError::Raised);
            }
            keep_alive.object(tuple);
            Ok(Self { object: tuple, list: false, length: ffi::PyTuple_Size(tuple) as usize })
        }
    }

    /// Copies the numbers at the start of a list, as [`layout::small_ints`] does.
    ///
    /// # Safety
    /// As [`Items::get`], and `to` has room for all items.
    pub(super) unsafe fn small_ints<T: TryFrom<i64>>(self, to: *mut T) -> usize {
        // SAFETY: the caller's promises.
        if self.list { unsafe { layout::small_ints(self.object, to, self.length) } } else { 0 }
    }

    /// The list or tuple.
    pub(super) fn object(self) -> *mut ffi::PyObject {
        self.object
    }

    /// One item, borrowed.
    ///
    /// # Safety
    /// The list or tuple is live and the GIL is held.
    #[inline]
    pub(super) unsafe fn get(self, index: usize) -> Result<*mut ffi::PyObject, LowerError> {
        // SAFETY: the caller's promises; all check the index.
        let item = unsafe {
            if !self.list {
                ffi::PyTuple_GetItem(self.object, index as ffi::Py_ssize_t)
            } else if let Some(item) = layout::item(self.object, index) {
                item
            } else {
                ffi::PyList_GetItem(self.object, index as ffi::Py_ssize_t)
            }
        };
        if item.is_null() { Err(LowerError::Raised) } else { Ok(item) }
    }
}

/// Whether an object may be passed as an array of its items. Text may not, as it is a
/// value of its own, and a mapping may not, as only its keys would be passed.
///
/// # Safety
/// `object` is live and the GIL is held.
pub(crate) unsafe fn may_be_taken_apart(object: *mut ffi::PyObject) -> bool {
    // SAFETY: the caller's promises.
    unsafe {
        let text = ffi::PyUnicode_Check(object) != 0 || ffi::PyBytes_Check(object) != 0;
        let is_iterable = || {
            ffi::PyMapping_Check(object) == 0
                && !ffi::PyType_GetSlot(ffi::Py_TYPE(object), ffi::Py_tp_iter).is_null()
        };
        !text && (ffi::PySequence_Check(object) != 0 || is_iterable())
    }
}

/// Adds the element's index to the error.
pub(super) fn at(index: usize, error: LowerError) -> LowerError {
    match error {
        LowerError::Refused(error) => error.in_element(index).into(),
        LowerError::Raised => LowerError::Raised,
    }
}
