//! Checks for what Python hosts and guests need.

use std::path::Path;

use metaffi_compiler::{Finding, RuntimeFacts, first_line};
use metaffi_python3_interpreter::package_folder;

use crate::python::{Python, chosen};

/// How the runtime reports facts about itself.
pub(crate) const FACTS: RuntimeFacts = RuntimeFacts {
    module: "sysconfig",
    entity_path: "callable=get_config_var",
    version: "py_version",
    place: "base",
    remark: None,
};

/// The interpreter, and its library that the runtime opens.
pub(crate) fn interpreter() -> Vec<Finding> {
    let python = match chosen() {
        Err(error) => return vec![Finding::absent("interpreter", error)],
        Ok(python) => python.interpreter(),
    };
    let found = Finding::good("interpreter", format!("Python {}", python.version_text()));
    let library = match python.libraries().into_iter().next() {
        Some(library) => Finding::good("libpython", "").at(library),
        None => Finding::absent("libpython", python.without_library("")),
    };
    vec![found.at(&python.executable).because(python.why), library]
}

/// The package that this interpreter imports.
pub(crate) fn package(home: &Path) -> Option<Finding> {
    Some(imported(chosen().ok()?, home))
}

fn imported(python: &Python, home: &Path) -> Finding {
    let name = "import metaffi";
    let code = "import metaffi, os; print(getattr(metaffi, '__version__', 'an older version'), \
                os.path.dirname(metaffi.__file__), sep='\\t')";
    let folder = package_folder(home);
    let fix = metaffi_programs::set_variable("PYTHONPATH", &folder.display().to_string());
    let Ok(line) = first_line(&mut python.command(), &["-c", code]) else {
        let detail = "this interpreter cannot find the package (needed for Python hosts)";
        return Finding::missing(name, detail, fix);
    };
    let (version, place) = line.split_once('\t').unwrap_or((&line, ""));
    let ours = env!("CARGO_PKG_VERSION");
    match version == ours {
        true => Finding::good(name, version).at(place),
        false => Finding::broken(name, format!("is {version}, and this MetaFFI is {ours}"), fix)
            .at(place),
    }
}
