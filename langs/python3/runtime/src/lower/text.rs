//! Lowers strings and characters.

use core::mem::MaybeUninit;
use core::ptr::null_mut;

use metaffi_abi as abi;
use metaffi_value::{Arena, Type};
use pyo3::ffi;

use super::{LowerError, Lowering, Mode, NULL, describe, mismatch};

/// Whether it is exactly a `str`.
#[inline]
pub(super) unsafe fn is_str(object: *mut ffi::PyObject) -> bool {
    // SAFETY: callers pass a live object.
    unsafe { ffi::Py_TYPE(object) == &raw mut ffi::PyUnicode_Type }
}

/// The UTF-8 of a `str`, which lives as long as the `str`.
///
/// # Safety
/// `object` is a live `str` and the GIL is held.
#[inline]
pub(super) unsafe fn borrow_utf8<'a>(object: *mut ffi::PyObject) -> Result<&'a str, LowerError> {
    let mut size = 0;
    // SAFETY: the caller's promises. The interpreter keeps the bytes in the
    // `str`, and they are UTF-8.
    unsafe {
        let data = ffi::PyUnicode_AsUTF8AndSize(object, &raw mut size);
        if data.is_null() {
            return Err(no_utf8(object));
        }
        let bytes = core::slice::from_raw_parts(data.cast::<u8>(), size as usize);
        Ok(core::str::from_utf8_unchecked(bytes))
    }
}

#[cold]
unsafe fn no_utf8(object: *mut ffi::PyObject) -> LowerError {
    // SAFETY: an exception is set; the object is live, under the GIL.
    unsafe {
        if ffi::PyErr_ExceptionMatches(ffi::PyExc_UnicodeError) == 0 {
            return LowerError::Raised;
        }
        ffi::PyErr_Clear();
        let got = describe(object);
        LowerError::refused(format!(
            "{got} contains a lone surrogate, which is not a Unicode character"
        ))
    }
}

/// A slot of `length` bytes of text.
#[inline]
fn text_slot(ty: Type, ownership: u8, data: *const u8, length: usize) -> abi::Value {
    abi::Value {
        ty: ty.raw(),
        dims: 0,
        ownership,
        flags: 0,
        length: length as u64,
        payload: abi::Payload { data: data.cast() },
    }
}

/// A `str` as `string8`, in place.
///
/// # Safety
/// `object` is a live `str` and the GIL is held.
#[inline]
pub(super) unsafe fn utf8_to<A: Arena>(
    place: &mut MaybeUninit<abi::Value>,
    object: *mut ffi::PyObject,
    out: &mut Lowering<'_, A>,
) -> Result<(), LowerError> {
    // SAFETY: the caller's promises.
    let text = unsafe { borrow_utf8(object)? };
    let data = match out.mode {
        Mode::Lend => text.as_ptr(),
        Mode::Give => out.arena.copy(text.as_bytes())?.as_ptr(),
    };
    place.write(text_slot(Type::STRING8, out.ownership(), data, text.len()));
    Ok(())
}

/// The raw string of a `str` in the encoding of `ty`.
///
/// # Safety
/// `object` is live and the GIL is held.
pub(super) unsafe fn raw_text<A: Arena>(
    object: *mut ffi::PyObject,
    ty: Type,
    out: &mut Lowering<'_, A>,
) -> Result<abi::Str, LowerError> {
    // SAFETY: the caller's promises.
    unsafe {
        if ffi::PyUnicode_Check(object) == 0 {
            return Err(mismatch(ty, object));
        }
        let text = borrow_utf8(object)?;
        let (data, length) = match ty {
            Type::STRING16 => {
                let units = encode(text.encode_utf16(), text.len(), out)?;
                (units.0.cast_const().cast(), units.1 * 2)
            }
            Type::STRING32 => {
                let units = encode(text.chars(), text.len(), out)?;
                (units.0.cast_const().cast(), units.1 * 4)
            }
            _ if out.mode == Mode::Give => {
                (out.arena.copy(text.as_bytes())?.as_ptr().cast_const(), text.len())
            }
            _ => (text.as_ptr(), text.len()),
        };
        Ok(abi::Str { data, length: length as u64 })
    }
}

