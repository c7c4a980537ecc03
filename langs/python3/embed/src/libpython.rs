//! Opens the shared library of an interpreter.

use metaffi_library::Library;
use metaffi_plugin::value::{Error, ErrorKind};
use metaffi_python3_interpreter::Interpreter;

/// Opens the libpython of `interpreter`, with its symbols visible globally, since
/// extension modules are not linked to it.
pub(crate) fn open(interpreter: &Interpreter) -> Result<Library, Error> {
    let mut failures = String::new();
    for path in interpreter.libraries() {
        // SAFETY: libpython's initializers may run on any thread.
        match unsafe { metaffi_library::open_global(&path) } {
            Ok(library) => return Ok(library),
            Err(error) => failures.push_str(&format!("; {}: {error}", path.display())),
        }
    }
    Err(Error::new(ErrorKind::Load, interpreter.without_library(&failures).to_string()))
}

/// The symbols of this process, if they include Python's: in a Python host, or in a host
/// that is linked to libpython.
pub(crate) fn already_there() -> Option<Library> {
    let library = this_process()?;
    // SAFETY: looked up, not called.
    let found = unsafe { library.get::<unsafe extern "C" fn()>(b"Py_IsInitialized") }.is_ok();
    found.then_some(library)
}

#[cfg(unix)]
fn this_process() -> Option<Library> {
    Some(libloading::os::unix::Library::this().into())
}

#[cfg(windows)]
fn this_process() -> Option<Library> {
    let mut names = (11..=20).map(|minor| format!("python3{minor}.dll"));
    names.find_map(|name| metaffi_library::already_open(name.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_static_build_is_an_error_of_loading() {
        let interpreter =
            Interpreter { base_prefix: "/opt/static".into(), ..Interpreter::default() };
        let error = open(&interpreter).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Load);
        assert!(error.message.contains(" has no shared libpython, "), "{error}");
    }
}
