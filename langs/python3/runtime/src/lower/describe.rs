//! Describes values for error messages: `int 300`, `str 'abc'`, `a list`.

use pyo3::ffi;
use pyo3::prelude::*;

use crate::process::attached;

/// The maximum number of a value's characters that an error shows.
const SHOWN: usize = 60;

/// The type of an object, with its value where that is short and harmless.
///
/// # Safety
/// `object` is live and the GIL is held.
pub(crate) unsafe fn describe(object: *mut ffi::PyObject) -> String {
    // SAFETY: the caller's promises.
    unsafe { attached(|py| description(&Bound::from_borrowed_ptr(py, object))) }
}

fn description(object: &Bound<'_, PyAny>) -> String {
    if object.is_none() {
        return "None".into();
    }
    let class = object.get_type();
    let name = class.fully_qualified_name().map_or_else(|_| "object".into(), |n| n.to_string());
    match name.as_str() {
        "bool" | "int" | "float" | "str" | "bytes" => format!("{name} {}", shown(object)),
        _ => format!("{} {name}", article(&name)),
    }
}

fn shown(object: &Bound<'_, PyAny>) -> String {
    // `repr(int)` refuses more than 4300 digits.
    let Ok(text) = object.repr() else { return "with too many digits".into() };
    let text = text.to_string_lossy().into_owned();
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

fn article(name: &str) -> &'static str {
    if name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}
