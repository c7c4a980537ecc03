//! Runs an interpreter to find out its version, paths and library.

use std::path::Path;
use std::process::{Command, Stdio};

use serde::Deserialize;

/// The oldest version that the native module supports.
const OLDEST: [u32; 2] = [3, 11];

/// Precedes the answer, so that output of site hooks is ignored.
const MARK: &str = "metaffi-probe:";

/// With `-c` the working directory comes first on the search path, and
/// `PYTHONPATH` before the standard library; files there may have the names of its
/// modules. `-I` would hide an environment in which Python does not start, and `-P`
/// does not exist before 3.11.
const SCRIPT: &str = r#"
import os, sys
if sys.path[:1] == [""]:
    del sys.path[0]
if getattr(os, "__file__", None):
    sys.path.insert(0, os.path.dirname(os.__file__))
import json
if sys.version_info >= (3, 2):
    import sysconfig
    names = ["LIBDIR", "LIBPL", "MULTIARCH", "INSTSONAME", "LDLIBRARY", "Py_GIL_DISABLED"]
    answer = {name.lower(): sysconfig.get_config_var(name) for name in names}
else:
    answer = {}
answer["version"] = list(sys.version_info[:3])
answer["implementation"] = getattr(getattr(sys, "implementation", None), "name", "cpython")
answer["executable"] = sys.executable
answer["base_prefix"] = getattr(sys, "base_prefix", sys.prefix)
print("\nmetaffi-probe:" + json.dumps(answer))
"#;

/// The properties of an interpreter, as it reports them.
#[derive(Debug, Default, Deserialize)]
pub struct Interpreter {
    /// How it was found: a variable, `PATH`, a version manager.
    #[serde(skip)]
    pub why: &'static str,
    /// Major, minor, patch.
    pub version: [u32; 3],
    /// `cpython`.
    pub implementation: String,
    /// In a virtual environment, the environment's own; shims of version managers are
    /// resolved.
    pub executable: String,
    /// Where the standard library is.
    pub base_prefix: String,
    /// The folder of libraries, from `sysconfig`.
    #[serde(default)]
    pub libdir: Option<String>,
    /// The folder of the build's configuration.
    #[serde(default)]
    pub libpl: Option<String>,
    /// The subfolder for this machine.
    #[serde(default)]
    pub multiarch: Option<String>,
    /// The shared library's name.
    #[serde(default)]
    pub instsoname: Option<String>,
    /// The library's name, shared or not.
    #[serde(default)]
    pub ldlibrary: Option<String>,
    /// 1 for a free-threaded build.
    #[serde(default, rename = "py_gil_disabled")]
    pub no_gil: Option<u32>,
}

impl Interpreter {
    /// `3.11.7`.
    pub fn version_text(&self) -> String {
        self.version.map(|part| part.to_string()).join(".")
    }

    fn check(self) -> Result<Self, String> {
        let version = self.version_text();
        if self.implementation != "cpython" {
            return Err(format!("is {} {version}, not CPython", self.implementation));
        }
        if self.version[..2] < OLDEST[..] {
            return Err(format!("is Python {version}, older than 3.11"));
        }
        if self.no_gil == Some(1) {
            return Err(format!("is a free-threaded Python {version}, which is not supported"));
        }
        Ok(self)
    }
}

/// Returns the properties of the interpreter at `executable`; the error says why it
/// cannot be used.
pub(crate) fn probe(executable: &Path) -> Result<Interpreter, String> {
    let mut command = Command::new(executable);
    command.args(["-c", SCRIPT]).stdin(Stdio::null());
    let output = command.output().map_err(|error| format!("cannot be run: {error}"))?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        return Err(format!("does not work ({}): {}{}", output.status, reason(&stderr), home()));
    }
    let stdout = String::from_utf8_lossy(&output.stdout);
    let answer = stdout.lines().find_map(|line| line.strip_prefix(MARK));
    let answer = answer.ok_or("did not answer; is it a Python?")?;
    let interpreter: Interpreter = serde_json::from_str(answer)
        .map_err(|error| format!("gave an unexpected answer: {error}"))?;
    interpreter.check()
}

/// The line of the output that gives the reason: the last one that names an exception,
/// since what Python prints below it does not help.
fn reason(output: &str) -> &str {
    let names =
        |line: &&str| line.split_once(": ").is_some_and(|(name, _)| name.ends_with("Error"));
    let mut lines = output.lines().filter(|line| !line.trim().is_empty());
    let found = lines.clone().rfind(names).or_else(|| lines.next_back());
    found.map_or("no message", str::trim)
}

/// PYTHONHOME, which makes every interpreter use one standard library.
fn home() -> String {
    let home = std::env::var_os("PYTHONHOME").filter(|home| !home.is_empty());
    home.map_or_else(String::new, |home| format!(" (PYTHONHOME is set to {})", home.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interpreter(version: [u32; 3]) -> Interpreter {
        Interpreter { version, implementation: "cpython".into(), ..Interpreter::default() }
    }

    #[test]
    fn unsupported_versions_are_refused_with_a_reason() {
        assert!(interpreter([3, 11, 0]).check().is_ok());
        assert!(interpreter([3, 14, 2]).check().is_ok());
        let refused = |interpreter: Interpreter| interpreter.check().unwrap_err();
        assert_eq!(refused(interpreter([3, 10, 13])), "is Python 3.10.13, older than 3.11");
        assert_eq!(refused(interpreter([2, 7, 18])), "is Python 2.7.18, older than 3.11");
        let other = Interpreter { implementation: "pypy".into(), ..interpreter([3, 11, 0]) };
        assert_eq!(refused(other), "is pypy 3.11.0, not CPython");
        let free = Interpreter { no_gil: Some(1), ..interpreter([3, 13, 0]) };
        assert!(refused(free).contains("free-threaded"));
    }

    #[test]
    fn the_reason_is_the_exception() {
        let fatal = "Fatal Python error: init_fs_encoding: failed\nModuleNotFoundError: No module \
                     named 'encodings'\n\nCurrent thread 0x1:\n  <no Python frame>\n";
        assert_eq!(reason(fatal), "ModuleNotFoundError: No module named 'encodings'");
        assert_eq!(reason("usage: x\n  last one \n\n"), "last one");
        assert_eq!(reason(""), "no message");
    }

    #[test]
    fn programs_that_are_not_python_are_refused() {
        let missing = probe(Path::new("/nowhere/python3")).unwrap_err();
        assert!(missing.starts_with("cannot be run: "), "{missing}");
        if cfg!(unix) {
            let other = probe(Path::new("/bin/true")).unwrap_err();
            assert_eq!(other, "did not answer; is it a Python?");
            let failing = probe(Path::new("/bin/false")).unwrap_err();
            assert!(failing.starts_with("does not work"), "{failing}");
        }
    }
}
