//! Starts the interpreter, unless one runs in this process already.

use core::ptr::null_mut;
use std::ffi::CString;
use std::sync::atomic::{AtomicBool, Ordering};

use metaffi_plugin::abi;
use metaffi_plugin::value::{Error, ErrorKind, str_from_raw};
use metaffi_python3_interpreter::{Interpreter, choose};

use crate::api::{Api, COERCE_C_LOCALE, PreConfig};
use crate::{libpython, native, signals};

/// Whether the interpreter was started here, and not by a Python host. Under the GIL.
static OURS: AtomicBool = AtomicBool::new(false);

fn fault(message: String) -> Error {
    Error::new(ErrorKind::Load, message)
}

/// The plugin table of `metaffi._native` inside of this process's interpreter.
pub(crate) fn native(hub: &'static abi::Hub) -> Result<&'static abi::Plugin, Error> {
    // SAFETY: the hub keeps the text for the life of the process.
    let home = unsafe { str_from_raw((hub.home)()) };
    let linked = libpython::already_there();
    if let Some(library) = &linked {
        let api = Api::of(library)?;
        if api.is_initialised() {
            return running(&api, &home, hub);
        }
    }
    let interpreter = choose().map_err(|error| fault(error.to_string()))?;
    let library = linked.map_or_else(|| libpython::open(&interpreter), Ok)?;
    let api = Api::of(&library)?;
    core::mem::forget(library); // Python cannot be unloaded
    check_version(&api, &interpreter)?;
    // Another bridge may have had this library for itself.
    if api.is_initialised() {
        return running(&api, &home, hub);
    }
    signals::kept(|| {
        initialise(&api, &interpreter)?;
        // SAFETY: the thread that initialises holds the GIL, until it gives it up.
        unsafe {
            let plugin = native::import(&api, home.as_ref(), hub, Some(true));
            (api.PyEval_SaveThread)();
            plugin
        }
    })
}

fn running(api: &Api, home: &str, hub: &'static abi::Hub) -> Result<&'static abi::Plugin, Error> {
    // SAFETY: the interpreter runs; what was taken is given back.
    unsafe {
        let state = (api.PyGILState_Ensure)();
        // An earlier start may have failed after the initialisation.
        let embedded = OURS.load(Ordering::Relaxed).then_some(false);
        let plugin = native::import(api, home.as_ref(), hub, embedded);
        (api.PyGILState_Release)(state);
        plugin
    }
}

/// Whether the library belongs to the interpreter, up to a patch.
fn check_version(api: &Api, interpreter: &Interpreter) -> Result<(), Error> {
    let (library, wanted) = (api.version(), interpreter.version_text());
    let minor = |version: &str| version.rsplit_once('.').map(|(minor, _)| minor.to_owned());
    if minor(&library) == minor(&wanted) {
        return Ok(());
    }
    let executable = &interpreter.executable;
    Err(fault(format!(
        "{executable} is Python {wanted}, but the libpython for it is of {library}; reinstall it, \
         or use another Python"
    )))
}

/// Starts the interpreter as `executable` would: its virtual environment and its
/// standard library are found from there. This thread holds the GIL afterwards.
fn initialise(api: &Api, interpreter: &Interpreter) -> Result<(), Error> {
    let executable = CString::new(interpreter.executable.as_str())
        .map_err(|_| fault("the path of the interpreter contains a NUL".into()))?;
    let mut config = PreConfig([0; 64]);
    // SAFETY: `config` has room for a PyPreConfig. The probe has shown that this
    // interpreter starts in this environment.
    unsafe {
        (api.PyPreConfig_InitPythonConfig)(&raw mut config);
        // It would change the environment variables of the process.
        config.0[COERCE_C_LOCALE] = 0;
        let status = (api.Py_PreInitialize)(&raw const config);
        if status.kind != 0 {
            return Err(fault(format!("Python cannot be initialised: {}", status.text())));
        }
        // Kept by the interpreter for good.
        let name = (api.Py_DecodeLocale)(executable.as_ptr(), null_mut());
        (api.Py_SetProgramName)(name);
        (api.Py_InitializeEx)(0); // no signal handlers
    }
    OURS.store(true, Ordering::Relaxed);
    Ok(())
}
