//! Giving global references back, from any thread, whatever locks it holds.
//!
//! An attached thread deletes at once. Others hand over to one thread of ours,
//! which sleeps outside of Java and is started when it is first needed.

use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, Ordering};
use std::sync::OnceLock;
use std::thread::Thread;

use jni_sys::jobject;

use super::{Vm, gate, thread};

struct Node {
    object: jobject,
    next: *mut Node,
}

/// What is to be deleted; pushed by any thread, taken as a whole by ours.
static QUEUE: AtomicPtr<Node> = AtomicPtr::new(null_mut());
static WORKER: OnceLock<Option<Thread>> = OnceLock::new();

/// Deletes a global reference, now or soon. Never blocks.
///
/// # Safety
/// `object` must be a global reference that is not used again.
pub(crate) unsafe fn global(object: jobject) {
    if gate::is_forked() {
        return; // there is no JVM in this process
    }
    match thread::attached() {
        // SAFETY: the caller's promise.
        Some(env) => unsafe { env.delete_global(object) },
        None => push(object),
    }
}

fn push(object: jobject) {
    let node = Box::into_raw(Box::new(Node { object, next: null_mut() }));
    let mut head = QUEUE.load(Ordering::Relaxed);
    loop {
        // SAFETY: the node is ours until the exchange succeeds.
        unsafe { (*node).next = head };
        match QUEUE.compare_exchange_weak(head, node, Ordering::Release, Ordering::Relaxed) {
            Ok(_) => break,
            Err(now) => head = now,
        }
    }
    if let Some(worker) = WORKER.get_or_init(spawn) {
        worker.unpark();
    }
}

fn spawn() -> Option<Thread> {
    let builder = std::thread::Builder::new().name("metaffi-release".into());
    builder.spawn(work).ok().map(|handle| handle.thread().clone())
}

fn work() {
    let Some(env) = Vm::get().and_then(Vm::attach) else { return };
    thread::own(env);
    loop {
        let mut node = QUEUE.swap(null_mut(), Ordering::Acquire);
        while !node.is_null() {
            // SAFETY: the list was taken as a whole; each node was boxed by
            // `push` and holds a reference that is given up.
            unsafe {
                let Node { object, next } = *Box::from_raw(node);
                env.delete_global(object);
                node = next;
            }
        }
        std::thread::park();
    }
}
