//! Loads runtimes, modules and entities for the package's classes.

use std::path::PathBuf;
use std::sync::OnceLock;

use metaffi::Hub;
use metaffi_abi as abi;
use metaffi_value::{Type, TypeInfo, Value, str_from_raw};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

use crate::error::to_exception;
use crate::function::Errors;
use crate::process::{self, Outside};
use crate::shared::Own;
use crate::{exit, function, interrupts, natural, pressure, shared, thread_names};

static HUB: OnceLock<Hub> = OnceLock::new();

/// The hub, if a runtime was loaded.
pub(crate) fn opened_hub() -> Option<Hub> {
    HUB.get().copied()
}

/// The name of a runtime by the id of its objects, or empty.
pub(crate) fn owner_name(owner: u64) -> String {
    // SAFETY: the hub's function takes any id; its texts live as long as it.
    opened_hub()
        .map_or(String::new(), |hub| unsafe { str_from_raw((hub.table().owner_name)(owner)) })
}

/// Opens the hub; `shipped` is the installation to use if METAFFI_HOME is not set.
pub(crate) fn open_hub(shipped: &std::path::Path) -> Result<Hub, metaffi_value::Error> {
    let hub = Hub::open(Some(shipped))?;
    let owner = hub.owner("python3");
    shared::set_owner(owner);
    let is_first = HUB.get().is_none();
    let hub = *HUB.get_or_init(|| hub);
    if is_first {
        owner.collect_by(pressure::collect);
        exit::watch_guests(hub);
        // SAFETY: the function has the type of one that names threads.
        unsafe { (hub.table().name_threads)(thread_names::of_this) };
    }
    Ok(hub)
}

/// Runs `body`, which enters the hub, without the GIL, and raises its error.
fn outside<T: Send>(
    py: Python<'_>,
    body: impl FnOnce() -> Result<T, metaffi_value::Error> + Send,
) -> PyResult<T> {
    let outcome = match process::refusal() {
        Some(refusal) => Err(refusal),
        None => py.detach(body),
    };
    outcome.map_err(|error| {
        // SAFETY: `py` says that the GIL is held.
        unsafe { process::stop_if_left_behind() };
        to_exception(error)
    })
}

/// One load of a runtime.
#[pyclass(frozen, module = "metaffi._native")]
pub(crate) struct Runtime(Outside<metaffi::Runtime>);

#[pymethods]
impl Runtime {
    /// Loads the runtime `name`. `shipped` is the installation around the package, which is
    /// used if METAFFI_HOME is not set.
    #[new]
    fn load(py: Python<'_>, name: &str, shipped: PathBuf) -> PyResult<Self> {
        let load = || metaffi::Runtime::load_from(open_hub(&shipped)?, name);
        let runtime = Self(Outside::new(outside(py, load)?));
        interrupts::watch(py)?;
        Ok(runtime)
    }

    /// Releases the runtime: entities loaded through this object fail from now on.
    fn release(&self, py: Python<'_>) {
        if process::is_open() {
            py.detach(|| self.0.release());
        }
    }

    /// Loads a module by the user's path.
    fn load_module(&self, py: Python<'_>, path: &str) -> PyResult<Module> {
        let module = Outside::new(outside(py, || self.0.module(path))?);
        Ok(Module { module, errors: PyOnceLock::new() })
    }
}

/// A declared type as the package passes it: type, rank, alias.
pub(crate) type DeclaredType = (u32, i32, String);

fn type_info((ty, dims, alias): DeclaredType) -> TypeInfo {
    let info = TypeInfo::new(Type::from_raw(ty)).with_alias(alias);
    if dims == 0 { info } else { info.with_dims(dims) }
}

/// The infos of declared types.
pub(crate) fn type_infos(declared: Vec<DeclaredType>) -> Vec<TypeInfo> {
    declared.into_iter().map(type_info).collect()
}

/// A loaded module.
#[pyclass(frozen, module = "metaffi._native")]
pub(crate) struct Module {
    module: Outside<metaffi::Module>,
    errors: PyOnceLock<Errors>,
}

#[pymethods]
impl Module {
    /// Loads an entity.
    fn load_entity<'py>(
        &self,
        py: Python<'py>,
        path: &str,
        params: Vec<DeclaredType>,
        retvals: Vec<DeclaredType>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (params, retvals) = (type_infos(params), type_infos(retvals));
        let entity = outside(py, || self.module.entity(path, &params, &retvals))?;
        function::entity(py, entity, path, self.errors.get(py).cloned())
    }

    /// Returns what a path without types names: a function, a class, the module.
    fn load_value<'py>(&self, py: Python<'py>, path: &str) -> PyResult<Bound<'py, PyAny>> {
        match outside(py, || self.module.value(path))? {
            Value::Callable(function) => natural::entity(py, function, path),
            // SAFETY: `now` gives a new reference.
            Value::Handle(handle) => unsafe {
                Bound::from_owned_ptr_or_err(py, natural::to_natural(py, handle)?)
            },
            _ => Err(PyRuntimeError::new_err(format!(
                "`{path}` names neither a function nor an object"
            ))),
        }
    }

    /// Sets `resolve(type_name, error)`, which returns the exception to raise for a guest's,
    /// or `None` for the `MetaFFIError` itself. Only once; it applies to entities that are
    /// loaded from now on, and to the functions that they return.
    fn resolve_errors(&self, resolve: &Bound<'_, PyAny>) -> PyResult<()> {
        // SAFETY: live, under the GIL.
        let errors = Errors::new(unsafe { Own::of(resolve.as_ptr()) });
        let is_first = self.errors.set(resolve.py(), errors).is_ok();
        let again = || PyRuntimeError::new_err("resolve_errors was already called for the module");
        is_first.then_some(()).ok_or_else(again)
    }
}

/// The bits of the scalar types, of arrays and of packed arrays, by name.
#[pyfunction]
pub(crate) fn type_bits() -> Vec<(&'static str, u32)> {
    abi::TYPE_BITS.to_vec()
}

/// The number of a runtime's objects that others hold; 0 before anything is loaded.
#[pyfunction]
#[pyo3(signature = (runtime = "python3"))]
pub(crate) fn live_objects(runtime: &str) -> i64 {
    opened_hub().map_or(0, |hub| hub.owner(runtime).live_objects())
}
