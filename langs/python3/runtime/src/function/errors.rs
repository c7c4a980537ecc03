//! How a module chooses the exception to raise for its guest's exceptions.
//!
//! The module's function is called only after a call failed. Functions that a call
//! returns use that of the entity that was called.

use core::cell::Cell;
use core::ptr::null;
use std::sync::Arc;

use crate::shared::Own;

/// A function of the exception's type and the `MetaFFIError`, which returns the
/// exception to raise, or `None`.
#[derive(Clone)]
pub(crate) struct Errors {
    resolve: Arc<Own>,
    /// Whether objects that the calls return are used like Python's own.
    is_natural: bool,
}

thread_local! {
    /// The errors of the call whose results are being lifted.
    static INHERITED: Cell<*const Errors> = const { Cell::new(null()) };
}

impl Errors {
    pub(crate) fn new(resolve: Own) -> Self {
        Self { resolve: Arc::new(resolve), is_natural: false }
    }

    /// For a call whose objects are used like Python's own.
    pub(crate) fn natural(resolve: Own) -> Self {
        Self { resolve: Arc::new(resolve), is_natural: true }
    }

    /// Whether objects are used like Python's own.
    pub(crate) const fn are_natural(&self) -> bool {
        self.is_natural
    }

    /// Whether objects of the call whose results are being lifted are used like Python's own.
    #[inline]
    pub(crate) fn is_natural() -> bool {
        // SAFETY: `with_inherited` leaves it there only as long as it is borrowed.
        unsafe { INHERITED.get().as_ref() }.is_some_and(|errors| errors.is_natural)
    }

    /// Whether results of a call with such a function are being lifted.
    #[inline]
    pub(super) fn is_inherited() -> bool {
        !INHERITED.get().is_null()
    }

    /// The function.
    pub(crate) fn resolve(&self) -> &Own {
        &self.resolve
    }

    /// For a function among the results that are being lifted.
    pub(super) fn of_result() -> Option<Self> {
        // SAFETY: `with_inherited` leaves it there only as long as it is borrowed.
        unsafe { INHERITED.get().as_ref() }.cloned()
    }

    /// Runs `lift`; functions that it makes use `errors` too.
    pub(crate) fn with_inherited<T>(errors: Option<&Self>, lift: impl FnOnce() -> T) -> T {
        struct Restored(*const Errors);
        impl Drop for Restored {
            fn drop(&mut self) {
                INHERITED.set(self.0);
            }
        }
        let Some(errors) = errors else { return lift() };
        let _before = Restored(INHERITED.replace(errors));
        lift()
    }
}
