//! The shared library of an interpreter: where it may be, and opening it.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::path::{Path, PathBuf};

use libloading::Library;
use metaffi_plugin::value::{Error, ErrorKind};
use metaffi_python3_interpreter::Interpreter;

/// Opens the libpython of `interpreter`, with its symbols visible to all:
/// extension modules have none of their own.
pub(crate) fn open(interpreter: &Interpreter) -> Result<Library, Error> {
    let mut failures = String::new();
    for path in places(interpreter).into_iter().filter(|path| path.is_file()) {
        match open_global(&path) {
            Ok(library) => return Ok(library),
            Err(error) => failures.push_str(&format!("; {}: {error}", path.display())),
        }
    }
    Err(missing(interpreter, &failures))
}

fn missing(interpreter: &Interpreter, failures: &str) -> Error {
    let (executable, version) = (&interpreter.executable, interpreter.version_text());
    let [major, minor, _] = interpreter.version;
    Error::new(
        ErrorKind::Load,
        format!(
            "{executable} (Python {version}) has no shared libpython, which is needed to run \
             inside another program{failures}; on Debian and Ubuntu install \
             libpython{major}.{minor}, with pyenv build it by PYTHON_CONFIGURE_OPTS=--enable-shared \
             pyenv install {major}.{minor}, or use another Python (uv's and conda's have one)"
        ),
    )
}

/// All places where it may be, best first.
fn places(interpreter: &Interpreter) -> Vec<PathBuf> {
    let folders = folders(interpreter);
    let names = names(interpreter);
    folders.iter().flat_map(|folder| names.iter().map(|name| folder.join(name))).collect()
}

/// The names as the build has them, and those that builds usually have: what a
/// static build says may still stand beside a shared one.
fn names(interpreter: &Interpreter) -> Vec<String> {
    let [major, minor, _] = interpreter.version;
    let stated = [&interpreter.instsoname, &interpreter.ldlibrary].into_iter().flatten();
    let stated = stated.filter(|name| name.contains(DLL_SUFFIX) || name.ends_with("/Python"));
    let usual = match std::env::consts::OS {
        "windows" => vec![format!("python{major}{minor}.dll")],
        "macos" => vec![format!("libpython{major}.{minor}.dylib"), "Python".into()],
        _ => vec![
            format!("{DLL_PREFIX}python{major}.{minor}{DLL_SUFFIX}.1.0"),
            format!("{DLL_PREFIX}python{major}.{minor}{DLL_SUFFIX}"),
        ],
    };
    stated.cloned().chain(usual).collect()
}

/// Builds that were moved state the folder that they were built for, so the
/// prefix that works is looked at too.
fn folders(interpreter: &Interpreter) -> Vec<PathBuf> {
    let base = Path::new(&interpreter.base_prefix);
    let libdir = interpreter.libdir.as_deref().map(PathBuf::from);
    let beside = [libdir, Some(base.join("lib")), Some(base.join("lib64"))];
    let mut folders: Vec<PathBuf> = Vec::new();
    for folder in beside.into_iter().flatten() {
        folders.extend(interpreter.multiarch.iter().map(|multiarch| folder.join(multiarch)));
        folders.push(folder);
    }
    folders.extend(interpreter.libpl.iter().map(PathBuf::from));
    folders.push(base.to_path_buf());
    folders
}

#[cfg(unix)]
fn open_global(path: &Path) -> Result<Library, libloading::Error> {
    use libloading::os::unix;
    let flags = unix::RTLD_NOW | unix::RTLD_GLOBAL | libc::RTLD_NODELETE;
    // SAFETY: libpython's initialisers may run on any thread.
    unsafe { unix::Library::open(Some(path), flags) }.map(Library::from)
}

#[cfg(not(unix))]
fn open_global(path: &Path) -> Result<Library, libloading::Error> {
    // SAFETY: libpython's initialisers may run on any thread.
    unsafe { Library::new(path) }
}

/// The symbols of this process, if Python's are among them: of a Python host,
/// or of a host that is linked to libpython.
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
    use libloading::os::windows;
    let names = (11..=20).map(|minor| format!("python3{minor}.dll"));
    let mut open = names.filter_map(|name| windows::Library::open_already_loaded(name).ok());
    open.next().map(Library::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_static_build_says_what_to_install() {
        let interpreter = Interpreter {
            version: [3, 11, 7],
            executable: "/opt/static/bin/python3".into(),
            base_prefix: "/opt/static".into(),
            ldlibrary: Some("libpython3.11.a".into()),
            ..Interpreter::default()
        };
        let error = open(&interpreter).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Load);
        let message = error.message;
        assert!(message.starts_with("/opt/static/bin/python3 (Python 3.11.7) has no shared libpy"));
        assert!(message.contains("install libpython3.11,"), "{message}");
        assert!(message.contains("--enable-shared pyenv install 3.11"), "{message}");
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_build_that_was_moved_is_found_by_its_prefix() {
        let interpreter = Interpreter {
            version: [3, 12, 1],
            base_prefix: "/home/me/uv/cpython-3.12.1".into(),
            libdir: Some("/install/lib".into()),
            multiarch: Some("x86_64-linux-gnu".into()),
            ..Interpreter::default()
        };
        let places = places(&interpreter);
        assert_eq!(places[0], Path::new("/install/lib/x86_64-linux-gnu/libpython3.12.so.1.0"));
        let moved = Path::new("/home/me/uv/cpython-3.12.1/lib/libpython3.12.so.1.0");
        assert!(places.iter().any(|place| place == moved));
    }
}
