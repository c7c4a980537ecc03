//! Building a guest: generated files in an overlay, and a run of `go build`.
//!
//! Each package gets its entries, `carrier` decides where the C side goes; `xcall` is a virtual
//! package of the user's module, or the Go API's own in a guest that is also a host. A package
//! `main` is built as it is, other packages are imported by a virtual one.

use std::fs;
use std::path::{Path, PathBuf};

use metaffi_compiler::{Diagnostic, Request, is_same_source};

use crate::answer::Package;
use crate::carrier::{self, Carrier, Sources, damaged};
use crate::embedded::embedded_idl;
use crate::extract::Extracted;
use crate::glue::{MARK, Texts};
use crate::messages::{parse, together};
use crate::overlay::Overlay;
use crate::plan::library_name;

/// The virtual folder below a module's root.
const VIRTUAL: &str = "metaffi_guest";

/// Builds the guest of a source that has been read, into the output folder.
pub(crate) fn build(request: &Request<'_>, extracted: &Extracted) -> Result<PathBuf, Diagnostic> {
    if extracted.packages.iter().all(|package| package.entries.is_empty()) {
        return Err(Diagnostic::new("there is nothing here that a host can call")
            .at(request.source)
            .help("what hosts call must be exported: its name begins with a capital letter"));
    }
    let target = request.out_dir.join(library_name(&extracted.stem, &extracted.plan.toolchain.os));
    refuse_other(&target, extracted)?;
    let layout = Layout::new(request, extracted);
    let overlay = layout.overlay()?;
    let library = compile(request, extracted, &layout, &overlay)?;
    place(&library, &target)
}

/// Refuses to replace another source's guest.
fn refuse_other(target: &Path, extracted: &Extracted) -> Result<(), Diagnostic> {
    let Ok(there) = embedded_idl(target) else { return Ok(()) };
    if is_same_source(&there, &extracted.idl) {
        return Ok(());
    }
    let name = &there.idl_filename_with_extension;
    Err(Diagnostic::new(format!("another guest, made from {name}, is already here"))
        .at(target)
        .help("build into another folder (-o DIR), or remove the file"))
}

/// Where all files of one guest are.
pub(crate) struct Layout<'a> {
    extracted: &'a Extracted,
    /// The Go modules of the installation, and its header.
    sources: PathBuf,
    header: PathBuf,
    carrier: Carrier<'a>,
    main: Option<&'a Package>,
    xcall: String,
}

impl<'a> Layout<'a> {
    pub(crate) fn new(request: &Request<'_>, extracted: &'a Extracted) -> Layout<'a> {
        let main = extracted.packages.iter().find(|package| package.name == "main");
        let carrier = Carrier::find(extracted, main);
        Layout {
            sources: request.home.join("go"),
            header: request.home.join("include").join("metaffi.h"),
            main,
            xcall: carrier.xcall(extracted, VIRTUAL),
            carrier,
            extracted,
        }
    }

    /// The folder of the package that is built. A virtual one is below the source's folder: there
    /// it may import packages below an `internal` folder.
    fn main_folder(&self) -> PathBuf {
        let (dir, module) = (&self.extracted.plan.dir, &self.extracted.module.dir);
        match self.main {
            Some(main) => main.dir.clone(),
            None if dir.starts_with(module) => dir.join(VIRTUAL),
            None => module.join(VIRTUAL),
        }
    }

    pub(crate) fn overlay(&self) -> Result<Overlay, Diagnostic> {
        let mut overlay = self.extracted.plan.overlay.clone();
        let xcall = match self.extracted.api.as_deref().and_then(Path::parent) {
            Some(api) => api.join("xcall"),
            None => self.add_xcall(&mut overlay)?,
        };
        self.generate(&mut overlay, &xcall, "metaffi_guest.go", &guest_init(self.extracted))?;
        let (go, header) = (self.sources.clone(), self.header.clone());
        let sources = Sources { go, header, xcall: &self.xcall };
        sources.add(&mut overlay, &self.carrier, self.extracted)?;
        self.add_packages(&mut overlay)?;
        Ok(overlay)
    }

    fn generate(
        &self,
        overlay: &mut Overlay,
        folder: &Path,
        name: &str,
        text: &str,
    ) -> Result<(), Diagnostic> {
        overlay.generate(&folder.join(name), &self.extracted.plan.workspace, text)
    }

    /// Adds the virtual package xcall, and returns its folder.
    fn add_xcall(&self, overlay: &mut Overlay) -> Result<PathBuf, Diagnostic> {
        let to = match &self.carrier {
            Carrier::Package(_) => self.extracted.module.dir.join(VIRTUAL).join("xcall"),
            Carrier::Module(folder) => folder.join("xcall"),
        };
        let from = self.sources.join("xcall");
        let entries = fs::read_dir(&from).map_err(|error| damaged(&from, &error))?;
        for file in entries.flatten().map(|entry| entry.path()) {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.ends_with(".go") && !name.ends_with("_test.go") {
                overlay.show(&to.join(name), &file);
            }
        }
        Ok(to)
    }

    /// The entries of each package, and the main package around them.
    fn add_packages(&self, overlay: &mut Overlay) -> Result<(), Diagnostic> {
        let texts = Texts::new();
        let packages = &self.extracted.packages;
        let is_main = |package: &Package| self.main.is_some_and(|main| main.path == package.path);
        let others = packages.iter().filter(|package| !is_main(package));
        let others = others.map(|package| package.path.as_str()).chain(self.carrier.import());
        let others: Vec<&str> = others.collect();
        for package in packages {
            let imports = if is_main(package) { &others[..] } else { &[] };
            let text = texts.package(package, &self.xcall, imports);
            self.generate(overlay, &package.dir, "metaffi_guest_entries.go", &text)?;
        }
        let imports = if self.main.is_some() { &[] } else { &others[..] };
        if self.main.is_some_and(|main| main.has_main) {
            return Ok(());
        }
        self.generate(overlay, &self.main_folder(), "metaffi_guest_main.go", &texts.main(imports))
    }
}

