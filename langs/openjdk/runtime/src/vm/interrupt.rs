//! Breaking off what the program's main thread waits for in Java.
//!
//! That thread does nothing for it at its calls: whether it is in Java now, its
//! stack says, which any thread may read; see `metaffi.internal.Threads`.

use std::sync::atomic::{AtomicBool, Ordering};

use metaffi_plugin::is_main_thread;

use super::thread;
use crate::api;
use crate::jni::Env;

/// Whether the main thread was interrupted, and may not have felt it yet.
static TOLD: AtomicBool = AtomicBool::new(false);

/// Remembers this thread, which is attached, if it is the main one.
pub(crate) fn know(env: Env) {
    if is_main_thread()
        && let Some(api) = api::try_get()
    {
        // If it fails, the main thread cannot be interrupted, and that is all.
        let _ = api.values.know_main(env);
    }
}

/// Interrupts the main thread if it is in Java's code, and not in a function of
/// another language that Java called.
pub(crate) fn interrupt() -> bool {
    let told = thread::enter().and_then(|env| api::get().values.interrupt_main(env));
    let told = told.unwrap_or(false);
    TOLD.fetch_or(told, Ordering::SeqCst);
    told
}

/// The main thread, which calls this, is to forget an interrupt that it has not
/// felt.
pub(crate) fn end() {
    if TOLD.swap(false, Ordering::SeqCst)
        && let Some(env) = thread::attached()
    {
        // It cannot fail, and there would be nobody to tell.
        let _ = api::get().values.forget_interrupt(env);
    }
}
