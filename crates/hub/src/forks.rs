//! Forked children, in which a runtime that ran in the parent may not survive.
//!
//! While the child is created, `pthread_atfork` handlers make the entities of such
//! a runtime fail, or be reloaded at their first call (`reload`) if the runtime
//! supports that. A call itself checks nothing. Everything else works: runtimes
//! that had not started can start in the child. In a child of a process with
//! several threads, POSIX only allows async-signal-safe functions, so the locks
//! that are needed here are taken before the fork and released after it.

use metaffi_plugin::forked_error;
use metaffi_value::Error;

use crate::plugins::Plugin;

/// Refuses to load anything through a runtime that did not survive the fork.
pub(crate) fn check(plugin: &Plugin) -> Result<(), Error> {
    if plugin.is_forked() { Err(forked_error(&plugin.name())) } else { Ok(()) }
}

#[cfg(unix)]
pub(crate) use watched::watch;

#[cfg(unix)]
mod watched {
    use core::cell::UnsafeCell;
    use std::sync::Once;

    use crate::owners::{self, Owners};
    use crate::plugins::{self, Plugins};
    use crate::sessions::{self, Entities};
    use crate::{exits, plugins::Plugin, pressure};

    /// The hub's locks while this process forks.
    struct Held(UnsafeCell<Option<(Plugins, Entities, Owners)>>);
    // SAFETY: only accessed by the thread that forks, while it holds the locks.
    unsafe impl Sync for Held {}
    static HELD: Held = Held(UnsafeCell::new(None));

    /// Registers the fork handlers of this process, once.
    pub(crate) fn watch() {
        static WATCH: Once = Once::new();
        // SAFETY: the handlers live as long as the process, since the hub is
        // never unloaded.
        let watch = || unsafe { libc::pthread_atfork(Some(before), Some(parent), Some(child)) };
        WATCH.call_once(|| _ = watch());
    }

    unsafe extern "C" fn before() {
        let locks = (plugins::lock_all(), sessions::entities(), owners::owners());
        // SAFETY: this thread holds the locks now.
        unsafe { *HELD.0.get() = Some(locks) };
    }

    unsafe extern "C" fn parent() {
        // SAFETY: the thread of `before`, which still holds the locks.
        drop(unsafe { (*HELD.0.get()).take() });
    }

    unsafe extern "C" fn child() {
        // SAFETY: the only thread of the child, which still holds the locks.
        let locks = unsafe { (*HELD.0.get()).take() };
        if let Some((plugins, entities, _)) = &locks {
            plugins.iter().flatten().for_each(|(_, plugin)| Plugin::after_fork(plugin));
            sessions::redirect_forked(entities);
        }
        exits::in_child();
        pressure::end();
    }
}

#[cfg(not(unix))]
pub(crate) fn watch() {}
