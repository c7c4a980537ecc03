//! Building a guest: generated files in an overlay, and a run of `go build`.
//!
//! Each package gets its entries; the first that may hold C also gets the
//! text of `native` (cgo works in real folders only, so it cannot be a package
//! of its own); `xcall` is a virtual package of the user's module. A package
//! `main` is built as it is, others are imported by a virtual one.

use std::fs;
use std::path::{Path, PathBuf};

use metaffi_compiler::{Diagnostic, Request, Silent};

use crate::answer::Package;
use crate::extract::{Extracted, extract};
use crate::glue::{MARK, Texts};
use crate::messages::{parse, together};
use crate::overlay::Overlay;
use crate::plan::library_name;

/// The virtual folder below a module's root.
const VIRTUAL: &str = "metaffi_guest";

/// Builds the guest of the request's source into its output folder.
pub(crate) fn build(request: &Request<'_>) -> Result<PathBuf, Diagnostic> {
    // Warnings were told when the interface was read.
    let extracted = extract(&Request { progress: &Silent, ..*request })?;
    if extracted.packages.iter().all(|package| package.entries.is_empty()) {
        return Err(Diagnostic::new("there is nothing that a host could call")
            .at(request.source)
            .help("what hosts call must be exported: its name begins with a capital letter"));
    }
    let layout = Layout::new(request, &extracted)?;
    let overlay = layout.overlay()?;
    let library = compile(request, &extracted, &layout, &overlay)?;
    place(&library, &request.out_dir.join(library_name(&extracted.stem)))
}

/// Where everything of one guest is.
pub(crate) struct Layout<'a> {
    extracted: &'a Extracted,
    /// The Go sources of the installation.
    sources: PathBuf,
    header: PathBuf,
    carrier: &'a Package,
    main: Option<&'a Package>,
    xcall: String,
}

