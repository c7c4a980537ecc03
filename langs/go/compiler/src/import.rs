//! Packages that are named by their import path instead of a folder.
//!
//! Nothing can be added to the standard library or to the module cache, so the glue is in a module
//! of ours that imports the package: the facade. It takes the requirements of the module that
//! contains the working directory, so that the package is the one that a program there would get.

use std::fs;
use std::path::{Path, PathBuf};

use metaffi_compiler::{Diagnostic, make_folder, write_file};

use crate::toolchain::{Toolchain, goroot};

/// `net/url`, `github.com/google/uuid@v1.6.0`, `gonum.org/v1/gonum/stat/...`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Import {
    pub(crate) path: String,
    pub(crate) version: Option<String>,
    /// Whether the packages below it are included.
    pub(crate) below: bool,
}

impl Import {
    /// The import path in `name`, judging by its form.
    pub(crate) fn parse(name: &str) -> Option<Import> {
        let (path, version) = match name.split_once('@') {
            Some((path, version)) => (path, Some(version.to_owned())),
            None => (name, None),
        };
        let (path, below) = match path.strip_suffix("/...") {
            Some(path) => (path, true),
            None => (path, false),
        };
        let is_element = |element: &str| {
            let allowed = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
            !element.is_empty() && !element.starts_with('.') && element.chars().all(allowed)
        };
        let is_version = version.as_deref().is_none_or(|version| !version.is_empty());
        let path = path.to_owned();
        let well_formed = is_version && path.split('/').all(is_element);
        well_formed.then_some(Import { path, version, below })
    }

    /// The package in a folder of the standard library or of the module cache, where nothing can be
    /// added to it; includes the packages below it.
    pub(crate) fn of_folder(folder: &Path) -> Option<Import> {
        let of_go = goroot().and_then(|root| {
            let source = dunce::canonicalize(root.join("src")).ok()?;
            folder.strip_prefix(source).ok().map(slashed)
        });
        if let Some(path) = of_go.filter(|path| !path.is_empty()) {
            return Some(Import { path, version: None, below: true });
        }
        let cached = folder.strip_prefix(dunce::canonicalize(module_cache()?).ok()?).ok()?;
        let text = unescaped(&slashed(cached));
        let (module, rest) = text.split_once('@')?;
        let (version, below) = rest.split_once('/').unwrap_or((rest, ""));
        let path = if below.is_empty() { module.to_owned() } else { format!("{module}/{below}") };
        Some(Import { path, version: Some(version.to_owned()), below: true })
    }

    /// Whether it is a package of the standard library.
    pub(crate) fn is_standard(&self) -> bool {
        let first = self.path.split('/').next().unwrap_or_default();
        let folder = goroot().map(|root| root.join("src").join(&self.path));
        !first.contains('.') && folder.is_some_and(|folder| has_go_files(&folder))
    }

    /// Whether it can only be meant as a standard package: it begins like one.
    fn is_almost_standard(&self) -> bool {
        let (first, below) = self.path.split_once('/').unwrap_or_default();
        let is_there = |root: PathBuf| root.join("src").join(first).is_dir();
        !below.is_empty() && goroot().is_some_and(is_there)
    }

    /// Whether it has the form of a package of another module: `host.name/path`.
    fn is_remote(&self) -> bool {
        let first = self.path.split('/').next().unwrap_or_default();
        first.contains('.') && self.path.contains('/')
    }

    /// The pattern for `go list`.
    pub(crate) fn pattern(&self) -> String {
        if self.below { format!("{}/...", self.path) } else { self.path.clone() }
    }

    /// The last element of its path that is not a major version.
    pub(crate) fn name(&self) -> &str {
        let is_major = |element: &&str| {
            let digits = element.strip_prefix('v').unwrap_or_default();
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        };
        let mut elements = self.path.rsplit('/').filter(|element| !is_major(element));
        elements.next().unwrap_or(&self.path)
    }
}

/// Whether a name can be imported in Go. Uses neither go nor the network.
pub(crate) fn is_import(name: &str) -> bool {
    Import::parse(name).is_some_and(|import| {
        import.is_standard()
            || import.is_almost_standard()
            || import.is_remote()
            || own_folder(&import).is_some()
    })
}

