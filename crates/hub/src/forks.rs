//! Forked children: a runtime that ran in the parent may not survive in them.
//!
//! The entities of such a one are made to fail while the child is made, by what
//! `pthread_atfork` offers, or to be loaded again at their first call (`anew`), if
//! the runtime can do that: a call itself checks nothing. All else works: what
//! had not started can start in the child. POSIX allows a child of a process
//! with several threads async-signal-safe functions only; the locks that are
//! needed here are taken before the fork and given back after it.

use metaffi_plugin::forked_error;
use metaffi_value::Error;

use crate::plugins::Plugin;

/// Refuses to load anything by a runtime that did not survive.
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
    // SAFETY: only touched by the thread that forks, while it has the locks.
    unsafe impl Sync for Held {}
    static HELD: Held = Held(UnsafeCell::new(None));

    /// Watches the forks of this process, once.
    pub(crate) fn watch() {
        static WATCH: Once = Once::new();
        // SAFETY: the handlers live as long as the process: the hub stays.
        let watch = || unsafe { libc::pthread_atfork(Some(before), Some(parent), Some(child)) };
        WATCH.call_once(|| _ = watch());
    }

    unsafe extern "C" fn before() {
        let locks = (plugins::lock_all(), sessions::entities(), owners::owners());
        // SAFETY: this thread has the locks now.
        unsafe { *HELD.0.get() = Some(locks) };
    }

    unsafe extern "C" fn parent() {
        // SAFETY: the thread of `before`, which still has the locks.
        drop(unsafe { (*HELD.0.get()).take() });
    }

    unsafe extern "C" fn child() {
        // SAFETY: the only thread of the child, which still has the locks.
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
