//! `MetaFFIMapping`: a map of another runtime, which is read like a `dict`.

use std::sync::{Mutex, PoisonError};

use metaffi_value::{CallFrame, Handle, query_entries};
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyIterator, PyList, PyType};

use crate::error::to_exception;
use crate::handle::MetaFFIHandle;
use crate::lift::{self, Raised, Take};
use crate::process::without_gil;

/// A map of another runtime.
///
/// It is a `MetaFFIHandle`, and when passed back it is the map itself. It can be used like
/// a Python mapping: `x["key"]`, `dict(x)`, `f(**x)`, `isinstance(x, dict)`. Each of these
/// gets the current entries. Code that iterates over the keys and gets each key's value gets
/// all of them from the same moment.
#[pyclass(frozen, subclass, extends = MetaFFIHandle, mapping, module = "metaffi")]
pub(crate) struct MetaFFIMapping {
    /// The remaining entries of an iteration over the keys: otherwise `dict(x)` would get
    /// all entries again for each key.
    following: Mutex<Option<Py<PyIterator>>>,
    /// The keys in their previous order: Python's mappings keep their order, while a Go map
    /// returns another one each time.
    order: Mutex<Option<Py<PyList>>>,
}

impl MetaFFIMapping {
    pub(crate) const fn new() -> Self {
        Self { following: Mutex::new(None), order: Mutex::new(None) }
    }

    /// The same entries, with the previous ones in their previous order.
    fn in_order<'py>(&self, entries: Bound<'py, PyDict>) -> PyResult<Bound<'py, PyDict>> {
        let py = entries.py();
        let known = {
            let order = self.order.lock().unwrap_or_else(PoisonError::into_inner);
            order.as_ref().map(|keys| keys.clone_ref(py))
        };
        let ordered = match known {
            None => entries,
            Some(known) => {
                let ordered = PyDict::new(py);
                for key in known.bind(py) {
                    if let Some(value) = entries.get_item(&key)? {
                        ordered.set_item(&key, value)?;
                        entries.del_item(&key)?;
                    }
                }
                ordered.update(entries.as_mapping())?;
                ordered
            }
        };
        let keys = Some(ordered.keys().unbind());
        // Dropping the old keys may run Python code, so not while the lock is held.
        let before = {
            let mut order = self.order.lock().unwrap_or_else(PoisonError::into_inner);
            core::mem::replace(&mut *order, keys)
        };
        drop(before);
        Ok(ordered)
    }

    fn follow(&self, entries: Option<Py<PyIterator>>) -> Option<Py<PyIterator>> {
        let mut following = self.following.lock().unwrap_or_else(PoisonError::into_inner);
        core::mem::replace(&mut following, entries)
    }

    /// The next entry's value, if `key` is the next entry's key object.
    fn next_value<'py>(&self, key: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let Some(entries) = self.follow(None) else { return Ok(None) };
        let Some(entry) = entries.bind(key.py()).clone().next() else { return Ok(None) };
        let (next, value): (Bound<'py, PyAny>, Bound<'py, PyAny>) = entry?.extract()?;
        if !next.is(key) {
            return Ok(None);
        }
        self.follow(Some(entries));
        Ok(Some(value))
    }
}

#[pymethods]
impl MetaFFIMapping {
    /// The class that code sees which distinguishes mappings from other objects by class.
    #[getter(__class__)]
    fn class(slf: &Bound<'_, Self>) -> Py<PyType> {
        slf.py().get_type::<PyDict>().unbind()
    }

    /// Its keys.
    fn keys<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let entries = entries(slf)?;
        let items = entries.call_method0("items")?.try_iter()?;
        slf.get().follow(Some(items.unbind()));
        entries.call_method0("keys")
    }

    /// Its values, in the order of its keys.
    fn values<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        entries(slf)?.call_method0("values")
    }

    /// Its keys with their values.
    fn items<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        entries(slf)?.call_method0("items")
    }

    /// A `dict` of its entries.
    fn copy<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyDict>> {
        entries(slf)
    }

    /// The value of a key, or `default` if there is none.
    #[pyo3(signature = (key, default = None))]
    fn get<'py>(
        slf: &Bound<'py, Self>,
        key: &Bound<'py, PyAny>,
        default: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        Ok(entries(slf)?.get_item(key)?.or(default))
    }

    /// The value of `key`, if it is the next one of an iteration over the keys; `otherwise`
    /// for another key, which ends the iteration.
    fn _followed<'py>(
        slf: &Bound<'py, Self>,
        key: &Bound<'py, PyAny>,
        otherwise: Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        Ok(slf.get().next_value(key)?.unwrap_or(otherwise))
    }

    fn __getitem__<'py>(
        slf: &Bound<'py, Self>,
        key: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        if let Some(value) = slf.get().next_value(key)? {
            return Ok(value);
        }
        let missing = || PyKeyError::new_err((key.clone().unbind(),));
        entries(slf)?.get_item(key)?.ok_or_else(missing)
    }

    fn __iter__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyIterator>> {
        Self::keys(slf)?.try_iter()
    }

    fn __len__(slf: &Bound<'_, Self>) -> PyResult<usize> {
        Ok(entries(slf)?.len())
    }

    fn __contains__(slf: &Bound<'_, Self>, key: &Bound<'_, PyAny>) -> PyResult<bool> {
        entries(slf)?.contains(key)
    }
}

/// The current entries.
fn entries<'py>(mapping: &Bound<'py, MetaFFIMapping>) -> PyResult<Bound<'py, PyDict>> {
    let py = mapping.py();
    let handle = mapping.as_super().get().live()?;
    let pairs = request_entries(py, &handle)?;
    let made = PyDict::new(py);
    if let Some((keys, values)) = pairs {
        for (key, value) in keys.try_iter()?.zip(values.try_iter()?) {
            made.set_item(key?, value?)?;
        }
    }
    mapping.get().in_order(made)
}

type Pair<'py> = (Bound<'py, PyAny>, Bound<'py, PyAny>);

/// The map's keys and values, from its runtime.
fn request_entries<'py>(py: Python<'py>, handle: &Handle) -> PyResult<Option<Pair<'py>>> {
    CallFrame::with(|mut frame| {
        // SAFETY: under the GIL, which others may need to answer; the handle holds the object,
        // and the frame outlives the answer.
        let answer = unsafe { without_gil(|| query_entries(handle.as_raw(), &mut frame)) };
        let Some(answer) = answer.map_err(to_exception)? else { return Ok(None) };
        let [keys, values] = answer.slots();
        // SAFETY: the answer holds its slots; `lift` gives a new reference.
        let lifted = |slot| unsafe {
            let made = lift::lift(slot, Take::Retain, false);
            made.map(|made| Bound::from_owned_ptr(py, made)).map_err(|Raised| PyErr::fetch(py))
        };
        Ok(Some((lifted(keys)?, lifted(values)?)))
    })
}
