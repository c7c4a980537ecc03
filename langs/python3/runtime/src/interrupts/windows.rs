//! Windows: the C library calls a handler on a thread of its own for Ctrl-C, or on the one that
//! raises the signal; it may do what other code may.

use core::ffi::c_int;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use metaffi_library::image_of;

use super::chained::{PythonHandler, record};
use crate::interpreter;

/// The signals of the C library end before this.
const COUNT: usize = 32;

/// Python's handlers, by the number of the signal.
static BEFORE: [AtomicUsize; COUNT] = [const { AtomicUsize::new(0) }; COUNT];

static POSTED: Mutex<usize> = Mutex::new(0);
static CHANGED: Condvar = Condvar::new();

pub(super) fn begin() {}

/// Waits for a signal.
pub(super) fn wait() {
    let mut posted = posted();
    while *posted == 0 {
        posted = CHANGED.wait(posted).unwrap_or_else(PoisonError::into_inner);
    }
    *posted -= 1;
}

/// Lets the one that waits go on.
pub(super) fn post() {
    *posted() += 1;
    CHANGED.notify_one();
}

fn posted() -> MutexGuard<'static, usize> {
    POSTED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Puts our handler before Python's, if that handles this signal.
pub(super) fn chain(signal: c_int) {
    let Some(place) = usize::try_from(signal).ok().and_then(|index| BEFORE.get(index)) else {
        return;
    };
    // SAFETY: our handler does what a handler may; what was there is put back, or is run by ours.
    unsafe {
        let before = libc::signal(signal, on_signal as *const () as usize);
        match is_pythons(before) {
            true => place.store(before, Ordering::SeqCst),
            false => _ = libc::signal(signal, before),
        }
    }
}

/// Whether a handler is Python's own function.
fn is_pythons(handler: usize) -> bool {
    type SetInterrupt = unsafe extern "C" fn();
    let library = interpreter::library();
    // SAFETY: the type that CPython declares it with.
    let one =
        |python| unsafe { interpreter::symbol::<SetInterrupt>(python, c"PyErr_SetInterrupt") };
    let python = library.as_ref().and_then(one).and_then(|one| image_of(one as usize));
    python.is_some() && image_of(handler) == python
}

unsafe extern "C" fn on_signal(signal: c_int) {
    let before = BEFORE[signal as usize].load(Ordering::SeqCst);
    if before == 0 {
        return;
    }
    // SAFETY: `chain` put a handler of one argument there. The C library took ours away before it
    // called it; Python's installs itself again, and then ours does.
    record(|| unsafe {
        core::mem::transmute::<usize, PythonHandler>(before)(signal);
        libc::signal(signal, on_signal as *const () as usize);
    });
}
