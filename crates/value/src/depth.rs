//! How deeply values nest: arrays in arrays.
//!
//! What lowers or lifts an array recurses into those in it, so there is a limit, and one for all:
//! whoever lowers refuses what is deeper, and so does whoever lifts, for the other side may be
//! anybody's.

use metaffi_abi as abi;

use crate::discard::{content, holds_slots};
use crate::error::{Error, ErrorKind};
use crate::stack;
use crate::text::elements;

/// How many arrays there are around something; [`abi::MAX_DEPTH`] at most.
#[derive(Clone, Copy, Debug, Default)]
pub struct Depth(u32);

impl Depth {
    /// The depth inside of an array that stands here.
    ///
    /// # Errors
    /// `Argument` when no array may stand here, or the thread's stack has no room for one.
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

    /// The depth outside of the array that this is inside of.
    #[inline]
    #[must_use]
    pub const fn outside(self) -> Self {
        Self(self.0.saturating_sub(1))
    }
}

/// So deep that nobody runs out of stack.
const SHALLOW: u32 = 8;

/// What all errors of this begin with.
const TOO_DEEP: &str = "the value is nested too deeply";

#[cold]
fn too_deep() -> Error {
    let most = abi::MAX_DEPTH;
    let message = format!(
        "{TOO_DEEP}, or holds itself: at most {most} arrays may lie one in the other; pass it as \
         a handle"
    );
    Error::new(ErrorKind::Argument, message)
}

/// Refuses to go one array deeper when the thread's stack has no room for it.
///
/// # Errors
/// `Argument` when it has none.
#[inline]
pub fn check_room() -> Result<(), Error> {
    if stack::has_room() { Ok(()) } else { Err(no_room()) }
}

#[cold]
fn no_room() -> Error {
    let message =
        format!("{TOO_DEEP} for the stack of this thread; call from one with a larger stack");
    Error::new(ErrorKind::Argument, message)
}

impl Error {
    /// Says which element of an array it is about. Where a value is nested too deeply that would
    /// be hundreds of times the same.
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

/// Refuses a slot that is nested too deeply, without recursion: for whoever lifts it by code that
/// does not count.
///
/// # Errors
/// `Argument` when it is.
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
