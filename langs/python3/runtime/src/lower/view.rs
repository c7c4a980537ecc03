//! An acquired buffer of PEP 3118: type, shape and memory.

use core::ffi::{c_char, c_void};
use core::mem::MaybeUninit;

use metaffi_value::{Arena, Type};
use pyo3::ffi;

use super::{KeptValue, LowerError, Lowering, Mode};

/// PEP 3118's name of C order; `c_char` is signed on some processors only.
const C_ORDER: c_char = c_char::from_ne_bytes([b'C']);

/// An acquired buffer.
pub(super) struct View(Box<ffi::Py_buffer>);

impl View {
    /// # Safety
    /// `object` is live and the GIL is held.
    pub(super) unsafe fn of(object: *mut ffi::PyObject) -> Option<Self> {
        // SAFETY: the caller's promises; a filled view is released by `drop`.
        unsafe {
            if ffi::PyObject_CheckBuffer(object) == 0 {
                return None;
            }
            let mut view = Box::new(MaybeUninit::<ffi::Py_buffer>::zeroed());
            if ffi::PyObject_GetBuffer(object, view.as_mut_ptr(), ffi::PyBUF_FULL_RO) != 0 {
                ffi::PyErr_Clear();
                return None;
            }
            Some(Self(view.assume_init()))
        }
    }

    /// The type of the elements, if MetaFFI has one for them.
    pub(super) fn element(&self) -> Option<Type> {
        element_of(self.format(), self.0.itemsize)
    }

    /// Whether the elements are 16-bit floats, for which MetaFFI has no type.
    pub(super) fn is_half(&self) -> bool {
        self.format() == b"e"
    }

    /// Whether the elements are floats of a size for which MetaFFI has no type.
    pub(super) fn is_float_of_other_size(&self) -> bool {
        matches!(self.format(), b"e" | b"g")
    }

    fn format(&self) -> &[u8] {
        match self.0.format.is_null() {
            true => b"B",
            // SAFETY: a format that is not null is a C string, and lives as long as the view.
            false => unsafe { core::ffi::CStr::from_ptr(self.0.format) }.to_bytes(),
        }
    }

    /// The size of an element in bytes.
    pub(super) fn itemsize(&self) -> usize {
        self.0.itemsize as usize
    }

    /// The address of the first byte.
    pub(super) fn start(&self) -> *const c_void {
        self.0.buf
    }

    /// The extent of each dimension.
    pub(super) fn shape(&self) -> &[ffi::Py_ssize_t] {
        match self.0.ndim {
            0 => &[],
            // SAFETY: a full request fills the shape with `ndim` numbers.
            ndim => unsafe { core::slice::from_raw_parts(self.0.shape, ndim as usize) },
        }
    }

    pub(super) fn describe(&self) -> String {
        let element = self.element().map_or("another type".into(), |ty| ty.to_string());
        format!("a buffer of {element} and rank {}", self.0.ndim)
    }

    /// The elements in C order: in the buffer itself, which is kept for the call, or in
    /// a copy in the arena.
    pub(super) fn lend<A: Arena>(
        mut self,
        out: &mut Lowering<'_, A>,
    ) -> Result<*const u8, LowerError> {
        let view = &raw mut *self.0;
        // SAFETY: the view is filled, and the GIL is held.
        unsafe {
            let itemsize = self.0.itemsize.max(1) as usize;
            let lendable = out.mode == Mode::Lend
                && ffi::PyBuffer_IsContiguous(view, C_ORDER) != 0
                && (self.0.buf as usize).is_multiple_of(itemsize);
            if lendable {
                let data = self.0.buf.cast_const().cast();
                out.keep_alive.0.push(KeptValue::Buffer(self.into_box()));
                return Ok(data);
            }
            let target = out.arena.alloc(self.0.len as usize, itemsize.min(16))?;
            if ffi::PyBuffer_ToContiguous(target.as_ptr().cast(), view, self.0.len, C_ORDER) != 0 {
                return Err(LowerError::Raised);
            }
            Ok(target.as_ptr())
        }
    }

    fn into_box(self) -> Box<ffi::Py_buffer> {
        let this = core::mem::ManuallyDrop::new(self);
        // SAFETY: `this` is not dropped, so the box has one owner.
        unsafe { core::ptr::read(&raw const this.0) }
    }
}

impl Drop for View {
    fn drop(&mut self) {
        // SAFETY: a view is filled, and dropped under the GIL.
        unsafe { ffi::PyBuffer_Release(&raw mut *self.0) };
    }
}

/// The type of a format of one element in native byte order.
fn element_of(format: &[u8], itemsize: ffi::Py_ssize_t) -> Option<Type> {
    let code = match format {
        [code] | [b'@' | b'=', code] => *code,
        [b'<', code] if cfg!(target_endian = "little") || itemsize == 1 => *code,
        [b'>' | b'!', code] if cfg!(target_endian = "big") || itemsize == 1 => *code,
        _ => return None,
    };
    Some(match (code, itemsize) {
        (b'?', 1) => Type::BOOL,
        (b'c' | b'B', 1) => Type::UINT8,
        (b'b', 1) => Type::INT8,
        (b'h' | b'i' | b'l' | b'q' | b'n', 2) => Type::INT16,
        (b'h' | b'i' | b'l' | b'q' | b'n', 4) => Type::INT32,
        (b'h' | b'i' | b'l' | b'q' | b'n', 8) => Type::INT64,
        (b'H' | b'I' | b'L' | b'Q' | b'N', 2) => Type::UINT16,
        (b'H' | b'I' | b'L' | b'Q' | b'N', 4) => Type::UINT32,
        (b'H' | b'I' | b'L' | b'Q' | b'N', 8) => Type::UINT64,
        (b'f', 4) => Type::FLOAT32,
        (b'd', 8) => Type::FLOAT64,
        _ => return None,
    })
}
