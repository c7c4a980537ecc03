//! `MetaFFIHandle`: an object of another runtime, held by Python.

use core::hash::{Hash, Hasher};
use core::ptr::{NonNull, null_mut};
use std::sync::atomic::{AtomicPtr, Ordering};

use metaffi_abi as abi;
use metaffi_value::{
    Description, Error, ErrorKind, Handle, Value, query_member, query_method, query_type,
};
use pyo3::exceptions::PyAttributeError;
use pyo3::ffi;
use pyo3::prelude::*;

use crate::error::to_exception;
use crate::function::Shown;
use crate::lift::{self, Raised, Take};
use crate::load::owner_name;
use crate::mapping::MetaFFIMapping;
use crate::natural;
use crate::pressure;
use crate::process::{is_open, without_gil};

/// An object that lives in another runtime.
///
/// It is returned as a result, can be passed wherever a handle is declared, and is
/// released when it is garbage-collected, at the end of a `with` block, or by
/// `release()`. Two handles are equal if they stand for the same reference.
///
/// It has the object's methods, if the other runtime describes its objects, so a Java or
/// Go object can be used as a `Protocol`.
#[pyclass(frozen, subclass, weakref, module = "metaffi")]
pub(crate) struct MetaFFIHandle {
    /// Null after the release. Read and written under the GIL, hence `Relaxed`.
    object: AtomicPtr<abi::Object>,
    owner: u64,
}

impl MetaFFIHandle {
    fn of(handle: Handle) -> Self {
        let owner = handle.owner();
        Self { object: AtomicPtr::new(handle.into_raw().as_ptr()), owner }
    }

    /// Another reference to the object, or `None` after the release.
    pub(crate) fn share(&self) -> Option<Handle> {
        // No other thread releases it meanwhile: that needs the GIL, which we hold.
        let object = NonNull::new(self.object.load(Ordering::Relaxed))?;
        // SAFETY: not yet released, so it is live.
        Some(unsafe { Handle::retain_raw(object) })
    }

    /// Another reference to the object; an exception after the release.
    pub(crate) fn live(&self) -> PyResult<Handle> {
        self.share().ok_or_else(|| to_exception(released()))
    }

    fn take(&self) -> Option<Handle> {
        let object = NonNull::new(self.object.swap(null_mut(), Ordering::Relaxed))?;
        // SAFETY: this is the reference that `of` was given, taken once.
        Some(unsafe { Handle::take_raw(object) })
    }

    /// The identity that makes two handles equal: the owner's own reference, or the
    /// object's address if the owner has none.
    fn identity(&self) -> Option<(u64, usize)> {
        let handle = self.share()?;
        let data = handle.data() as usize;
        Some((self.owner, if data == 0 { handle.as_raw().as_ptr() as usize } else { data }))
    }

    /// A method of the object, as a callable.
    fn method(&self, name: &str) -> PyResult<Option<Handle>> {
        let handle = self.live()?;
        // SAFETY: under the GIL, which others may need to answer; the handle holds the object.
        unsafe { without_gil(|| query_method(handle.as_raw(), name)) }.map_err(to_exception)
    }

    fn lives_in(&self) -> String {
        match owner_name(self.owner) {
            name if name.is_empty() => format!("runtime {}", self.owner),
            name => name,
        }
    }
}

/// The error of using a handle after its release.
pub(crate) fn released() -> Error {
    Error::new(ErrorKind::Released, "the MetaFFIHandle was released; get the object again")
}

#[pymethods]
impl MetaFFIHandle {
    /// The id of the runtime that the object lives in.
    #[getter]
    fn runtime_id(&self) -> u64 {
        self.owner
    }

    /// Releases the object. Using the handle later raises `MetaFFIError`; releasing
    /// it again does nothing.
    fn release(&self) {
        drop(self.take());
    }

    /// The object's method of that name. Names that start with an underscore are
    /// Python's own, and are never looked up in the other runtime.
    fn __getattr__(slf: &Bound<'_, Self>, name: &str) -> PyResult<Py<PyAny>> {
        let (py, class) = (slf.py(), slf.get_type());
        // A class that is made for a type, or derives from one, does its own lookup.
        let is_ours = class.is(py.get_type::<Self>()) || class.is(py.get_type::<MetaFFIMapping>());
        let is_requested = is_ours && !name.starts_with('_');
        let found = if is_requested { slf.get().method(name)? } else { None };
        let Some(function) = found else {
            let message = format!("'MetaFFIHandle' object has no attribute '{name}'");
            return Err(PyAttributeError::new_err(message));
        };
        bound(py, function)
    }

    /// The numbers of its runtime, of its type, and of its instances' type (0 if it is not a
    /// class); `None` if the runtime does not describe its types.
    #[pyo3(name = "_numbers")]
    pub(crate) fn numbers(&self) -> PyResult<Option<[u64; 3]>> {
        let handle = self.live()?;
        // SAFETY: under the GIL, which others may need to answer; the handle holds the object.
        let numbers = unsafe { without_gil(|| query_type(handle.as_raw())) };
        Ok(numbers.map_err(to_exception)?.map(|(own, of)| [self.owner, own, of]))
    }

