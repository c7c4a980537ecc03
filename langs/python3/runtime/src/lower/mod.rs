//! Lowers Python objects to raw slots.
//!
//! Declared types decide; only `any` depends on the object. What a slot borrows
//! is kept alive by the caller's arguments, the frame's arena or [`KeepAlive`].

mod any;
mod array;
mod buffer;
mod describe;
mod elements;
mod exact;
mod functions;
mod items;
mod lending;
mod object;
mod scalar;
mod text;
mod view;

use core::mem::{ManuallyDrop, MaybeUninit};
use core::ptr::null;

use metaffi_abi as abi;
use metaffi_value::{Arena, Error, ErrorKind, Handle, Type};
use pyo3::ffi;
use smallvec::SmallVec;

use crate::function::{Declared, Kind};
use crate::releases;
pub(crate) use any::sequence;
pub(crate) use describe::describe;
pub(crate) use items::may_be_taken_apart;
pub(crate) use object::{callable, own_handle};

/// Why an object was not lowered.
pub(crate) enum LowerError {
    /// A Python exception is set.
    Raised,
    /// It cannot be passed.
    Refused(Box<Error>),
}

impl LowerError {
    /// The object does not match: `what` says what was expected, and what was passed.
    #[cold]
    pub(crate) fn refused(what: String) -> Self {
        Error::new(ErrorKind::Argument, what).into()
    }
}

impl From<Error> for LowerError {
    fn from(error: Error) -> Self {
        Self::Refused(Box::new(error))
    }
}

/// The error, with `place` in front of its message.
pub(crate) fn located(error: Error, place: core::fmt::Arguments<'_>) -> Error {
    let message = format!("{place}: {}", error.message);
    error.with_message(message)
}

/// The error of an `object` where a value of type `expected` was declared.
#[cold]
pub(crate) fn mismatch(expected: Type, object: *mut ffi::PyObject) -> LowerError {
    // SAFETY: the object is live, under the GIL, in all of this module.
    LowerError::refused(format!("expected {expected}, got {}", unsafe { describe(object) }))
}

/// Who owns what a slot points to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// An argument: borrowed until the call returns.
    Lend,
    /// A result: copied into the arena or transferred.
    Give,
}

/// The context of lowering.
pub(crate) struct Lowering<'a, A> {
    pub(crate) arena: &'a mut A,
    pub(crate) keep_alive: &'a mut KeepAlive,
    pub(crate) mode: Mode,
}

impl<A> Lowering<'_, A> {
    /// Lowers the contents of an array.
    pub(super) fn inside<T>(
        &mut self,
        lower: impl FnOnce(&mut Self) -> Result<T, LowerError>,
    ) -> Result<T, LowerError>
    where
        A: Arena,
    {
        *self.arena.depth() = self.arena.depth().inside()?;
        let lowered = lower(self);
        *self.arena.depth() = self.arena.depth().outside();
        lowered
    }

    /// The ownership of strings and arrays.
    fn ownership(&self) -> u8 {
        match self.mode {
            Mode::Lend => abi::BORROWED,
            Mode::Give => abi::ARENA,
        }
    }
}

/// Something that must outlive the call although nothing else holds it.
enum KeptValue {
    Object(*mut ffi::PyObject),
    /// A Python object that others may have retained meanwhile.
    Shared(core::ptr::NonNull<abi::Object>),
    Foreign(#[allow(dead_code, reason = "kept for its drop")] Handle),
    Buffer(Box<ffi::Py_buffer>),
}

/// Everything that is kept alive for one call; dropped under the GIL.
pub(crate) struct KeepAlive(ManuallyDrop<SmallVec<[KeptValue; 2]>>);

impl KeepAlive {
    #[inline]
    pub(crate) fn new() -> Self {
        Self(ManuallyDrop::new(SmallVec::new()))
    }

