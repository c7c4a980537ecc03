//! The Python type of stubs that pass their arguments on unchanged.
//!
//! A stub is a Python function with a signature, documentation and keyword arguments.
//! Once its entity is loaded, a call with exactly as many positional arguments as it
//! has parameters goes directly to the entity, without a Python frame.

use core::ffi::{c_int, c_void};
use core::mem::offset_of;
use core::ptr::null_mut;

use pyo3::ffi::{self, PyObject};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;
use smallvec::SmallVec;

use super::{HAVE_VECTORCALL, call, offset_member};
use crate::vectorcall;

/// `Py_TPFLAGS_METHOD_DESCRIPTOR`: `object.name(…)` calls without a bound method.
pub(super) const METHOD_DESCRIPTOR: u32 = 1 << 17;

/// An instance.
#[repr(C)]
struct Direct {
    head: PyObject,
    vectorcall: ffi::vectorcallfunc,
    weak_references: *mut PyObject,
    /// The Python function; owned.
    function: *mut PyObject,
    /// The `Module` of the stubs; owned.
    module: *mut PyObject,
    /// The global that stands for the entity; owned.
    name: *mut PyObject,
    /// The entity, owned; null until it is loaded.
    entity: *mut PyObject,
    count: usize,
    /// Whether the first argument is an object of a stub class, whose handle is passed.
    is_method: bool,
    /// Whether the entity was already requested from the module.
    is_asked: bool,
}

impl Direct {
    /// # Safety
    /// `object` is an instance of our type, which the caller keeps alive, and
    /// the GIL is held.
    unsafe fn of<'a>(object: *mut PyObject) -> &'a mut Direct {
        // SAFETY: the caller's promise. No reference outlives a call of Python.
        unsafe { &mut *object.cast::<Direct>() }
    }
}

/// The type `Direct`.
pub(crate) fn python_type(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    static TYPE: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    Ok(TYPE.get_or_try_init(py, || make_type(py))?.bind(py))
}

fn make_type(py: Python<'_>) -> PyResult<Py<PyType>> {
    let mut members = [
        offset_member(c"__vectorcalloffset__", offset_of!(Direct, vectorcall)),
        offset_member(c"__weaklistoffset__", offset_of!(Direct, weak_references)),
        ffi::PyMemberDef {
            type_code: ffi::Py_T_OBJECT_EX,
            ..offset_member(c"__wrapped__", offset_of!(Direct, function))
        },
        ffi::PyMemberDef::default(),
    ];
    let slot = |slot: c_int, pfunc: *mut c_void| ffi::PyType_Slot { slot, pfunc };
    let mut slots = [
        slot(ffi::Py_tp_dealloc, dealloc as ffi::destructor as _),
        slot(ffi::Py_tp_traverse, traverse as ffi::traverseproc as _),
        slot(ffi::Py_tp_clear, clear as ffi::inquiry as _),
        slot(ffi::Py_tp_call, call_with_tuple as ffi::ternaryfunc as _),
        slot(ffi::Py_tp_descr_get, bind as ffi::descrgetfunc as _),
        slot(ffi::Py_tp_getattro, attribute as ffi::getattrofunc as _),
        slot(ffi::Py_tp_repr, repr as ffi::reprfunc as _),
        slot(ffi::Py_tp_members, members.as_mut_ptr().cast()),
        slot(ffi::Py_tp_getset, getters().cast()),
        slot(ffi::Py_tp_methods, methods().cast()),
        slot(0, null_mut()),
    ];
    let mut spec = ffi::PyType_Spec {
        name: c"metaffi.Direct".as_ptr(),
        basicsize: size_of::<Direct>() as c_int,
        itemsize: 0,
        flags: (ffi::Py_TPFLAGS_DEFAULT
            | ffi::Py_TPFLAGS_HAVE_GC
            | ffi::Py_TPFLAGS_DISALLOW_INSTANTIATION
            | ffi::Py_TPFLAGS_IMMUTABLETYPE) as u32
            | HAVE_VECTORCALL
            | METHOD_DESCRIPTOR,
        slots: slots.as_mut_ptr(),
    };
    // SAFETY: the interpreter copies the spec but for getters and methods,
    // which are static; the name too is.
    unsafe {
        let made = ffi::PyType_FromSpec(&raw mut spec);
        Ok(Bound::from_owned_ptr_or_err(py, made)?.cast_into::<PyType>()?.unbind())
    }
}

