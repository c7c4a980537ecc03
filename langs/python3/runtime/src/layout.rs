//! The memory layout of CPython's `int` and `list`, which are read directly, since the
//! stable ABI needs a call for each item.
//!
//! The layout follows from the version, and is tested on a few objects when the module is
//! imported. With a newer interpreter, a debug build, or one that fails the test, the calls
//! of the stable ABI are used. Sources:
//! <https://github.com/python/cpython/blob/3.11/Include/cpython/longintrepr.h>,
//! <https://github.com/python/cpython/blob/3.14/Include/cpython/longintrepr.h>,
//! <https://github.com/python/cpython/blob/3.14/Include/cpython/listobject.h>.

use core::sync::atomic::{AtomicU8, Ordering::Relaxed};

use pyo3::ffi;
use pyo3::prelude::*;

/// Use calls.
const UNKNOWN: u8 = 0;
/// An `int` has a number of digits with the sign of the value: until 3.11.
const SIGNED_SIZE: u8 = 1;
/// An `int` has a tag with the sign and the number of digits: from 3.12.
const TAGGED: u8 = 2;

/// Written once, when the module is imported, under the GIL, under which it is read.
static LAYOUT: AtomicU8 = AtomicU8::new(UNKNOWN);

/// The versions whose layout is known.
const KNOWN: core::ops::RangeInclusive<u8> = 11..=14;

const DIGIT_BITS: u32 = 30;

/// The head of an object with items; `size` is the tag of a tagged `int`.
#[repr(C)]
struct Head {
    references: isize,
    class: *mut ffi::PyTypeObject,
    size: isize,
}

#[repr(C)]
struct Int {
    head: Head,
    digits: [u32; 2],
}

#[repr(C)]
struct List {
    head: Head,
    items: *mut *mut ffi::PyObject,
    allocated: isize,
}

/// Determines the layout.
pub(crate) fn look_up(py: Python<'_>) -> PyResult<()> {
    let layout = by_version(py)?;
    LAYOUT.store(layout, Relaxed);
    if layout != UNKNOWN && !trial(py)? {
        LAYOUT.store(UNKNOWN, Relaxed);
    }
    Ok(())
}

/// The layout by version. Debug builds have more fields in each object, and so other sizes.
fn by_version(py: Python<'_>) -> PyResult<u8> {
    let basic_size = |class: Bound<'_, PyAny>| class.getattr("__basicsize__")?.extract::<usize>();
    let int = py.get_type::<pyo3::types::PyInt>().into_any();
    let digit: usize = int.getattr("__itemsize__")?.extract()?;
    let list = py.get_type::<pyo3::types::PyList>().into_any();
    let version = py.version_info();
    let is_known = version.major == 3
        && KNOWN.contains(&version.minor)
        && digit == size_of::<u32>()
        && basic_size(int)? == size_of::<Head>()
        && basic_size(list)? == size_of::<List>();
    Ok(match version.minor {
        _ if !is_known => UNKNOWN,
        ..=11 => SIGNED_SIZE,
        _ => TAGGED,
    })
}

/// Whether numbers of each kind are read correctly from a list.
fn trial(py: Python<'_>) -> PyResult<bool> {
    let numbers: [i64; 7] = [0, 1, -1, 1 << 29, -(1 << 30), (1 << 60) - 1, 1 - (1 << 60)];
    let list = pyo3::types::PyList::new(py, numbers)?;
    let large = (1_i64 << 60).into_pyobject(py)?;
    // SAFETY: a live list and live numbers, under the GIL; sizes are as expected, so all
    // reads are within the objects.
    Ok(unsafe {
        let all = numbers.iter().enumerate().all(|(index, number)| {
            item(list.as_ptr(), index).is_some_and(|item| small_int(item) == Some(*number))
        });
        all && item(list.as_ptr(), numbers.len()).is_none() && small_int(large.as_ptr()).is_none()
    })
}

