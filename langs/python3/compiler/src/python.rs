//! The interpreter that a host would embed, and the questions that it answers.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use metaffi_programs::NotFound;
use metaffi_python3_interpreter::{Interpreter, choose};

/// Puts the extractor's folder first on the path while it is imported, so that it hides
/// none of the user's modules afterwards.
const BEGIN: &str = "import sys; sys.path.insert(0, sys.argv.pop()); import metaffi_extract; \
                     metaffi_extract.main()";

/// Nothing is imported, so modules that a package makes itself (`os.path`, `six.moves`)
/// are assumed to exist; any folder is a package, but has only what is in it.
const LOOK: &str = "
import sys
from importlib.machinery import PathFinder
from importlib.util import find_spec

first, *rest = sys.argv[1].split('.')
spec = find_spec(first)
for part in rest:
    if spec is None or spec.origin is not None:
        break
    spec = PathFinder.find_spec(part, list(spec.submodule_search_locations))
sys.exit(spec is None)
";

/// A working interpreter.
pub(crate) struct Python(Interpreter);

/// The interpreter, searched for once; the error says what was tried.
pub(crate) fn chosen() -> Result<&'static Python, NotFound> {
    static CHOSEN: OnceLock<Result<Python, NotFound>> = OnceLock::new();
    CHOSEN.get_or_init(|| choose().map(Python)).as_ref().map_err(Clone::clone)
}

impl Python {
    pub(crate) fn executable(&self) -> &Path {
        Path::new(&self.0.executable)
    }

    pub(crate) fn interpreter(&self) -> &Interpreter {
        &self.0
    }

    /// Runs it without the working directory on its path, since a file there may have
    /// the name of an imported module.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(self.executable());
        command.arg("-P");
        command
    }

    /// Runs the extractor in `folder`.
    pub(crate) fn run(&self, folder: &Path) -> Command {
        let mut command = self.command();
        command.args(["-c", BEGIN]).arg(folder);
        command
    }

    /// Whether it finds a module by its dotted name, or at least its package.
    pub(crate) fn finds(&self, name: &str) -> bool {
        let mut look = self.command();
        look.args(["-c", LOOK, name]).stdin(Stdio::null()).stderr(Stdio::null());
        look.status().is_ok_and(|status| status.success())
    }
}

/// Whether `name` could be used in an import statement.
pub(crate) fn is_module_name(name: &str) -> bool {
    let is_name = |part: &str| {
        part.starts_with(|c: char| c == '_' || c.is_alphabetic())
            && part.chars().all(|c| c == '_' || c.is_alphanumeric())
    };
    name.split('.').all(is_name)
}

/// A hint about a name that cannot be found.
pub(crate) fn hint(name: &str) -> Option<String> {
    if !is_module_name(name) {
        return None;
    }
    if let Err(why) = chosen() {
        return Some(format!("if it is a Python module: {why}"));
    }
    let path = name.replace('.', "/");
    let here = [format!("{path}.py"), format!("{path}/__init__.py")];
    let found = here.iter().find(|path| Path::new(path).is_file())?;
    let path = found.strip_suffix("/__init__.py").unwrap_or(found);
    Some(format!("to read a Python module in the working directory, give its path: ./{path}"))
}
