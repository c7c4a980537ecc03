//! Who handles the signals of faults: other runtimes need them, and Python's
//! `faulthandler` takes them; see `metaffi._faults`.

use pyo3::prelude::*;

/// The handlers of the signals of faults, as they were when it was made.
#[pyclass(frozen, module = "metaffi._native")]
pub(crate) struct FaultHandlers(handlers::Before);

#[pymethods]
impl FaultHandlers {
    #[new]
    fn new() -> Self {
        Self(handlers::Before::now())
    }

    /// Puts those of other runtimes back where they were replaced.
    fn keep(&self) {
        self.0.keep();
    }
}

#[cfg(unix)]
mod handlers {
    use core::ffi::c_int;
    use core::mem::MaybeUninit;
    use core::ptr::{null, null_mut};

    use libc::sigaction as Action;
    use metaffi_plugin::image_of;
    use pyo3::ffi;

    const FAULTS: [c_int; 4] = [libc::SIGSEGV, libc::SIGBUS, libc::SIGFPE, libc::SIGILL];

    pub(super) struct Before([Option<Action>; FAULTS.len()]);

    impl Before {
        pub(super) fn now() -> Self {
            Self(FAULTS.map(current))
        }

        pub(super) fn keep(&self) {
            for (signal, before) in FAULTS.into_iter().zip(self.0) {
                let Some(before) = before.filter(is_foreign) else { continue };
                if current(signal).is_some_and(|now| now.sa_sigaction != before.sa_sigaction) {
                    // SAFETY: an action that was in force for this signal.
                    unsafe { libc::sigaction(signal, &raw const before, null_mut()) };
                }
            }
        }
    }

    fn current(signal: c_int) -> Option<Action> {
        let mut action = MaybeUninit::uninit();
        // SAFETY: reads; `action` is written when the result is 0.
        unsafe {
            let status = libc::sigaction(signal, null(), action.as_mut_ptr());
            (status == 0).then(|| action.assume_init())
        }
    }

    /// Whether it is a function of another library than Python's.
    fn is_foreign(action: &Action) -> bool {
        let python = ffi::PyErr_SetInterrupt as unsafe extern "C" fn() as usize;
        let is_function = ![libc::SIG_DFL, libc::SIG_IGN].contains(&action.sa_sigaction);
        is_function && image_of(action.sa_sigaction) != image_of(python)
    }
}

#[cfg(not(unix))]
mod handlers {
    /// Faults are not signals here.
    pub(super) struct Before;

    impl Before {
        pub(super) fn now() -> Self {
            Self
        }
        pub(super) fn keep(&self) {}
    }
}
