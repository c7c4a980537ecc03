//! Work for a plugin when a thread that it has entered ends: detaching it from
//! the JVM, releasing its state in Python.

/// An action that runs at the end of the threads that request it.
///
/// On POSIX it is the destructor of a key instead of a thread-local's.
/// Thread-locals are destroyed earlier, so that objects released by them find
/// the thread unchanged; and the destructor does not run on the thread that
/// calls `exit`.
///
/// On Windows it is the callback of a fiber-local slot. Destructors of thread-locals run under
/// the loader lock there. The JVM waits for that lock while it starts a thread, holding another
/// lock that detaching takes.
///
/// The signals of faults are unblocked meanwhile. Go blocks all signals on a
/// thread that ends (`mexit` in its runtime), but the JVM needs these for its
/// safepoints: if one is blocked, the system kills the process instead.
#[derive(Debug)]
pub struct AtThreadEnd {
    action: fn(),
    #[cfg(unix)]
    key: std::sync::OnceLock<Option<libc::pthread_key_t>>,
    #[cfg(windows)]
    slot: std::sync::OnceLock<Option<u32>>,
}

impl AtThreadEnd {
    /// `action` may run on several threads at once. It must not unwind.
    #[must_use]
    pub const fn new(action: fn()) -> Self {
        Self {
            action,
            #[cfg(unix)]
            key: std::sync::OnceLock::new(),
            #[cfg(windows)]
            slot: std::sync::OnceLock::new(),
        }
    }
}

#[cfg(unix)]
mod posix {
    use core::ffi::c_void;
    use core::ptr::from_ref;

    use super::AtThreadEnd;
    use crate::signals::with_faults;

    impl AtThreadEnd {
        /// Runs the action at the end of this thread, once.
        pub fn arm(&'static self) {
            if let Some(key) = self.key.get_or_init(make) {
                // SAFETY: a live key, whose values all have this type.
                unsafe { libc::pthread_setspecific(*key, from_ref(self).cast()) };
            }
        }
    }

    fn make() -> Option<libc::pthread_key_t> {
        let mut key = 0;
        // SAFETY: `key` is written if the result is 0.
        (unsafe { libc::pthread_key_create(&raw mut key, Some(destructor)) } == 0).then_some(key)
    }

    unsafe extern "C" fn destructor(armed: *mut c_void) {
        // SAFETY: `arm` stored a reference that lives as long as the process.
        let armed = unsafe { &*armed.cast::<AtThreadEnd>() };
        with_faults(armed.action);
    }
}

#[cfg(windows)]
mod windows {
    use core::ffi::c_void;
    use core::ptr::from_ref;

    use windows_sys::Win32::System::Threading::{FLS_OUT_OF_INDEXES, FlsAlloc, FlsSetValue};

    use super::AtThreadEnd;

    impl AtThreadEnd {
        /// Runs the action at the end of this thread, once.
        pub fn arm(&'static self) {
            if let Some(slot) = self.slot.get_or_init(make) {
                // SAFETY: a live slot, whose values all have this type.
                unsafe { FlsSetValue(*slot, from_ref(self).cast()) };
            }
        }
    }

    fn make() -> Option<u32> {
        // SAFETY: the callback lives as long as the process, since plugins are never
        // unloaded.
        let slot = unsafe { FlsAlloc(Some(ended)) };
        (slot != FLS_OUT_OF_INDEXES).then_some(slot)
    }

    unsafe extern "system" fn ended(armed: *const c_void) {
        // SAFETY: `arm` stored a reference that lives as long as the process.
        (unsafe { &*armed.cast::<AtThreadEnd>() }.action)();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::thread;

    use super::*;

    #[test]
    fn the_callback_runs_once_for_each_armed_thread() {
        static DONE: AtomicU32 = AtomicU32::new(0);
        static END: AtThreadEnd = AtThreadEnd::new(|| _ = DONE.fetch_add(1, Ordering::Relaxed));
        for armed in [2, 0, 1] {
            let arm = move || (0..armed).for_each(|_| END.arm());
            thread::spawn(arm).join().unwrap();
        }
        assert_eq!(DONE.load(Ordering::Relaxed), 2);
    }
}

#[cfg(all(test, unix))]
mod signal_tests {
    use std::sync::Mutex;
    use std::thread;

    use super::*;
    use crate::signals::Mask;

    static SEEN: Mutex<Vec<bool>> = Mutex::new(Vec::new());

    #[test]
    fn faults_are_unblocked_meanwhile() {
        static END: AtThreadEnd = AtThreadEnd::new(|| {
            let mask = Mask::current();
            let blocked = mask.blocks(libc::SIGURG) && !mask.blocks(libc::SIGSEGV);
            SEEN.lock().unwrap().push(blocked);
        });
        for armed in [true, false, true] {
            let started = thread::spawn(move || {
                if armed {
                    END.arm();
                    END.arm();
                }
                // Go does this before one of its threads ends.
                let mut all = core::mem::MaybeUninit::<libc::sigset_t>::uninit();
                // SAFETY: `all` is initialised before it is read.
                unsafe {
                    libc::sigfillset(all.as_mut_ptr());
                    libc::pthread_sigmask(libc::SIG_SETMASK, all.as_ptr(), core::ptr::null_mut());
                }
            });
            started.join().unwrap();
        }
        assert_eq!(*SEEN.lock().unwrap(), [true, true]);
    }
}
