//! The types of Python functions, read from their annotations.
//!
//! Reading them takes over a microsecond, so they are cached by the function's code
//! object: a `lambda` or an inner function is a new object each time, but has the
//! same code.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use metaffi_value::Signature;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyType};

use crate::function::Declared;
use crate::load::{DeclaredType, type_infos};

/// The types of a function.
#[derive(Debug)]
pub(crate) struct Types {
    pub(super) signature: Signature,
    pub(super) params: Box<[Declared]>,
    pub(super) rets: Box<[Declared]>,
    /// The maximum number of arguments; those after `params` may be of any type.
    pub(super) most: u32,
}

/// The types that a `MetaFFICallable` was made with.
#[pyclass(frozen, module = "metaffi._native")]
pub(crate) struct CallableTypes(Arc<Types>);

#[pymethods]
impl CallableTypes {
    /// `more` is how many further arguments it takes; -1 means any number.
    #[new]
    fn new(params: Vec<DeclaredType>, retvals: Vec<DeclaredType>, more: i32) -> Self {
        let signature = Signature::new(type_infos(params), type_infos(retvals));
        let params = signature.params().iter().map(Declared::new).collect();
        let rets = signature.rets().iter().map(Declared::new).collect();
        let most =
            u32::try_from(more).map_or(u32::MAX, |more| signature.params().len() as u32 + more);
        Self(Arc::new(Types { signature, params, rets, most }))
    }
}

/// The function to call instead of `passed`, if any, and its types.
pub(super) fn typed<'py>(
    passed: &Bound<'py, PyAny>,
) -> PyResult<(Option<Bound<'py, PyAny>>, Arc<Types>)> {
    if passed.get_type().is(callable_type(passed.py())?) {
        return typed_by_user(passed);
    }
    let key = Key::of(passed)?;
    if let Some(types) = key.as_ref().map(Key::find).transpose()?.flatten() {
        return Ok((None, types));
    }
    let (_, types) = typed_by_user(&make(passed)?)?;
    if let Some(key) = key {
        key.remember(&types)?;
    }
    Ok((None, types))
}

/// The function and the types of a `MetaFFICallable`.
fn typed_by_user<'py>(
    callable: &Bound<'py, PyAny>,
) -> PyResult<(Option<Bound<'py, PyAny>>, Arc<Types>)> {
    let py = callable.py();
    let types = callable.getattr(pyo3::intern!(py, "_native"))?;
    let types = types.cast::<CallableTypes>()?.get().0.clone();
    Ok((Some(callable.getattr(pyo3::intern!(py, "__wrapped__"))?), types))
}

fn callable_type(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    CLASS.import(py, "metaffi.metaffi_types", "MetaFFICallable")
}

fn make<'py>(passed: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    static MAKE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let make = MAKE.import(passed.py(), "metaffi.metaffi_types", "make_metaffi_callable")?;
    make.call1((passed,))
}

/// Everything that the types of a function or a method depend on.
struct Key<'py> {
    code: Bound<'py, PyAny>,
    annotations: Bound<'py, PyDict>,
    defaults: usize,
    bound: bool,
}

/// The types of a function as it was when they were read.
struct Known {
    /// Held, so that no other code object gets the same address.
    _code: Py<PyAny>,
    annotations: Py<PyDict>,
    defaults: usize,
    types: Arc<Types>,
}

type Cache = HashMap<(usize, bool), Known>;

/// A limit, since code that is made again and again must not fill the memory.
const MOST: usize = 1024;

fn cache() -> MutexGuard<'static, Option<Cache>> {
    static CACHE: Mutex<Option<Cache>> = Mutex::new(None);
    CACHE.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<'py> Key<'py> {
    /// The key of a function or a bound method; `None` for other callables, and
    /// for functions with attributes, which may give another signature.
    fn of(passed: &Bound<'py, PyAny>) -> PyResult<Option<Self>> {
        let py = passed.py();
        let bound = is_type(passed, "MethodType")?;
        let function = match bound {
            true => passed.getattr(pyo3::intern!(py, "__func__"))?,
            false => passed.clone(),
        };
        if !is_type(&function, "FunctionType")? {
            return Ok(None);
        }
        let attributes = function.getattr(pyo3::intern!(py, "__dict__"))?;
        if !attributes.cast::<PyDict>().is_ok_and(|attributes| attributes.is_empty()) {
            return Ok(None);
        }
        let defaults = function.getattr(pyo3::intern!(py, "__defaults__"))?;
        let defaults = if defaults.is_none() { 0 } else { defaults.len()? };
        let annotations = function.getattr(pyo3::intern!(py, "__annotations__"))?;
        let Ok(annotations) = annotations.cast_into() else { return Ok(None) };
        let code = function.getattr(pyo3::intern!(py, "__code__"))?;
        Ok(Some(Self { code, annotations, defaults, bound }))
    }

    fn address(&self) -> (usize, bool) {
        (self.code.as_ptr() as usize, self.bound)
    }

    /// The cached types, if they are still valid.
    fn find(&self) -> PyResult<Option<Arc<Types>>> {
        let py = self.code.py();
        let cache = cache();
        let known = cache.as_ref().and_then(|cache| cache.get(&self.address()));
        let Some(known) = known.filter(|known| known.defaults == self.defaults) else {
            return Ok(None);
        };
        let (annotations, types) = (known.annotations.clone_ref(py), known.types.clone());
        drop(cache); // comparing may run code
        let annotations = annotations.into_bound(py);
        let same = annotations.is_empty() && self.annotations.is_empty()
            || annotations.eq(&self.annotations)?;
        Ok(same.then_some(types))
    }

    fn remember(self, types: &Arc<Types>) -> PyResult<()> {
        let address = self.address();
        let known = Known {
            _code: self.code.unbind(),
            annotations: self.annotations.copy()?.unbind(),
            defaults: self.defaults,
            types: types.clone(),
        };
        let mut cache = cache();
        let full = cache.as_ref().is_some_and(|cache| cache.len() >= MOST);
        let old = if full { cache.take() } else { None };
        let replaced = cache.get_or_insert_default().insert(address, known);
        drop(cache);
        drop((old, replaced)); // may run code
        Ok(())
    }
}

/// Whether `object` is of exactly this type of the module `types`.
fn is_type(object: &Bound<'_, PyAny>, name: &'static str) -> PyResult<bool> {
    static FUNCTION: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    static METHOD: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let cell = if name == "MethodType" { &METHOD } else { &FUNCTION };
    let class = cell.import(object.py(), "types", name)?;
    // SAFETY: live, under the GIL.
    Ok(unsafe { ffi::Py_TYPE(object.as_ptr()) } == class.as_type_ptr())
}

/// Clears the cache, so that functions are inspected again when they are next passed.
#[pyfunction]
pub(crate) fn forget_signatures() {
    let forgotten = cache().take();
    drop(forgotten); // may run code
}
