//! The installed Go: where it is, whether it is new enough, how it is run.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use metaffi_compiler::Diagnostic;

/// The oldest Go whose c-shared libraries and language this builds on.
const OLDEST: (u32, u32) = (1, 22);
const GET_GO: &str = "install Go 1.22 or later from your system's packages or go.dev/dl, or add \
                      the folder of the go command to PATH";

/// A Go that can be used.
#[derive(Debug)]
pub(crate) struct Toolchain {
    go: PathBuf,
    /// As Go writes it: `1.26.8`.
    pub(crate) version: String,
}

impl Toolchain {
    /// The Go that is used in `dir`, whose go.mod may ask for another one.
    pub(crate) fn find(dir: &Path) -> Result<Toolchain, Diagnostic> {
        let go = go_command().ok_or_else(|| missing(&candidates()))?;
        let mut toolchain = Toolchain { go: go.clone(), version: String::new() };
        let (ok, text, faults) = toolchain.run(dir, &["env", "GOVERSION"])?;
        let version = text.trim().trim_start_matches("devel ").trim_start_matches("go");
        if !ok || version.is_empty() {
            return Err(Diagnostic::new(format!(
                "{} does not run: {}",
                go.display(),
                faults.trim()
            ))
            .help(GET_GO));
        }
        version.split([' ', '-']).next().unwrap_or_default().clone_into(&mut toolchain.version);
        toolchain.check()
    }

    fn check(self) -> Result<Toolchain, Diagnostic> {
        if numbers(&self.version).is_some_and(|found| found < OLDEST) {
            let found = format!("{} is Go {}, too old for guests", self.go.display(), self.version);
            return Err(Diagnostic::new(found).help(GET_GO));
        }
        Ok(self)
    }

    /// `1.26`, the version that a go.mod names.
    pub(crate) fn language(&self) -> String {
        let (major, minor) = numbers(&self.version).unwrap_or(OLDEST);
        format!("{major}.{minor}")
    }

    /// A command that sees this Go on its PATH, and builds with cgo.
    pub(crate) fn prepare(&self, program: impl Into<OsString>, dir: &Path) -> Command {
        let mut command = Command::new(program.into());
        let folder = self.go.parent().map(Path::to_path_buf);
        let folders = folder.into_iter().chain(metaffi_programs::folders());
        let joined = std::env::join_paths(folders);
        let path = std::env::var_os("PATH").unwrap_or_default();
        // Go believes PWD, which may lead here by another way.
        command.current_dir(dir).env("PWD", dir).env("PATH", joined.unwrap_or(path));
        command.env("CGO_ENABLED", "1").env("GO111MODULE", "on");
        command
    }

    /// `go` with these arguments.
    pub(crate) fn go(&self, dir: &Path, args: &[&str]) -> Command {
        let mut command = self.prepare(&self.go, dir);
        command.args(args);
        command
    }

    /// What `go` with these arguments prints; a failure is an error.
    pub(crate) fn output(&self, dir: &Path, args: &[&str]) -> Result<String, Diagnostic> {
        let (ok, text, faults) = self.run(dir, args)?;
        if ok {
            return Ok(text.trim().to_owned());
        }
        Err(Diagnostic::new(format!("go {} fails: {}", args.join(" "), faults.trim())).at(dir))
    }

    /// A setting of Go as the user has it, and not as guests are built.
    pub(crate) fn env(&self, dir: &Path, name: &str) -> Result<String, Diagnostic> {
        let mut command = self.go(dir, &["env", name]);
        match std::env::var_os(name) {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
        let output = command.output().map_err(|error| Diagnostic::io("run", &self.go, &error))?;
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// Whether a program can be run.
    pub(crate) fn finds(&self, program: &str, dir: &Path) -> bool {
        self.prepare(program, dir).arg("--version").output().is_ok()
    }

    fn run(&self, dir: &Path, args: &[&str]) -> Result<(bool, String, String), Diagnostic> {
        let output = self.go(dir, args).output();
        let output = output.map_err(|error| Diagnostic::io("run", &self.go, &error))?;
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Ok((output.status.success(), text(output.stdout), text(output.stderr)))
    }
}

/// Major and minor of a version.
pub(crate) fn numbers(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.split('.');
    let major = parts.next()?.parse().ok()?;
    let minor = parts.next()?;
    let digits = minor.find(|c: char| !c.is_ascii_digit()).unwrap_or(minor.len());
    Some((major, minor[..digits].parse().ok()?))
}

fn missing(candidates: &[PathBuf]) -> Diagnostic {
    let tried: Vec<String> = candidates.iter().map(|path| path.display().to_string()).collect();
    Diagnostic::new(format!("no Go was found; tried {}", tried.join(", "))).help(GET_GO)
}

/// The go command that guests are built with, and hosts wired.
pub(crate) fn go_command() -> Option<PathBuf> {
    candidates().into_iter().find(|path| path.is_file())
}

/// The folder of the Go that is used, with its standard library.
pub(crate) fn goroot() -> Option<PathBuf> {
    let named = std::env::var_os("GOROOT").map(PathBuf::from);
    let of_command = || {
        let command = std::fs::canonicalize(go_command()?).ok()?;
        Some(command.parent()?.parent()?.to_owned())
    };
    named.into_iter().chain(of_command()).find(|root| root.join("src").join("fmt").is_dir())
}

/// Where a go command may be: on PATH first, then where it is usually put.
fn candidates() -> Vec<PathBuf> {
    let root = std::env::var_os("GOROOT").map(|root| PathBuf::from(root).join("bin"));
    let home = metaffi_programs::home_dir().map(|home| home.join("go/bin"));
    let usual = USUAL.iter().map(PathBuf::from);
    let folders = metaffi_programs::folders().into_iter().chain(root).chain(usual).chain(home);
    let name = format!("go{}", std::env::consts::EXE_SUFFIX);
    folders.map(|folder| folder.join(&name)).collect()
}

#[cfg(not(windows))]
const USUAL: &[&str] =
    &["/usr/local/go/bin", "/usr/lib/go/bin", "/opt/homebrew/bin", "/usr/local/bin", "/snap/bin"];
#[cfg(windows)]
const USUAL: &[&str] = &[r"C:\Program Files\Go\bin", r"C:\Go\bin"];

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn versions_are_read_as_go_writes_them() {
        for (text, expected) in
            [("1.26.8", (1, 26)), ("1.22", (1, 22)), ("1.23rc1", (1, 23)), ("2.0beta1", (2, 0))]
        {
            assert_eq!(numbers(text), Some(expected), "{text}");
        }
        assert_eq!(numbers("weekly"), None);
    }
}
