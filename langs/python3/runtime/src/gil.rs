//! Takes the GIL, on threads of any language.
//!
//! A thread that Python has never seen gets a thread state at its first entry
//! and keeps it until it ends: making one for each entry would cost three times
//! as much as taking the GIL. A thread that Python knows, because Python or
//! another bridge started it, enters with its own state and leaves it unchanged.
//!
//! A thread enters only while it does not hold the GIL: every host releases it.

use core::cell::Cell;
use core::ptr::null_mut;

use metaffi_plugin::{AtThreadEnd, stack_bounds, stack_pointer};
use metaffi_value::{Error, ErrorKind};
use pyo3::exceptions::PyRecursionError;
use pyo3::ffi;

use crate::error::take_raised;
use crate::process::{Visit, attached};
use crate::recursion::{self, RESERVE, Taken};
use crate::shared::Own;
use crate::{base_frame, thread_names};

thread_local! {
    static THREAD: Thread = const {
        Thread { own: Cell::new(null_mut()), mark: Cell::new(0), stack: Cell::new(None) }
    };
}

struct Thread {
    /// The state that we made for this thread, or null.
    own: Cell<*mut ffi::PyThreadState>,
    /// Below this address, Python's limits are adjusted to the rest of the stack.
    mark: Cell<usize>,
    /// The bounds of the stack; empty if they are unknown, `None` before the first use.
    stack: Cell<Option<(usize, usize)>>,
}

/// A thread with less than this is not let in at all.
const SMALLEST_ROOM: usize = RESERVE + (32 << 10);
/// CPython assumes 8 MiB; its limits are right with a little less.
const ENOUGH: usize = 7 << 20;
/// How much deeper a thread may get before its limits are adjusted again. The reserve is
/// large enough for that.
const STEP: usize = 48 << 10;

impl Thread {
    /// The end of the stack that this thread runs on; `None` if it is unknown, as on a stack
    /// that a program has allocated itself.
    fn end(&self) -> Option<usize> {
        let (start, end) = self.stack.get().unwrap_or_else(|| {
            let bounds = stack_bounds().unwrap_or_default();
            self.stack.set(Some((bounds.start, bounds.end)));
            (bounds.start, bounds.end)
        });
        (start..end).contains(&stack_pointer()).then_some(start)
    }

    /// The bytes left on the stack; `usize::MAX` if that is unknown.
    fn room(&self) -> usize {
        self.end().map_or(usize::MAX, |end| stack_pointer() - end)
    }

    /// Refuses a thread that has too little left for Python to raise an error.
    fn check_room(&self) -> Result<usize, Error> {
        let room = self.room();
        if room >= SMALLEST_ROOM {
            return Ok(room);
        }
        Err(out_of_stack(room))
    }

    /// Sets the address below which the limits are adjusted again.
    fn mark_below(&self) {
        let mark = self.end().map_or(0, |end| (stack_pointer() - STEP).min(end + ENOUGH));
        self.mark.set(mark);
    }
}

/// The error of a thread with too little stack: Python's own, if there is enough to raise it.
#[cold]
fn out_of_stack(room: usize) -> Error {
    let message = format!(
        "maximum recursion depth exceeded: {} KiB of this thread's stack are left, and Python \
         needs at least {} KiB; start the thread with a larger stack",
        room / 1024,
        SMALLEST_ROOM / 1024
    );
    // SAFETY: the interpreter runs for as long as the process; a thread that it
    // knows may take the GIL, and gives it back.
    unsafe {
        if room < SMALLEST_ROOM / 2 || ffi::PyGILState_GetThisThreadState().is_null() {
            let error = Error::new(ErrorKind::Guest, message);
            return error.in_language("python3").with_type("RecursionError");
        }
        let state = ffi::PyGILState_Ensure();
        attached(|py| PyRecursionError::new_err(message).restore(py));
        let error = take_raised();
        ffi::PyGILState_Release(state);
        error
    }
}

/// How the GIL is released, also when the body panics.
enum Leave {
    Own,
    /// The limits and the mark were lowered, and are restored.
    Deep(Taken, usize),
    Borrowed(ffi::PyGILState_STATE, Taken),
}

impl Drop for Leave {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: undoes what `with_gil` or `enter_first` did on this thread.
        unsafe {
            match self {
                Self::Own => _ = ffi::PyEval_SaveThread(),
                Self::Deep(taken, mark) => {
                    THREAD.with(|thread| thread.mark.set(*mark));
                    taken.give_back(ffi::PyThreadState_Get());
                    ffi::PyEval_SaveThread();
                }
                Self::Borrowed(state, taken) => {
                    if taken.is_some() {
                        taken.give_back(ffi::PyThreadState_Get());
                    }
                    ffi::PyGILState_Release(*state);
                }
            }
        }
    }
}

