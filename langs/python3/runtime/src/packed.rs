//! Packed arrays: a typed `memoryview` over a guest's buffer, without a copy.

use core::ffi::{CStr, c_int, c_void};

use metaffi_value::{Handle, Type};
use pyo3::exceptions::PyBufferError;
use pyo3::ffi;
use pyo3::prelude::*;

use crate::lift::{New, Raised, new};
use crate::process::is_open;

/// The format of elements of one type in the buffer protocol.
#[derive(Clone, Copy)]
pub(crate) struct Format {
    code: &'static CStr,
    size: usize,
}

/// The format of a type, or `None` if the buffer protocol has none.
pub(crate) fn format(element: Type) -> Option<Format> {
    let (code, size) = match element {
        Type::INT8 => (c"b", 1),
        Type::INT16 => (c"h", 2),
        Type::INT32 => (c"i", 4),
        Type::INT64 => (c"q", 8),
        Type::UINT8 => (c"B", 1),
        Type::UINT16 => (c"H", 2),
        Type::UINT32 => (c"I", 4),
        Type::UINT64 | Type::SIZE => (c"Q", 8),
        Type::FLOAT32 => (c"f", 4),
        Type::FLOAT64 => (c"d", 8),
        Type::BOOL => (c"?", 1),
        _ => return None,
    };
    Some(Format { code, size })
}

/// The owner that keeps the elements alive.
enum Keeper {
    /// The guest's buffer; `None` when the process exits.
    Guest(Option<Handle>),
    /// A copy, in units of 8 bytes for the alignment.
    Copy(#[allow(dead_code, reason = "kept for its drop")] Box<[u64]>),
}

impl Drop for Keeper {
    fn drop(&mut self) {
        if let Self::Guest(buffer) = self
            && !is_open()
        {
            core::mem::forget(buffer.take());
        }
    }
}

/// The object behind the memoryview; it releases the buffer when its last view is
/// freed.
#[pyclass(frozen, module = "metaffi._native")]
struct PackedArray {
    #[allow(dead_code, reason = "kept for its drop")]
    keeper: Keeper,
    data: *const c_void,
    length: ffi::Py_ssize_t,
    format: Format,
}

// SAFETY: the elements are only read, and the guest's buffer may be released
// by any thread.
unsafe impl Send for PackedArray {}
// SAFETY: as above.
unsafe impl Sync for PackedArray {}

#[pymethods]
impl PackedArray {
    /// Fills in a read-only view of the elements.
    unsafe fn __getbuffer__(
        slf: &Bound<'_, Self>,
        view: *mut ffi::Py_buffer,
        flags: c_int,
    ) -> PyResult<()> {
        if flags & ffi::PyBUF_WRITABLE == ffi::PyBUF_WRITABLE {
            return Err(PyBufferError::new_err(
                "a packed result is read-only; copy it to change it",
            ));
        }
        let this = slf.get();
        let size = this.format.size as ffi::Py_ssize_t;
        // SAFETY: the interpreter passes a view to fill in. Shape and strides
        // may point into the view's own fields, as the interpreter's own do.
        unsafe {
            (*view).obj = slf.clone().into_any().into_ptr();
            (*view).buf = this.data.cast_mut();
            (*view).len = this.length * size;
            (*view).readonly = 1;
            (*view).itemsize = size;
            (*view).format = this.format.code.as_ptr().cast_mut();
            (*view).ndim = 1;
            (*view).shape = (&raw const this.length).cast_mut();
            (*view).strides = &raw mut (*view).itemsize;
            (*view).suboffsets = core::ptr::null_mut();
            (*view).internal = core::ptr::null_mut();
            if flags & ffi::PyBUF_FORMAT != ffi::PyBUF_FORMAT {
                (*view).format = core::ptr::null_mut();
            }
        }
        Ok(())
    }
}

/// A memoryview over `length` elements. They are copied if there is no buffer that
/// owns them.
///
/// # Safety
/// `length` elements of this format at `data`, kept alive by `buffer` if there
/// is one; the GIL is held.
pub(crate) unsafe fn view(
    buffer: Option<Handle>,
    data: *const c_void,
    length: usize,
    format: Format,
) -> New {
    let (keeper, data) = match buffer {
        Some(buffer) => (Keeper::Guest(Some(buffer)), data),
        None => {
            let mut copy = vec![0u64; (length * format.size).div_ceil(8)].into_boxed_slice();
            let start = copy.as_mut_ptr().cast::<u8>();
            if length != 0 {
                // SAFETY: there is room for all bytes, and the caller keeps the source valid.
                unsafe { start.copy_from_nonoverlapping(data.cast(), length * format.size) };
            }
            (Keeper::Copy(copy), start.cast_const().cast())
        }
    };
    let array = PackedArray { keeper, data, length: length as ffi::Py_ssize_t, format };
    // SAFETY: the GIL is held; the memoryview keeps the array.
    unsafe {
        let py = Python::assume_attached();
        let array: Result<_, Raised> = Bound::new(py, array).map_err(Raised::from);
        new(ffi::PyMemoryView_FromObject(array?.as_ptr()))
    }
}
