//! Answers other runtimes' requests about Python objects: their items, entries, types,
//! members and methods. Nothing is prepared before such a request.

use core::ffi::c_void;
use core::ptr::NonNull;

use metaffi_abi as abi;
use metaffi_value::{Error, GuestFrame, Value, discard};
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyTuple, PyType};

use crate::gil::with_gil;
use crate::guest::member;
use crate::guest::module::Found;
use crate::lift::{self, Raised, Take};
use crate::lower::{self, KeepAlive, LowerError, Lowering, Mode};
use crate::process::{Visit, attached};
use crate::{releases, returns};

metaffi_value::vtable_functions!(answer);

type Give = unsafe fn(*mut PyObject, &mut GuestFrame<'_>) -> Result<(), LowerError>;

/// # Safety
/// `object` is a live Python object, and the frame is that of this call.
unsafe fn answer(object: *mut c_void, frame: NonNull<abi::Frame>, give: Give) -> abi::Status {
    let body = |frame: &mut GuestFrame<'_>| {
        let _visit = Visit::begin()?;
        // SAFETY: the caller's promise; the GIL is held while this runs.
        with_gil(|| unsafe {
            let object = (*object.cast::<abi::Object>()).data.cast();
            let outcome = give(object, frame).map_err(|error| answer_error(error));
            releases::drain();
            outcome
        })
    };
    // SAFETY: the caller's promise.
    unsafe { GuestFrame::enter(frame, body) }
}

/// # Safety
/// The GIL is held.
unsafe fn answer_error(error: LowerError) -> Error {
    // SAFETY: the caller's promise.
    unsafe { returns::refused(error, "the Python object") }
}

/// Gives the items of an object that can be iterated over and is not a mapping.
///
/// # Safety
/// `object` is live and the GIL is held.
unsafe fn give_items(object: *mut PyObject, frame: &mut GuestFrame<'_>) -> Result<(), LowerError> {
    // SAFETY: the caller's promises.
    unsafe {
        let has_items = lower::may_be_taken_apart(object) && !is_mapping(object);
        let array = if has_items { array(object, frame)? } else { lower::NULL };
        Ok(frame.set(0, array)?)
    }
}

/// # Safety
/// `object` is live and the GIL is held.
unsafe fn give_entries(
    object: *mut PyObject,
    frame: &mut GuestFrame<'_>,
) -> Result<(), LowerError> {
    // SAFETY: the caller's promises; both lists are new.
    unsafe {
        if !has_entries(object) {
            frame.set(0, lower::NULL)?;
            return Ok(frame.set(1, lower::NULL)?);
        }
        let keys = list(ffi::PyMapping_Keys(object))?;
        let values = list(ffi::PyMapping_Values(object))?;
        if ffi::PyList_Size(keys.as_ptr()) != ffi::PyList_Size(values.as_ptr()) {
            return Err(LowerError::refused(
                "expected a mapping with as many keys as values".into(),
            ));
        }
        let keys = array(keys.as_ptr(), frame)?;
        match array(values.as_ptr(), frame) {
            Ok(values) => {
                frame.set(0, keys)?;
                Ok(frame.set(1, values)?)
            }
            Err(error) => {
                discard(&keys);
                Err(error)
            }
        }
    }
}

/// A new list, or the exception that was raised instead.
///
/// # Safety
/// The GIL is held, and the reference is taken over.
unsafe fn list(made: *mut PyObject) -> Result<Bound<'static, PyAny>, LowerError> {
    // SAFETY: the caller's promises.
    unsafe {
        Bound::from_owned_ptr_or_opt(Python::assume_attached(), made).ok_or(LowerError::Raised)
    }
}

/// The items in the frame's arena, where they do not depend on `object`.
///
/// # Safety
/// `object` is live and the GIL is held.
unsafe fn array(
    object: *mut PyObject,
    frame: &mut GuestFrame<'_>,
) -> Result<abi::Value, LowerError> {
    let mut keep_alive = KeepAlive::new();
    let mut out = Lowering { arena: frame, keep_alive: &mut keep_alive, mode: Mode::Give };
    // SAFETY: the caller's promises.
    unsafe { lower::sequence(object, &mut out) }
}

/// Whether it is a mapping, rather than an object that merely has `keys`.
///
/// # Safety
/// `object` is live and the GIL is held.
unsafe fn is_mapping(object: *mut PyObject) -> bool {
    static MAPPING: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    // SAFETY: the caller's promises.
    unsafe {
        ffi::PyDict_Check(object) != 0
            || attached(|py| {
                let mapping = MAPPING.import(py, "collections.abc", "Mapping");
                let object = Bound::from_borrowed_ptr(py, object);
                mapping.is_ok_and(|mapping| object.is_instance(mapping).unwrap_or(false))
            })
    }
}

