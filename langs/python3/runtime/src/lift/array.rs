//! Lifts arrays to `list`, `bytes`, or a buffer over the elements themselves.

use core::ffi::c_void;

use metaffi_abi as abi;
use metaffi_value::{Depth, Type};
use pyo3::ffi;

use super::{New, Raised, Take, boolean, content, lift_other, new, object, text};
use crate::{layout, packed};

/// An array slot as a list, nested for ranks above 1; `uint8` of rank 1 as
/// `bytes`; numbers as a `memoryview` if a packed array was declared.
///
/// # Safety
/// `raw` is a valid array, used once under [`Take::Take`]; the GIL is held.
pub(super) unsafe fn lift(
    raw: &abi::Value,
    ty: Type,
    take: Take,
    packed: bool,
    depth: Depth,
) -> New {
    let packed = packed || ty.is_packed();
    // SAFETY: the caller's promises; `buffer` lives until the copy is made, or
    // as long as the memoryview.
    unsafe {
        let (buffer, data) = content(raw, take);
        let length = raw.length as usize;
        if raw.dims > 1 {
            let row = |row: &abi::Value| lift_other(row, take, packed, depth);
            return list::<abi::Value>(data, length, row);
        }
        match packed::format(ty.element()) {
            Some(format) if packed => packed::view(buffer, data, length, format),
            _ => elements(ty.element(), data, length, take, depth),
        }
    }
}

/// # Safety
/// `length` elements of this type at `data`; the rest as [`lift`].
unsafe fn elements(
    element: Type,
    data: *const c_void,
    length: usize,
    take: Take,
    depth: Depth,
) -> New {
    macro_rules! numbers {
        ($rust:ty, $make:expr) => {
            list::<$rust>(data, length, |item| new($make((*item).into())))
        };
    }
    // SAFETY: the caller's promises.
    unsafe {
        match element {
            Type::UINT8 => bytes(data, length),
            Type::INT8 => numbers!(i8, ffi::PyLong_FromLongLong),
            Type::INT16 => numbers!(i16, ffi::PyLong_FromLongLong),
            Type::INT32 => numbers!(i32, ffi::PyLong_FromLongLong),
            Type::INT64 => numbers!(i64, ffi::PyLong_FromLongLong),
            Type::UINT16 => numbers!(u16, ffi::PyLong_FromUnsignedLongLong),
            Type::UINT32 => numbers!(u32, ffi::PyLong_FromUnsignedLongLong),
            Type::UINT64 | Type::SIZE => numbers!(u64, ffi::PyLong_FromUnsignedLongLong),
            Type::FLOAT32 => numbers!(f32, ffi::PyFloat_FromDouble),
            Type::FLOAT64 => numbers!(f64, ffi::PyFloat_FromDouble),
            Type::BOOL => list::<u8>(data, length, |item| Ok(boolean(*item != 0))),
            Type::CHAR8 => list::<u8>(data, length, |item| text::character((*item).into())),
            Type::CHAR16 => list::<u16>(data, length, |item| text::character((*item).into())),
            Type::CHAR32 => list::<u32>(data, length, |item| text::character(*item)),
            Type::STRING8 | Type::STRING16 | Type::STRING32 => {
                let decode = |item: &abi::Str| text::decode(element, item.data.cast(), item.length);
                list::<abi::Str>(data, length, decode)
            }
            _ => references(element, data, length, take, depth),
        }
    }
}

/// Elements that own references or memory.
///
/// # Safety
/// As [`elements`].
unsafe fn references(
    element: Type,
    data: *const c_void,
    length: usize,
    take: Take,
    depth: Depth,
) -> New {
    // SAFETY: the caller's promises.
    unsafe {
        match element {
            Type::HANDLE => {
                list::<*mut abi::Object>(data, length, |item| object::handle(*item, take))
            }
            Type::CALLABLE => {
                list::<*mut abi::Object>(data, length, |item| object::callable(*item, take))
            }
            Type::ANY => {
                list::<abi::Value>(data, length, |item| lift_other(item, take, false, depth))
            }
            other => Err(super::unknown(other)),
        }
    }
}

/// # Safety
/// `length` bytes at `data`; the GIL is held.
unsafe fn bytes(data: *const c_void, length: usize) -> New {
    let data = if length == 0 { c"".as_ptr() } else { data.cast() };
    // SAFETY: the caller's promises.
    unsafe { new(ffi::PyBytes_FromStringAndSize(data, length as ffi::Py_ssize_t)) }
}

/// A list of all elements. If one fails, the others are still made, because making
/// them takes over what they own.
///
/// # Safety
/// `length` elements of type `T` at `data`; the GIL is held.
unsafe fn list<T>(data: *const c_void, length: usize, mut make: impl FnMut(&T) -> New) -> New {
    let items = match length {
        0 => &[],
        // SAFETY: the caller's promise.
        _ => unsafe { core::slice::from_raw_parts(data.cast::<T>(), length) },
    };
    // SAFETY: the GIL is held; a new list takes each item over.
    unsafe {
        let list = new(ffi::PyList_New(length as ffi::Py_ssize_t))?;
        let (mut failed, room) = (false, layout::items_of_new(list));
        for (index, item) in items.iter().enumerate() {
            match make(item) {
                Ok(item) => match room {
                    Some(room) => room.add(index).write(item),
                    None => _ = ffi::PyList_SetItem(list, index as ffi::Py_ssize_t, item),
                },
                Err(Raised) => failed = true,
            }
        }
        if failed {
            ffi::Py_DECREF(list);
            return Err(Raised);
        }
        Ok(list)
    }
}
