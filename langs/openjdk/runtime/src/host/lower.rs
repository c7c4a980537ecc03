//! Arguments of a call from Java: the words and the object of each become a slot, which borrows.
//!
//! `Arguments.java` defines the words, and has checked the object.

use core::ffi::c_void;
use core::mem::MaybeUninit;
use core::ptr::NonNull;

use jni_sys::jobject;
use metaffi::{Error, ErrorKind, Handle};
use metaffi_plugin::abi;
use metaffi_plugin::value::{CallFrame, OwnedSlots};
use smallvec::SmallVec;

use crate::from_java;
use crate::jni::{Env, Local, jni};
use crate::number::{NULL, is_primitive, scalar};

/// A bit of the first word: the object is a direct buffer.
const DIRECT: i64 = 1 << 40;
/// A bit of the first word: it is writable.
const WRITABLE: i64 = 1 << 41;

/// References to functions that Java took for a call, see `NativeCallee.acquire`; released even if the
/// call fails.
#[derive(Default)]
pub(super) struct FunctionRefs(SmallVec<[NonNull<abi::Object>; 3]>);

impl FunctionRefs {
    /// Takes ownership of the reference that Java took for a function.
    ///
    /// # Safety
    /// The words must come from `NativeCallee.acquire`, and be used once.
    #[inline]
    pub(super) unsafe fn take(&mut self, words: [i64; 2]) {
        if words[0] as abi::Type == abi::CALLABLE
            && let Some(function) = native_object(words)
        {
            self.0.push(function);
        }
    }
}

impl Drop for FunctionRefs {
    #[inline]
    fn drop(&mut self) {
        for object in &self.0 {
            // SAFETY: `take` was given this reference.
            drop(unsafe { Handle::take_raw(*object) });
        }
    }
}

/// The native object of an argument, if it has one: a handle in use by Java, or a function that
/// Java took a reference to.
#[inline]
fn native_object([tag, object]: [i64; 2]) -> Option<NonNull<abi::Object>> {
    let is_object = matches!(tag as abi::Type, abi::HANDLE | abi::CALLABLE);
    NonNull::new(object as *mut abi::Object).filter(|_| is_object)
}

/// Writes the slot of an argument of a call with few arguments, in its final place: moving a slot
/// right after writing it would wait for the stores.
///
/// # Safety
/// As [`argument`]; `object` is a reference that Java passed, and the references that Java took are
/// held.
#[inline]
pub(super) unsafe fn passed<'f>(
    env: Env,
    object: jobject,
    words: [i64; 2],
    frame: &mut CallFrame<'f>,
    owned: &mut OwnedSlots<'f>,
    slot: &mut MaybeUninit<abi::Value>,
) -> Result<(), Error> {
    let tag = words[0] as abi::Type;
    if is_primitive(tag) {
        slot.write(scalar(tag, abi::Payload { i64: words[1] }));
    } else if let Some(object) = native_object(words) {
        slot.write(scalar(tag, abi::Payload { object: object.as_ptr() }));
    } else if tag == abi::STRING8 {
        // SAFETY: the caller's promise; the reference need not be deleted.
        slot.write(unsafe { from_java::string(env, object, frame) }?);
    } else {
        // SAFETY: as above.
        slot.write(unsafe { argument(env, Local::take(env, object), words, frame, owned) }?);
    }
    Ok(())
}

/// The slot of an argument.
///
/// # Safety
/// See `metaffi.internal.Arguments.prepare`.
#[inline]
pub(super) unsafe fn argument<'f>(
    env: Env,
    object: Option<Local>,
    [head, bits]: [i64; 2],
    frame: &mut CallFrame<'f>,
    owned: &mut OwnedSlots<'f>,
) -> Result<abi::Value, Error> {
    let tag = head as abi::Type;
    if is_primitive(tag) {
        return Ok(scalar(tag, abi::Payload { i64: bits }));
    }
    let Some(object) = object else { return Ok(NULL) };
    if head & DIRECT != 0 {
        // SAFETY: the caller's promise; Java's array of arguments keeps the buffer alive.
        let slot = unsafe { direct(env, &object, tag, bits) }?;
        let flags = if head & WRITABLE != 0 { abi::WRITABLE } else { 0 };
        return Ok(abi::Value { flags, ..slot });
    }
    let dims = (head >> 32) as u8;
    // SAFETY: the caller's promise.
    let slot = unsafe { from_java::argument(env, object, tag, dims, frame) }?;
    // SAFETY: just made, in the arena of this frame.
    Ok(unsafe { borrow(slot, owned) })
}

/// Keeps what a slot owns in `owned`, and returns a slot that borrows it.
///
/// # Safety
/// `slot` must have been made for the frame of `owned`, and must not be shared.
unsafe fn borrow(slot: abi::Value, owned: &mut OwnedSlots<'_>) -> abi::Value {
    if slot.ty & (abi::HANDLE | abi::CALLABLE | abi::ANY | abi::ARRAY) == 0 {
        return slot;
    }
    // SAFETY: the caller's promise.
    unsafe { owned.push(slot) };
    let is_buffer = slot.ty & abi::ARRAY != 0 && slot.ownership == abi::TRANSFERRED;
    let ownership = if is_buffer { slot.ownership } else { abi::BORROWED };
    abi::Value { ownership, ..slot }
}

/// The memory of a direct buffer, without a copy.
///
/// # Safety
/// `buffer` must be a direct buffer of elements of type `tag`, large enough for the position and
/// length in `part`.
unsafe fn direct(env: Env, buffer: &Local, tag: abi::Type, part: i64) -> Result<abi::Value, Error> {
    let (length, position) = ((part >> 32) as u32, part as u32);
    // SAFETY: a buffer.
    let start = unsafe { jni!(env, GetDirectBufferAddress, buffer.as_raw()) };
    if start.is_null() {
        let message = "this JVM does not give access to direct buffers: pass an array";
        return Err(Error::new(ErrorKind::Unsupported, message));
    }
    let size = from_java::element_size(tag & !(abi::ARRAY | abi::PACKED));
    let data = start.cast::<u8>().wrapping_add(position as usize * size).cast::<c_void>();
    let slot = scalar(tag, abi::Payload { data });
    Ok(abi::Value { dims: 1, length: u64::from(length), ..slot })
}

/// Lets the callee fill the arrays that it may fill; returns whether there is one. These arrays are
/// copies of Java's, in the frame.
#[inline]
pub(super) fn let_fill<'a>(
    fills: u32,
    args: impl Iterator<Item = (&'a mut abi::Value, [i64; 2])>,
) -> bool {
    if fills == 0 {
        return false;
    }
    let mut is_any = false;
    for (index, (arg, [head, _])) in args.enumerate().take(u32::BITS as usize) {
        if fills >> index & 1 != 0 && head & DIRECT == 0 && from_java::is_copied_whole(arg) {
            arg.flags = abi::FILLABLE;
            is_any = true;
        }
    }
    is_any
}

/// Copies an array that the callee may have filled back into Java's array.
///
/// # Safety
/// `arg` must have been made from `array`, the Java array.
pub(super) unsafe fn fill(env: Env, arg: &abi::Value, array: jobject) {
    if arg.flags & abi::FILLABLE != 0 {
        // SAFETY: the caller's promise; `let_fill` has checked its elements.
        unsafe { from_java::copy_back(env, arg, array) };
    }
}
