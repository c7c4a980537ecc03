//! What a module raises for its guest's exceptions, where that is no `MetaFFIError`.
//!
//! It is asked only after a call failed. Functions that a call results in ask the
//! one of the entity that was called.

use core::cell::Cell;
use core::ptr::null;
use std::sync::Arc;

use crate::shared::Own;

/// A function of the exception's type and the `MetaFFIError`, which returns the
/// exception to raise, or `None`.
#[derive(Clone)]
pub(crate) struct Errors {
    resolve: Arc<Own>,
    /// Whether objects that the calls result in are used as Python's own.
    is_natural: bool,
}

thread_local! {
    /// That of the call whose results are being lifted.
    static HANDED_ON: Cell<*const Errors> = const { Cell::new(null()) };
}

impl Errors {
    pub(crate) fn new(resolve: Own) -> Self {
        Self { resolve: Arc::new(resolve), is_natural: false }
    }

    /// Those of a call whose objects are used as Python's own.
    pub(crate) fn natural(resolve: Own) -> Self {
        Self { resolve: Arc::new(resolve), is_natural: true }
    }

    /// Whether they are such.
    pub(crate) const fn are_natural(&self) -> bool {
        self.is_natural
    }

    /// Whether the call whose results are being lifted is such a one.
    #[inline]
    pub(crate) fn is_natural() -> bool {
        // SAFETY: `hand_on` leaves it there only as long as it is borrowed.
        unsafe { HANDED_ON.get().as_ref() }.is_some_and(|errors| errors.is_natural)
    }

    /// Whether results of a call that has such are being lifted.
    #[inline]
    pub(super) fn is_handed_on() -> bool {
        !HANDED_ON.get().is_null()
    }

    /// The function.
    pub(crate) fn resolve(&self) -> &Own {
        &self.resolve
    }

    /// Of a function that is a result of the call that is being lifted.
    pub(super) fn of_result() -> Option<Self> {
        // SAFETY: `hand_on` leaves it there only as long as it is borrowed.
        unsafe { HANDED_ON.get().as_ref() }.cloned()
    }

    /// Runs `lift`, which makes functions that ask this one, too.
    pub(crate) fn hand_on<T>(errors: Option<&Self>, lift: impl FnOnce() -> T) -> T {
        struct Restored(*const Errors);
        impl Drop for Restored {
            fn drop(&mut self) {
                HANDED_ON.set(self.0);
            }
        }
        let Some(errors) = errors else { return lift() };
        let _before = Restored(HANDED_ON.replace(errors));
        lift()
    }
}
