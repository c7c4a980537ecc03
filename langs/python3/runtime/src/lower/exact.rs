//! Lowers large integers, decimals, dates, times and UUIDs, as objects that also have
//! their value as a text.

use metaffi_abi as abi;
use metaffi_value::{Arena, ExactKind};
use pyo3::ffi;
use pyo3::prelude::*;

use super::{LowerError, Lowering, object};
use crate::lift::Raised;

/// A module, a class in it, and the kind of its objects.
type Class = (&'static str, &'static str, ExactKind);

/// The classes of exact values, without subclasses, whose objects are more than
/// their value.
static CLASSES: [Class; 6] = [
    ("decimal", "Decimal", ExactKind::Decimal),
    ("datetime", "date", ExactKind::Date),
    ("datetime", "time", ExactKind::Time),
    ("datetime", "datetime", ExactKind::DateTime),
    ("datetime", "timedelta", ExactKind::Duration),
    ("uuid", "UUID", ExactKind::Uuid),
];

/// An `int` of more than 64 bits.
///
/// # Safety
/// `object` is a live `int` and the GIL is held.
pub(super) unsafe fn integer<A: Arena>(
    object: *mut ffi::PyObject,
    out: &mut Lowering<'_, A>,
) -> Result<abi::Value, LowerError> {
    // SAFETY: the caller's promises; `PyNumber_ToBase` returns a new reference.
    let text = unsafe {
        let py = Python::assume_attached();
        Bound::from_owned_ptr_or_err(py, ffi::PyNumber_ToBase(object, 16))
    };
    // Hexadecimal, since Python limits the digits of decimal texts.
    let text = text.and_then(|text| text.extract::<String>()).map_err(raised)?;
    // SAFETY: as above.
    Ok(unsafe { object::exact(object, ExactKind::Integer, text.replacen("0x", "", 1), out) })
}

/// A value of one of [`CLASSES`], or `None` for all other objects.
///
/// # Safety
/// `object` is live and the GIL is held.
pub(super) unsafe fn other<A: Arena>(
    object: *mut ffi::PyObject,
    out: &mut Lowering<'_, A>,
) -> Result<Option<abi::Value>, LowerError> {
    // SAFETY: the caller's promises.
    let Some((module, name, kind)) = (unsafe { candidate(object) }) else { return Ok(None) };
    // SAFETY: as above.
    let value = unsafe { Bound::from_borrowed_ptr(Python::assume_attached(), object) };
    let described = is_of(&value, module, name).and_then(|is_it| match is_it {
        true => describe(&value, *kind),
        false => Ok(None),
    });
    let Some((kind, text)) = described.map_err(raised)? else { return Ok(None) };
    // SAFETY: as above.
    Ok(Some(unsafe { object::exact(object, kind, text, out) }))
}

fn raised(error: PyErr) -> LowerError {
    let Raised = error.into();
    LowerError::Raised
}

/// The kind that an object may be, by the name of its class, which is quick to get.
///
/// # Safety
/// `object` is live and the GIL is held.
unsafe fn candidate(object: *mut ffi::PyObject) -> Option<&'static Class> {
    // SAFETY: the caller's promises; the text lives as long as the name.
    unsafe {
        let class = ffi::Py_TYPE(object);
        let flags = ffi::PyType_GetFlags(class);
        // A C class with garbage collection, such as a container, is none of them.
        if flags & (ffi::Py_TPFLAGS_HEAPTYPE | ffi::Py_TPFLAGS_HAVE_GC) == ffi::Py_TPFLAGS_HAVE_GC {
            return None;
        }
        let name = ffi::PyType_GetName(class);
        let mut length = 0;
        let text = match name.is_null() {
            true => core::ptr::null(),
            false => ffi::PyUnicode_AsUTF8AndSize(name, &raw mut length),
        };
        if text.is_null() {
            ffi::PyErr_Clear(); // a name with lone surrogates is none of theirs
            ffi::Py_XDECREF(name);
            return None;
        }
        let text = core::slice::from_raw_parts(text.cast::<u8>(), length as usize);
        let found = CLASSES.iter().find(|(_, known, _)| known.as_bytes() == text);
        ffi::Py_DECREF(name);
        found
    }
}

/// Whether its class is the one of that name. A module that is not imported yet
/// has no objects, so it is not imported for this.
fn is_of(value: &Bound<'_, PyAny>, module: &str, name: &str) -> PyResult<bool> {
    let modules = value.py().import("sys")?.getattr("modules")?;
    let Ok(module) = modules.get_item(module) else { return Ok(false) };
    Ok(module.getattr(name).is_ok_and(|known| known.is(value.get_type())))
}

/// The kind and the text of a value; `None` for a time with a zone, whose
/// offset depends on the date.
fn describe(value: &Bound<'_, PyAny>, kind: ExactKind) -> PyResult<Option<(ExactKind, String)>> {
    match kind {
        ExactKind::Decimal | ExactKind::Uuid => Ok(Some((kind, value.str()?.to_string()))),
        ExactKind::Duration => Ok(Some((kind, duration(value)?))),
        ExactKind::DateTime => date_time(value).map(Some),
        ExactKind::Time if !value.getattr("tzinfo")?.is_none() => Ok(None),
        _ => Ok(Some((kind, value.call_method0("isoformat")?.extract()?))),
    }
}

fn duration(value: &Bound<'_, PyAny>) -> PyResult<String> {
    let part = |name| value.getattr(name)?.extract::<i64>();
    let seconds = i128::from(part("days")?) * 86_400 + i128::from(part("seconds")?);
    let micros = seconds * 1_000_000 + i128::from(part("microseconds")?);
    let (sign, size) = (if micros < 0 { "-" } else { "" }, micros.unsigned_abs());
    Ok(format!("PT{sign}{}.{:06}S", size / 1_000_000, size % 1_000_000))
}

/// A `datetime`: without a time zone, or with its offset and the name of its zone.
fn date_time(value: &Bound<'_, PyAny>) -> PyResult<(ExactKind, String)> {
    let text: String = value.call_method0("isoformat")?.extract()?;
    if value.call_method0("utcoffset")?.is_none() {
        return Ok((ExactKind::DateTime, text));
    }
    let zone = value.getattr("tzinfo")?;
    let utc = value.py().import("datetime")?.getattr("timezone")?.getattr("utc")?;
    let text = match text.strip_suffix("+00:00") {
        Some(text) if zone.is(&utc) => format!("{text}Z"),
        _ => match zone_name(&zone)? {
            Some(name) => format!("{text}[{name}]"),
            None => text,
        },
    };
    Ok((ExactKind::Instant, text))
}

/// The name of a `zoneinfo.ZoneInfo`.
fn zone_name(zone: &Bound<'_, PyAny>) -> PyResult<Option<String>> {
    let class = zone.get_type();
    if class.name()? != "ZoneInfo" || class.module()? != "zoneinfo" {
        return Ok(None);
    }
    zone.getattr("key")?.extract()
}
