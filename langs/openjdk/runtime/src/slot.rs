//! Reads raw slots: where their contents are, and the elements of arrays.

use core::ffi::c_void;
use core::ptr::NonNull;

use metaffi_plugin::abi;

use crate::number::scalar;

/// The contents of strings and arrays, in the slot's memory or in a transferred buffer.
///
/// # Safety
/// `slot` must be a valid string or array.
#[inline]
pub(crate) unsafe fn content(slot: &abi::Value) -> *const c_void {
    // SAFETY: the ownership selects the union member.
    unsafe {
        if slot.ownership == abi::TRANSFERRED {
            return (*slot.payload.object.cast::<abi::Buffer>()).data;
        }
        slot.payload.data
    }
}

/// The elements of an array, or the units of a string.
///
/// # Safety
/// `slot` must be valid, and must have `count` elements of type `T`.
pub(crate) unsafe fn elements<T>(slot: &abi::Value, count: usize) -> &[T] {
    if count == 0 {
        return &[];
    }
    // SAFETY: the caller's promise.
    unsafe { core::slice::from_raw_parts(content(slot).cast(), count) }
}

/// The bytes of a `string8`.
///
/// # Safety
/// `slot` must be a valid `string8`.
#[inline]
pub(crate) unsafe fn text(slot: &abi::Value) -> &[u8] {
    // SAFETY: the caller's promise; the length is in bytes.
    unsafe { elements(slot, slot.length as usize) }
}

/// The object of a handle; `None` for null.
///
/// # Safety
/// `slot` must be a handle or a callable.
#[inline]
pub(crate) unsafe fn object(slot: &abi::Value) -> Option<NonNull<abi::Object>> {
    // SAFETY: the caller's promise.
    NonNull::new(unsafe { slot.payload.object })
}

/// The type of an array's elements; `ANY` if they are mixed.
pub(crate) const fn element_type(ty: abi::Type) -> abi::Type {
    match ty & !(abi::ARRAY | abi::PACKED) {
        0 => abi::ANY,
        element => element,
    }
}

/// Element `index` of an array as a slot of its own, which borrows from it.
///
/// # Safety
/// `array` must be a valid array of more than `index` elements.
pub(crate) unsafe fn element(array: &abi::Value, index: usize) -> abi::Value {
    let ty = element_type(array.ty);
    // SAFETY: the caller's promise; the tag determines the layout of the elements.
    unsafe {
        let data = content(array);
        if array.dims > 1 || ty == abi::ANY {
            return *data.cast::<abi::Value>().add(index);
        }
        let signed = |value: i64| scalar(ty, abi::Payload { i64: value });
        let unsigned = |value: u64| scalar(ty, abi::Payload { u64: value });
        match ty {
            abi::FLOAT64 => scalar(ty, abi::Payload { f64: *data.cast::<f64>().add(index) }),
            abi::FLOAT32 => scalar(ty, abi::Payload { f32: *data.cast::<f32>().add(index) }),
            abi::INT8 => signed((*data.cast::<i8>().add(index)).into()),
            abi::INT16 => signed((*data.cast::<i16>().add(index)).into()),
            abi::INT32 => signed((*data.cast::<i32>().add(index)).into()),
            abi::INT64 => signed(*data.cast::<i64>().add(index)),
            abi::UINT8 | abi::BOOL | abi::CHAR8 => unsigned((*data.cast::<u8>().add(index)).into()),
            abi::UINT16 | abi::CHAR16 => unsigned((*data.cast::<u16>().add(index)).into()),
            abi::UINT32 | abi::CHAR32 => unsigned((*data.cast::<u32>().add(index)).into()),
            abi::STRING8 | abi::STRING16 | abi::STRING32 => {
                let text = *data.cast::<abi::Str>().add(index);
                let payload = abi::Payload { data: text.data.cast() };
                abi::Value { length: text.length, ..scalar(ty, payload) }
            }
            abi::HANDLE | abi::CALLABLE => {
                scalar(ty, abi::Payload { object: *data.cast::<*mut abi::Object>().add(index) })
            }
            _ => unsigned(*data.cast::<u64>().add(index)),
        }
    }
}