fn compile(
    request: &Request<'_>,
    extracted: &Extracted,
    layout: &Layout<'_>,
    overlay: &Overlay,
) -> Result<PathBuf, Diagnostic> {
    let plan = &extracted.plan;
    let library = plan.workspace.join(library_name(&extracted.stem, &extracted.plan.toolchain.os));
    let overlay = overlay.write(&plan.workspace.join("build.json"))?;
    let mut go = plan.toolchain.go(&plan.dir, &["build", "-buildmode=c-shared"]);
    if extracted.api.is_none() {
        go.arg("-trimpath"); // the Go API finds the installation by the path of its source
    }
    go.args(&plan.flags).arg("-overlay").arg(overlay);
    go.arg(format!("-ldflags={}", linker_flags(request, &plan.toolchain.os)));
    go.arg("-o").arg(&library).arg(layout.main_folder());
    if plan.is_standalone {
        go.env("GOWORK", "off");
    }
    if let Some(file) = carrier::workspace(&layout.carrier, &extracted.module.dir, plan)? {
        go.env("GOWORK", file);
    }
    request.progress.step(&format!("compiling with Go {}", plan.toolchain.version));
    let output = go.output().map_err(|error| Diagnostic::io("run go in", &plan.dir, &error))?;
    if output.status.success() {
        return Ok(library);
    }
    let problems = parse(&String::from_utf8_lossy(&output.stderr), &plan.dir);
    let mut diagnostic = together(request.source, problems);
    if let Some(api) = extracted.api.as_ref().filter(|api| !is_in(api, request.home)) {
        diagnostic.help = Some(format!(
            "the imported Go API, {}, does not belong to this installation: run `metaffi go-setup` \
             in the module (and `go mod vendor`, if it vendors)",
            api.display()
        ));
    }
    Err(diagnostic)
}

/// The file of xcall that only guests have.
fn guest_init(extracted: &Extracted) -> String {
    let prefix = |(path, prefix): (&String, &String)| format!("{path:?}: {prefix:?}");
    let prefixes: Vec<String> = extracted.prefixes.iter().map(prefix).collect();
    format!(
        "{MARK}\n\n//go:build go1.22\n\npackage xcall\n\n\
         func init() {{\n\tBeGuest({})\n\tPrefixes(map[string]string{{{}}})\n}}\n",
        extracted.sees_environment,
        prefixes.join(", ")
    )
}

/// Whether a folder is in this installation.
fn is_in(folder: &Path, home: &Path) -> bool {
    let real = |path: &Path| dunce::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    real(folder).starts_with(real(home))
}

/// No debug information; and symbols that are bound within the library, even if another guest in
/// the process has the same ones.
fn linker_flags(request: &Request<'_>, os: &str) -> String {
    let mut flags = String::from("-w");
    match os {
        "linux" => flags.push_str(" -extldflags=-Wl,-Bsymbolic"),
        // MinGW's own libraries are linked into the guest: users do not have their DLLs.
        "windows" => flags.push_str(" -extldflags=-static"),
        _ => {}
    }
    if let Some(more) = request.options.get("ldflags") {
        flags.push(' ');
        flags.push_str(more);
    }
    flags
}

/// Moves the library into place by renaming: a process that uses the old one keeps it.
fn place(library: &Path, target: &Path) -> Result<PathBuf, Diagnostic> {
    let beside = target.with_extension(format!("{}.new", std::process::id()));
    let placed = fs::copy(library, &beside).and_then(|_| fs::rename(&beside, target));
    placed.map_err(|error| Diagnostic::io("write", target, &error))?;
    Ok(target.to_owned())
}
