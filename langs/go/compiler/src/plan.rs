//! What a source consists of, and where its products go.
//!
//! A single file is a package of its own: its neighbours are hidden. Without a go.mod above it, a
//! source becomes the root of a module that only the overlay knows. Generated files are in a folder
//! of the user's cache, always the same one for the same source, so that Go's own cache finds what
//! it built before.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use metaffi_compiler::{
    Diagnostic, Key, Request, cache_folder, identifier, make_folder, stem_of_file, write_file,
};

use crate::import::{self, Facade, Import};
use crate::overlay::Overlay;
use crate::setup;
use crate::stubs;
use crate::toolchain::Toolchain;

/// The options for reading Go and building its guests.
pub(crate) const OPTIONS: &[Key<'_>] = &[
    Key { name: "tags", about: "build tags, joined with ';'" },
    Key { name: "ldflags", about: "additional options of Go's linker" },
    Key { name: "instances", about: "instances of generic names: NAME[TYPE;…]|…" },
];

/// The module that contains the C side if no package of the guest can; it is in the folder
/// `carrier` of the workspace.
pub(crate) const CARRIER: &str = "metaffi.guest/carrier";

/// Suffixes of files that Go would compile into the package of a `.go` file.
const COMPILED: &[&str] = &[
    "go", "c", "cc", "cpp", "cxx", "m", "s", "S", "f", "F", "for", "f90", "swig", "swigcxx", "syso",
];

pub(crate) struct Plan {
    /// The source's package folder: where go runs, and what entity paths of subpackages are
    /// relative to.
    pub(crate) dir: PathBuf,
    /// The file, if the source is a single file.
    pub(crate) file: Option<PathBuf>,
    /// Where generated files go.
    pub(crate) workspace: PathBuf,
    pub(crate) overlay: Overlay,
    pub(crate) toolchain: Toolchain,
    /// Flags for every run of go, without the overlay.
    pub(crate) flags: Vec<String>,
    /// Instances of generic names that the user requests.
    pub(crate) instances: Vec<String>,
    /// Whether there is no go.mod but ours.
    pub(crate) is_standalone: bool,
    /// The import path, if the package is named by it; the folder is then the facade's.
    pub(crate) import: Option<Import>,
    /// The facade's module path.
    pub(crate) facade: String,
    /// Held while this source is read or built, to have exclusive use of the workspace.
    _lock: File,
}

/// Whether it is Go source: a `.go` file, or a folder with one or a go.mod. Stubs do not count:
/// their folder has the name of their source, which is what the user means when generating them
/// again.
pub(crate) fn is_source(source: &Path) -> bool {
    if source.is_dir() {
        let is_stubs = |file: &PathBuf| file.to_string_lossy().ends_with(stubs::ENDING);
        return source.join("go.mod").is_file()
            || !files(source, &["go"]).all(|file| is_stubs(&file));
    }
    source.extension().is_some_and(|suffix| suffix == "go")
}

/// The file name of a guest's library on a system, given by Go's name for it (`GOOS`).
///
/// ```
/// assert_eq!(metaffi_go_compiler::library_name("hello", "linux"), "hello_MetaFFIGuest.so");
/// assert_eq!(metaffi_go_compiler::library_name("hello", "windows"), "hello_MetaFFIGuest.dll");
/// ```
#[must_use]
pub fn library_name(stem: &str, os: &str) -> String {
    let suffix = match os {
        "windows" => "dll",
        "darwin" | "ios" => "dylib",
        _ => "so",
    };
    format!("{stem}_MetaFFIGuest.{suffix}")
}

impl Plan {
    pub(crate) fn new(request: &Request<'_>) -> Result<Plan, Diagnostic> {
        let source = match named(request.source) {
            Named::Folder(folder) => folder,
            Named::Import(import) => return Plan::of_import(request, import),
        };
        let source = dunce::canonicalize(&source)
            .map_err(|error| Diagnostic::io("read", request.source, &error))?;
        if let Some(import) = Import::of_folder(&source) {
            return Plan::of_import(request, import);
        }
        let file = source.is_file().then(|| source.clone());
        let dir = match &file {
            Some(file) => file.parent().unwrap_or(file).to_owned(),
            None => source.clone(),
        };
        let workspace = workspace(&source)?;
        let lock = lock(&workspace.join("lock"))?;
        let mut plan = Plan {
            is_standalone: !dir.ancestors().any(|folder| folder.join("go.mod").is_file()),
            toolchain: Toolchain::find(&dir)?,
            overlay: Overlay::default(),
            flags: vec!["-buildvcs=false".to_owned()],
            instances: list(request.options.get("instances")),
            import: None,
            facade: String::new(),
            dir,
            file,
            workspace,
            _lock: lock,
        };
        plan.flags.extend(tags(request));
        plan.hide_neighbours();
        plan.add_module(request.home)?;
        Ok(plan)
    }

    /// A plan with the glue in a module of ours, which imports the package.
    fn of_import(request: &Request<'_>, import: Import) -> Result<Plan, Diagnostic> {
        let here = std::env::current_dir().unwrap_or_default();
        let toolchain = Toolchain::find(&here)?;
        let module = import::own_module().unwrap_or_default();
        let version = import.version.clone().unwrap_or_default();
        let key = format!("{}@{version} {}", import.pattern(), module.display());
        let workspace = workspace_of(&identifier(import.name()), &key)?;
        let lock = lock(&workspace.join("lock"))?;
        let replaced = replaced(&workspace, request.home);
        let facade = Facade::make(&import, &workspace, &toolchain, &replaced)?;
        let flags = ["-buildvcs=false", "-mod=mod"].map(str::to_owned);
        Ok(Plan {
            dir: facade.folder,
            file: None,
            overlay: Overlay::default(),
            flags: flags.into_iter().chain(tags(request)).collect(),
            instances: list(request.options.get("instances")),
            is_standalone: true,
            import: Some(import),
            facade: facade.module,
            toolchain,
            workspace,
            _lock: lock,
        })
    }

