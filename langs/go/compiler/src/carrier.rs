//! Decides where the C side of a guest is put. cgo works in folders that exist, so it is put into a
//! package of the user's; if none of them can contain C (Go assembly, names that cgo needs), into a
//! module of ours, in a workspace that has both. A guest that is also a host has a C side already:
//! the Go API's.

use std::fs;
use std::path::{Path, PathBuf};

use metaffi_compiler::{Diagnostic, write_file};
use metaffi_idl::Idl;

use crate::answer::Package;
use crate::extract::Extracted;
use crate::glue::{MARK, Texts};
use crate::names::Names;
use crate::overlay::Overlay;
use crate::plan::{CARRIER, Plan};

/// The Go API's module, which contains xcall and a C side.
const API: &str = "github.com/MetaFFI/sdk/api/go";

/// The place of the C side.
pub(crate) enum Carrier<'a> {
    /// In this package of the user's.
    Package(&'a Package),
    /// In a module of ours, in this folder.
    Module(PathBuf),
}

impl<'a> Carrier<'a> {
    /// The first package that can contain C, among those that are always built.
    pub(crate) fn find(extracted: &'a Extracted, main: Option<&'a Package>) -> Carrier<'a> {
        let mut packages = main.map_or(&extracted.packages[..], std::slice::from_ref).iter();
        match packages.find(|package| package.holds_c()) {
            Some(package) => Carrier::Package(package),
            None => Carrier::Module(extracted.plan.workspace.join("carrier")),
        }
    }

    /// The import path of xcall: the API's own in a host, or else a virtual package below `module`,
    /// or one of our module's.
    pub(crate) fn xcall(&self, extracted: &Extracted, folder: &str) -> String {
        match self {
            _ if extracted.api.is_some() => format!("{API}/xcall"),
            Carrier::Package(_) => format!("{}/{folder}/xcall", extracted.module.path),
            Carrier::Module(_) => format!("{CARRIER}/xcall"),
        }
    }

    /// The package that a main package imports so that the C side is built.
    pub(crate) fn import(&self) -> Option<&'static str> {
        matches!(self, Carrier::Module(_)).then_some(CARRIER)
    }
}

/// The C side's own files.
const NATIVE: [&str; 5] = [
    "metaffi_native.h",
    "metaffi_native.c",
    "metaffi_leave.c",
    "metaffi_bound.c",
    "metaffi_environment.c",
];

/// Where the sources of the C side come from.
pub(crate) struct Sources<'a> {
    /// The installation's Go modules, and its header.
    pub(crate) go: PathBuf,
    pub(crate) header: PathBuf,
    pub(crate) xcall: &'a str,
}

impl Sources<'_> {
    /// Adds the C side, and the embedded IDL.
    pub(crate) fn add(
        &self,
        overlay: &mut Overlay,
        carrier: &Carrier<'_>,
        extracted: &Extracted,
    ) -> Result<(), Diagnostic> {
        let nobody = Names::new(&[], &[], self.xcall);
        let (folder, name, names) = match carrier {
            Carrier::Package(of) => (
                of.dir.as_path(),
                of.name.as_str(),
                Names::new(&of.names, &of.file_names, self.xcall),
            ),
            Carrier::Module(folder) => (folder.as_path(), "carrier", nobody),
        };
        let plan = &extracted.plan;
        let native = match extracted.api {
            Some(_) => holder(name),
            None => self.native(name, names)?,
        };
        overlay.generate(&folder.join("metaffi_guest_native.go"), &plan.workspace, &native)?;
        let embedded = Texts::new().embedded(&portable_idl(&extracted.idl));
        overlay.generate(&folder.join("metaffi_guest_idl.c"), &plan.workspace, &embedded)?;
        let files = NATIVE.iter().filter(|file| extracted.api.is_none() || file.ends_with(".h"));
        for file in files {
            overlay.show(&folder.join(file), &self.go.join("native").join(file));
        }
        overlay.show(&folder.join("metaffi.h"), &self.header);
        match carrier {
            Carrier::Module(folder) => make_module(folder),
            Carrier::Package(_) => Ok(()),
        }
    }

    /// The source of the package native, as part of the package `name`.
    fn native(&self, name: &str, mut names: Names) -> Result<String, Diagnostic> {
        let file = self.go.join("native").join("native.go");
        let text = fs::read_to_string(&file).map_err(|error| damaged(&file, &error))?;
        let import = names.fresh("metaffi");
        // The overlay tells where the header is.
        let lines = text.split_inclusive('\n').filter(|line| !line.starts_with("#cgo"));
        let text = lines
            .collect::<String>()
            .replace("package native\n", &format!("package {name}\n"))
            .replace("metaffi.", &format!("{import}."))
            .replace(&format!("metaffi \"{API}/xcall\""), &format!("{import} \"{}\"", self.xcall));
        Ok(format!("{MARK}\n\n{text}"))
    }
}

/// The embedded IDL is the same wherever the source was.
fn portable_idl(idl: &Idl) -> Idl {
    Idl { idl_full_path: idl.idl_filename_with_extension.clone(), ..idl.clone() }
}

/// A file that makes a package one with C, with the Go API's C side.
fn holder(name: &str) -> String {
    format!("{MARK}\n\npackage {name}\n\nimport \"C\"\n\nimport _ \"{API}/native\"\n")
}

pub(crate) fn damaged(path: &Path, error: &std::io::Error) -> Diagnostic {
    Diagnostic::io("read", path, error).help("reinstall MetaFFI: its Go sources are missing")
}

fn make_module(folder: &Path) -> Result<(), Diagnostic> {
    let gomod = format!("module {CARRIER}\n\ngo 1.22\n");
    write_file(&folder.join("go.mod"), gomod.as_bytes()).map(drop)
}

/// The workspace in which Go sees the user's module and ours; there is none for a single file,
/// whose go.mod is ours and refers to our module.
pub(crate) fn workspace(
    carrier: &Carrier<'_>,
    module: &Path,
    plan: &Plan,
) -> Result<Option<PathBuf>, Diagnostic> {
    let Carrier::Module(folder) = carrier else { return Ok(None) };
    if plan.is_standalone {
        return Ok(None);
    }
    let active = plan.toolchain.env(&plan.dir, "GOWORK")?;
    if !active.is_empty() && active != "off" {
        return Err(Diagnostic::new("no package of this guest can hold the C side of a guest")
            .at(&plan.dir)
            .help(
                "set GOWORK=off, or name a package that imports it, has no Go assembly, and \
                   does not redefine a predeclared name of Go",
            ));
    }
    let text = format!(
        "go {}\n\nuse {:?}\n\nuse {:?}\n",
        plan.toolchain.version,
        module.display().to_string(),
        folder.display().to_string(),
    );
    let file = plan.workspace.join("guest.work");
    write_file(&file, text.as_bytes())?;
    Ok(Some(file))
}