    /// A member of its type as a function, whose first argument is the object; `None` if there
    /// is no such member. Objects that it returns are used like Python's own.
    fn _member<'py>(
        &self,
        py: Python<'py>,
        kind: i64,
        name: &str,
        shown: Shown,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        let handle = self.live()?;
        // SAFETY: as in `numbers`.
        let found = unsafe { without_gil(|| query_member(handle.as_raw(), kind, name)) };
        let found = found.map_err(to_exception)?;
        found.map(|function| natural::function(py, function, shown)).transpose()
    }

    /// The class of the object, as an object; `None` if it has none.
    fn _class(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        let handle = self.live()?;
        let ask = || -> Result<Option<Value>, Error> {
            // SAFETY: as in `numbers`.
            let class = unsafe { query_member(handle.as_raw(), abi::MEMBER_OPERATION, "class")? };
            let Some(class) = class else { return Ok(None) };
            Ok(class.call(&[Value::Handle(handle.clone())])?.pop())
        };
        // SAFETY: as in `numbers`.
        match unsafe { without_gil(ask) }.map_err(to_exception)? {
            Some(Value::Handle(class)) => {
                // SAFETY: `wrap` gives a new reference.
                let made = unsafe { Bound::from_owned_ptr(py, wrap(py, class)?) };
                Ok(Some(made.unbind()))
            }
            _ => Ok(None),
        }
    }

    /// The object's method of that name.
    fn _method(&self, py: Python<'_>, name: &str) -> PyResult<Option<Py<PyAny>>> {
        self.method(name)?.map(|function| bound(py, function)).transpose()
    }

    /// All its elements, as a list; `None` if it cannot be iterated over. Objects among
    /// them are used like Python's own.
    fn _items<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let handle = self.live()?;
        natural::items(py, &handle)
    }

    /// The name, documentation, supertypes, operations and members of its type.
    fn _describe(&self) -> PyResult<Option<natural::Described>> {
        let handle = self.live()?;
        // SAFETY: as in `numbers`.
        let described = unsafe { without_gil(|| Description::of(handle.as_raw())) };
        Ok(described.map_err(to_exception)?.map(natural::described))
    }

    fn __enter__(slf: Py<Self>) -> PyResult<Py<Self>> {
        match slf.get().object.load(Ordering::Relaxed).is_null() {
            true => Err(to_exception(released())),
            false => Ok(slf),
        }
    }

    #[pyo3(signature = (*_exception))]
    fn __exit__(&self, _exception: &Bound<'_, pyo3::types::PyTuple>) {
        self.release();
    }

    fn __eq__(slf: &Bound<'_, Self>, other: &Bound<'_, PyAny>) -> bool {
        let Ok(other) = other.cast::<Self>() else { return false };
        let identity = slf.get().identity();
        slf.is(other) || identity.is_some() && identity == other.get().identity()
    }

    fn __hash__(&self) -> PyResult<u64> {
        let identity = self.identity().ok_or_else(|| to_exception(released()))?;
        let mut hasher = std::hash::DefaultHasher::new();
        identity.hash(&mut hasher);
        Ok(hasher.finish())
    }

    fn __repr__(&self) -> String {
        match self.identity() {
            Some((_, address)) => format!("<MetaFFIHandle of {} at {address:#x}>", self.lives_in()),
            None => format!("<MetaFFIHandle of {}, released>", self.lives_in()),
        }
    }
}

impl Drop for MetaFFIHandle {
    fn drop(&mut self) {
        match self.take() {
            Some(handle) if !is_open() => core::mem::forget(handle),
            _ => {}
        }
    }
}

/// A method as a Python function.
fn bound(py: Python<'_>, function: Handle) -> PyResult<Py<PyAny>> {
    // SAFETY: the reference to the callable is passed on; under the GIL.
    unsafe {
        let made = lift::callable(function.into_raw().as_ptr(), Take::Take);
        let made = made.map_err(|Raised| PyErr::fetch(py))?;
        Ok(Bound::from_owned_ptr(py, made).unbind())
    }
}

/// Wraps a handle of another runtime; a map is also a Python mapping.
pub(crate) fn wrap(py: Python<'_>, handle: Handle) -> PyResult<*mut ffi::PyObject> {
    pressure::count_arrival();
    if handle.is_mapping() {
        let base = PyClassInitializer::from(MetaFFIHandle::of(handle));
        let made = Bound::new(py, base.add_subclass(MetaFFIMapping::new()))?;
        return Ok(made.into_any().into_ptr());
    }
    Ok(Bound::new(py, MetaFFIHandle::of(handle))?.into_any().into_ptr())
}