impl<'a> Layout<'a> {
    pub(crate) fn new(
        request: &Request<'_>,
        extracted: &'a Extracted,
    ) -> Result<Layout<'a>, Diagnostic> {
        let packages = &extracted.packages;
        let main = packages.iter().find(|package| package.name == "main");
        let mut carriers = main.map_or(&packages[..], std::slice::from_ref).iter();
        let carrier = carriers.find(|package| !package.has_asm).ok_or_else(|| {
            Diagnostic::new("a package with Go assembly cannot be a guest by itself")
                .at(request.source)
                .help("wrap it: name a package without assembly that imports it")
        })?;
        Ok(Layout {
            extracted,
            sources: request.home.join("go"),
            header: request.home.join("include").join("metaffi.h"),
            carrier,
            main,
            xcall: format!("{}/{VIRTUAL}/xcall", extracted.module.path),
        })
    }

    /// The folder of the package that is built.
    fn main_folder(&self) -> PathBuf {
        match self.main {
            Some(main) => main.dir.clone(),
            None => self.extracted.module.dir.join(VIRTUAL),
        }
    }

    pub(crate) fn overlay(&self) -> Result<Overlay, Diagnostic> {
        let mut overlay = self.extracted.plan.overlay.clone();
        self.add_xcall(&mut overlay)?;
        self.add_native(&mut overlay)?;
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

    /// The virtual package xcall.
    fn add_xcall(&self, overlay: &mut Overlay) -> Result<(), Diagnostic> {
        let (from, to) = (self.sources.join("xcall"), self.extracted.module.dir.join(VIRTUAL));
        let entries = fs::read_dir(&from).map_err(|error| damaged(&from, &error))?;
        for file in entries.flatten().map(|entry| entry.path()) {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.ends_with(".go") && !name.ends_with("_test.go") {
                overlay.show(&to.join("xcall").join(name), &file);
            }
        }
        Ok(())
    }

    /// The C side, in the carrier's folder.
    fn add_native(&self, overlay: &mut Overlay) -> Result<(), Diagnostic> {
        let (native, folder) = (self.sources.join("native"), &self.carrier.dir);
        let file = native.join("native.go");
        let text = fs::read_to_string(&file).map_err(|error| damaged(&file, &error))?;
        // Where the header is, the overlay says.
        let lines = text.split_inclusive('\n').filter(|line| !line.starts_with("#cgo"));
        let text = lines
            .collect::<String>()
            .replace("package native\n", &format!("package {}\n", self.carrier.name))
            .replace("\"github.com/MetaFFI/sdk/api/go/xcall\"", &format!("\"{}\"", self.xcall));
        let text = format!("{MARK}\n\n{text}");
        self.generate(overlay, folder, "metaffi_guest_native.go", &text)?;
        for name in NATIVE {
            overlay.show(&folder.join(name), &native.join(name));
        }
        overlay.show(&folder.join("metaffi.h"), &self.header);
        let carried = Texts::new().carried(&self.extracted.idl);
        self.generate(overlay, folder, "metaffi_guest_carried.c", &carried)
    }

    /// The entries of each package, and the main package around them.
    fn add_packages(&self, overlay: &mut Overlay) -> Result<(), Diagnostic> {
        let texts = Texts::new();
        let packages = &self.extracted.packages;
        let is_main = |package: &Package| self.main.is_some_and(|main| main.path == package.path);
        let others: Vec<&str> = packages
            .iter()
            .filter(|package| !is_main(package))
            .map(|package| package.path.as_str())
            .collect();
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

/// The C side's own files.
const NATIVE: [&str; 4] =
    ["metaffi_native.c", "metaffi_native.h", "metaffi_leave.c", "metaffi_bound.c"];

fn damaged(path: &Path, error: &std::io::Error) -> Diagnostic {
    Diagnostic::io("read", path, error).help("reinstall MetaFFI: its Go sources are missing")
}

fn compile(
    request: &Request<'_>,
    extracted: &Extracted,
    layout: &Layout<'_>,
    overlay: &Overlay,
) -> Result<PathBuf, Diagnostic> {
    let plan = &extracted.plan;
    let library = plan.workspace.join(library_name(&extracted.stem));
    let overlay = overlay.write(&plan.workspace.join("build.json"))?;
    let mut go = plan.toolchain.go(&plan.dir, &["build", "-buildmode=c-shared"]);
    go.args(&plan.flags).arg("-overlay").arg(overlay);
    go.arg(format!("-ldflags={}", linker_flags(request)));
    go.arg("-o").arg(&library).arg(layout.main_folder());
    if plan.lone {
        go.env("GOWORK", "off");
    }
    request.progress.step(&format!("compiling with Go {}", plan.toolchain.version));
    let output = go.output().map_err(|error| Diagnostic::io("run go in", &plan.dir, &error))?;
    if output.status.success() {
        return Ok(library);
    }
    let problems = parse(&String::from_utf8_lossy(&output.stderr), &plan.dir);
    Err(together(request.source, problems))
}

/// No debugger's tables; and symbols that are the library's own, also when
/// another guest in the process has the same ones.
fn linker_flags(request: &Request<'_>) -> String {
    let mut flags = String::from("-w");
    if cfg!(target_os = "linux") {
        flags.push_str(" -extldflags=-Wl,-Bsymbolic");
    }
    if let Some(more) = request.options.get("ldflags") {
        flags.push(' ');
        flags.push_str(more);
    }
    flags
}

/// Puts the library in place by renaming: a process that uses the old one
/// keeps it.
fn place(library: &Path, target: &Path) -> Result<PathBuf, Diagnostic> {
    let beside = target.with_extension(format!("{}.new", std::process::id()));
    let placed = fs::copy(library, &beside).and_then(|_| fs::rename(&beside, target));
    placed.map_err(|error| Diagnostic::io("write", target, &error))?;
    Ok(target.to_owned())
}
