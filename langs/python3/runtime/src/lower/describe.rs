//! What came, for errors: `int 300`, `str 'abc'`, `a list`.

use pyo3::ffi;
use pyo3::prelude::*;

/// Characters of a value that an error shows.
const SHOWN: usize = 60;

/// The type of an object, with its value where that is short and harmless.
///
/// # Safety
/// `object` is live and the GIL is held.
pub(crate) unsafe fn describe(object: *mut ffi::PyObject) -> String {
    // SAFETY: the caller's promises.
    let (py, object) = unsafe {
        let py = Python::assume_attached();
        (py, Bound::from_borrowed_ptr(py, object))
    };
    if object.is_none() {
        return "None".into();
    }
    let class = object.get_type();
    let name = class.fully_qualified_name().map_or_else(|_| "object".into(), |n| n.to_string());
    match name.as_str() {
        "bool" | "int" | "float" | "str" | "bytes" => format!("{name} {}", shown(py, &object)),
        _ => format!("{} {name}", article(&name)),
    }
}

fn shown(py: Python<'_>, object: &Bound<'_, PyAny>) -> String {
    let Ok(text) = object.repr() else {
        // `repr(int)` refuses more than 4300 digits.
        let _ = PyErr::take(py);
        return "of great size".into();
    };
    let text = text.to_string_lossy().into_owned();
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

fn article(name: &str) -> &'static str {
    if name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}
