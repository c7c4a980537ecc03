//! Whether what Python hosts and guests need is there.

use std::path::Path;

use metaffi_compiler::{Finding, Found, RuntimeFacts, Tool, first_line};
use metaffi_python3_interpreter::package_folder;

/// What the runtime is asked about itself.
pub(crate) const FACTS: RuntimeFacts = RuntimeFacts {
    module: "sysconfig",
    entity_path: "callable=get_config_var",
    asked: &["py_version", "base"],
    remark: None,
    note: "",
};

const PYTHON: Tool = Tool {
    name: "python3",
    found: Found::OnPath,
    command: "python3",
    args: &["--version"],
    least: (3, 11),
    needed_for: "Python hosts and guests",
    mend: "install Python, 3.11 or later, or activate an environment that has it",
};

/// The interpreter, and the package that it imports.
pub(crate) fn all(home: &Path) -> Vec<Finding> {
    vec![PYTHON.check(), package(home)]
}

fn package(home: &Path) -> Finding {
    // Not what lies in the working directory, which `-c` puts first.
    let code = "import sys; sys.path[:1] = filter(None, sys.path[:1]); \
                import metaffi, os; print(os.path.dirname(metaffi.__file__))";
    match first_line("python3", &["-c", code]) {
        Ok(folder) => Finding::good("import metaffi", folder),
        Err(_) => Finding::missing(
            "import metaffi",
            "python3 does not find the package (needed for Python hosts)",
            format!("export PYTHONPATH={}", package_folder(home).display()),
        ),
    }
}