/// The folder of a package of the module that contains the working directory.
pub(crate) fn own_folder(import: &Import) -> Option<PathBuf> {
    let gomod = own_module()?;
    let module = module_path(&fs::read_to_string(&gomod).ok()?)?;
    let below = import.path.strip_prefix(&module)?;
    let below = if below.is_empty() { below } else { below.strip_prefix('/')? };
    let folder = gomod.parent()?.join(below);
    (import.version.is_none() && folder.is_dir()).then_some(folder)
}

/// The go.mod of the module that contains the working directory.
pub(crate) fn own_module() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    here.ancestors().map(|folder| folder.join("go.mod")).find(|gomod| gomod.is_file())
}

fn module_path(gomod: &str) -> Option<String> {
    let line = gomod.lines().find_map(|line| line.trim().strip_prefix("module "))?;
    Some(line.split("//").next().unwrap_or(line).trim().trim_matches('"').to_owned())
}

fn has_go_files(folder: &Path) -> bool {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    files.map(|file| file.path()).any(|path| path.extension().is_some_and(|suffix| suffix == "go"))
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The module cache writes capital letters as `!` and the small letter.
fn unescaped(path: &str) -> String {
    let mut parts = path.split('!');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let mut letters = part.chars();
        text + &letters.next().unwrap_or_default().to_uppercase().to_string() + letters.as_str()
    })
}

/// Where go keeps modules, determined without running go.
fn module_cache() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let paths = |value: &std::ffi::OsString| std::env::split_paths(value).next();
    let named = set("GOMODCACHE").map(PathBuf::from);
    let of_path = || set("GOPATH").as_ref().and_then(paths).map(|path| path.join("pkg/mod"));
    let usual = || metaffi_programs::home_dir().map(|home| home.join("go/pkg/mod"));
    named.or_else(of_path).or_else(usual)
}

/// The module whose main package contains the glue.
pub(crate) struct Facade {
    /// A folder of ours, with its go.mod.
    pub(crate) folder: PathBuf,
    /// Its module path.
    pub(crate) module: String,
}

impl Facade {
    /// Creates the module, which requires the package's module.
    pub(crate) fn make(
        import: &Import,
        workspace: &Path,
        toolchain: &Toolchain,
        replaced: &str,
    ) -> Result<Facade, Diagnostic> {
        let folder = workspace.join("facade");
        make_folder(&folder)?;
        let facade = Facade { folder, module: format!("metaffi.local/{}", import.name()) };
        let fresh = facade.write(import, toolchain, replaced)?;
        if !import.is_standard() {
            facade.require(import, toolchain, fresh)?;
        }
        Ok(facade)
    }

    /// Writes the go.mod, unless it exists with the additions of go; returns whether it did.
    fn write(
        &self,
        import: &Import,
        toolchain: &Toolchain,
        replaced: &str,
    ) -> Result<bool, Diagnostic> {
        let own = own_module().filter(|_| import.version.is_none() && !import.is_standard());
        let text = match &own {
            Some(gomod) => self.gomod_like(gomod, replaced)?,
            None => {
                format!("module {}\n\ngo {}\n{replaced}", self.module, toolchain.language())
            }
        };
        let (gomod, made_from) = (self.folder.join("go.mod"), self.folder.join("go.mod.from"));
        if gomod.is_file() && fs::read_to_string(&made_from).is_ok_and(|before| before == text) {
            return Ok(false);
        }
        write_file(&gomod, text.as_bytes())?;
        let sums = own.map(|gomod| gomod.with_file_name("go.sum"));
        let sums = sums.and_then(|sums| fs::read(sums).ok()).unwrap_or_default();
        write_file(&self.folder.join("go.sum"), &sums)?;
        let import = match import.below {
            true => String::new(), // a package with this path does not have to exist
            false => format!("\nimport _ {:?}\n", import.path),
        };
        let importer = format!("package main\n{import}");
        write_file(&self.folder.join("import.go"), importer.as_bytes())?;
        write_file(&made_from, text.as_bytes())?;
        Ok(true)
    }

