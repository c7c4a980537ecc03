//! Adds the modules of the installation to a user's Go project.

use std::fs;
use std::path::{Path, PathBuf};

use metaffi_compiler::{CommandRequest, Diagnostic, identifier};

use crate::toolchain::Toolchain;

/// The modules that a host needs, and their folders in the installation.
pub(crate) const MODULES: [(&str, &str); 2] = [
    ("github.com/MetaFFI/sdk/api/go", "go"),
    ("github.com/MetaFFI/plugin-sdk/compiler/go/IDL", "go/IDL"),
];

/// The Go version that the modules' own go.mod requires.
const LANGUAGE: (u32, u32) = (1, 22);

/// `metaffi go-setup`: sets up the project of the folder, and reports what was done.
pub(crate) fn run(request: &CommandRequest<'_>) -> Result<String, Diagnostic> {
    let wired = wire_project(request.folder, request.home)?;
    wired.warnings.iter().for_each(|warning| request.progress.warn(warning));
    Ok(lines(&wired))
}

fn lines(wired: &Wired) -> String {
    let done = match (wired.made, wired.changed) {
        (true, _) => "made: it takes the Go API from",
        (false, true) => "takes the Go API from",
        (false, false) => "already takes the Go API from",
    };
    let mut text = format!("{} {done} {}\n", wired.gomod.display(), wired.api.display());
    if wired.cgo_turned_on {
        text.push_str("CGO_ENABLED was 0; it is 1 now (go env -w CGO_ENABLED=1)\n");
    }
    text
}

/// What [`wire_project`] did.
struct Wired {
    /// The project's go.mod.
    gomod: PathBuf,
    /// Where the API is.
    api: PathBuf,
    /// Whether the go.mod was created.
    made: bool,
    /// Whether it was changed (or created).
    changed: bool,
    /// Whether cgo was off, and was turned on for this user (`go env -w`).
    cgo_turned_on: bool,
    /// What the user has to do in addition.
    warnings: Vec<Diagnostic>,
}

/// Makes the Go project in `dir` require the Go API, and find it in the installation `home`. A
/// folder outside of any module becomes one.
fn wire_project(dir: &Path, home: &Path) -> Result<Wired, Diagnostic> {
    let home = dunce::canonicalize(home).map_err(|error| Diagnostic::io("read", home, &error))?;
    if let Some((_, folder)) =
        MODULES.iter().find(|(_, folder)| !home.join(folder).join("go.mod").is_file())
    {
        return Err(Diagnostic::new("the Go API is not in this installation")
            .at(home.join(folder))
            .help("reinstall MetaFFI, or set METAFFI_HOME to a complete installation"));
    }
    let go = Toolchain::find(dir)?;
    let (gomod, made) = find_or_make(&go, dir)?;
    let before = read(&gomod)?;
    edit(&go, &gomod, &home)?;
    let changed = made || read(&gomod)? != before;
    let mut wired = Wired {
        api: home.join(MODULES[0].1),
        made,
        changed,
        cgo_turned_on: false,
        warnings: Vec::new(),
        gomod,
    };
    turn_on_cgo(&go, dir, &mut wired)?;
    warn_of_vendored(&mut wired);
    Ok(wired)
}

fn read(gomod: &Path) -> Result<String, Diagnostic> {
    fs::read_to_string(gomod).map_err(|error| Diagnostic::io("read", gomod, &error))
}

/// The go.mod of the module that contains `dir`, and whether it had to be created.
fn find_or_make(go: &Toolchain, dir: &Path) -> Result<(PathBuf, bool), Diagnostic> {
    let found = PathBuf::from(go.output(dir, &["env", "GOMOD"])?);
    if found.is_file() {
        return Ok((found, false));
    }
    let folder = dir.file_name().unwrap_or_default().to_string_lossy();
    go.output(dir, &["mod", "init", &module_name(&folder)])?;
    Ok((dir.join("go.mod"), true))
}

/// A module path for a folder: ASCII, and not a name that Go itself uses.
fn module_name(folder: &str) -> String {
    let ascii: String = folder.chars().filter(char::is_ascii).collect();
    format!("example.com/{}", identifier(&ascii))
}

fn edit(go: &Toolchain, gomod: &Path, home: &Path) -> Result<(), Diagnostic> {
    let mut flags = Vec::new();
    for (module, folder) in MODULES {
        flags.push(format!("-require={module}@v{}", env!("CARGO_PKG_VERSION")));
        flags.push(format!("-replace={module}={}", home.join(folder).display()));
    }
    if declared_language(&read(gomod)?).is_some_and(|declared| declared < LANGUAGE) {
        flags.push(format!("-go={}.{}", LANGUAGE.0, LANGUAGE.1));
    }
    let mut args = vec!["mod", "edit"];
    args.extend(flags.iter().map(String::as_str));
    let file = gomod.display().to_string();
    args.push(&file);
    go.output(gomod.parent().unwrap_or(gomod), &args).map(drop)
}

/// The version in the `go` line; a go.mod without one means Go 1.16.
fn declared_language(gomod: &str) -> Option<(u32, u32)> {
    let line = gomod.lines().find_map(|line| line.trim().strip_prefix("go "));
    line.map_or(Some((1, 16)), |version| crate::toolchain::numbers(version.trim()))
}

/// cgo is off if a setting says so, or if Go finds no C compiler.
fn turn_on_cgo(go: &Toolchain, dir: &Path, wired: &mut Wired) -> Result<(), Diagnostic> {
    if go.env(dir, "CGO_ENABLED")? == "1" {
        return Ok(());
    }
    let off = "CGO_ENABLED is 0, but the Go API needs cgo";
    if std::env::var_os("CGO_ENABLED").is_some_and(|value| !value.is_empty()) {
        let set = metaffi_programs::set_variable("CGO_ENABLED", "1");
        let help = format!("unset it, or set it ({set}), in this shell and where you build");
        wired.warnings.push(Diagnostic::new(format!("{off}: the environment sets it")).help(help));
        return Ok(());
    }
    if let Err(none) = go.c_compiler(dir) {
        let found = format!("{off}: {}", none.message);
        wired.warnings.push(Diagnostic { message: found, ..none });
        return Ok(());
    }
    go.output(dir, &["env", "-w", "CGO_ENABLED=1"])?;
    wired.cgo_turned_on = true;
    Ok(())
}

fn warn_of_vendored(wired: &mut Wired) {
    if wired.changed && wired.gomod.with_file_name("vendor").join("modules.txt").is_file() {
        let warning =
            Diagnostic::new("the vendor folder of this project does not contain the Go API");
        wired.warnings.push(warning.at(&wired.gomod).help("run `go mod vendor`"));
    }
}

#[cfg(test)]
mod tests {
    use super::{declared_language, module_name};

    #[test]
    fn the_go_line_is_read() {
        assert_eq!(declared_language("module m\n\ngo 1.21.3\n"), Some((1, 21)));
        assert_eq!(declared_language("module m\n"), Some((1, 16)));
    }

    #[test]
    fn any_folder_makes_a_module() {
        assert_eq!(module_name("my-app"), "example.com/my_app");
        assert!(module_name("").starts_with("example.com/"));
        assert!(module_name("größe").is_ascii());
    }
}