/// Returns a replacement for `function`, which has `count` parameters and passes
/// them to the global `name` of the module's file; with `is_method` the first one
/// is an object, whose handle is passed.
#[pyfunction]
pub(crate) fn direct<'py>(
    module: Bound<'py, PyAny>,
    function: Bound<'py, PyAny>,
    name: Bound<'py, PyAny>,
    count: usize,
    is_method: bool,
) -> PyResult<Bound<'py, PyAny>> {
    let py = module.py();
    let class = python_type(py)?;
    // SAFETY: our own type, whose instances start zeroed; the collector may see
    // it before the fields are written, and skips null.
    unsafe {
        let object = ffi::PyType_GenericAlloc(class.as_type_ptr(), 0);
        let made = Bound::from_owned_ptr_or_err(py, object)?;
        let own = object.cast::<Direct>();
        (&raw mut (*own).vectorcall).write(vectorcall);
        (*own).function = function.into_ptr();
        (*own).module = module.into_ptr();
        (*own).name = name.into_ptr();
        (*own).count = count;
        (*own).is_method = is_method;
        Ok(made)
    }
}

/// The `vectorcallfunc` of every instance.
unsafe extern "C" fn vectorcall(
    object: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    keywords: *mut PyObject,
) -> *mut PyObject {
    // The top bit is a flag: the slot before the arguments may be used.
    let count = nargsf & (usize::MAX >> 1);
    // SAFETY: the interpreter passes an instance and `count` arguments, which
    // the caller keeps alive, under the GIL.
    unsafe {
        let own = Direct::of(object);
        if own.entity.is_null() || count != own.count || !keywords.is_null() {
            return by_function(object, args, nargsf, keywords);
        }
        let args = if count == 0 { &[] } else { core::slice::from_raw_parts(args, count) };
        if own.is_method {
            return on_object(object, args);
        }
        // The call may replace the entity, and we may hold the last reference.
        let entity = ffi::Py_NewRef(own.entity);
        let result = pass(entity, args);
        ffi::Py_DECREF(entity);
        result
    }
}

/// Calls the entity with the first argument's handle in its place; if it has none,
/// the Python function refuses it.
///
/// # Safety
/// An instance with an entity and live arguments, the first an object; the GIL
/// is held.
unsafe fn on_object(object: *mut PyObject, args: &[*mut PyObject]) -> *mut PyObject {
    // SAFETY: the caller's promises; `handle` is an owned reference.
    unsafe {
        let name = intern!(Python::assume_attached(), "_metaffi_handle").as_ptr();
        let handle = ffi::PyObject_GetAttr(args[0], name);
        if handle.is_null() {
            ffi::PyErr_Clear();
            return by_function(object, args.as_ptr(), args.len(), null_mut());
        }
        let entity = ffi::Py_NewRef(Direct::of(object).entity);
        let mut passed: SmallVec<[*mut PyObject; call::INLINE]> = SmallVec::from_slice(args);
        passed[0] = handle;
        let result = pass(entity, &passed);
        ffi::Py_DECREF(entity);
        ffi::Py_DECREF(handle);
        result
    }
}

/// Calls with these arguments.
///
/// # Safety
/// All are live, and the GIL is held.
#[inline]
unsafe fn pass(entity: *mut PyObject, args: &[*mut PyObject]) -> *mut PyObject {
    // SAFETY: the caller's promises.
    unsafe { vectorcall::pass(entity, args.as_ptr(), args.len(), null_mut()) }
}

/// Calls the Python function, and then gets the entity that it has loaded.
///
/// # Safety
/// As the `vectorcallfunc`.
#[cold]
unsafe fn by_function(
    object: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    keywords: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the interpreter's arguments, passed on; its caller keeps the
    // instance alive, and that its function.
    unsafe {
        let result = vectorcall::pass(Direct::of(object).function, args, nargsf, keywords);
        if !result.is_null() && !Direct::of(object).is_asked {
            ask(Python::assume_attached(), object);
        }
        result
    }
}

