//! Lowers the recursion limits of thread states to fit the stacks of their threads.
//!
//! CPython before 3.14 counts levels and assumes a stack of 8 MiB. Threads of other
//! languages have less (Java's 1 MiB), so that a SIGSEGV would occur instead of a
//! RecursionError. The counters are in the thread state, at offsets that differ
//! between versions: they are used only if a check at start-up finds that they
//! count. 3.14 checks the stack itself.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicI32, Ordering};

use pyo3::ffi;
use pyo3::prelude::*;

/// The stack that one level takes: a sort whose `key` sorts, 2.4 KiB in 3.11 to 3.13.
/// Everything else takes less than a third of that, except a sort whose `__lt__` sorts
/// in 3.11 (4.7 KiB), which would halve the number of levels.
const LEVEL: usize = 2560;
/// The reserve: for the JVM's guard zones, which are inside the stack, and for C
/// functions that count no level.
pub(crate) const RESERVE: usize = 96 << 10;
/// The minimum number of levels, for errors.
const FEWEST: usize = 16;
/// The default limit; if the program has raised it, that is its own responsibility.
const USUAL_LIMIT: i32 = 1000;

/// Offsets in `PyThreadState`, in bytes.
#[derive(Clone, Copy)]
struct Layout {
    /// The limit of `sys.setrecursionlimit`.
    limit: usize,
    /// How many levels are left to functions of C.
    left: usize,
    /// Whether that one counts functions of Python too.
    counts_all: bool,
}

impl Layout {
    const fn of(version: (u8, u8)) -> Option<Self> {
        match version {
            _ if size_of::<usize>() != 8 => None,
            (3, 11) => Some(Self { limit: 36, left: 32, counts_all: true }),
            (3, 12) => Some(Self { limit: 32, left: 36, counts_all: false }),
            (3, 13) => Some(Self { limit: 48, left: 52, counts_all: false }),
            _ => None,
        }
    }

    /// # Safety
    /// `state` is this thread's, and the GIL is held.
    unsafe fn left(&self, state: *mut ffi::PyThreadState) -> *mut i32 {
        // SAFETY: within a thread state, which is larger, of an aligned `int`.
        unsafe { state.byte_add(self.left).cast() }
    }

    /// # Safety
    /// As for `left`.
    unsafe fn limit(&self, state: *mut ffi::PyThreadState) -> i32 {
        // SAFETY: as in `left`.
        unsafe { *state.byte_add(self.limit).cast() }
    }
}

static LAYOUT: OnceLock<Option<Layout>> = OnceLock::new();

/// The counter that [`seen`] has read.
static SEEN: AtomicI32 = AtomicI32::new(0);

#[pyfunction]
fn seen(_item: Py<PyAny>) -> i32 {
    if let Some(layout) = Layout::of(CHECKED.get().copied().unwrap_or_default()) {
        // SAFETY: a function is called under the GIL.
        SEEN.store(unsafe { *layout.left(ffi::PyThreadState_Get()) }, Ordering::Relaxed);
    }
    0
}

static CHECKED: OnceLock<(u8, u8)> = OnceLock::new();

/// Checks whether the counters are at the offsets of this version.
pub(crate) fn check(py: Python<'_>) {
    LAYOUT.get_or_init(|| found(py).unwrap_or(None));
}

fn found(py: Python<'_>) -> PyResult<Option<Layout>> {
    let version = py.version_info();
    let version = *CHECKED.get_or_init(|| (version.major, version.minor));
    let Some(layout) = Layout::of(version) else { return Ok(None) };
    // SAFETY: `py` says that the GIL is held.
    let read = || unsafe {
        let state = ffi::PyThreadState_Get();
        (layout.limit(state), *layout.left(state))
    };
    let (limit, before) = read();
    let stated: i32 = py.import("sys")?.call_method0("getrecursionlimit")?.extract()?;
    let kwargs = pyo3::types::PyDict::new(py);
    kwargs.set_item("key", wrap_pyfunction!(seen, py)?)?;
    py.import("builtins")?.getattr("sorted")?.call(([0],), Some(&kwargs))?;
    let within = before - SEEN.load(Ordering::Relaxed);
    let counts = (1..16).contains(&within) && read() == (limit, before);
    Ok((limit == stated && counts).then_some(layout))
}

/// Levels that were taken from a thread state.
pub(crate) struct Taken(i32);

/// Lowers the remaining levels to what `room` bytes of stack suffice for.
///
/// # Safety
/// `state` is this thread's, and the GIL is held.
pub(crate) unsafe fn lower(state: *mut ffi::PyThreadState, room: usize) -> Taken {
    let Some(Some(layout)) = LAYOUT.get() else { return Taken(0) };
    // SAFETY: the caller's promises.
    unsafe {
        if layout.counts_all && layout.limit(state) > USUAL_LIMIT {
            return Taken(0);
        }
        let left = layout.left(state);
        let levels = (room.saturating_sub(RESERVE) / LEVEL).max(FEWEST);
        let taken = (*left).saturating_sub(levels.try_into().unwrap_or(i32::MAX)).max(0);
        *left -= taken;
        Taken(taken)
    }
}

impl Taken {
    pub(crate) const fn none() -> Self {
        Self(0)
    }

    pub(crate) const fn is_some(&self) -> bool {
        self.0 != 0
    }

    /// Restores them.
    ///
    /// # Safety
    /// `state` is the one that they are from, and the GIL is held.
    pub(crate) unsafe fn give_back(&self, state: *mut ffi::PyThreadState) {
        if let Some(Some(layout)) = LAYOUT.get().filter(|_| self.is_some()) {
            // SAFETY: the caller's promises.
            unsafe { *layout.left(state) += self.0 };
        }
    }
}