/// Runs `body` under the GIL.
///
/// # Errors
/// What `body` returns, or that too little of the thread's stack is left.
#[inline]
pub(crate) fn with_gil<R>(body: impl FnOnce() -> Result<R, Error>) -> Result<R, Error> {
    let (own, mark) = THREAD.with(|thread| (thread.own.get(), thread.mark.get()));
    let _leave = if own.is_null() {
        THREAD.with(enter_without_own)?
    } else if stack_pointer() < mark {
        THREAD.with(|thread| enter_deep(thread, own))?
    } else {
        // SAFETY: this thread's state; the thread does not hold the GIL.
        unsafe { ffi::PyEval_RestoreThread(own) };
        Leave::Own
    };
    body()
}

/// Enters with Python's own state on a thread that Python knows, such as those of a Python
/// program; otherwise enters a thread for the first time.
#[inline(never)]
fn enter_without_own(thread: &Thread) -> Result<Leave, Error> {
    let room = thread.check_room()?;
    // SAFETY: the interpreter runs for as long as the process.
    unsafe {
        if ffi::PyGILState_GetThisThreadState().is_null() {
            enter_first(thread, room);
            return Ok(Leave::Own);
        }
        let state = ffi::PyGILState_Ensure();
        // Python's own limits apply again after the call.
        let taken = match room < ENOUGH {
            true => recursion::lower(ffi::PyThreadState_Get(), room),
            false => Taken::none(),
        };
        Ok(Leave::Borrowed(state, taken))
    }
}

/// # Safety
/// The interpreter runs, and does not know the thread.
#[cold]
unsafe fn enter_first(thread: &Thread, room: usize) {
    let name = thread_names::of_others();
    // SAFETY: the caller's promises. The state is kept, so it is not released.
    unsafe {
        ffi::PyGILState_Ensure();
        own(thread, ffi::PyThreadState_Get(), room);
        base_frame::push();
        if let Some(name) = name {
            thread_names::take_over(&name);
        }
    }
    AT_END.arm();
}

/// Keeps the state of this thread, with limits for its stack.
///
/// # Safety
/// `state` is this thread's, and the GIL is held.
unsafe fn own(thread: &Thread, state: *mut ffi::PyThreadState, room: usize) {
    if room < ENOUGH {
        // SAFETY: the caller's promises. The limits are not restored.
        unsafe { recursion::lower(state, room) };
    }
    thread.own.set(state);
    thread.mark_below();
}

/// Enters Python from deep within other languages, which have used much of the stack that
/// Python's limits assume.
#[cold]
fn enter_deep(thread: &Thread, own: *mut ffi::PyThreadState) -> Result<Leave, Error> {
    let (room, before) = (thread.check_room()?, thread.mark.get());
    thread.mark_below();
    // SAFETY: this thread's state; the thread does not hold the GIL.
    unsafe {
        ffi::PyEval_RestoreThread(own);
        Ok(Leave::Deep(recursion::lower(own, room), before))
    }
}

/// Keeps the state of the thread that initialised the interpreter, which holds
/// the GIL now. It lives as long as the process.
pub(crate) fn adopt() {
    // SAFETY: the GIL is held, by the state that this thread keeps.
    THREAD.with(|thread| unsafe { own(thread, ffi::PyThreadState_Get(), thread.room()) });
    // SAFETY: as above.
    unsafe { base_frame::push() };
}

/// Takes the GIL for good: the process ends, and no other Python code may run
/// meanwhile. This thread may still enter.
pub(crate) fn keep() {
    // From now on it enters like a thread that Python knows, which may hold the GIL.
    THREAD.with(|thread| thread.own.set(null_mut()));
    // SAFETY: the interpreter runs for as long as the process.
    unsafe { ffi::PyGILState_Ensure() };
}

static AT_END: AtThreadEnd = AtThreadEnd::new(end);

/// Deletes the state of this thread, which is ending and does not hold the GIL.
/// Queued releases, and the thread's values in `threading.local`, are left to
/// another thread: a finalizer may call into the language that this thread belongs
/// to, and Go considers the thread dead by now.
fn end() {
    let state = THREAD.with(|thread| thread.own.replace(null_mut()));
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
        thread_names::forget();
        base_frame::pop();
        let locals = locals();
        ffi::PyThreadState_Clear(state);
        ffi::PyEval_SaveThread();
        ffi::PyThreadState_Delete(state);
        drop(locals);
    }
}

/// The thread's values in `threading.local`, if there are any.
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
