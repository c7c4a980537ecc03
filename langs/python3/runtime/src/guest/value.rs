//! Entity paths without types, which name a function, a class or the module.

use metaffi_entity_path::EntityPath;
use metaffi_plugin::{Loaded, Request};
use metaffi_value::{Callable, Error, Handle, Value};
use pyo3::prelude::*;

use super::module::Module;
use crate::error::from_exception;
use crate::{callback, shared};

/// An entity that returns it.
pub(super) fn named(
    py: Python<'_>,
    module: &Module,
    request: &Request,
    path: &EntityPath,
) -> Result<Loaded, Error> {
    let kind = ["callable", "attribute", "class"].into_iter().find(|key| path.get(key).is_some());
    let name = kind.and_then(|kind| path.get(kind)).unwrap_or_default();
    let setter = path.has_tag("setter");
    let args = |modules| (modules, name, kind.unwrap_or_default(), setter).into_pyobject(py);
    let found = module.find(py, "resolve_value", args, request)?;
    Ok(Loaded::value(match kind {
        Some("callable" | "attribute") => Value::Callable(function(py, &found)?),
        _ => Value::Handle(object(&found)),
    }))
}

fn function(py: Python<'_>, found: &Bound<'_, PyAny>) -> Result<Callable, Error> {
    // SAFETY: live, under the GIL.
    let wrapped = unsafe { callback::wrap(found.as_ptr()) };
    wrapped.map_err(|_| from_exception(py, &PyErr::fetch(py)))
}

fn object(found: &Bound<'_, PyAny>) -> Handle {
    // SAFETY: live, under the GIL; the one reference is the handle's.
    unsafe { Handle::take_raw(shared::share(found.as_ptr())) }
}
