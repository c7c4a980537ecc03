//! The end of the process: notifies hosts and runtimes once, in order.
//!
//! First the hosts, whose program a guest may be ending, then every runtime. Both
//! run user code, and all threads may still call. Only when all have finished are
//! other threads refused.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use metaffi_plugin::{at_exit, this_thread};

use crate::{plugins, pressure};

const OPEN: usize = 0;
const DONE: usize = 1;
/// [`OPEN`], [`DONE`], or the number of the thread that is notifying; no thread
/// has such a number.
static STATE: AtomicUsize = AtomicUsize::new(OPEN);

/// The handlers of hosts that begin the exit themselves.
static HOSTS: Mutex<Vec<extern "C" fn()>> = Mutex::new(Vec::new());

fn lock() -> MutexGuard<'static, Vec<extern "C" fn()>> {
    HOSTS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How long a second thread waits for the first. Without waiting, the process
/// would end too early, but the first may be waiting for the second.
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

/// Adds a host's handler.
pub(crate) fn watch(handler: extern "C" fn()) {
    let mut hosts = lock();
    if !hosts.iter().any(|known| core::ptr::fn_addr_eq(*known, handler)) {
        hosts.push(handler);
    }
}

/// Notifies everybody, or waits until another thread has done so.
pub(crate) fn begin() {
    match STATE.compare_exchange(OPEN, this_thread(), Ordering::SeqCst, Ordering::SeqCst) {
        Ok(_) => {
            notify_all();
            STATE.store(DONE, Ordering::SeqCst);
        }
        // Called by a handler that itself requests the exit.
        Err(state) if state == this_thread() => {}
        Err(_) => wait(),
    }
}

fn notify_all() {
    pressure::end();
    // A copy: no lock is held while they run.
    let hosts = lock().clone();
    for handler in hosts {
        let _ = catch_unwind(AssertUnwindSafe(|| handler()));
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
    let start = Instant::now();
    while STATE.load(Ordering::SeqCst) != DONE && start.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Runs in a forked child: an exit that another thread began in the parent is
/// not the child's.
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

    static NOTIFIED: AtomicU32 = AtomicU32::new(0);
    static OTHERS: AtomicU32 = AtomicU32::new(0);

    extern "C" fn handler() {
        begin(); // returns immediately
        std::thread::spawn(|| {
            begin();
            OTHERS.fetch_add(1, Ordering::SeqCst);
        });
        std::thread::sleep(Duration::from_millis(50));
        assert_eq!(OTHERS.load(Ordering::SeqCst), 0, "another thread waits");
        NOTIFIED.fetch_add(1, Ordering::SeqCst);
    }

    #[test]
    fn hosts_are_notified_once_and_other_threads_wait() {
        watch(handler);
        watch(handler);
        begin();
        begin();
        assert_eq!(NOTIFIED.load(Ordering::SeqCst), 1);
        while OTHERS.load(Ordering::SeqCst) == 0 {
            std::thread::yield_now();
        }
    }
}
