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
pub(crate) struct Errors(Arc<Own>);

thread_local! {
    /// That of the call whose results are being lifted.
    static HANDED_ON: Cell<*const Errors> = const { Cell::new(null()) };
}

impl Errors {
    pub(crate) fn new(resolve: Own) -> Self {
        Self(Arc::new(resolve))
    }

    /// The function.
    pub(crate) fn resolve(&self) -> &Own {
        &self.0
    }

    /// Of a function that is a result of the call that is being lifted.
    pub(super) fn of_result() -> Option<Self> {
        // SAFETY: `hand_on` leaves it there only as long as it is borrowed.
        unsafe { HANDED_ON.get().as_ref() }.cloned()
    }

    /// Runs `lift`, which makes functions that ask this one, too.
    pub(super) fn hand_on<T>(errors: Option<&Self>, lift: impl FnOnce() -> T) -> T {
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
