//! Lowers the results of a Python function into the caller's frame.

use metaffi_abi as abi;
use metaffi_value::{Error, GuestFrame, discard};
use pyo3::ffi;
use smallvec::SmallVec;

use crate::error::take_raised;
use crate::function::Declared;
use crate::lower::{
    KeepAlive, LowerError, Lowering, Mode, describe, located, lower, lower_to, own_handle,
};

/// Results that need no allocation.
const INLINE: usize = 8;

/// Lowers a result: nothing, one value, or the items of a tuple or list.
///
/// # Safety
/// `result` is live and the GIL is held.
#[inline(always)]
pub(crate) unsafe fn give(
    result: *mut ffi::PyObject,
    declared: &[Declared],
    frame: &mut GuestFrame<'_>,
) -> Result<(), LowerError> {
    match declared {
        [] => Ok(()),
        [one] => {
            let place = frame.place(0)?;
            let mut keep_alive = KeepAlive::new();
            let mut out = Lowering { arena: frame, keep_alive: &mut keep_alive, mode: Mode::Give };
            // SAFETY: the caller's promises.
            unsafe { lower_to(place, one, result, &mut out) }
        }
        // SAFETY: the caller's promises.
        many => unsafe { give_many(result, many, frame) },
    }
}

/// Gives a result as an object, even if other languages have a value for it.
///
/// # Safety
/// As [`give`].
pub(crate) unsafe fn give_object(
    result: *mut ffi::PyObject,
    frame: &mut GuestFrame<'_>,
) -> Result<(), LowerError> {
    let mut keep_alive = KeepAlive::new();
    let mut out = Lowering { arena: &mut *frame, keep_alive: &mut keep_alive, mode: Mode::Give };
    // SAFETY: the caller's promises: a live object, under the GIL.
    let handle = unsafe { own_handle(result, &mut out) };
    Ok(frame.set(0, handle)?)
}

/// # Safety
/// As [`give`].
#[inline(never)]
unsafe fn give_many(
    result: *mut ffi::PyObject,
    declared: &[Declared],
    frame: &mut GuestFrame<'_>,
) -> Result<(), LowerError> {
    let mut keep_alive = KeepAlive::new();
    let mut slots: SmallVec<[abi::Value; INLINE]> = SmallVec::new();
    // SAFETY: the caller's promises.
    let outcome = unsafe {
        items(result, declared.len()).and_then(|items| {
            for (declared, item) in declared.iter().zip(items) {
                let mut out =
                    Lowering { arena: frame, keep_alive: &mut keep_alive, mode: Mode::Give };
                slots.push(lower(declared, item, &mut out)?);
            }
            Ok(())
        })
    };
    if let Err(error) = outcome {
        // SAFETY: lowered above, and nothing else uses them.
        slots.iter().for_each(|slot| unsafe { discard(slot) });
        return Err(error);
    }
    Ok(slots.into_iter().enumerate().try_for_each(|(index, slot)| frame.set(index, slot))?)
}

/// The `count` items of a tuple, borrowed.
///
/// # Safety
/// `result` is live and the GIL is held.
unsafe fn items(
    result: *mut ffi::PyObject,
    count: usize,
) -> Result<SmallVec<[*mut ffi::PyObject; INLINE]>, LowerError> {
    // SAFETY: the caller's promises.
    unsafe {
        if ffi::PyTuple_Check(result) == 0 || ffi::PyTuple_Size(result) as usize != count {
            let got = describe(result);
            return Err(LowerError::refused(format!(
                "expected a tuple of {count} results, got {got}"
            )));
        }
        Ok((0..count).map(|i| ffi::PyTuple_GetItem(result, i as ffi::Py_ssize_t)).collect())
    }
}

/// The error of a result that was not lowered.
///
/// # Safety
/// The GIL is held.
#[cold]
pub(crate) unsafe fn refused(error: LowerError, whose: &str) -> Error {
    match error {
        // SAFETY: the caller's promise.
        LowerError::Raised => unsafe { take_raised() },
        LowerError::Refused(error) => located(*error, format_args!("result of {whose}")),
    }
}

/// The error of arguments that cannot be passed.
///
/// # Safety
/// The GIL is held.
#[cold]
pub(crate) unsafe fn argument_refused(error: LowerError, path: &str) -> Error {
    match error {
        // SAFETY: the caller's promise.
        LowerError::Raised => unsafe { take_raised() },
        LowerError::Refused(error) => located(*error, format_args!("`{path}`")),
    }
}
