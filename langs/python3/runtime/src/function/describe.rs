//! The attributes of functions: name, documentation, signature.

use core::ffi::c_void;
use core::ptr::null_mut;

use pyo3::ffi;
use pyo3::prelude::*;

use super::Function;
use super::plan::Declared;

/// The attributes, ending with an empty one.
pub(super) fn getters() -> *mut ffi::PyGetSetDef {
    struct Getters([ffi::PyGetSetDef; 7]);
    // SAFETY: only the interpreter uses them, and it only reads.
    unsafe impl Sync for Getters {}
    const fn getter(
        name: &'static core::ffi::CStr,
        get: ffi::getter,
        doc: &'static core::ffi::CStr,
    ) -> ffi::PyGetSetDef {
        ffi::PyGetSetDef {
            name: name.as_ptr(),
            get: Some(get),
            set: None,
            doc: doc.as_ptr(),
            closure: null_mut(),
        }
    }
    static GETTERS: Getters = Getters([
        getter(c"__name__", name, c"The name of the function, method or field."),
        getter(c"__qualname__", qualified, c"The name with its class."),
        getter(c"__doc__", doc, c"The guest's documentation, or None."),
        getter(c"__signature__", signature, c"The result of inspect.signature()."),
        getter(c"convention", convention, c"The calling convention that is used for it now."),
        getter(c"entity_path", path, c"The entity path that it was loaded with."),
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

/// A new `str`; null with an exception if there is no memory.
unsafe fn text(text: &str) -> *mut ffi::PyObject {
    // SAFETY: getters run under the GIL.
    unsafe { ffi::PyUnicode_FromStringAndSize(text.as_ptr().cast(), text.len() as ffi::Py_ssize_t) }
}

unsafe extern "C" fn name(object: *mut ffi::PyObject, _: *mut c_void) -> *mut ffi::PyObject {
    // SAFETY: getters get an instance.
    unsafe { text(&Function::plan(object).names.name) }
}

unsafe extern "C" fn qualified(object: *mut ffi::PyObject, _: *mut c_void) -> *mut ffi::PyObject {
    // SAFETY: getters get an instance.
    unsafe { text(&Function::plan(object).names.qualified) }
}

unsafe extern "C" fn path(object: *mut ffi::PyObject, _: *mut c_void) -> *mut ffi::PyObject {
    // SAFETY: getters get an instance.
    unsafe { text(&Function::plan(object).names.path) }
}

unsafe extern "C" fn convention(object: *mut ffi::PyObject, _: *mut c_void) -> *mut ffi::PyObject {
    // SAFETY: getters get an instance.
    unsafe { text(Function::plan(object).target.convention()) }
}

unsafe extern "C" fn doc(object: *mut ffi::PyObject, _: *mut c_void) -> *mut ffi::PyObject {
    // SAFETY: getters get an instance, under the GIL.
    unsafe {
        let known = (*object.cast::<Function>()).doc;
        if !known.is_null() {
            return ffi::Py_NewRef(known);
        }
        match &*Function::plan(object).target.doc() {
            "" => ffi::Py_NewRef(ffi::Py_None()),
            doc => text(doc),
        }
    }
}

unsafe extern "C" fn signature(object: *mut ffi::PyObject, _: *mut c_void) -> *mut ffi::PyObject {
    // SAFETY: getters get an instance, under the GIL.
    unsafe {
        let function = object.cast::<Function>();
        if (*function).signature.is_null() {
            let py = Python::assume_attached();
            let made = match make_signature(py, Function::plan(object)) {
                Ok(signature) => signature.into_ptr(),
                Err(error) => {
                    error.restore(py);
                    return null_mut();
                }
            };
            // Another thread may have made one meanwhile.
            ffi::Py_XDECREF(core::mem::replace(&mut (*function).signature, made));
        }
        ffi::Py_NewRef((*function).signature)
    }
}

fn make_signature<'py>(py: Python<'py>, plan: &super::Plan) -> PyResult<Bound<'py, PyAny>> {
    let list = |declared: &[Declared]| -> Vec<(u32, i32)> {
        declared.iter().map(|declared| (declared.info.ty.raw(), declared.info.dims)).collect()
    };
    let make = py.import("metaffi._signature")?.getattr("make_signature")?;
    make.call1((list(&plan.params), list(&plan.rets)))
}

/// `<MetaFFIEntity greet(string8) -> string8>`.
pub(super) unsafe extern "C" fn repr(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    let types = |declared: &[Declared]| {
        declared.iter().map(|one| one.info.to_string()).collect::<Vec<_>>().join(", ")
    };
    // SAFETY: the interpreter passes an instance, under the GIL.
    unsafe {
        let plan = Function::plan(object);
        let rets = match &*plan.rets {
            [] => "None".to_owned(),
            [_] => types(&plan.rets),
            _ => format!("({})", types(&plan.rets)),
        };
        let (name, params) = (&plan.names.qualified, types(&plan.params));
        text(&format!("<MetaFFIEntity {name}({params}) -> {rets}>"))
    }
}
