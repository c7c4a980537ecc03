//! Lowers objects with the buffer protocol: `bytes`, `memoryview`, numpy arrays.
//!
//! A contiguous buffer of the declared type is passed without a copy; others are
//! copied once.

use core::ffi::c_void;

use metaffi_abi as abi;
use metaffi_value::{Arena, Type};
use pyo3::ffi;

use super::array::array_slot;
use super::elements::Elements;
use super::view::View;
use super::{KeptValue, LowerError, Lowering, slot};

fn fits(element: Type, buffer: Option<Type>) -> bool {
    match element {
        Type::SIZE => buffer == Some(Type::UINT64),
        Type::CHAR8 => buffer == Some(Type::UINT8),
        _ => buffer == Some(element),
    }
}

/// The acquired buffer of `object`, which must be of this type and rank.
///
/// # Safety
/// `object` is live and the GIL is held.
unsafe fn view_as(
    element: Type,
    dims: u8,
    object: *mut ffi::PyObject,
) -> Result<Option<View>, LowerError> {
    // SAFETY: the caller's promises.
    let Some(view) = (unsafe { View::of(object) }) else { return Ok(None) };
    // SAFETY: as above.
    let is_signed_bytes = element == Type::INT8 && unsafe { are_bytes(object) };
    if view.shape().len() != usize::from(dims) || !fits(element, view.element()) && !is_signed_bytes
    {
        let got = view.describe();
        return Err(LowerError::refused(format!(
            "expected {} of rank {dims}, got {got}",
            element.array()
        )));
    }
    Ok(Some(view))
}

/// Whether it is one of Python's types for bytes, which are signed in some languages
/// and unsigned in others.
///
/// # Safety
/// `object` is live and the GIL is held.
unsafe fn are_bytes(object: *mut ffi::PyObject) -> bool {
    // SAFETY: the caller's promises.
    unsafe {
        ffi::PyBytes_Check(object) != 0
            || ffi::PyByteArray_Check(object) != 0
            || ffi::PyMemoryView_Check(object) != 0
    }
}

/// The flags of an array whose elements are at `data`: whether the memory is `object`'s
/// own, and may be written. A caller that passes a `bytearray` or a `memoryview` may
/// expect it to be filled, even by a guest that has to copy it.
///
/// # Safety
/// `object` is live and the GIL is held.
pub(super) unsafe fn flags<A: Arena>(
    object: *mut ffi::PyObject,
    data: *const c_void,
    out: &Lowering<'_, A>,
) -> u16 {
    // A buffer that is passed without a copy was kept last; a copy is elsewhere.
    let lent = match out.keep_alive.0.last() {
        Some(KeptValue::Buffer(view)) if view.buf.cast_const() == data => view,
        _ => return 0,
    };
    if lent.readonly != 0 {
        return 0;
    }
    // SAFETY: the caller's promises.
    match unsafe { ffi::PyByteArray_Check(object) != 0 || ffi::PyMemoryView_Check(object) != 0 } {
        true => abi::FILLABLE,
        false => abi::WRITABLE,
    }
}

/// The elements of a buffer of rank 1, or `None` if `object` has no buffer.
///
/// # Safety
/// `object` is live and stays so until the call ends; the GIL is held.
pub(super) unsafe fn elements<A: Arena>(
    element: Type,
    object: *mut ffi::PyObject,
    out: &mut Lowering<'_, A>,
) -> Result<Option<Elements>, LowerError> {
    if !is_plain(element) {
        return Ok(None);
    }
    // SAFETY: the caller's promises.
    let Some(view) = (unsafe { view_as(element, 1, object)? }) else { return Ok(None) };
    let length = view.shape()[0] as usize;
    Ok(Some((view.lend(out)?.cast(), length)))
}

/// Whether elements of this type have a format.
fn is_plain(element: Type) -> bool {
    !matches!(
        element,
        Type::STRING8
            | Type::STRING16
            | Type::STRING32
            | Type::HANDLE
            | Type::CALLABLE
            | Type::ANY
            | Type::CHAR16
            | Type::CHAR32
    )
}

/// The rows of a buffer of a rank above 1, `dims`, which point into it.
///
/// # Safety
/// As [`elements`].
pub(super) unsafe fn rows<A: Arena>(
    ty: Type,
    dims: u8,
    object: *mut ffi::PyObject,
    out: &mut Lowering<'_, A>,
) -> Result<Option<Elements>, LowerError> {
    if !is_plain(ty.element()) {
        return Ok(None);
    }
    // SAFETY: the caller's promises.
    let Some(view) = (unsafe { view_as(ty.element(), dims, object)? }) else { return Ok(None) };
    let shape: Vec<usize> = view.shape().iter().map(|extent| *extent as usize).collect();
    let itemsize = view.itemsize();
    let data = view.lend(out)?;
    // SAFETY: `data` holds the elements of `shape` in C order.
    unsafe { nest(ty, &shape, itemsize, data, out).map(Some) }
}

