//! The end of the process: who is told, in which order, once.
//!
//! First the hosts, whose program a guest may be ending, then every runtime: both
//! run code of the user's, and all threads may still call. Only when all have is
//! the door closed behind the thread that ends the process.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use metaffi_plugin::{at_exit, this_thread};

use crate::{plugins, pressure};

const OPEN: usize = 0;
const DONE: usize = 1;
/// [`OPEN`], [`DONE`], or the thread that is at it; no thread has such a number.
static STATE: AtomicUsize = AtomicUsize::new(OPEN);

/// The hosts that tell us by themselves.
static HOSTS: Mutex<Vec<extern "C" fn()>> = Mutex::new(Vec::new());

fn lock() -> MutexGuard<'static, Vec<extern "C" fn()>> {
    HOSTS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How long a second thread waits for the first: without it the process would
/// end in the midst, but the first may be waiting for the second.
const PATIENCE: Duration = Duration::from_secs(10);

/// Has the C library's `exit` call [`at_c_exit`] before it destroys what is loaded now.
///
/// It runs handlers and the destructors of libraries in reverse order, so this is called whenever
/// a runtime or a module has been loaded. JDK 11 cannot load classes once its `libjimage` is gone.
pub(crate) fn watch_c_exit() {
    extern "C" fn handler() {
        let _ = catch_unwind(at_c_exit);
    }
    at_exit(handler);
}

/// See `metaffi_hub.at_c_exit`.
pub(crate) fn at_c_exit() {
    if lock().is_empty() {
        begin();
    }
}

/// Has a host told.
pub(crate) fn watch(told: extern "C" fn()) {
    let mut hosts = lock();
    if !hosts.iter().any(|known| core::ptr::fn_addr_eq(*known, told)) {
        hosts.push(told);
    }
}

/// Tells everybody, or waits until another thread has.
pub(crate) fn begin() {
    match STATE.compare_exchange(OPEN, this_thread(), Ordering::SeqCst, Ordering::SeqCst) {
        Ok(_) => {
            tell();
            STATE.store(DONE, Ordering::SeqCst);
        }
        // By what is told: an exit handler that asks for the exit.
        Err(state) if state == this_thread() => {}
        Err(_) => wait(),
    }
}

fn tell() {
    pressure::end();
    // A copy: no lock is held while they run.
    let hosts = lock().clone();
    for told in hosts {
        let _ = catch_unwind(AssertUnwindSafe(|| told()));
    }
    let alive = || plugins::all().into_iter().filter(|plugin| plugin.is_live());
    for plugin in alive() {
        // SAFETY: the table is a plugin's.
        unsafe { (plugin.table.begin_exit)() };
    }
    for plugin in alive() {
        // SAFETY: as above.
        unsafe { (plugin.table.finish_exit)() };
    }
}

fn wait() {
    let begun = Instant::now();
    while STATE.load(Ordering::SeqCst) != DONE && begun.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// A child was forked: an exit that another thread had begun is not its own.
#[cfg(unix)]
pub(crate) fn in_child() {
    let state = STATE.load(Ordering::SeqCst);
    if state != DONE && state != this_thread() {
        STATE.store(OPEN, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicU32;

    use super::*;

    static TOLD: AtomicU32 = AtomicU32::new(0);
    static OTHERS: AtomicU32 = AtomicU32::new(0);

    extern "C" fn told() {
        begin(); // returns at once
        std::thread::spawn(|| {
            begin();
            OTHERS.fetch_add(1, Ordering::SeqCst);
        });
        std::thread::sleep(Duration::from_millis(50));
        assert_eq!(OTHERS.load(Ordering::SeqCst), 0, "another thread waits");
        TOLD.fetch_add(1, Ordering::SeqCst);
    }

    #[test]
    fn hosts_are_told_once_and_other_threads_wait_for_it() {
        watch(told);
        watch(told);
        begin();
        begin();
        assert_eq!(TOLD.load(Ordering::SeqCst), 1);
        while OTHERS.load(Ordering::SeqCst) == 0 {
            std::thread::yield_now();
        }
    }
}
