//! Interrupts the program's main thread while it runs Java code.
//!
//! The main thread does nothing for this during calls: whether it is in Java now can be seen from
//! its stack, which any thread may read; see `metaffi.internal.Threads`.

use std::sync::atomic::{AtomicBool, Ordering};

use metaffi_plugin::is_main_thread;

use super::thread;
use crate::api;
use crate::jni::Env;

/// Whether the main thread was interrupted, and may not have noticed it yet.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Registers this attached thread if it is the main thread.
pub(crate) fn register_if_main(env: Env) {
    if is_main_thread()
        && let Some(api) = api::try_get()
    {
        // If it fails, the only effect is that the main thread cannot be interrupted.
        let _ = api.values.register_main(env);
    }
}

/// Interrupts the main thread if it is running Java code, and not a function of another language
/// that Java called.
pub(crate) fn interrupt() -> bool {
    let interrupted = thread::enter().and_then(|env| api::get().values.interrupt_main(env));
    let interrupted = interrupted.unwrap_or(false);
    INTERRUPTED.fetch_or(interrupted, Ordering::SeqCst);
    interrupted
}

/// Called on the main thread: clears an interrupt that it has not noticed.
pub(crate) fn end() {
    if INTERRUPTED.swap(false, Ordering::SeqCst)
        && let Some(env) = thread::attached()
    {
        // It cannot fail, and there would be nobody to report it to.
        let _ = api::get().values.forget_interrupt(env);
    }
}
