//! Lifts raw slots to Python objects.
//!
//! The slot's own tag decides; the declaration only determines whether an array
//! becomes a buffer.

mod array;
mod exact;
mod object;
mod text;

use metaffi_abi as abi;
use metaffi_value::{Depth, Error, ErrorKind, Type, discard};
use pyo3::ffi;
use pyo3::prelude::*;

pub(crate) use object::callable;

/// A Python exception is set.
pub(crate) struct Raised;

impl From<PyErr> for Raised {
    fn from(error: PyErr) -> Self {
        // SAFETY: values are lifted under the GIL.
        error.restore(unsafe { Python::assume_attached() });
        Self
    }
}

/// Whether the references of a slot are taken over or retained.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Take {
    /// A result: we own its references.
    Take,
    /// An argument: the caller keeps its references.
    Retain,
}

/// A new Python object, or a failure to make one.
pub(crate) type New = Result<*mut ffi::PyObject, Raised>;

/// Checks the result of one of the interpreter's constructors.
#[inline]
pub(crate) fn new(object: *mut ffi::PyObject) -> New {
    if object.is_null() { Err(Raised) } else { Ok(object) }
}

/// Lifts a slot; with [`Take::Take`] everything it owns is taken over, even if
/// this fails.
///
/// # Safety
/// `raw` is valid, used once under [`Take::Take`]; the GIL is held.
#[inline(always)]
pub(crate) unsafe fn lift(raw: &abi::Value, take: Take, packed: bool) -> New {
    // SAFETY: the caller's promises; the tag says which payload is meant.
    unsafe {
        match Type::from_raw(raw.ty) {
            Type::INT64 => new(ffi::PyLong_FromLongLong(raw.payload.i64)),
            Type::FLOAT64 => new(ffi::PyFloat_FromDouble(raw.payload.f64)),
            Type::STRING8 if raw.ownership != abi::TRANSFERRED => {
                text::utf8(raw.payload.data.cast(), raw.length)
            }
            Type::HANDLE => object::handle(raw.payload.object, take),
            _ => lift_other(raw, take, packed, Depth::default()),
        }
    }
}

/// # Safety
/// As [`lift`].
#[inline(never)]
unsafe fn lift_other(raw: &abi::Value, take: Take, packed: bool, depth: Depth) -> New {
    let ty = Type::from_raw(raw.ty);
    // SAFETY: the caller's promises; the tag says which payload is meant.
    unsafe {
        match ty {
            _ if ty.is_array() => match depth.inside() {
                Ok(depth) => array::lift(raw, ty, take, packed, depth),
                Err(error) => Err(refused(raw, take, error)),
            },
            Type::INT64 => new(ffi::PyLong_FromLongLong(raw.payload.i64)),
            Type::FLOAT64 => new(ffi::PyFloat_FromDouble(raw.payload.f64)),
            Type::NULL => Ok(ffi::Py_NewRef(ffi::Py_None())),
            Type::BOOL => Ok(boolean(raw.payload.u64 != 0)),
            Type::INT8 | Type::INT16 | Type::INT32 => {
                new(ffi::PyLong_FromLongLong(raw.payload.i64))
            }
            Type::UINT8 | Type::UINT16 | Type::UINT32 | Type::UINT64 | Type::SIZE => {
                new(ffi::PyLong_FromUnsignedLongLong(raw.payload.u64))
            }
            Type::FLOAT32 => new(ffi::PyFloat_FromDouble(raw.payload.f32.into())),
            Type::CHAR8 | Type::CHAR16 | Type::CHAR32 => text::character(raw.payload.u64 as u32),
            Type::STRING8 | Type::STRING16 | Type::STRING32 => text::lift(raw, ty, take),
            Type::HANDLE => object::handle(raw.payload.object, take),
            Type::CALLABLE => object::callable(raw.payload.object, take),
            _ => Err(unknown(ty)),
        }
    }
}

/// A new reference to `True` or `False`.
///
/// # Safety
/// The GIL is held.
unsafe fn boolean(value: bool) -> *mut ffi::PyObject {
    // SAFETY: the caller's promise.
    unsafe { ffi::Py_NewRef(if value { ffi::Py_True() } else { ffi::Py_False() }) }
}

/// Raises the error of an array that is not lifted, and releases what it owns.
///
/// # Safety
/// As [`lift`].
#[cold]
unsafe fn refused(raw: &abi::Value, take: Take, error: Error) -> Raised {
    if take == Take::Take {
        // SAFETY: the caller's promises.
        unsafe { discard(raw) };
    }
    crate::error::raise(error, None);
    Raised
}

#[cold]
fn unknown(ty: Type) -> Raised {
    let message = format!("{ty} is not the type of a value; this is a bug of the guest's runtime");
    crate::error::raise(Error::new(ErrorKind::Internal, message), None);
    Raised
}

/// The buffer of a transferred slot, released when it is dropped, and its
/// data; for other slots only the data.
///
/// # Safety
/// `raw` is a valid string or array.
unsafe fn content(
    raw: &abi::Value,
    take: Take,
) -> (Option<metaffi_value::Handle>, *const core::ffi::c_void) {
    // SAFETY: the ownership says which payload is meant.
    unsafe {
        if raw.ownership != abi::TRANSFERRED {
            return (None, raw.payload.data);
        }
        match object::reference(raw.payload.object, take) {
            None => (None, core::ptr::null()),
            Some(buffer) => {
                let data = buffer.as_raw().cast::<abi::Buffer>().as_ref().data;
                (Some(buffer), data)
            }
        }
    }
}