/// Whether `dict` accepts it as a mapping.
///
/// # Safety
/// `object` is live and the GIL is held.
unsafe fn has_entries(object: *mut PyObject) -> bool {
    // SAFETY: the caller's promises.
    unsafe {
        ffi::PyDict_Check(object) != 0
            || ffi::PyMapping_Check(object) != 0
                && attached(|py| has_keys(&Bound::from_borrowed_ptr(py, object)))
    }
}

fn has_keys(object: &Bound<'_, PyAny>) -> bool {
    object.get_type().hasattr("keys").unwrap_or(false)
}

/// A function of the package, by its module and name.
struct Helper(PyOnceLock<Py<PyAny>>, &'static str, &'static str);

impl Helper {
    const fn new(module: &'static str, name: &'static str) -> Self {
        Self(PyOnceLock::new(), module, name)
    }

    /// Calls it with the object and the frame's arguments.
    ///
    /// # Safety
    /// `object` is live, the GIL is held, and the arguments are valid.
    unsafe fn call(
        &self,
        object: *mut PyObject,
        arguments: &[abi::Value],
    ) -> Result<Bound<'static, PyAny>, LowerError> {
        // SAFETY: the caller's promises; `lift` gives a new reference.
        unsafe {
            let py = Python::assume_attached();
            let mut all = vec![Bound::from_borrowed_ptr(py, object)];
            for argument in arguments {
                let made = lift::lift(argument, Take::Retain, false);
                let made = made.map_err(|Raised| LowerError::Raised)?;
                all.push(Bound::from_owned_ptr(py, made));
            }
            let arguments = PyTuple::new(py, all);
            let called =
                arguments.and_then(|arguments| self.0.import(py, self.1, self.2)?.call1(arguments));
            called.map_err(raised)
        }
    }
}

fn raised(error: PyErr) -> LowerError {
    let Raised = error.into();
    LowerError::Raised
}

/// # Safety
/// `object` is live and the GIL is held.
unsafe fn give_type(object: *mut PyObject, frame: &mut GuestFrame<'_>) -> Result<(), LowerError> {
    static TYPE_OF: Helper = Helper::new("metaffi._members", "type_of");
    // SAFETY: the caller's promises.
    let found = unsafe { TYPE_OF.call(object, &[])? };
    let (own, of_instances): (u64, u64) = found.extract().map_err(raised)?;
    Ok(frame.set_all(&[Value::UInt64(own), Value::UInt64(of_instances)])?)
}

/// # Safety
/// `object` is live and the GIL is held; the arguments are a number and a name.
unsafe fn give_member(object: *mut PyObject, frame: &mut GuestFrame<'_>) -> Result<(), LowerError> {
    static MEMBER: Helper = Helper::new("metaffi._members", "member");
    let [kind, _] = frame.args() else {
        return Err(LowerError::refused("expected the kind and the name of a member".into()));
    };
    // SAFETY: the caller's promises; a number of 64 bits.
    let (kind, found) = unsafe { (kind.payload.i64, MEMBER.call(object, frame.args())?) };
    let found: Option<Found<'_>> = found.extract().map_err(raised)?;
    let function = found.map(|found| member::function(kind, &found)).transpose().map_err(raised)?;
    Ok(frame.set_all(&[function.map_or(Value::Null, Value::Callable)])?)
}

/// # Safety
/// `object` is live and the GIL is held.
unsafe fn give_description(
    object: *mut PyObject,
    frame: &mut GuestFrame<'_>,
) -> Result<(), LowerError> {
    static DESCRIBE: Helper = Helper::new("metaffi._members", "describe");
    type Texts = Vec<String>;
    // SAFETY: the caller's promises.
    let found = unsafe { DESCRIBE.call(object, &[])? };
    let (name, doc, supertypes, operations, members): (String, String, Texts, Texts, Texts) =
        found.extract().map_err(raised)?;
    let [supertypes, operations, members] = [supertypes, operations, members].map(Value::from);
    Ok(frame.set_all(&[name.into(), doc.into(), supertypes, operations, members])?)
}

/// # Safety
/// `object` is live and the GIL is held; the one argument is a string.
unsafe fn give_method(object: *mut PyObject, frame: &mut GuestFrame<'_>) -> Result<(), LowerError> {
    static FIND: Helper = Helper::new("metaffi._methods", "implemented");
    if frame.args().len() != 1 {
        return Err(LowerError::refused("expected the name of a method".into()));
    }
    // SAFETY: the caller's promises.
    unsafe {
        let found = FIND.call(object, frame.args())?;
        let mut keep_alive = KeepAlive::new();
        let mut out =
            Lowering { arena: &mut *frame, keep_alive: &mut keep_alive, mode: Mode::Give };
        let function = lower::callable(found.as_ptr(), &mut out)?;
        Ok(frame.set(0, function)?)
    }
}
