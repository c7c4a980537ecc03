//! The handlers of fault signals, which other runtimes need and Python's `faulthandler`
//! replaces; see `metaffi._faults`.

use pyo3::prelude::*;

/// A snapshot of the handlers of fault signals.
#[pyclass(frozen, module = "metaffi._native")]
pub(crate) struct FaultHandlers(handlers::Before);

#[pymethods]
impl FaultHandlers {
    #[new]
    fn new() -> Self {
        Self(handlers::Before::now())
    }

    /// Restores those of other runtimes that were replaced.
    fn keep(&self) {
        self.0.keep();
    }
}

#[cfg(unix)]
mod handlers {
    use metaffi_plugin::signals::{Action, FAULTS};
    use pyo3::ffi;

    pub(super) struct Before([Option<Action>; FAULTS.len()]);

    impl Before {
        pub(super) fn now() -> Self {
            Self(FAULTS.map(Action::of))
        }

        pub(super) fn keep(&self) {
            self.0.iter().flatten().filter(|action| is_foreign(action)).for_each(Action::restore);
        }
    }

    /// Whether it is a function of a library other than Python's.
    fn is_foreign(action: &Action) -> bool {
        let python = ffi::PyErr_SetInterrupt as unsafe extern "C" fn() as usize;
        action.function().is_some() && !action.is_code_of(python)
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
