//! Converts exact values of other runtimes, by their texts, to Python's own.

use metaffi_value::{Exact, ExactKind, Handle};
use pyo3::exceptions::{PyArithmeticError, PyKeyError, PyOSError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyInt;

use super::{Raised, Take};
use crate::error::exception_value;
use crate::function::Errors;
use crate::natural;

/// A new reference to Python's own value for a foreign object; `None` if Python has
/// no exactly equal value, as for most objects.
///
/// # Safety
/// The GIL is held.
#[inline]
pub(super) unsafe fn lift(
    handle: &Handle,
    take: Take,
) -> Result<Option<*mut ffi::PyObject>, Raised> {
    match handle.exact() {
        None => Ok(None),
        // SAFETY: the caller's promise.
        Some(Exact { kind: ExactKind::Error, .. }) => unsafe { error(handle, take) },
        // SAFETY: the caller's promise.
        Some(exact) => make(unsafe { Python::assume_attached() }, exact),
    }
}

/// The exception for an error that was passed as a value.
///
/// # Safety
/// The GIL is held.
#[cold]
unsafe fn error(handle: &Handle, take: Take) -> Result<Option<*mut ffi::PyObject>, Raised> {
    let Some(error) = handle.error() else { return Ok(None) };
    // SAFETY: the caller's promise.
    let mut exception = exception_value(unsafe { Python::assume_attached() }, &error)?;
    if take == Take::Take && Errors::is_natural() {
        exception = natural::error(exception)?;
    }
    Ok(Some(exception.into_ptr()))
}

#[cold]
fn make(py: Python<'_>, exact: Exact<'_>) -> Result<Option<*mut ffi::PyObject>, Raised> {
    match value(py, exact) {
        Ok(value) => Ok(value.map(Bound::into_ptr)),
        Err(error) if is_unrepresentable(py, &error) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Whether Python has no such value: a date in the year 10000, an unknown time zone.
fn is_unrepresentable(py: Python<'_>, error: &PyErr) -> bool {
    error.is_instance_of::<PyValueError>(py)
        || error.is_instance_of::<PyArithmeticError>(py)
        || error.is_instance_of::<PyKeyError>(py)
        || error.is_instance_of::<PyOSError>(py)
}

fn value<'py>(py: Python<'py>, exact: Exact<'_>) -> PyResult<Option<Bound<'py, PyAny>>> {
    let text = exact.text;
    let class = |module: &str, name: &str| py.import(module)?.getattr(name);
    let from_iso = |name| class("datetime", name)?.call_method1("fromisoformat", (text,));
    Ok(Some(match exact.kind {
        ExactKind::Integer => py.get_type::<PyInt>().call1((text, 16))?,
        ExactKind::Decimal => class("decimal", "Decimal")?.call1((text,))?,
        ExactKind::Uuid => class("uuid", "UUID")?.call1((text,))?,
        ExactKind::Duration => return duration(py, text),
        ExactKind::Date => from_iso("date")?,
        _ if !is_of_micros(text) => return Ok(None),
        ExactKind::Time => from_iso("time")?,
        ExactKind::DateTime => from_iso("datetime")?,
        ExactKind::Instant => return instant(py, text),
        ExactKind::Error => return Ok(None), // `lift` handles it
    }))
}

/// Whether the fraction in a text is a whole number of microseconds: Python would
/// drop the rest.
fn is_of_micros(text: &str) -> bool {
    let Some((_, fraction)) = text.split_once('.') else { return true };
    let digits = fraction.bytes().take_while(u8::is_ascii_digit);
    digits.skip(6).all(|digit| digit == b'0')
}

fn instant<'py>(py: Python<'py>, text: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
    let (text, zone) = match text.strip_suffix(']').and_then(|text| text.split_once('[')) {
        Some((text, zone)) => (text, Some(zone)),
        None => (text, None),
    };
    let at = py.import("datetime")?.getattr("datetime")?.call_method1("fromisoformat", (text,))?;
    let Some(zone) = zone else { return Ok(Some(at)) };
    let zone = py.import("zoneinfo")?.getattr("ZoneInfo")?.call1((zone,))?;
    let there = at.call_method1("astimezone", (zone,))?;
    // With another offset here, the zone is not the same one.
    let offset = |at: &Bound<'py, PyAny>| at.call_method0("utcoffset");
    Ok(offset(&at)?.eq(offset(&there)?)?.then_some(there))
}

/// A `timedelta` of `PT-1.5S`.
fn duration<'py>(py: Python<'py>, text: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
    let parts = || {
        let seconds = text.strip_prefix("PT")?.strip_suffix('S')?;
        let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
        let micros = format!("{fraction:0<6}").get(..6)?.parse::<i64>().ok()?;
        let sign = if seconds.starts_with('-') { -1 } else { 1 };
        Some((whole.parse::<i64>().ok()?, sign * micros))
    };
    match parts() {
        Some((seconds, micros)) if is_of_micros(text) => {
            let class = py.import("datetime")?.getattr("timedelta")?;
            class.call1((0, seconds, micros)).map(Some)
        }
        _ => Ok(None),
    }
}
