//! Starts the interpreter, unless one is already running in this process.

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

fn load_error(message: String) -> Error {
    Error::new(ErrorKind::Load, message)
}

/// The plugin table of `metaffi._native` in this process's interpreter.
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
    let interpreter = choose().map_err(|error| load_error(error.to_string()))?;
    let library = linked.map_or_else(|| libpython::open(&interpreter), Ok)?;
    let api = Api::of(&library)?;
    core::mem::forget(library); // Python cannot be unloaded
    check_version(&api, &interpreter)?;
    // Another bridge may have loaded this library with local symbols.
    if api.is_initialised() {
        return running(&api, &home, hub);
    }
    signals::preserving_sigint(|| {
        initialise(&api, &interpreter)?;
        // SAFETY: the thread that initializes holds the GIL until it releases it.
        unsafe {
            let plugin = native::import(&api, home.as_ref(), hub, Some(true));
            (api.PyEval_SaveThread)();
            plugin
        }
    })
}

fn running(api: &Api, home: &str, hub: &'static abi::Hub) -> Result<&'static abi::Plugin, Error> {
    // SAFETY: the interpreter is running; the GIL is released again.
    unsafe {
        let state = (api.PyGILState_Ensure)();
        // An earlier start may have failed after the initialization.
        let embedded = OURS.load(Ordering::Relaxed).then_some(false);
        let plugin = native::import(api, home.as_ref(), hub, embedded);
        (api.PyGILState_Release)(state);
        plugin
    }
}

/// Checks that the library has the interpreter's version, except for the patch level.
fn check_version(api: &Api, interpreter: &Interpreter) -> Result<(), Error> {
    let (library, wanted) = (api.version(), interpreter.version_text());
    let minor = |version: &str| version.rsplit_once('.').map(|(minor, _)| minor.to_owned());
    if minor(&library) == minor(&wanted) {
        return Ok(());
    }
    let executable = &interpreter.executable;
    Err(load_error(format!(
        "{executable} is Python {wanted}, but its libpython is {library}; reinstall it, or use \
         another Python"
    )))
}

/// Starts the interpreter as `executable` would, so that its virtual environment and its
/// standard library are found. This thread holds the GIL afterwards.
fn initialise(api: &Api, interpreter: &Interpreter) -> Result<(), Error> {
    let executable = CString::new(interpreter.executable.as_str())
        .map_err(|_| load_error("the path of the interpreter contains a NUL".into()))?;
    let mut config = PreConfig([0; 64]);
    // SAFETY: `config` has room for a PyPreConfig. The probe has shown that this
    // interpreter starts in this environment.
    unsafe {
        (api.PyPreConfig_InitPythonConfig)(&raw mut config);
        // Coercing the locale would change the environment variables of the process.
        config.0[COERCE_C_LOCALE] = 0;
        let status = (api.Py_PreInitialize)(&raw const config);
        if status.kind != 0 {
            return Err(load_error(format!("Python cannot be initialized: {}", status.text())));
        }
        // The interpreter keeps the name.
        let name = (api.Py_DecodeLocale)(executable.as_ptr(), null_mut());
        (api.Py_SetProgramName)(name);
        (api.Py_InitializeEx)(0); // no signal handlers
    }
    OURS.store(true, Ordering::Relaxed);
    Ok(())
}
