//! The nesting depth of values: arrays in arrays.
//!
//! Lowering and lifting recurse into nested arrays, so there is one limit for all of them.
//! Lowering refuses deeper values, and so does lifting, since the other side may not follow the
//! limit.

use metaffi_abi as abi;

use crate::discard::{content, holds_slots};
use crate::error::{Error, ErrorKind};
use crate::stack;
use crate::text::elements;

/// The number of arrays around a value; [`abi::MAX_DEPTH`] at most.
#[derive(Clone, Copy, Debug, Default)]
pub struct Depth(u32);

impl Depth {
    /// The depth inside an array at this depth.
    ///
    /// # Errors
    /// `Argument` when an array at this depth is too deep, or when the thread's stack has
    /// no room for it.
    #[inline]
    pub fn inside(self) -> Result<Self, Error> {
        if self.0 >= SHALLOW {
            self.check()?;
        }
        Ok(Self(self.0 + 1))
    }

    #[cold]
    fn check(self) -> Result<(), Error> {
        if self.0 >= abi::MAX_DEPTH { Err(too_deep()) } else { check_room() }
    }

    /// The depth outside the array that this is inside of.
    #[inline]
    #[must_use]
    pub const fn outside(self) -> Self {
        Self(self.0.saturating_sub(1))
    }
}

/// A depth that fits on any stack.
const SHALLOW: u32 = 8;

/// The start of all such errors.
const TOO_DEEP: &str = "the value is nested too deeply";

#[cold]
fn too_deep() -> Error {
    let most = abi::MAX_DEPTH;
    let message = format!(
        "{TOO_DEEP}, or contains itself: at most {most} arrays may be nested; pass it as a handle"
    );
    Error::new(ErrorKind::Argument, message)
}

/// Refuses to descend into another array when the thread's stack has no room
/// for it.
///
/// # Errors
/// `Argument` when there is no room.
#[inline]
pub fn check_room() -> Result<(), Error> {
    if stack::has_room() { Ok(()) } else { Err(no_room()) }
}

#[cold]
fn no_room() -> Error {
    let message =
        format!("{TOO_DEEP} for the stack of this thread; call from a thread with a larger stack");
    Error::new(ErrorKind::Argument, message)
}

impl Error {
    /// Names the element of an array that the error is about. Omitted for a value that is nested
    /// too deeply, where it would repeat hundreds of times.
    #[cold]
    #[must_use]
    pub fn in_element(self, index: usize) -> Self {
        if self.message.starts_with(TOO_DEEP) {
            return self;
        }
        let message = format!("element {index}: {}", self.message);
        self.with_message(message)
    }
}

/// Refuses a slot that is nested too deeply, without recursion: for code that lifts it without
/// counting.
///
/// # Errors
/// `Argument` when it is nested too deeply.
///
/// # Safety
/// `slot` must be valid.
#[inline]
pub unsafe fn check_depth(slot: &abi::Value) -> Result<(), Error> {
    if slot.ty & abi::ARRAY == 0 || !holds_slots(slot) {
        return Ok(());
    }
    // SAFETY: the caller's promise.
    unsafe { check_arrays(slot) }
}

/// # Safety
/// As [`check_depth`].
#[cold]
unsafe fn check_arrays(slot: &abi::Value) -> Result<(), Error> {
    let mut arrays = vec![(slot, Depth::default().inside()?)];
    while let Some((array, depth)) = arrays.pop() {
        if !holds_slots(array) {
            continue;
        }
        // SAFETY: the caller's promise; the tag says that the elements are slots.
        for element in unsafe { elements::<abi::Value>(content(array), array.length) } {
            if element.ty & abi::ARRAY != 0 {
                arrays.push((element, depth.inside()?));
            }
        }
    }
    Ok(())
}
