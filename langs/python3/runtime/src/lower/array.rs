//! Lowers arrays of any rank: contiguous at rank 1, rows above.

use metaffi_abi as abi;
use metaffi_value::{Arena, Type, TypeInfo};
use pyo3::ffi;

use super::elements::{self, Elements};
use super::items::Items;
use super::{LowerError, Lowering, NULL, buffer};

/// The highest rank that a slot can hold.
const MOST_DIMS: i32 = 255;

/// A slot of `elements`.
pub(super) fn array_slot(ty: Type, dims: u8, ownership: u8, elements: Elements) -> abi::Value {
    let (data, length) = elements;
    abi::Value {
        ty: ty.raw(),
        dims,
        ownership,
        flags: 0,
        length: length as u64,
        payload: abi::Payload { data },
    }
}

/// Lowers a list, a tuple, a buffer or `None` as a declared array.
///
/// # Safety
/// `object` is live and stays so until the call ends; the GIL is held.
pub(super) unsafe fn lower<A: Arena>(
    declared: &TypeInfo,
    object: *mut ffi::PyObject,
    out: &mut Lowering<'_, A>,
) -> Result<abi::Value, LowerError> {
    let ty = if declared.ty == Type::ARRAY { Type::ANY.array() } else { declared.ty };
    // SAFETY: the caller's promises.
    unsafe {
        if object == ffi::Py_None() {
            return Ok(NULL);
        }
        let dims = match declared.dims {
            n @ 1..=MOST_DIMS => n as u8,
            _ if ty.element() == Type::ANY => 1,
            _ => rank(object),
        };
        lower_rank(ty, dims, object, out)
    }
}

/// The rank of an array that is declared without one. An empty row has any rank, so
/// the longest row decides.
///
/// # Safety
/// `object` is live and the GIL is held.
unsafe fn rank(mut object: *mut ffi::PyObject) -> u8 {
    let mut dims = 1;
    // SAFETY: the caller's promises; no Python code runs.
    unsafe {
        while dims < u8::MAX {
            let Some(items) = Items::of(object) else { break };
            let rows = (0..items.length).filter_map(|index| items.get(index).ok());
            let rows = rows.filter_map(|row| Some((row_length(row)?, row)));
            let Some((_, row)) = rows.max_by_key(|(length, _)| *length) else { return dims };
            (object, dims) = (row, dims + 1);
        }
        buffer::rank(object).map_or(dims, |own| dims - 1 + own)
    }
}

/// The length of a row, `None` if it is not an array.
///
/// # Safety
/// As [`rank`].
unsafe fn row_length(row: *mut ffi::PyObject) -> Option<usize> {
    // SAFETY: the caller's promises.
    unsafe { Items::of(row).map(|items| items.length).or_else(|| buffer::rank(row).map(|_| 1)) }
}

/// # Safety
/// As [`lower`].
unsafe fn lower_rank<A: Arena>(
    ty: Type,
    dims: u8,
    object: *mut ffi::PyObject,
    out: &mut Lowering<'_, A>,
) -> Result<abi::Value, LowerError> {
    // SAFETY: the caller's promises.
    let elements = out.inside(|out| unsafe { lower_inside(ty, dims, object, out) })?;
    // SAFETY: as above.
    let flags = if dims == 1 { unsafe { buffer::flags(object, elements.0, out) } } else { 0 };
    Ok(abi::Value { flags, ..array_slot(ty, dims, out.ownership(), elements) })
}

/// # Safety
/// As [`lower`].
unsafe fn lower_inside<A: Arena>(
    ty: Type,
    dims: u8,
    object: *mut ffi::PyObject,
    out: &mut Lowering<'_, A>,
) -> Result<Elements, LowerError> {
    // SAFETY: the caller's promises.
    unsafe {
        if dims == 1 {
            return elements::lower(ty.element(), object, out);
        }
        if Items::of(object).is_none()
            && let Some(rows) = buffer::rows(ty, dims, object, out)?
        {
            return Ok(rows);
        }
        let items = Items::keeping(object, ty, out.keep_alive)?;
        elements::each(items, out, |row, out| lower_rank(ty, dims - 1, row, out))
    }
}
