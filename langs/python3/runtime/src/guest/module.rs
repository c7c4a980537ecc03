//! Python modules that other languages load.

use metaffi_plugin::Request;
use metaffi_value::{Error, ErrorKind};
use pyo3::exceptions::PyBaseException;
use pyo3::prelude::*;
use pyo3::types::PyModule;

use crate::error::from_exception;
use crate::process::without_gil;
use crate::shared::Own;
use crate::stack;

/// A loaded module: one Python module, or several that one path names.
pub(crate) struct Module {
    /// A list of modules.
    modules: Own,
}

const MODULES: &str = "metaffi._modules";
const ENTITIES: &str = "metaffi._entities";

impl Module {
    /// Imports what `path` names.
    pub(crate) fn load(py: Python<'_>, path: &str) -> Result<Self, Error> {
        stack::forget_sources(py); // a module that failed may have been fixed
        let imported = py.import(MODULES).and_then(|ours| ours.call_method1("attempt", (path,)));
        let modules = imported.map_err(|error| not_loaded(py, &error))?;
        if modules.is_instance_of::<PyBaseException>() {
            return Err(not_imported(py, path, &PyErr::from_value(modules)));
        }
        // SAFETY: live, under the GIL.
        Ok(Self { modules: unsafe { Own::of(modules.as_ptr()) } })
    }

    /// Calls a function of `metaffi._entities` and returns its result.
    pub(crate) fn find<'py, T: FromPyObjectOwned<'py>>(
        &self,
        py: Python<'py>,
        function: &str,
        args: impl FnOnce(Bound<'py, PyAny>) -> PyResult<Bound<'py, pyo3::types::PyTuple>>,
        request: &Request,
    ) -> Result<T, Error> {
        // SAFETY: live, under the GIL.
        let modules = unsafe { Bound::from_borrowed_ptr(py, self.modules.as_ptr()) };
        let found = (|| -> PyResult<T> {
            let found = py.import(ENTITIES)?.getattr(function)?.call1(args(modules)?)?;
            found.extract().map_err(Into::into)
        })();
        found.map_err(|error| not_found(py, request, &error))
    }
}

/// A resolved entity: kind, object, name, documentation.
pub(crate) type Found<'py> = (String, Bound<'py, PyAny>, String, String);

/// Whether `error` is the exception `class` of one of our modules.
fn is_ours(py: Python<'_>, error: &PyErr, module: &str, class: &str) -> bool {
    let class = py.import(module).and_then(|module: Bound<'_, PyModule>| module.getattr(class));
    class.is_ok_and(|class| error.is_instance(py, &class))
}

/// The message of one of our exceptions: its first argument.
fn text(py: Python<'_>, error: &PyErr) -> String {
    let first = error.value(py).getattr("args").and_then(|args| args.get_item(0));
    first.map_or_else(|_| error.to_string(), |text| text.to_string())
}

fn not_loaded(py: Python<'_>, error: &PyErr) -> Error {
    match is_ours(py, error, MODULES, "NoSuchModuleError") {
        true => Error::new(ErrorKind::NotFound, text(py, error)),
        false => from_exception(py, error),
    }
}

/// The error for a module that raised `error` while it was imported.
fn not_imported(py: Python<'_>, path: &str, error: &PyErr) -> Error {
    let cause = from_exception(py, error);
    let message = format!("module `{path}` cannot be imported: {cause}");
    let error = Error::new(ErrorKind::Load, message).in_language("python3");
    // SAFETY: under the GIL, which is taken again to read it; no object is touched here.
    let stack_trace = unsafe { without_gil(|| cause.stack_trace().to_owned()) };
    error.with_stack_trace(stack_trace).with_cause(cause)
}

fn not_found(py: Python<'_>, request: &Request, error: &PyErr) -> Error {
    let path = &request.entity_path;
    let kind = if is_ours(py, error, ENTITIES, "NoSuchEntityError") {
        ErrorKind::NotFound
    } else if is_ours(py, error, ENTITIES, "SignatureError") {
        ErrorKind::Signature
    } else {
        return from_exception(py, error); // raised by a property or a submodule
    };
    Error::new(kind, format!("entity path `{path}`: {}", text(py, error)))
}