    /// The overlay for reading the packages.
    pub(crate) fn read_overlay(&self) -> PathBuf {
        self.workspace.join("read.json")
    }

    /// The packages to read.
    pub(crate) fn pattern(&self) -> String {
        match &self.import {
            Some(import) => import.pattern(),
            None if self.file.is_some() => ".".to_owned(),
            None => "./...".to_owned(),
        }
    }

    /// The stem of the files that are written, given the package's name: the file's name, or for a
    /// folder the package's name, or the folder's name for `main`.
    pub(crate) fn stem(&self, package: Option<&str>) -> String {
        if let Some(import) = &self.import {
            return identifier(package.unwrap_or_else(|| import.name()));
        }
        match (&self.file, package) {
            (Some(file), _) => stem_of_file(file),
            (None, Some(name)) if name != "main" => identifier(name),
            _ => identifier(&self.dir.file_name().unwrap_or_default().to_string_lossy()),
        }
    }

    fn hide_neighbours(&mut self) {
        let Some(file) = &self.file else { return };
        for neighbour in files(&self.dir, COMPILED).filter(|path| path != file) {
            self.overlay.hide(&neighbour);
        }
    }

    /// Makes the folder a module if it is in none: by an overlay, and with a go.mod next to our
    /// generated files, to which go may add requirements.
    fn add_module(&mut self, home: &Path) -> Result<(), Diagnostic> {
        if !self.is_standalone {
            return Ok(());
        }
        let gomod = self.workspace.join("go.mod");
        let version = format!("\ngo {}\n", self.toolchain.language());
        let replaced = replaced(&self.workspace, home);
        let same = |text: String| text.contains(&version) && text.contains(&replaced);
        if !fs::read_to_string(&gomod).is_ok_and(same) {
            let name = path_element(&self.stem(None));
            let module = format!("module metaffi.local/{name}\n{version}{replaced}");
            write_file(&gomod, module.as_bytes())?;
        }
        self.overlay.show(&self.dir.join("go.mod"), &gomod);
        self.flags.push(format!("-modfile={}", gomod.display()));
        self.flags.push("-mod=mod".to_owned());
        Ok(())
    }
}

/// Where Go finds what a single file may need and no proxy has: the Go API, and the module of the C
/// side.
fn replaced(workspace: &Path, home: &Path) -> String {
    let api = setup::MODULES.iter().map(|(module, folder)| (*module, home.join(folder)));
    let all = api.chain([(CARRIER, workspace.join("carrier"))]);
    all.map(|(module, folder)| {
        format!("\nreplace {module} => {:?}\n", folder.display().to_string())
    })
    .collect()
}

/// The regular files of a folder with one of these suffixes, in no particular order.
fn files<'a>(folder: &Path, suffixes: &'a [&str]) -> impl Iterator<Item = PathBuf> + 'a {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(|path| {
        let suffix = path.extension().and_then(|suffix| suffix.to_str());
        suffix.is_some_and(|suffix| suffixes.contains(&suffix)) && path.is_file()
    })
}

/// The build tags that the user requests, as a flag.
fn tags(request: &Request<'_>) -> Option<String> {
    request.options.get("tags").map(|tags| format!("-tags={}", tags.replace(';', ",")))
}

/// The meaning of a source: a file or folder, or a package by its import path.
enum Named {
    Folder(PathBuf),
    Import(Import),
}

fn named(source: &Path) -> Named {
    let name = source.to_str().filter(|name| !source.exists() && import::is_import(name));
    match name.and_then(Import::parse) {
        Some(import) => match import::own_folder(&import) {
            Some(folder) => Named::Folder(folder),
            None => Named::Import(import),
        },
        None => Named::Folder(source.to_owned()),
    }
}

fn list(option: Option<&str>) -> Vec<String> {
    let items = option.unwrap_or_default().split('|').map(str::trim);
    items.filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

/// Names that go refuses in a module path: vendored code, and devices of Windows.
const REFUSED: &[&str] = &["vendor", "aux", "con", "nul", "prn"];

/// `stem` as an element of a module path, which is ASCII.
fn path_element(stem: &str) -> String {
    let mut element: String = stem.chars().map(|c| if c.is_ascii() { c } else { '_' }).collect();
    if REFUSED.iter().any(|refused| element.eq_ignore_ascii_case(refused)) {
        element.push('_');
    }
    element
}

/// The folder for files generated from `source`.
fn workspace(source: &Path) -> Result<PathBuf, Diagnostic> {
    workspace_of(&stem_of_file(source), &source.to_string_lossy())
}

fn workspace_of(stem: &str, key: &str) -> Result<PathBuf, Diagnostic> {
    let name = format!("{stem}-{:016x}", fingerprint(key));
    let folder = cache_folder().join("go").join(name);
    make_folder(&folder)?;
    Ok(folder)
}

/// Waits for other processes that work on the same source.
fn lock(path: &Path) -> Result<File, Diagnostic> {
    let locked = File::create(path).and_then(|file| file.lock().map(|()| file));
    locked.map_err(|error| Diagnostic::io("lock", path, &error))
}

/// FNV-1a: the same in every build of this crate.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
