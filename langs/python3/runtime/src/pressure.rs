//! Foreign memory: foreign objects in cycles of Python objects are found only by
//! Python's garbage collector, to which they seem small.

use metaffi_abi as abi;
use metaffi_plugin::Arrivals;
use pyo3::ffi;

use crate::gil::with_gil;
use crate::process::Visit;
use crate::releases;

static ARRIVALS: Arrivals = Arrivals::new();

/// Counts an object of another runtime that Python now holds.
#[inline]
pub(crate) fn count_arrival() {
    ARRIVALS.record();
}

/// See `metaffi_collect_fn`. Does nothing while the user has disabled garbage
/// collection. An exit waits for it: Python would end this thread inside of Rust.
pub(crate) unsafe extern "C" fn collect(what: u32) {
    let Some(_visit) = Visit::if_open() else { return };
    let cycles = what == abi::COLLECT_HELD && ARRIVALS.are_worth_collecting();
    // SAFETY: the GIL is held while this runs.
    let _ = with_gil(|| unsafe {
        if cycles {
            ffi::PyGC_Collect();
        }
        releases::drain();
        Ok(())
    });
}