/// # Safety
/// `data` holds the elements of `shape` in C order.
unsafe fn nest<A: Arena>(
    ty: Type,
    shape: &[usize],
    itemsize: usize,
    data: *const u8,
    out: &mut Lowering<'_, A>,
) -> Result<Elements, LowerError> {
    let [count, inner @ ..] = shape else { return Ok((data.cast(), 0)) };
    if inner.is_empty() {
        return Ok((data.cast(), *count));
    }
    let row_size = inner.iter().product::<usize>() * itemsize;
    let size = size_of::<abi::Value>() * count;
    let slots = out.arena.alloc(size, align_of::<abi::Value>())?.cast::<abi::Value>();
    for index in 0..*count {
        // SAFETY: the rows are consecutive; `alloc` made room for each.
        unsafe {
            let start = data.add(index * row_size);
            let row = out.inside(|out| nest(ty, inner, itemsize, start, out))?;
            let row = array_slot(ty, inner.len() as u8, out.ownership(), row);
            slots.as_ptr().add(index).write(row);
        }
    }
    Ok((slots.as_ptr().cast_const().cast::<c_void>(), *count))
}

/// The rank of a buffer, if `object` has one.
///
/// # Safety
/// `object` is live and the GIL is held.
pub(super) unsafe fn rank(object: *mut ffi::PyObject) -> Option<u8> {
    // SAFETY: the caller's promises.
    unsafe { View::of(object) }.and_then(|view| u8::try_from(view.shape().len()).ok())
}

/// A buffer as an array of its actual type, or `None` if MetaFFI has no type for its
/// elements.
///
/// # Safety
/// As [`elements`].
pub(super) unsafe fn array<A: Arena>(
    object: *mut ffi::PyObject,
    out: &mut Lowering<'_, A>,
) -> Result<Option<abi::Value>, LowerError> {
    // SAFETY: the caller's promises.
    let found = unsafe { View::of(object) };
    let found =
        found.and_then(|view| Some((view.element()?, u8::try_from(view.shape().len()).ok()?)));
    let Some((element, dims @ 1..)) = found else { return Ok(None) };
    // SAFETY: as above.
    let content = out.inside(|out| unsafe {
        match dims {
            1 => elements(element, object, out),
            _ => rows(element.array(), dims, object, out),
        }
    })?;
    Ok(content.map(|content| {
        let slot = array_slot(element.array(), dims, out.ownership(), content);
        // SAFETY: as above.
        let flags = if dims == 1 { unsafe { flags(object, content.0, out) } } else { 0 };
        abi::Value { flags, ..slot }
    }))
}

/// The value of a numpy scalar: a buffer of rank 0.
///
/// # Safety
/// `object` is live and the GIL is held.
pub(super) unsafe fn scalar(object: *mut ffi::PyObject) -> Option<abi::Value> {
    // SAFETY: the caller's promises.
    let view = unsafe { View::of(object) }.filter(|view| view.shape().is_empty())?;
    // SAFETY: as above. A `ctypes.c_int` has such a buffer but is not a number.
    if unsafe { ffi::PyNumber_Check(object) } == 0 {
        return None;
    }
    if view.is_half() {
        // SAFETY: as above; numpy's own conversion, which loses nothing.
        let bits = unsafe { ffi::PyFloat_AsDouble(object) as f32 }.to_bits();
        return Some(slot(Type::FLOAT32, abi::Payload { u64: bits.into() }));
    }
    let (data, ty) = (view.start(), view.element()?);
    // SAFETY: the buffer holds one element of this type.
    let payload = unsafe {
        match ty {
            Type::INT8 => abi::Payload { i64: data.cast::<i8>().read_unaligned().into() },
            Type::INT16 => abi::Payload { i64: data.cast::<i16>().read_unaligned().into() },
            Type::INT32 => abi::Payload { i64: data.cast::<i32>().read_unaligned().into() },
            Type::INT64 => abi::Payload { i64: data.cast::<i64>().read_unaligned() },
            Type::UINT8 | Type::BOOL => abi::Payload { u64: data.cast::<u8>().read().into() },
            Type::UINT16 => abi::Payload { u64: data.cast::<u16>().read_unaligned().into() },
            Type::UINT32 => abi::Payload { u64: data.cast::<u32>().read_unaligned().into() },
            Type::UINT64 => abi::Payload { u64: data.cast::<u64>().read_unaligned() },
            Type::FLOAT32 => {
                let bits = data.cast::<u32>().read_unaligned();
                abi::Payload { u64: bits.into() }
            }
            Type::FLOAT64 => abi::Payload { f64: data.cast::<f64>().read_unaligned() },
            _ => return None,
        }
    };
    Some(slot(ty, payload))
}
