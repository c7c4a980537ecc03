//! Releasing what raw slots own: objects, objects of elements, buffers.

use core::ffi::c_void;
use core::marker::PhantomData;
use core::ops::Deref;
use core::ptr::{NonNull, null};

use metaffi_abi as abi;
use smallvec::SmallVec;

use crate::frame::CallFrame;
use crate::object::Handle;
use crate::text::elements;
use crate::types::Type;

/// Releases what a slot owns: its object, the objects of its elements, its
/// buffer.
///
/// # Safety
/// `slot` must be valid, own its objects, and not be used again.
#[inline]
pub unsafe fn discard(slot: &abi::Value) {
    if slot.ty & abi::ARRAY != 0 {
        // SAFETY: the caller's promise.
        unsafe { discard_array(slot) };
    } else if slot.ty & (abi::HANDLE | abi::CALLABLE) != 0 || slot.ownership == abi::TRANSFERRED {
        // SAFETY: the caller's promise.
        drop(unsafe { take(slot.payload.object) });
    }
}

/// Works without recursion: a value that is nested too deeply to be lifted can
/// still be released.
///
/// # Safety
/// As [`discard`]; `slot` must be an array.
#[cold]
unsafe fn discard_array(slot: &abi::Value) {
    let mut arrays = vec![*slot];
    // Rows may be stored in a buffer, which is released after them.
    let mut buffers = Vec::new();
    while let Some(array) = arrays.pop() {
        // SAFETY: the caller's promise; the tag determines the layout of the
        // elements.
        unsafe {
            let data = content(&array);
            if array.ownership == abi::TRANSFERRED {
                buffers.extend(take(array.payload.object));
            }
            if holds_slots(&array) {
                for element in elements::<abi::Value>(data, array.length) {
                    if element.ty & abi::ARRAY == 0 {
                        discard(element);
                    } else {
                        arrays.push(*element);
                    }
                }
            } else if array.ty & (abi::HANDLE | abi::CALLABLE) != 0 {
                let objects = elements::<*mut abi::Object>(data, array.length);
                objects.iter().for_each(|object| drop(take(*object)));
            }
        }
    }
}

/// The address of an array's elements: in its slot, or in a transferred buffer. A null array
/// has none.
///
/// # Safety
/// `array` must be valid.
pub(crate) unsafe fn content(array: &abi::Value) -> *const c_void {
    // SAFETY: the ownership selects the union's member.
    unsafe {
        if array.ownership != abi::TRANSFERRED {
            return array.payload.data;
        }
        let buffer = NonNull::new(array.payload.object.cast::<abi::Buffer>());
        buffer.map_or(null(), |buffer| buffer.as_ref().data)
    }
}

/// Whether the elements of an array are slots.
pub(crate) fn holds_slots(array: &abi::Value) -> bool {
    array.dims > 1 || Type::from_raw(array.ty).element() == Type::ANY
}

/// # Safety
/// A non-null object must be live; one reference to it is given up.
unsafe fn take(object: *mut abi::Object) -> Option<Handle> {
    // SAFETY: the caller's promise.
    NonNull::new(object).map(|object| unsafe { Handle::take_raw(object) })
}

/// Slots that own something for the duration of a call, which is released on drop.
///
/// They point into the arena of the frame that they were made for, and cannot outlive it:
///
/// ```compile_fail
/// # use metaffi_value::{CallFrame, OwnedSlots};
/// let mut outer = None;
/// CallFrame::with(|frame| outer = Some(OwnedSlots::of(&frame)));
/// ```
pub struct OwnedSlots<'frame> {
    slots: SmallVec<[abi::Value; 4]>,
    frame: PhantomData<&'frame mut ()>,
}

impl<'frame> OwnedSlots<'frame> {
    /// No slots yet, for a call with this frame.
    #[inline]
    #[must_use]
    pub fn of(_: &CallFrame<'frame>) -> Self {
        Self { slots: SmallVec::new(), frame: PhantomData }
    }

    /// Takes over what a slot owns.
    ///
    /// # Safety
    /// `slot` must be valid as long as the frame, and own its objects; nothing else may
    /// release them.
    #[inline]
    pub unsafe fn push(&mut self, slot: abi::Value) {
        self.slots.push(slot);
    }
}

impl Deref for OwnedSlots<'_> {
    type Target = [abi::Value];
    #[inline]
    fn deref(&self) -> &[abi::Value] {
        &self.slots
    }
}

impl Drop for OwnedSlots<'_> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: `push` took them over, and their frame still lives.
        self.slots.iter().for_each(|slot| unsafe { discard(slot) });
    }
}
