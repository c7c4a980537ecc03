//! The installed Go: where it is, whether it is new enough, how to run it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use metaffi_compiler::Diagnostic;
use metaffi_programs::Manager::{Apk, Apt, Brew, Dnf, Pacman, Winget, Zypper};
use metaffi_programs::{Located, Package};

/// The oldest Go with the c-shared libraries and the language version that this needs.
const OLDEST: (u32, u32) = (1, 22);

const GO: Package<'_> = Package {
    names: &[
        (Apt, "golang-go"),
        (Dnf, "golang"),
        (Apk, "go"),
        (Pacman, "go"),
        (Zypper, "go"),
        (Brew, "go"),
        (Winget, "GoLang.Go"),
    ],
    least: Some(OLDEST),
    site: "https://go.dev/doc/install",
};
const C_COMPILER: Package<'_> = Package {
    names: &[
        (Apt, "gcc libc6-dev"),
        (Dnf, "gcc"),
        (Apk, "gcc musl-dev"),
        (Pacman, "gcc"),
        (Zypper, "gcc"),
        (Winget, "BrechtSanders.WinLibs.POSIX.UCRT"),
    ],
    least: None,
    site: "https://go.dev/wiki/cgo",
};

/// What to do if there is no suitable Go.
pub(crate) fn get_go() -> String {
    format!("{} (or put the folder of a Go, 1.22 or later, on PATH)", GO.how())
}

/// What to do if cgo finds no C compiler.
pub(crate) fn get_c_compiler() -> String {
    format!("{} (or name one by `go env -w CC=…`)", C_COMPILER.how())
}

/// A Go that can be used.
#[derive(Debug)]
pub(crate) struct Toolchain {
    go: PathBuf,
    /// The version as Go writes it: `1.26.8`.
    pub(crate) version: String,
    /// The system that it builds for, `GOOS`: this one, unless the user chose another.
    pub(crate) os: String,
}

impl Toolchain {
    /// The Go that is used in `dir`, whose go.mod may require another one.
    pub(crate) fn find(dir: &Path) -> Result<Toolchain, Diagnostic> {
        let go = go_command().ok_or_else(missing)?;
        let mut toolchain = Toolchain { go: go.clone(), version: String::new(), os: String::new() };
        let (ok, text, stderr) = toolchain.run(dir, &["env", "GOVERSION", "GOOS"])?;
        let (version, os) = text.trim().split_once('\n').unwrap_or_default();
        let version = version.trim().trim_start_matches("devel ").trim_start_matches("go");
        if !ok || version.is_empty() {
            return Err(Diagnostic::new(format!(
                "{} does not run: {}",
                go.display(),
                stderr.trim()
            ))
            .help(get_go()));
        }
        version.split([' ', '-']).next().unwrap_or_default().clone_into(&mut toolchain.version);
        os.trim().clone_into(&mut toolchain.os);
        toolchain.check()
    }

    fn check(self) -> Result<Toolchain, Diagnostic> {
        if numbers(&self.version).is_some_and(|found| found < OLDEST) {
            let found = format!(
                "{} is Go {}, which is too old for guests",
                self.go.display(),
                self.version
            );
            return Err(Diagnostic::new(found).help(get_go()));
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
        // Go trusts PWD, which may be another path to this folder.
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

    /// The output of `go` with these arguments; fails if go fails.
    pub(crate) fn output(&self, dir: &Path, args: &[&str]) -> Result<String, Diagnostic> {
        let (ok, text, stderr) = self.run(dir, args)?;
        if ok {
            return Ok(text.trim().to_owned());
        }
        Err(Diagnostic::new(format!("`go {}` failed: {}", args.join(" "), stderr.trim())).at(dir))
    }

    /// A setting of Go as the user has it, not as guests are built with.
    pub(crate) fn env(&self, dir: &Path, name: &str) -> Result<String, Diagnostic> {
        let mut command = self.go(dir, &["env", name]);
        match std::env::var_os(name) {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
        let output = command.output().map_err(|error| Diagnostic::io("run", &self.go, &error))?;
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// The C compiler of cgo.
    pub(crate) fn c_compiler(&self, dir: &Path) -> Result<Located, Diagnostic> {
        let named = self.env(dir, "CC")?;
        compiler_named(&named).ok_or_else(|| {
            Diagnostic::new(format!("the C compiler ({named}) cannot be found"))
                .help(get_c_compiler())
        })
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

/// The C compiler that Go would run in the working directory.
pub(crate) fn c_compiler() -> Option<Located> {
    match Toolchain::find(Path::new(".")) {
        Ok(go) => go.c_compiler(Path::new(".")).ok(),
        // Without Go: the default of Go.
        Err(_) => compiler_named(&std::env::var("CC").unwrap_or_else(|_| "gcc".into())),
    }
}

/// The compiler in a value of CC, which may contain options.
fn compiler_named(value: &str) -> Option<Located> {
    let program = value.split_whitespace().next()?;
    let path = match Path::new(program).components().count() {
        1 => metaffi_programs::find(program)?,
        _ => Some(PathBuf::from(program)).filter(|path| path.is_file())?,
    };
    let is_set = std::env::var_os("CC").is_some_and(|value| !value.is_empty());
    Some(Located { path, why: if is_set { "CC" } else { "go env CC" } })
}

fn missing() -> Diagnostic {
    let tried: Vec<String> =
        candidates().iter().map(|found| found.path.display().to_string()).collect();
    Diagnostic::new(format!("Go cannot be found; tried {}", tried.join(", "))).help(get_go())
}

/// The go command for building guests and setting up hosts.
pub(crate) fn go_command() -> Option<PathBuf> {
    Some(find_go()?.path)
}

/// The same, with the reason for the choice.
pub(crate) fn find_go() -> Option<Located> {
    candidates().into_iter().find(|found| found.path.is_file())
}

/// The folder of the Go that is used, with its standard library.
pub(crate) fn goroot() -> Option<PathBuf> {
    let named = std::env::var_os("GOROOT").map(PathBuf::from);
    let of_command = || {
        let command = dunce::canonicalize(go_command()?).ok()?;
        Some(command.parent()?.parent()?.to_owned())
    };
    named.into_iter().chain(of_command()).find(|root| root.join("src").join("fmt").is_dir())
}

/// Where a go command may be: on PATH first, then in the usual folders.
fn candidates() -> Vec<Located> {
    let because = |why| move |folder| (folder, why);
    let path = metaffi_programs::folders().into_iter().map(because("PATH"));
    let root = std::env::var_os("GOROOT").map(|root| PathBuf::from(root).join("bin"));
    let home = metaffi_programs::home_dir().map(|home| home.join("go/bin"));
    let usual = USUAL.iter().map(PathBuf::from).chain(home).map(because("usual folder"));
    let folders = path.chain(root.map(because("GOROOT"))).chain(usual);
    let name = format!("go{}", std::env::consts::EXE_SUFFIX);
    folders.map(|(folder, why)| Located { path: folder.join(&name), why }).collect()
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
