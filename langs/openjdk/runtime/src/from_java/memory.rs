//! The memory layout of array elements: in the arena, and in buffers that outlive a call.

use core::ffi::c_void;

use metaffi_plugin::abi;
use metaffi_plugin::value::{Arena, Error, discard, new_buffer};

use super::ArrayResult;
use crate::api;
use crate::jni::{Env, Local, read_array};
use crate::number::scalar;
use crate::prim::Prim;

/// Bytes of an element of type `tag` in an array of rank 1.
pub(crate) const fn element_size(tag: abi::Type) -> usize {
    match tag {
        abi::ANY => size_of::<abi::Value>(),
        abi::STRING8 | abi::STRING16 | abi::STRING32 => size_of::<abi::Str>(),
        abi::HANDLE | abi::CALLABLE => size_of::<*mut abi::Object>(),
        abi::CHAR8 => 1,
        abi::CHAR32 => 4,
        _ => match Prim::exactly(tag) {
            Some(prim) => prim.facts().size,
            None => size_of::<u64>(),
        },
    }
}

/// Writes a slot as an element of an array of `tag`.
///
/// # Safety
/// `slot` must be of type `tag`, or null in an array that may hold nulls; `to` must be aligned and
/// have room for the element.
pub(super) unsafe fn store(slot: &abi::Value, tag: abi::Type, to: *mut u8) {
    // SAFETY: the caller's promise; the tag selects the union member.
    unsafe {
        match tag {
            abi::ANY => to.cast::<abi::Value>().write(*slot),
            abi::STRING8 | abi::STRING16 | abi::STRING32 => {
                let data = slot.payload.data.cast();
                to.cast::<abi::Str>().write(abi::Str { data, length: slot.length });
            }
            abi::HANDLE | abi::CALLABLE if slot.ty == abi::NULL => {
                to.cast::<*mut abi::Object>().write(core::ptr::null_mut());
            }
            abi::HANDLE | abi::CALLABLE => {
                to.cast::<*mut abi::Object>().write(slot.payload.object);
            }
            abi::FLOAT32 => to.cast::<f32>().write(slot.payload.f32),
            _ => match element_size(tag) {
                1 => to.write(slot.payload.u64 as u8),
                2 => to.cast::<u16>().write(slot.payload.u64 as u16),
                4 => to.cast::<u32>().write(slot.payload.u64 as u32),
                _ => to.cast::<u64>().write(slot.payload.u64),
            },
        }
    }
}

/// The slot of an array in the arena.
pub(super) fn slot(plan: &ArrayResult, dims: u8, length: usize, data: *const c_void) -> abi::Value {
    let form = if plan.packed { abi::ARRAY | abi::PACKED } else { abi::ARRAY };
    abi::Value {
        ty: plan.element | form,
        dims,
        ownership: abi::ARENA,
        flags: 0,
        length: length as u64,
        payload: abi::Payload { data },
    }
}

/// Makes an array element by element. If one fails, those before it are released.
pub(super) fn collect<A: Arena>(
    length: usize,
    plan: &ArrayResult,
    arena: &mut A,
    mut make: impl FnMut(usize, &mut A) -> Result<abi::Value, Error>,
) -> Result<abi::Value, Error> {
    arena.inside(|arena| collect_inside(length, plan, arena, &mut make))
}

fn collect_inside<A: Arena>(
    length: usize,
    plan: &ArrayResult,
    arena: &mut A,
    make: &mut impl FnMut(usize, &mut A) -> Result<abi::Value, Error>,
) -> Result<abi::Value, Error> {
    let size = element_size(plan.element);
    let data = arena.alloc(length * size, size.min(8))?.as_ptr();
    for index in 0..length {
        match make(index, arena) {
            // SAFETY: `alloc` gave room for all elements.
            Ok(one) => unsafe { store(&one, plan.element, data.add(index * size)) },
            Err(error) => {
                // SAFETY: this many elements were written, and nobody else has them.
                unsafe { discard(&slot(plan, 1, index, data.cast())) };
                return Err(error);
            }
        }
    }
    Ok(slot(plan, 1, length, data.cast()))
}

/// A packed array: a buffer that the receiver releases.
///
/// # Safety
/// `array` must be an array of `prim` with `length` elements, whose memory layout is that of type
/// `tag`.
pub(super) unsafe fn packed(
    env: Env,
    array: &Local,
    prim: Prim,
    length: usize,
    tag: abi::Type,
) -> abi::Value {
    let size = length * prim.facts().size;
    let mut memory: Vec<u64> = Vec::with_capacity(size.div_ceil(size_of::<u64>()));
    let data = memory.as_mut_ptr().cast();
    // SAFETY: the caller's promise; the memory has room for all elements.
    unsafe { read_array(env, prim, array.as_raw(), length, data) };
    let buffer = new_buffer(api::get().owner, data, size as u64, memory);
    let payload = abi::Payload { object: buffer.into_raw().as_ptr() };
    let slot = scalar(tag | abi::ARRAY | abi::PACKED, payload);
    abi::Value { dims: 1, ownership: abi::TRANSFERRED, length: length as u64, ..slot }
}