/// The value of an `int` of at most two digits, if its layout is known; subclasses have the
/// same layout.
///
/// # Safety
/// `int` is a live `int` and the GIL is held.
#[inline]
pub(crate) unsafe fn small_int(int: *mut ffi::PyObject) -> Option<i64> {
    // SAFETY: the caller's promises; the layout is the one that was found.
    unsafe {
        match LAYOUT.load(Relaxed) {
            TAGGED => value::<TAGGED>(int),
            SIGNED_SIZE => value::<SIGNED_SIZE>(int),
            _ => None,
        }
    }
}

/// # Safety
/// As [`small_int`], in that layout.
#[inline(always)]
unsafe fn value<const LAYOUT: u8>(int: *mut ffi::PyObject) -> Option<i64> {
    let int = int.cast::<Int>();
    // SAFETY: a live `int` has this head, and as many digits as it says.
    unsafe {
        let size = (*int).head.size;
        let (count, is_negative) = match LAYOUT {
            TAGGED => ((size as usize) >> 3, size & 3 == 2),
            _ => (size.unsigned_abs(), size < 0),
        };
        let digits = (&raw const (*int).digits).cast::<u32>();
        let digit = |index: usize| i64::from(*digits.add(index));
        let value = match count {
            1 => digit(0),
            2 => digit(0) | digit(1) << DIGIT_BITS,
            0 => 0,
            _ => return None,
        };
        Some(if is_negative { -value } else { value })
    }
}

/// Copies the first items of a list, as long as they are exactly of type `int`, have at most two
/// digits and fit; returns how many. Copies none if the layout is not known. Runs no Python code.
///
/// # Safety
/// `list` is a live list, `to` has room for `length`, and the GIL is held.
pub(crate) unsafe fn small_ints<T: TryFrom<i64>>(
    list: *mut ffi::PyObject,
    to: *mut T,
    length: usize,
) -> usize {
    // SAFETY: the caller's promises; the layout is the one that was found.
    unsafe {
        match LAYOUT.load(Relaxed) {
            TAGGED => copy::<TAGGED, T>(list.cast(), to, length),
            SIGNED_SIZE => copy::<SIGNED_SIZE, T>(list.cast(), to, length),
            _ => 0,
        }
    }
}

/// # Safety
/// As [`small_ints`], in that layout.
unsafe fn copy<const LAYOUT: u8, T: TryFrom<i64>>(
    list: *const List,
    to: *mut T,
    length: usize,
) -> usize {
    // SAFETY: the caller's promises: a live list has this head, and as many items as it says.
    unsafe {
        let length = length.min((*list).head.size as usize);
        for index in 0..length {
            let item = *(*list).items.add(index);
            let is_int = ffi::Py_TYPE(item) == &raw mut ffi::PyLong_Type;
            let number = if is_int { value::<LAYOUT>(item) } else { None };
            let Some(number) = number.and_then(|number| T::try_from(number).ok()) else {
                return index;
            };
            to.add(index).write(number);
        }
        length
    }
}

/// An item of a list, borrowed; `None` if there is no such item, or the layout is not known.
///
/// # Safety
/// `list` is a live list and the GIL is held.
#[inline]
pub(crate) unsafe fn item(list: *mut ffi::PyObject, index: usize) -> Option<*mut ffi::PyObject> {
    if LAYOUT.load(Relaxed) == UNKNOWN {
        return None;
    }
    let list = list.cast::<List>();
    // SAFETY: a live list has this head, and as many items as it says.
    unsafe {
        let is_there = index < (*list).head.size as usize;
        is_there.then(|| *(*list).items.add(index))
    }
}

/// The address of a new list's items; `None` if the layout is not known.
///
/// # Safety
/// `list` is a new list and the GIL is held.
pub(crate) unsafe fn items_of_new(list: *mut ffi::PyObject) -> Option<*mut *mut ffi::PyObject> {
    // SAFETY: the caller's promise: a live list has this head.
    (LAYOUT.load(Relaxed) != UNKNOWN).then(|| unsafe { (*list.cast::<List>()).items })
}

/// Whether the layout is known, for tests.
#[pyfunction]
pub(crate) fn layout_is_known() -> bool {
    LAYOUT.load(Relaxed) != UNKNOWN
}