    /// A go.mod with the requirements of another, whose relative paths it makes
    /// absolute.
    fn gomod_like(&self, gomod: &Path, replaced: &str) -> Result<String, Diagnostic> {
        let text =
            fs::read_to_string(gomod).map_err(|error| Diagnostic::io("read", gomod, &error))?;
        let folder = gomod.parent().unwrap_or(gomod);
        let mut like = String::new();
        for line in text.lines() {
            match line.split_once("=> ") {
                _ if line.trim().starts_with("module ") => {
                    like.push_str(&format!("module {}\n", self.module));
                }
                Some((before, path)) if path.starts_with('.') => {
                    let path = folder.join(path.trim()).display().to_string();
                    like.push_str(&format!("{before}=> {path:?}\n"));
                }
                _ => like.push_str(&format!("{line}\n")),
            }
        }
        let is_new = |line: &&str| {
            let module = line.split_whitespace().nth(1);
            module.is_some_and(|module| !text.contains(&format!("{module} =>")))
        };
        let more: Vec<&str> = replaced.lines().filter(is_new).collect();
        Ok(format!("{like}\n{}\n", more.join("\n")))
    }

    /// Makes go find the package: as the go.mod says, or else in its newest version. Without a
    /// network, it has to be in the module cache.
    fn require(
        &self,
        import: &Import,
        toolchain: &Toolchain,
        fresh: bool,
    ) -> Result<(), Diagnostic> {
        let pattern = import.pattern();
        let is_known = || {
            let found = toolchain.output(&self.folder, &["list", "-mod=mod", "-e", &pattern]);
            found.is_ok_and(|found| found.lines().any(|line| !line.contains("...")))
        };
        let version = match import.version.as_deref() {
            Some(version) if fresh || version == "latest" => Some(version),
            // For a pattern of several packages, the module cannot be guessed.
            None if import.below && !is_known() => Some("latest"),
            _ => None,
        };
        let target = version.map(|version| format!("{}@{version}", import.path));
        let args = match &target {
            Some(target) => vec!["get", target.as_str()],
            None => vec!["list", "-mod=mod", "-f", "{{.Name}}", pattern.as_str()],
        };
        let Err(error) = self.run(toolchain, &args, None) else { return Ok(()) };
        let cached = module_cache().map(|cache| cache.join("cache").join("download"));
        let cached = cached.filter(|folder| folder.is_dir());
        if cached.is_some_and(|folder| self.run(toolchain, &args, Some(&folder)).is_ok()) {
            return Ok(());
        }
        let _ = fs::remove_file(self.folder.join("go.mod.from")); // what go found is incomplete
        Err(Diagnostic::new(format!("the Go package '{}' cannot be found: {error}", import.path))
            .help(
                "check the path and, if given, the version; a package that is not in the \
             module cache is downloaded, which needs a network",
            ))
    }

    fn run(
        &self,
        toolchain: &Toolchain,
        args: &[&str],
        proxy: Option<&Path>,
    ) -> Result<(), String> {
        let mut go = toolchain.go(&self.folder, args);
        go.env("GOWORK", "off");
        if let Some(folder) = proxy {
            go.env("GOPROXY", format!("file://{}", slashed(folder)));
            go.env("GONOSUMDB", "*").env("GONOSUMCHECK", "1").env("GOFLAGS", "-mod=mod");
        }
        let output = go.output().map_err(|error| error.to_string())?;
        if output.status.success() {
            return Ok(());
        }
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        let is_news = |line: &&str| {
            !["downloading ", "finding module "].iter().any(|begin| line.starts_with(begin))
        };
        let lines = text.lines().map(|line| line.trim_start_matches("go: ").trim());
        Err(lines.filter(is_news).collect::<Vec<_>>().join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn import_paths_are_told_from_other_names() {
        let names =
            ["strings", "net/url", "net/urlx", "net/...", "github.com/google/uuid", "a.b/c@v1"];
        for name in names {
            assert!(is_import(name), "{name}");
        }
        let others = ["java.util", "java.util.ArrayList", "pandas", "os.path", "./x", "../a.b/c"];
        for name in others.into_iter().chain(["", "/a.b/c", "a.b/c@", "some/folder"]) {
            assert!(!is_import(name), "{name}");
        }
    }

    #[test]
    fn an_import_path_has_its_parts() {
        let import = Import::parse("github.com/a/b/v2/...@v2.1.0").unwrap();
        assert_eq!((import.name(), import.version.as_deref()), ("b", Some("v2.1.0")));
        assert_eq!(import.pattern(), "github.com/a/b/v2/...");
        assert_eq!(Import::parse("net/url").unwrap().pattern(), "net/url");
    }

    #[test]
    fn folders_of_the_module_cache_are_import_paths() {
        assert_eq!(unescaped("github.com/!burnt!sushi/toml@v1"), "github.com/BurntSushi/toml@v1");
    }
}