/// Asks the module for the entity, only once until the stubs are bound again.
///
/// # Safety
/// A live instance; no exception is set.
unsafe fn ask(py: Python<'_>, object: *mut PyObject) {
    // SAFETY: the caller's promise; the fields are owned by the instance, and
    // the module is null only when it is being collected.
    unsafe {
        let own = Direct::of(object);
        own.is_asked = true;
        if own.module.is_null() {
            return;
        }
        let module = Bound::from_borrowed_ptr(py, own.module);
        let arguments =
            (Bound::from_borrowed_ptr(py, object), Bound::from_borrowed_ptr(py, own.name));
        match module.call_method1(intern!(py, "loaded"), arguments) {
            Ok(entity) if !entity.is_none() => {
                ffi::Py_XDECREF(core::mem::replace(
                    &mut Direct::of(object).entity,
                    entity.into_ptr(),
                ));
            }
            Ok(_) => Direct::of(object).is_asked = false,
            Err(error) => error.write_unraisable(py, None),
        }
    }
}

/// `tp_call`, for callers that have a tuple.
unsafe extern "C" fn call_with_tuple(
    object: *mut PyObject,
    tuple: *mut PyObject,
    keywords: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the interpreter passes an instance, a tuple, and a dict or null.
    unsafe {
        if !keywords.is_null() && ffi::PyDict_Size(keywords) > 0 {
            return ffi::PyObject_Call(Direct::of(object).function, tuple, keywords);
        }
        let args = call::items(tuple);
        vectorcall(object, args.as_ptr(), args.len(), null_mut())
    }
}

/// `tp_descr_get`: a bound method for an object, itself for a class.
pub(super) unsafe extern "C" fn bind(
    object: *mut PyObject,
    instance: *mut PyObject,
    _: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the interpreter passes an instance, and an object or null.
    unsafe {
        if instance.is_null() || instance == ffi::Py_None() {
            return ffi::Py_NewRef(object);
        }
        let py = Python::assume_attached();
        let made = method_type(py).and_then(|class| {
            class.call1((
                Bound::from_borrowed_ptr(py, object),
                Bound::from_borrowed_ptr(py, instance),
            ))
        });
        or_raise(py, made)
    }
}

