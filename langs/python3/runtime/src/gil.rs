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

use pyo3::ffi;

use crate::process::Visit;
use crate::releases;

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
        at_thread_exit::arm(OWN.get());
    }
    Leave::Own
}

/// Keeps the state of the thread that initialised the interpreter, which holds
/// the GIL now. It lives as long as the process.
pub(crate) fn adopt() {
    // SAFETY: the GIL is held.
    OWN.set(unsafe { ffi::PyThreadState_Get() });
}

/// Takes the GIL for good: the process ends, and nothing else of Python is to
/// run meanwhile. This thread may still enter.
pub(crate) fn keep() {
    // From now on it is entered as one that Python knows, which may hold the GIL.
    OWN.set(null_mut());
    // SAFETY: the interpreter runs for as long as the process.
    unsafe { ffi::PyGILState_Ensure() };
}

/// Ends the state that was made for a thread.
///
/// # Safety
/// It is this thread's, which ends and does not hold the GIL.
unsafe fn end(state: *mut ffi::PyThreadState) {
    OWN.set(null_mut());
    let Some(_visit) = Visit::if_open() else {
        return; // the interpreter may be gone; the system frees it all
    };
    // SAFETY: the caller's promise. `PyGILState_Release` would look the state up
    // in a thread-local of its own, which may be cleared by now.
    unsafe {
        ffi::PyEval_RestoreThread(state);
        releases::drain();
        ffi::PyThreadState_Clear(state);
        ffi::PyEval_SaveThread();
        ffi::PyThreadState_Delete(state);
    }
}

/// A POSIX key rather than a thread-local with a destructor: it runs after
/// those, and not for the thread that calls `exit`.
#[cfg(unix)]
mod at_thread_exit {
    use core::ffi::c_void;
    use std::sync::OnceLock;

    use pyo3::ffi::PyThreadState;

    static KEY: OnceLock<Option<libc::pthread_key_t>> = OnceLock::new();

    unsafe extern "C" fn destructor(state: *mut c_void) {
        // SAFETY: `arm` gave it this thread's state.
        unsafe { super::end(state.cast()) };
    }

    fn make() -> Option<libc::pthread_key_t> {
        let mut key = 0;
        // SAFETY: `key` is written when the result is 0.
        (unsafe { libc::pthread_key_create(&raw mut key, Some(destructor)) } == 0).then_some(key)
    }

    pub(super) fn arm(state: *mut PyThreadState) {
        if let Some(key) = KEY.get_or_init(make) {
            // SAFETY: a live key.
            unsafe { libc::pthread_setspecific(*key, state.cast()) };
        }
    }
}

#[cfg(not(unix))]
mod at_thread_exit {
    use core::cell::Cell;
    use core::ptr::null_mut;

    use pyo3::ffi::PyThreadState;

    struct Guard(Cell<*mut PyThreadState>);
    impl Drop for Guard {
        fn drop(&mut self) {
            if !self.0.get().is_null() {
                // SAFETY: `arm` gave it this thread's state.
                unsafe { super::end(self.0.get()) };
            }
        }
    }
    thread_local! { static GUARD: Guard = const { Guard(Cell::new(null_mut())) }; }

    pub(super) fn arm(state: *mut PyThreadState) {
        GUARD.with(|guard| guard.0.set(state));
    }
}
