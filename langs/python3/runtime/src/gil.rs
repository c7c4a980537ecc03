//! Taking the GIL, on threads of any language.
//!
//! A thread that Python has never seen gets a thread state at its first entry
//! and keeps it until it ends: making one for each entry costs three times what
//! taking the GIL does. A thread that Python knows, because Python or another
//! bridge started it, is entered by its own state and left as it was.
//!
//! A thread enters only while it does not hold the GIL: every host releases it.

use core::cell::Cell;
use core::ptr::null_mut;

use metaffi_plugin::AtThreadEnd;
use pyo3::ffi;

use crate::base_frame;
use crate::process::Visit;
use crate::shared::Own;

thread_local! {
    /// The state that we made for this thread, or null.
    static OWN: Cell<*mut ffi::PyThreadState> = const { Cell::new(null_mut()) };
}

/// Gives the GIL back, also when the body panics.
enum Leave {
    Own,
    Borrowed(ffi::PyGILState_STATE),
}

impl Drop for Leave {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: undoes what `with_gil` or `enter_first` did on this thread.
        unsafe {
            match self {
                Self::Own => _ = ffi::PyEval_SaveThread(),
                Self::Borrowed(state) => ffi::PyGILState_Release(*state),
            }
        }
    }
}

/// Runs `body` under the GIL.
#[inline]
pub(crate) fn with_gil<R>(body: impl FnOnce() -> R) -> R {
    let own = OWN.get();
    let _leave = if own.is_null() {
        enter_first()
    } else {
        // SAFETY: this thread's state; the thread does not hold the GIL.
        unsafe { ffi::PyEval_RestoreThread(own) };
        Leave::Own
    };
    body()
}

#[cold]
fn enter_first() -> Leave {
    // SAFETY: the interpreter runs for as long as the process.
    unsafe {
        let known = !ffi::PyGILState_GetThisThreadState().is_null();
        let state = ffi::PyGILState_Ensure();
        if known {
            return Leave::Borrowed(state);
        }
        // It is not released, so that the state stays.
        OWN.set(ffi::PyThreadState_Get());
        base_frame::lay();
        AT_END.arm();
    }
    Leave::Own
}

/// Keeps the state of the thread that initialised the interpreter, which holds
/// the GIL now. It lives as long as the process.
pub(crate) fn adopt() {
    // SAFETY: the GIL is held, by the state that stays this thread's.
    unsafe {
        OWN.set(ffi::PyThreadState_Get());
        base_frame::lay();
    }
}

/// Takes the GIL for good: the process ends, and nothing else of Python is to
/// run meanwhile. This thread may still enter.
pub(crate) fn keep() {
    // From now on it is entered as one that Python knows, which may hold the GIL.
    OWN.set(null_mut());
    // SAFETY: the interpreter runs for as long as the process.
    unsafe { ffi::PyGILState_Ensure() };
}

static AT_END: AtThreadEnd = AtThreadEnd::new(end);

/// Ends the state that was made for this thread, which ends and does not hold
/// the GIL. What is queued to be released, and what `threading.local` holds for
/// the thread, is left to another one: a finaliser may lead into the language
/// that this thread was of, and to Go a thread is dead by now.
fn end() {
    let state = OWN.replace(null_mut());
    if state.is_null() {
        return; // the process ends, see `keep`
    }
    let Some(_visit) = Visit::if_open() else {
        return; // the interpreter may be gone; the system frees it all
    };
    // SAFETY: this thread's own state, which is not used again.
    // `PyGILState_Release` would look it up in a thread-local of its own, which
    // may be cleared by now.
    unsafe {
        ffi::PyEval_RestoreThread(state);
        base_frame::take_away();
        let locals = locals();
        ffi::PyThreadState_Clear(state);
        ffi::PyEval_SaveThread();
        ffi::PyThreadState_Delete(state);
        drop(locals);
    }
}

/// What `threading.local` holds for this thread, if it holds something.
///
/// # Safety
/// The GIL is held.
unsafe fn locals() -> Option<Own> {
    // SAFETY: the caller's promise; a borrowed dict, or null.
    unsafe {
        let dict = ffi::PyThreadState_GetDict();
        (!dict.is_null() && ffi::PyDict_Size(dict) > 0).then(|| Own::of(dict))
    }
}
