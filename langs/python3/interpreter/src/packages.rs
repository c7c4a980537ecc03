//! The commands that install Python, by package manager.

use metaffi_programs::Manager::{Apk, Apt, Brew, Dnf, Pacman, Winget, Zypper};
use metaffi_programs::{NotFound, Package};

use crate::Interpreter;

const PYTHON: Package<'_> = Package {
    names: &[
        (Apt, "python3"),
        (Dnf, "python3.12"),
        (Apk, "python3"),
        (Pacman, "python"),
        (Zypper, "python312"),
        (Brew, "python@3.13"),
        (Winget, "Python.Python.3.13"),
    ],
    least: Some((3, 11)),
    site: "https://docs.astral.sh/uv (uv python install 3.13)",
};

/// The advice if there is no Python.
pub(crate) fn get_python() -> String {
    format!(
        "{} (or activate an environment that has 3.11 or later, or name one in METAFFI_PYTHON)",
        PYTHON.how()
    )
}

/// The error of an interpreter without a shared library; `failures` says why existing
/// ones cannot be opened.
pub(crate) fn no_library(interpreter: &Interpreter, failures: &str) -> NotFound {
    let (executable, version) = (&interpreter.executable, interpreter.version_text());
    let [major, minor, _] = interpreter.version;
    let package = format!("libpython{major}.{minor}");
    let site = "https://docs.python.org/3/using/configure.html (--enable-shared)";
    // A system package has only the library of the system's interpreter.
    let get = match interpreter.base_prefix.as_str() {
        "/usr" => Package { names: &[(Apt, &package)], least: None, site }.how(),
        _ => format!("PYTHON_CONFIGURE_OPTS=--enable-shared pyenv install {major}.{minor}"),
    };
    NotFound {
        what: format!(
            "{executable} (Python {version}) has no shared libpython, which is needed to run \
             inside another program{failures}"
        ),
        fix: format!("{get} (or use another Python: uv's and conda's have one)"),
    }
}