    /// Takes over a reference to a Python object.
    fn object(&mut self, owned: *mut ffi::PyObject) {
        self.0.push(KeptValue::Object(owned));
    }
}

impl Drop for KeepAlive {
    #[inline]
    fn drop(&mut self) {
        // Most calls keep nothing.
        if !self.0.is_empty() {
            // SAFETY: taken here and nowhere else; calls drop it under the GIL.
            unsafe { releases::drop_and_drain(ManuallyDrop::take(&mut self.0)) };
        }
    }
}

impl Drop for KeptValue {
    fn drop(&mut self) {
        // SAFETY: each holds one reference, and calls drop them under the GIL.
        unsafe {
            match self {
                Self::Object(object) => ffi::Py_DECREF(*object),
                Self::Shared(object) => crate::shared::give_back(*object),
                Self::Foreign(_) => {}
                Self::Buffer(view) => ffi::PyBuffer_Release(&raw mut **view),
            }
        }
    }
}

/// A slot with a payload in it.
#[inline]
pub(crate) const fn slot(ty: Type, payload: abi::Payload) -> abi::Value {
    abi::Value { ty: ty.raw(), dims: 0, ownership: abi::BORROWED, flags: 0, length: 0, payload }
}

/// The slot of `None`.
pub(crate) const NULL: abi::Value = slot(Type::NULL, abi::Payload { data: null() });

/// Lowers `object` as a declared type, in place: the processor would wait for the parts of a
/// slot that is made elsewhere and then moved.
///
/// # Safety
/// `object` is live and stays so until the call ends; the GIL is held.
#[inline(always)]
pub(crate) unsafe fn lower_to<A: Arena>(
    place: &mut MaybeUninit<abi::Value>,
    declared: &Declared,
    object: *mut ffi::PyObject,
    out: &mut Lowering<'_, A>,
) -> Result<(), LowerError> {
    // SAFETY: the caller's promises.
    unsafe {
        match declared.kind {
            Kind::Int64 if scalar::is_int(object) => {
                let i64 = scalar::signed(object, Type::INT64, i64::MIN, i64::MAX)?;
                place.write(slot(Type::INT64, abi::Payload { i64 }));
            }
            Kind::Float64 if scalar::is_float(object) => {
                let f64 = ffi::PyFloat_AsDouble(object);
                place.write(slot(Type::FLOAT64, abi::Payload { f64 }));
            }
            Kind::String8 if text::is_str(object) => text::utf8_to(place, object, out)?,
            Kind::Any if any::lower_common(place, object, out)? => {}
            _ => _ = place.write(lower_other(declared, object, out)?),
        }
    }
    Ok(())
}

/// Lowers `object` as a declared type.
///
/// # Safety
/// As [`lower_to`].
pub(crate) unsafe fn lower<A: Arena>(
    declared: &Declared,
    object: *mut ffi::PyObject,
    out: &mut Lowering<'_, A>,
) -> Result<abi::Value, LowerError> {
    let mut place = MaybeUninit::uninit();
    // SAFETY: the caller's promises; what succeeds has written it.
    unsafe {
        lower_to(&mut place, declared, object, out)?;
        Ok(place.assume_init())
    }
}

/// # Safety
/// As [`lower`].
#[inline(never)]
unsafe fn lower_other<A: Arena>(
    declared: &Declared,
    object: *mut ffi::PyObject,
    out: &mut Lowering<'_, A>,
) -> Result<abi::Value, LowerError> {
    let ty = declared.info.ty;
    // SAFETY: the caller's promises.
    unsafe {
        match declared.kind {
            Kind::Array => array::lower(&declared.info, object, out),
            Kind::Any => any::lower(object, out),
            kind => lower_scalar(kind, ty, object, out),
        }
    }
}

/// Lowers one scalar, also as an element of an array without a faster path.
///
/// # Safety
/// As [`lower`].
unsafe fn lower_scalar<A: Arena>(
    kind: Kind,
    ty: Type,
    object: *mut ffi::PyObject,
    out: &mut Lowering<'_, A>,
) -> Result<abi::Value, LowerError> {
    // SAFETY: the caller's promises.
    unsafe {
        let payload = match kind {
            Kind::Int64 => abi::Payload { i64: scalar::signed(object, ty, i64::MIN, i64::MAX)? },
            Kind::Int(least, most) => {
                abi::Payload { i64: scalar::signed(object, ty, least, most)? }
            }
            Kind::UInt64 => abi::Payload { u64: scalar::unsigned(object, ty)? },
            Kind::Float64 => abi::Payload { f64: scalar::float(object, ty)? },
            Kind::Float32 => {
                let bits = scalar::float32(object)?.to_bits();
                abi::Payload { u64: bits.into() } // all 64 bits written
            }
            Kind::Bool => abi::Payload { u64: scalar::boolean(object)?.into() },
            Kind::Char => abi::Payload { u64: text::character(object, ty)?.into() },
            Kind::String8 | Kind::WideString => return text::lower(object, ty, out),
            Kind::Handle => return object::handle(object, out),
            Kind::Callable => return object::callable(object, out),
            Kind::Null if object == ffi::Py_None() => return Ok(NULL),
            _ => return Err(mismatch(ty, object)),
        };
        Ok(slot(ty, payload))
    }
}
