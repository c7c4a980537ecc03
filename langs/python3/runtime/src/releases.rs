//! References to Python objects that other runtimes gave up.
//!
//! Their threads must neither wait for the GIL nor touch the interpreter while
//! it exits. So they push onto a lock-free stack, and whoever has the GIL next
//! empties it: a thread that returns from a call, or the main thread, which is
//! asked to when the first one comes.

use core::ffi::{c_int, c_void};
use core::ptr::{NonNull, null_mut};
use std::sync::atomic::{AtomicPtr, Ordering};

use pyo3::ffi;

use crate::process::unless_exiting;
use crate::shared::{Shared, bury};

static HEAD: AtomicPtr<Shared> = AtomicPtr::new(null_mut());

/// Queues an object whose last reference was given up. Any thread.
pub(crate) fn push(shared: NonNull<Shared>) {
    let mut head = HEAD.load(Ordering::Relaxed);
    loop {
        // SAFETY: nobody else knows `shared` until it is in the stack.
        unsafe { (*shared.as_ptr()).next = head };
        match HEAD.compare_exchange_weak(
            head,
            shared.as_ptr(),
            Ordering::Release,
            Ordering::Relaxed,
        ) {
            Ok(_) => break,
            Err(now) => head = now,
        }
    }
    if head.is_null() {
        // When its list is full, the next return from a call does it.
        // SAFETY: needs no GIL; the gate keeps the interpreter from ending.
        unless_exiting(|| unsafe { ffi::Py_AddPendingCall(Some(drain_pending), null_mut()) });
    }
}

extern "C" fn drain_pending(_: *mut c_void) -> c_int {
    // SAFETY: the interpreter makes pending calls under the GIL.
    unsafe { drain() };
    0
}

/// Gives back what is queued.
///
/// # Safety
/// The GIL is held.
#[inline]
pub(crate) unsafe fn drain() {
    if !HEAD.load(Ordering::Relaxed).is_null() {
        // SAFETY: the caller's promise.
        unsafe { drain_queued() };
    }
}

#[cold]
unsafe fn drain_queued() {
    let mut next = HEAD.swap(null_mut(), Ordering::Acquire);
    while let Some(shared) = NonNull::new(next) {
        // SAFETY: taken off the stack, so it is ours alone.
        unsafe {
            next = shared.as_ref().next;
            bury(shared);
        }
    }
}
