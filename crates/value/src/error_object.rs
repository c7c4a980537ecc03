//! Errors passed as values: an exception that a function receives as an
//! argument or returns, as opposed to raising it.

use core::ptr::NonNull;

use metaffi_abi as abi;

use crate::counted::allocate;
use crate::exact::ExactKind;
use crate::object::{Handle, Owner};
use crate::stack_trace::Keeper;
use crate::{Error, Exact};

/// An object's raw error, which is released with the object.
struct OwnedError(NonNull<abi::Error>);

impl Drop for OwnedError {
    fn drop(&mut self) {
        // SAFETY: `into_raw` returned the only reference.
        unsafe { (self.0.as_ref().release)(self.0) };
    }
}

/// Makes an object of an error that is passed as a value; `None` if the error
/// has no exception object. `owner` makes the object and counts it. The object
/// has the owner and the data of the exception, so its own language receives
/// that exception.
#[must_use]
pub fn new_error_object(owner: Owner, error: Error) -> Option<Handle> {
    let original = error.original.clone()?;
    if is_error(&original) {
        return Some(original); // it was passed as this object
    }
    let (home, data, object) = (original.owner(), original.data(), original.as_raw());
    let raw_error = error.into_raw();
    // SAFETY: just made; the text is borrowed from it, as the object's text may
    // be.
    let text = unsafe { raw_error.as_ref() }.message;
    let raw = |base| abi::ErrorObject {
        base: abi::ExactObject {
            base: abi::Object { owner: home, ..base },
            kind: abi::EXACT_ERROR,
            reserved: 0,
            text,
            object,
        },
        error: raw_error,
    };
    let made = allocate(owner, data, OwnedError(raw_error), raw, |_, _| {});
    // SAFETY: `allocate` returns one reference.
    Some(unsafe { Handle::take_raw(made) })
}

fn is_error(object: &Handle) -> bool {
    object.exact().is_some_and(|exact| exact.kind == ExactKind::Error)
}

impl Handle {
    /// The error that the object is, if another runtime passed an error as a
    /// value. The error's `original` is this object.
    #[must_use]
    pub fn error(&self) -> Option<Error> {
        // SAFETY: the handle keeps the object alive.
        unsafe { Error::of_object(self.as_raw()) }
    }
}

impl Error {
    /// The error that an object is. See [`Handle::error`].
    ///
    /// # Safety
    /// `object` must be live.
    #[must_use]
    pub unsafe fn of_object(object: NonNull<abi::Object>) -> Option<Self> {
        // SAFETY: the caller's promise.
        if unsafe { Exact::of(object) }?.kind != ExactKind::Error {
            return None;
        }
        // SAFETY: the caller's promise.
        let original = unsafe { Handle::retain_raw(object) };
        // SAFETY: the kind determines the struct; the error lives as long as the object.
        let error = unsafe {
            let raw = object.cast::<abi::ErrorObject>().as_ref().error;
            Self::lift_with_keeper(raw, &Keeper::of_object(original.clone()))
        };
        Some(error.with_original(original))
    }
}

#[cfg(test)]
mod tests {
    use core::ffi::c_void;
    use core::sync::atomic::AtomicI64;

    use super::*;
    use crate::ErrorKind;
    use crate::object::{ObjectData, new_object};

    struct Exception;
    impl ObjectData for Exception {
        fn data(&self) -> *mut c_void {
            core::ptr::dangling_mut()
        }
    }

    #[test]
    fn an_error_passed_as_a_value_returns_as_its_exception() {
        static HOME: AtomicI64 = AtomicI64::new(0);
        static PASSED_ON: AtomicI64 = AtomicI64::new(0);
        let home = Owner::unregistered(7, &HOME);
        let other = Owner::unregistered(8, &PASSED_ON);
        let exception = new_object(home, Exception);
        let error = Error::new(ErrorKind::Guest, "no")
            .with_type("java.io.IOException")
            .with_cause(Error::new(ErrorKind::Guest, "disk full"))
            .with_original(exception.clone());
        let object = new_error_object(other, error.clone()).unwrap();
        assert_eq!((object.owner(), &object), (7, &exception));
        let received = object.error().unwrap();
        assert_eq!(received.to_string(), "java.io.IOException: no");
        assert_eq!(received, error);
        let again = new_error_object(home, received).unwrap();
        assert_eq!(
            again.as_raw(),
            object.as_raw(),
            "a received error object is passed on unchanged"
        );
        drop((again, object, exception, error));
        assert_eq!((home.live_objects(), other.live_objects()), (0, 0));
    }

    #[test]
    fn other_objects_are_not_errors() {
        static LIVE: AtomicI64 = AtomicI64::new(0);
        let owner = Owner::unregistered(7, &LIVE);
        let plain = new_object(owner, Exception);
        assert_eq!(plain.error(), None);
        assert_eq!(new_error_object(owner, Error::new(ErrorKind::Argument, "ours")), None);
    }
}
