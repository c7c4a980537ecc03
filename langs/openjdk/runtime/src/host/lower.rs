//! Arguments of a call from Java: the words and the object of each become a
//! slot, which borrows.
//!
//! `Arguments.java` says which words there are; it has checked the object.

use core::ffi::c_void;

use metaffi::{Error, ErrorKind};
use metaffi_plugin::abi;
use metaffi_plugin::value::CallFrame;
use smallvec::SmallVec;

use crate::from_java;
use crate::jni::{Env, Local, jni};
use crate::number::{NULL, is_primitive, scalar};
use crate::slot::discard;

/// In the first word: the object is a direct buffer.
const DIRECT: i64 = 1 << 40;

/// What is given back after the call.
#[derive(Default)]
pub(super) struct Kept(SmallVec<[abi::Value; 4]>);

impl Drop for Kept {
    fn drop(&mut self) {
        for slot in &self.0 {
            // SAFETY: `borrowed` took these over, and the call has ended.
            unsafe { discard(slot) };
        }
    }
}

impl Kept {
    /// Keeps what a slot owns, and lends it.
    fn borrowed(&mut self, slot: abi::Value) -> abi::Value {
        if slot.ty & (abi::HANDLE | abi::CALLABLE | abi::ANY | abi::ARRAY) == 0 {
            return slot;
        }
        self.0.push(slot);
        let is_buffer = slot.ty & abi::ARRAY != 0 && slot.ownership == abi::TRANSFERRED;
        let ownership = if is_buffer { slot.ownership } else { abi::BORROWED };
        abi::Value { ownership, ..slot }
    }
}

/// The slot of a handle or a function whose native reference Java took for
/// this call; it is kept, and given back after it.
///
/// # Safety
/// See `NativeCallee.lend`.
#[inline]
pub(super) unsafe fn lent([tag, object]: [i64; 2], kept: &mut Kept) -> Option<abi::Value> {
    let is_object = matches!(tag as abi::Type, abi::HANDLE | abi::CALLABLE);
    if object == 0 || !is_object {
        return None;
    }
    let payload = abi::Payload { object: object as *mut abi::Object };
    let slot = scalar(tag as abi::Type, payload);
    Some(kept.borrowed(abi::Value { ownership: abi::TRANSFERRED, ..slot }))
}

/// The slot of an argument.
///
/// # Safety
/// See `metaffi.internal.Arguments.prepare`.
#[inline]
pub(super) unsafe fn argument(
    env: Env,
    object: Option<Local>,
    [head, bits]: [i64; 2],
    frame: &mut CallFrame<'_>,
    kept: &mut Kept,
) -> Result<abi::Value, Error> {
    let tag = head as abi::Type;
    if is_primitive(tag) {
        return Ok(scalar(tag, abi::Payload { i64: bits }));
    }
    let Some(object) = object else { return Ok(NULL) };
    if head & DIRECT != 0 {
        // SAFETY: the caller's promise; Java's array keeps the buffer alive.
        return unsafe { direct(env, &object, tag, bits) };
    }
    let dims = (head >> 32) as u8;
    // SAFETY: the caller's promise.
    let slot = unsafe { from_java::argument(env, object, tag, dims, frame) }?;
    Ok(kept.borrowed(slot))
}

/// The memory of a direct buffer, as it is.
///
/// # Safety
/// `buffer` must be a direct buffer of elements of type `tag`, which reaches as
/// far as `part` says.
unsafe fn direct(env: Env, buffer: &Local, tag: abi::Type, part: i64) -> Result<abi::Value, Error> {
    let (length, position) = ((part >> 32) as u32, part as u32);
    // SAFETY: a buffer.
    let start = unsafe { jni!(env, GetDirectBufferAddress, buffer.as_raw()) };
    if start.is_null() {
        let message = "this JVM does not give access to direct buffers; pass an array";
        return Err(Error::new(ErrorKind::Unsupported, message));
    }
    let size = from_java::element_size(tag & !(abi::ARRAY | abi::PACKED));
    let data = start.cast::<u8>().wrapping_add(position as usize * size).cast::<c_void>();
    let slot = scalar(tag, abi::Payload { data });
    Ok(abi::Value { dims: 1, length: u64::from(length), ..slot })
}
