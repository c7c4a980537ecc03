//! Foreign memory: objects of others in cycles of Python's are found by its
//! garbage collector only, to which they look small.

use metaffi_abi as abi;
use metaffi_plugin::Arrivals;
use pyo3::ffi;

use crate::gil::with_gil;
use crate::process::is_open;
use crate::releases;

static ARRIVALS: Arrivals = Arrivals::new();

/// An object of another runtime has come to Python.
#[inline]
pub(crate) fn came() {
    ARRIVALS.came();
}

/// See `metaffi_collect_fn`. Does nothing while the user has switched garbage
/// collection off.
pub(crate) unsafe extern "C" fn collect(what: u32) {
    if !is_open() {
        return;
    }
    let cycles = what == abi::COLLECT_HELD && ARRIVALS.are_worth_collecting();
    // SAFETY: the GIL is held meanwhile.
    let _ = with_gil(|| unsafe {
        if cycles {
            ffi::PyGC_Collect();
        }
        releases::drain();
        Ok(())
    });
}
