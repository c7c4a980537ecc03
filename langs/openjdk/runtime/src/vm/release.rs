//! Releases global references, from any thread, whatever locks it holds.
//!
//! An attached thread deletes the reference at once. Others hand it over to a thread of ours, which
//! sleeps outside Java.

use core::ptr::{NonNull, null_mut};

use jni_sys::jobject;
use metaffi_plugin::{Link, Stack, Worker};

use super::{Vm, gate, thread};
use crate::jni::Env;
use crate::upcall;

struct Node {
    object: jobject,
    number: u32,
    next: *mut Node,
}

// SAFETY: only the stack uses the field.
unsafe impl Link for Node {
    fn next(this: NonNull<Self>) -> NonNull<*mut Self> {
        // SAFETY: a field of a live node.
        unsafe { NonNull::from(&mut (*this.as_ptr()).next) }
    }
}

/// References to delete.
static QUEUE: Stack<Node> = Stack::new();
static WORKER: Worker = Worker::new("metaffi-release", work);

/// Deletes a global reference, now or soon. Never blocks.
///
/// # Safety
/// `object` must be a global reference that is not used again.
pub(crate) unsafe fn global(object: jobject) {
    // SAFETY: the caller's promise.
    unsafe { numbered(object, 0) };
}

/// The same for an object with a number for upcall stubs, unless that is 0.
///
/// # Safety
/// As [`global`]; the number must not be used again, either.
pub(crate) unsafe fn numbered(object: jobject, number: u32) {
    if gate::is_forked() {
        return; // there is no JVM in this process
    }
    match thread::attached() {
        // SAFETY: the caller's promise.
        Some(env) => unsafe { delete(env, object, number) },
        None => {
            let node = Box::leak(Box::new(Node { object, number, next: null_mut() }));
            // SAFETY: just made, and not shared yet.
            unsafe { QUEUE.push(node.into()) };
            WORKER.wake();
        }
    }
}

/// # Safety
/// As [`numbered`].
unsafe fn delete(env: Env, object: jobject, number: u32) {
    if number != 0 {
        upcall::vacate(env, number);
    }
    // SAFETY: the caller's promise.
    unsafe { env.delete_global(object) };
}

fn work() {
    let Some(env) = Vm::get().and_then(Vm::attach) else { return };
    thread::own(env);
    loop {
        for node in QUEUE.take() {
            // SAFETY: `global` boxed each with a reference that it gave up.
            unsafe {
                let node = Box::from_raw(node.as_ptr());
                delete(env, node.object, node.number);
            }
        }
        std::thread::park();
    }
}
