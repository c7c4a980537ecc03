//! Imports `metaffi._native`, the same library that a Python host's package uses.

use core::ffi::{c_int, c_void};
use core::ptr::NonNull;
use std::path::Path;

use metaffi_plugin::abi;
use metaffi_plugin::value::{Error, ErrorKind};
use metaffi_python3_interpreter::package_folder;

use crate::api::{Api, Object};

/// Whether the importing thread is the one that initialized the interpreter.
pub(crate) type ThisThread = bool;

const MODULE: &core::ffi::CStr = c"metaffi._native";

/// The plugin table of the native module; `embedded` says that this interpreter was
/// started here.
///
/// # Safety
/// The GIL is held.
pub(crate) unsafe fn import(
    api: &Api,
    home: &Path,
    hub: &'static abi::Hub,
    embedded: Option<ThisThread>,
) -> Result<&'static abi::Plugin, Error> {
    let package = package_folder(home);
    // SAFETY: the caller's promise.
    let table = unsafe { plugin_get(api, &package, embedded) };
    let address = table.map_err(|why| {
        let place = package.display();
        let message = format!("the package metaffi of {place} cannot be used: {why}; reinstall it");
        Error::new(ErrorKind::Load, message)
    })?;
    // SAFETY: the native module exports the address of its `metaffi_plugin_get`.
    let get = unsafe { core::mem::transmute::<*mut c_void, abi::PluginGetFn>(address) };
    // SAFETY: the hub's table lives as long as the process, as that of the module.
    let table = unsafe { get(Some(NonNull::from(hub))).map(|table| abi::adopt(table)) };
    table.and_then(Result::ok).ok_or_else(|| {
        let message = "the package metaffi of this Python has a different ABI version from the \
                       hub; install the package that belongs to this MetaFFI";
        Error::new(ErrorKind::Abi, message)
    })
}

/// The address of the native module's `metaffi_plugin_get`; the error says why there
/// is none.
///
/// # Safety
/// The GIL is held.
unsafe fn plugin_get(
    api: &Api,
    package: &Path,
    embedded: Option<ThisThread>,
) -> Result<*mut c_void, String> {
    // SAFETY: the caller's promise; objects are new references, released here.
    unsafe {
        let raised = |object: Object| match object.is_null() {
            true => Err(api.take_raised()),
            false => Ok(object),
        };
        let module = raised(find_module(api, package)?)?;
        if let Some(this_thread) = embedded {
            let (name, format) = (c"_embed".as_ptr(), c"i".as_ptr());
            let begin = (api.PyObject_CallMethod)(module, name, format, c_int::from(this_thread));
            (api.Py_DecRef)(raised(begin)?);
        }
        let number = raised((api.PyObject_GetAttrString)(module, c"_plugin_get".as_ptr()))?;
        let address = (api.PyLong_AsVoidPtr)(number);
        (api.Py_DecRef)(number);
        raised(address)
    }
}

/// The native module, imported from this installation unless the program has already
/// imported one; null with an exception set if that fails.
///
/// # Safety
/// The GIL is held.
unsafe fn find_module(api: &Api, package: &Path) -> Result<Object, String> {
    let folder = package.to_str().ok_or("its path is not valid Unicode")?;
    // SAFETY: the caller's promise; `path` and the modules are borrowed.
    unsafe {
        let known = (api.PyDict_GetItemString)((api.PyImport_GetModuleDict)(), c"metaffi".as_ptr());
        let path = (api.PySys_GetObject)(c"path".as_ptr());
        if !known.is_null() || path.is_null() {
            return Ok((api.PyImport_ImportModule)(MODULE.as_ptr()));
        }
        let entry =
            (api.PyUnicode_FromStringAndSize)(folder.as_ptr().cast(), folder.len().cast_signed());
        (api.PyList_Insert)(path, 0, entry);
        let module = (api.PyImport_ImportModule)(MODULE.as_ptr());
        if !module.is_null() {
            // Last from now on, so that it hides none of the user's modules.
            for method in [c"remove", c"append"] {
                let done = (api.PyObject_CallMethod)(path, method.as_ptr(), c"O".as_ptr(), entry);
                if done.is_null() {
                    return Ok(done);
                }
                (api.Py_DecRef)(done);
            }
        }
        (api.Py_DecRef)(entry);
        Ok(module)
    }
}