/// Writes code units into the arena, at most one for each byte of UTF-8.
unsafe fn encode<A: Arena, U>(
    units: impl Iterator<Item = U>,
    most: usize,
    out: &mut Lowering<'_, A>,
) -> Result<(*mut U, usize), LowerError> {
    let start = out.arena.alloc(most * size_of::<U>(), align_of::<U>())?.cast::<U>().as_ptr();
    let mut count = 0;
    for unit in units {
        // SAFETY: `most` is never less than the number of units.
        unsafe { start.add(count).write(unit) };
        count += 1;
    }
    Ok((start, count))
}

/// A `str`, or `None`, as a string of any encoding.
///
/// # Safety
/// `object` is live and the GIL is held.
pub(super) unsafe fn lower<A: Arena>(
    object: *mut ffi::PyObject,
    ty: Type,
    out: &mut Lowering<'_, A>,
) -> Result<abi::Value, LowerError> {
    // SAFETY: the caller's promises.
    unsafe {
        if object == ffi::Py_None() {
            return Ok(NULL);
        }
        let raw = raw_text(object, ty, out)?;
        Ok(text_slot(ty, out.ownership(), raw.data, raw.length as usize))
    }
}

/// A `str` of one character, or the `bytes` of one: UTF-8, or for `char8` any
/// single byte.
///
/// # Safety
/// `object` is live and the GIL is held.
pub(super) unsafe fn character(object: *mut ffi::PyObject, ty: Type) -> Result<u32, LowerError> {
    // SAFETY: the caller's promises.
    let code = unsafe {
        if ffi::PyUnicode_Check(object) != 0 {
            str_character(object)
        } else if ffi::PyBytes_Check(object) != 0 {
            bytes_character(object, ty)
        } else {
            None
        }
    };
    let most = match ty {
        Type::CHAR8 => 0xFF,
        Type::CHAR16 => 0xFFFF,
        _ => 0x10_FFFF,
    };
    // A surrogate is a code unit of UTF-16, not a character.
    let legal =
        |code: &u32| *code <= most && (ty != Type::CHAR32 || char::from_u32(*code).is_some());
    code.filter(legal).ok_or_else(|| not_one(object, ty))
}

#[cold]
fn not_one(object: *mut ffi::PyObject, ty: Type) -> LowerError {
    // SAFETY: callers pass a live object, under the GIL.
    let got = unsafe { describe(object) };
    LowerError::refused(format!("expected one {ty}, as str or bytes, got {got}"))
}

unsafe fn str_character(object: *mut ffi::PyObject) -> Option<u32> {
    // SAFETY: a live `str`, under the GIL.
    unsafe {
        let single = ffi::PyUnicode_GetLength(object) == 1;
        single.then(|| ffi::PyUnicode_ReadChar(object, 0))
    }
}

unsafe fn bytes_character(object: *mut ffi::PyObject, ty: Type) -> Option<u32> {
    let (mut data, mut size) = (null_mut(), 0);
    // SAFETY: live `bytes`, under the GIL; the bytes live as long as they do.
    let bytes = unsafe {
        ffi::PyBytes_AsStringAndSize(object, &raw mut data, &raw mut size);
        core::slice::from_raw_parts(data.cast::<u8>(), size as usize)
    };
    match (ty, bytes) {
        (Type::CHAR8, [byte]) => Some(u32::from(*byte)),
        (Type::CHAR8, _) => None,
        _ => {
            let mut chars = core::str::from_utf8(bytes).ok()?.chars();
            let first = chars.next()?;
            chars.next().is_none().then_some(first.into())
        }
    }
}