/// `types.MethodType`, whose constructor the limited API does not have.
fn method_type(py: Python<'_>) -> PyResult<&Bound<'_, PyAny>> {
    static TYPE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let find = || Ok::<_, PyErr>(py.import("types")?.getattr("MethodType")?.unbind());
    Ok(TYPE.get_or_try_init(py, find)?.bind(py))
}

/// `tp_getattro`: attributes that it lacks are the function's.
unsafe extern "C" fn attribute(object: *mut PyObject, name: *mut PyObject) -> *mut PyObject {
    // SAFETY: the interpreter passes an instance and a name, under the GIL.
    unsafe {
        let found = ffi::PyObject_GenericGetAttr(object, name);
        if !found.is_null() || ffi::PyErr_ExceptionMatches(ffi::PyExc_AttributeError) == 0 {
            return found;
        }
        ffi::PyErr_Clear();
        ffi::PyObject_GetAttr(Direct::of(object).function, name)
    }
}

unsafe extern "C" fn repr(object: *mut PyObject) -> *mut PyObject {
    // SAFETY: the interpreter passes an instance, under the GIL.
    unsafe { ffi::PyObject_Repr(Direct::of(object).function) }
}

/// Attributes that the type itself has under the same names.
fn getters() -> *mut ffi::PyGetSetDef {
    struct Getters([ffi::PyGetSetDef; 3]);
    // SAFETY: only the interpreter uses them, and it only reads.
    unsafe impl Sync for Getters {}
    const fn of_function(name: &'static core::ffi::CStr) -> ffi::PyGetSetDef {
        ffi::PyGetSetDef {
            name: name.as_ptr(),
            get: Some(of_its_function),
            set: None,
            doc: core::ptr::null(),
            closure: name.as_ptr() as *mut c_void,
        }
    }
    static GETTERS: Getters = Getters([
        of_function(c"__doc__"),
        of_function(c"__module__"),
        ffi::PyGetSetDef {
            name: core::ptr::null(),
            get: None,
            set: None,
            doc: core::ptr::null(),
            closure: null_mut(),
        },
    ]);
    (&raw const GETTERS.0).cast_mut().cast()
}

unsafe extern "C" fn of_its_function(object: *mut PyObject, name: *mut c_void) -> *mut PyObject {
    // SAFETY: getters get an instance, and the static text of their definition.
    unsafe { ffi::PyObject_GetAttrString(Direct::of(object).function, name.cast_const().cast()) }
}

fn methods() -> *mut ffi::PyMethodDef {
    struct Methods([ffi::PyMethodDef; 3]);
    // SAFETY: only the interpreter uses them, and it only reads.
    unsafe impl Sync for Methods {}
    const fn method(name: &'static core::ffi::CStr, does: ffi::PyCFunction) -> ffi::PyMethodDef {
        ffi::PyMethodDef {
            ml_name: name.as_ptr(),
            ml_meth: ffi::PyMethodDefPointer { PyCFunction: does },
            ml_flags: ffi::METH_NOARGS,
            ml_doc: core::ptr::null(),
        }
    }
    static METHODS: Methods = Methods([
        method(c"reset", reset),
        method(c"__reduce__", reduce),
        ffi::PyMethodDef::zeroed(),
    ]);
    (&raw const METHODS.0).cast_mut().cast()
}

/// Forgets the entity.
unsafe extern "C" fn reset(object: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: methods get an instance, under the GIL.
    unsafe {
        let own = Direct::of(object);
        own.is_asked = false;
        ffi::Py_XDECREF(core::mem::replace(&mut own.entity, null_mut()));
        ffi::Py_NewRef(ffi::Py_None())
    }
}

/// Pickles by name, as functions do.
unsafe extern "C" fn reduce(object: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: methods get an instance, under the GIL.
    unsafe { ffi::PyObject_GetAttrString(Direct::of(object).function, c"__qualname__".as_ptr()) }
}

fn or_raise(py: Python<'_>, made: PyResult<Bound<'_, PyAny>>) -> *mut PyObject {
    match made {
        Ok(made) => made.into_ptr(),
        Err(error) => {
            error.restore(py);
            null_mut()
        }
    }
}

unsafe extern "C" fn traverse(
    object: *mut PyObject,
    visit: ffi::visitproc,
    context: *mut c_void,
) -> c_int {
    // SAFETY: the collector passes an instance, and a function to call with each
    // object that it owns.
    unsafe {
        let own = Direct::of(object);
        let class = ffi::Py_TYPE(object).cast();
        for held in [class, own.function, own.module, own.name, own.entity] {
            if !held.is_null() {
                let stop = visit(held, context);
                if stop != 0 {
                    return stop;
                }
            }
        }
        0
    }
}

unsafe extern "C" fn clear(object: *mut PyObject) -> c_int {
    // SAFETY: the collector passes an instance, or `dealloc` does. The function is
    // kept, since a finalizer may still call it; it breaks its own cycles.
    unsafe {
        let own = Direct::of(object);
        ffi::Py_XDECREF(core::mem::replace(&mut own.entity, null_mut()));
        ffi::Py_XDECREF(core::mem::replace(&mut own.module, null_mut()));
        0
    }
}

unsafe extern "C" fn dealloc(object: *mut PyObject) {
    // SAFETY: the interpreter calls this once, for the last reference, under
    // the GIL. `PyType_GenericAlloc` took a reference to the type.
    unsafe {
        ffi::PyObject_GC_UnTrack(object.cast());
        if !Direct::of(object).weak_references.is_null() {
            ffi::PyObject_ClearWeakRefs(object);
        }
        clear(object);
        ffi::Py_XDECREF(Direct::of(object).function);
        ffi::Py_XDECREF(Direct::of(object).name);
        let class = ffi::Py_TYPE(object);
        ffi::PyObject_GC_Del(object.cast());
        ffi::Py_DECREF(class.cast());
    }
}
